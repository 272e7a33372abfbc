/** Files that are put together to one list: under which names their columns come together. Pure. */
import { asOneHeader, atTheirPlaces, columnKeys } from '../source/several/one-header.js';
import type { SourceRecord } from '../source/record.js';
import { inferMapping } from './infer/infer.js';
import { senseOf } from './infer/words/header-sense.js';
import type { ColumnMapping } from './mapping.js';
import { describeColumns, wordOfTarget, type ColumnDescription } from './propose.js';

export interface Table {
  readonly header: readonly string[];
  readonly sampleRecords: readonly SourceRecord[];
}

/** What a mapping file, or code, decides of the columns of a file that it was written for; undefined of one that it does not name. */
export type DecidedFor = (
  name: string,
  file: number,
) => { readonly to: string; readonly isForThisFile: boolean } | undefined;

const NOTHING_DECIDED: DecidedFor = () => undefined;

type Half = 'first_name' | 'last_name';

const isBare = (name: string): boolean => senseOf(name)?.kind === 'any_name';

/**
 * The names under which the columns of several files are put together. What a column means is decided by those beside it, and in the
 * whole list there stand others beside it than in its file: "Name" beside "Vorname" is half of one, "Address 1 - City" of one program
 * looks like a second address beside the "Business City" of another. Such a column is called as the other file, or else Clarky, calls
 * what it is in its own file.
 * A name that is decided keeps its column, except in a file for which nobody has decided it, and which has something else in it.
 */
export function headersOfOneList(
  tables: readonly Table[],
  decided: DecidedFor = NOTHING_DECIDED,
): readonly (readonly string[])[] {
  const own = tables.map(({ header }) => header);
  if (new Set(own.map((header) => columnKeys(header).join())).size < 2) return own;
  const meant = tables.map(meaningsOf);
  let headers = withWholeHalves(own, meant, decided);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = withWhatIsLost(tables, headers, meant, decided);
    if (next === undefined) break;
    headers = next;
  }
  return headers;
}

/** The mapping of the whole list, and where the columns of each file stand in it. */
function readTogether(tables: readonly Table[], headers: readonly (readonly string[])[]) {
  const { header, places } = asOneHeader(headers);
  const samples = tables.flatMap(({ sampleRecords }, file) =>
    sampleRecords.map((record) => ({
      ...record,
      cells: atTheirPlaces(record.cells, places[file] ?? [], header.length),
    })),
  );
  return { mapping: inferMapping({ header, samples }), places };
}

/** The columns of each file that would be sent if it were read alone, and are left out of the list; not those that are decided. */
export function leftOutOfOneList(
  tables: readonly Table[],
  headers: readonly (readonly string[])[],
  decided: DecidedFor = NOTHING_DECIDED,
): string[][] {
  const { mapping, places } = readTogether(tables, headers);
  const together = describeColumns(mapping);
  return tables.map(({ header, sampleRecords }, file) => {
    const alone = describeColumns(inferMapping({ header, samples: sampleRecords }));
    return header.filter((name, at) => {
      const isSentAlone = isSent(alone[at]) && (alone[at]?.samples.length ?? 0) > 0;
      return isSentAlone && !isSent(together[places[file]?.[at] ?? -1]) && decided(name, file) === undefined;
    });
  });
}

const isSent = (column: ColumnDescription | undefined): boolean => (column?.field ?? null) !== null;

/** A column that has got its name may change what another one beside it looks like. */
const MOST_ROUNDS = 3;

/** What a part of an address is called. */
const PARTS: Readonly<Record<string, string>> = {
  address_line1: 'Street',
  address_line2: 'Street 2',
  city: 'City',
  state: 'State',
  postal_code: 'Postal Code',
  country: 'Country',
};

/** Whose it may be, in words that are understood before such a part. */
const WHOSE = ['', 'Business ', 'Home ', 'Mailing ', 'Billing ', 'Shipping '];

/** A name for a field that no other file has: that of a part of the address which the contacts of the list get, or Clarky's own. */
function ownNameOf(word: string, addressColumn: string | undefined): string {
  const part = PARTS[word];
  const group = addressColumn === undefined ? undefined : groupOf(addressColumn);
  const whose = WHOSE.find((each) => part !== undefined && group !== undefined && groupOf(each + part) === group);
  return part === undefined || whose === undefined ? word : whose + part;
}

function groupOf(name: string): string | undefined {
  const sense = senseOf(name);
  return sense?.kind === 'address' ? sense.group : undefined;
}

/** What the columns of a file are by themselves, by their places: those that are clear, and about the contact of the row. */
function meaningsOf({ header, sampleRecords }: Table): Meanings {
  const { columns } = inferMapping({ header, samples: sampleRecords });
  return {
    words: new Map(columns.filter(isClear).map((column) => [column.index, wordOfTarget(column.target)])),
    leftOut: new Set(columns.filter(({ target }) => target.kind === 'unmapped').map(({ index }) => index)),
  };
}

function isClear({ target, person, certainty }: ColumnMapping): boolean {
  const isSent = target.kind === 'name' || (target.kind === 'field' && target.position === undefined);
  return isSent && person === undefined && certainty === 'sure';
}

interface Meanings {
  readonly words: ReadonlyMap<number, string>;
  readonly leftOut: ReadonlySet<number>;
}

/** A "Name" that is half of one in its own file is called as the half is in another one. */
function withWholeHalves(
  own: readonly (readonly string[])[],
  meant: readonly Meanings[],
  decided: DecidedFor,
): readonly (readonly string[])[] {
  const isHalf = (word: string | undefined): word is Half => word === 'first_name' || word === 'last_name';
  const called = new Map<Half, string>();
  for (const [file, meanings] of meant.entries()) {
    for (const [column, word] of meanings.words) {
      const name = own[file]?.[column] ?? '';
      if (isHalf(word) && !isBare(name) && !called.has(word)) called.set(word, name);
    }
  }
  return own.map((header, file) =>
    header.map((name, column) => {
      const word = isBare(name) && decided(name, file) === undefined ? meant[file]?.words.get(column) : undefined;
      const other = isHalf(word) ? called.get(word) : undefined;
      return other === undefined || header.includes(other) ? name : other;
    }),
  );
}

/** Gives those columns a name that are in the whole list something else than in their own file; undefined where there are none. */
function withWhatIsLost(
  tables: readonly Table[],
  headers: readonly (readonly string[])[],
  meant: readonly Meanings[],
  decided: DecidedFor,
): readonly (readonly string[])[] | undefined {
  const { mapping, places } = readTogether(tables, headers);
  const { columns } = mapping;
  const calledOf = new Map<string, string[]>();
  for (const column of columns.filter(isClear)) {
    const word = wordOfTarget(column.target);
    if ((decided(column.header, 0)?.to ?? word) !== word) continue;
    calledOf.set(word, [...(calledOf.get(word) ?? []), column.header]);
  }
  const addressColumn = Object.keys(PARTS).flatMap((part) => calledOf.get(part) ?? [])[0];
  let isAnyLost = false;
  const next = headers.map((header, file) => {
    const taken = new Set(columnKeys(header));
    return header.map((name, place) => {
      const asOne = columns[places[file]?.[place] ?? -1];
      const said = decided(name, file);
      if (asOne === undefined || said?.isForThisFile === true) return name;
      const now = said?.to ?? wordOfTarget(asOne.target);
      const word = meant[file]?.words.get(place);
      const isLost = word !== undefined && word !== now;
      const wanted = isLost
        ? [...(calledOf.get(word) ?? []), ownNameOf(word, addressColumn)]
        : nameOfSecond(now, place, meant[file]);
      const other = wanted.find((called) => !taken.has(keyOf(called)));
      if (other === undefined) return name;
      taken.add(keyOf(other));
      isAnyLost = true;
      return other;
    });
  });
  return isAnyLost ? next : undefined;
}

/** A part of an address that its file leaves out for another one: called as that of another address, it is left out of the list too. */
function nameOfSecond(word: string, place: number, meant: Meanings | undefined): string[] {
  const part = PARTS[word];
  const isSecond = meant?.leftOut.has(place) === true && [...meant.words.values()].includes(word);
  return part === undefined || !isSecond ? [] : [`Other ${part}`];
}

const keyOf = (name: string): string => String(columnKeys([name])[0]);
