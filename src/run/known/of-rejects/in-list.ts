/**
 * Rows of a rejects file that their list has otherwise by now, and has sent so: sent from here as well, the person would be there twice.
 */
import { basename } from 'node:path';
import type { Scope } from '../../../checkpoint/format.js';
import { listScopes, readCheckpoint } from '../../../checkpoint/checkpoint.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { Contact } from '../../../contact/contact.js';
import { nameOf } from '../../../contact/names/full-name.js';
import { areOfDifferentPeople } from '../../../contact/names/one-person.js';
import { ImporterError } from '../../../errors.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { Problem } from '../../../problem.js';
import type { SourceRecord } from '../../../source/record.js';
import { rejectColumnsOf } from '../../outputs/rejects.js';
import type { Reading } from '../../reading/first-reading.js';
import { OpenedFile } from '../../reading/reading.js';
import type { ListOfRejects, ReadingOptions } from '../../settings.js';
import { compared } from '../../verify/corrected.js';
import { RejectedRows } from '../../verify/rejected-rows.js';
import { correctedInList } from './otherwise.js';
import type { PlaceOfList } from './places.js';
import { RejectedAs } from './sent/rejected-as.js';
import { listsToRead, type ListToRead } from './sent/lists.js';
import { isStill, isWholly, RowPrints, type RowPrint } from './sent/row-print.js';

/** Of more rows nothing is looked for: whoever rejects them corrects the list itself. */
const MOST_ROWS = 20_000;

/** A row of the rejects file by the columns of its list. */
interface Row {
  readonly cells: readonly (string | undefined)[];
  readonly name: string;
  /** How it stood in the list when it was rejected, where that is known. */
  readonly was: RowPrint | undefined;
}

/** A contact of the list that was sent. */
interface SentRow {
  readonly record: SourceRecord;
  /** The list that has it. */
  readonly list: string;
  readonly contact: Contact;
  /** It is the row that was rejected, whatever the person is called in the rejects. */
  readonly isOfRow: boolean;
}

/** A row of the rejects file that one of the list is like. */
interface FoundRow extends Pick<SentRow, 'isOfRow'> {
  readonly key: string;
}

type OptionsOfList = Pick<ReadingOptions, 'workDir' | 'signal'> & { readonly stateDir?: string | false | undefined };

export class RowsInList {
  readonly #reading: Reading;
  readonly #list: ListOfRejects & { readonly file: string };
  readonly #options: OptionsOfList;
  readonly #place: PlaceOfList;
  /** By the keys of rows of the rejects file. */
  #sent: Promise<ReadonlyMap<string, readonly SentRow[]>> | undefined;

  private constructor(
    reading: Reading,
    list: ListOfRejects & { readonly file: string },
    options: OptionsOfList,
    place: PlaceOfList,
  ) {
    this.#reading = reading;
    this.#list = list;
    this.#options = options;
    this.#place = place;
  }

  /** @returns undefined of what is no rejects file, or whose list is no file or not known */
  static of(reading: Reading, options: OptionsOfList, place: PlaceOfList): RowsInList | undefined {
    const { isRejectsFile, foundList } = reading.file;
    const file = foundList?.list.file;
    if (!isRejectsFile || foundList === undefined || file === undefined) return undefined;
    return new RowsInList(reading, { ...foundList.list, file }, options, place);
  }

  /** Why somebody who would be sent as new is not: undefined where the list has sent none of its rows otherwise. */
  async whyNot({ records, contact }: Pick<PlannedContact, 'records' | 'contact'>): Promise<Problem | undefined> {
    const sent = await (this.#sent ??= this.#readAll());
    const { keyOf } = rejectColumnsOf(this.#reading.file.dialect.header);
    const isSame = (one: SentRow): boolean =>
      one.isOfRow || !areOfDifferentPeople([nameOf(one.contact), nameOf(contact)]);
    const found = records.flatMap((record) => (sent.get(keyOf(record)) ?? []).filter(isSame));
    const [first] = found;
    if (first === undefined) return undefined;
    const there = found.filter(({ list }) => list === first.list).map(({ record }) => record);
    return correctedInList(there, basename(first.list));
  }

  async #readAll(): Promise<Map<string, SentRow[]>> {
    const all = new Map<string, SentRow[]>();
    for (const list of await listsToRead(this.#list, this.#options))
      for (const [key, rows] of await this.#readable(list)) all.set(key, [...(all.get(key) ?? []), ...rows]);
    return all;
  }

  /** A list that can't be read tells nothing. */
  async #readable(list: ListToRead): Promise<Map<string, SentRow[]>> {
    const nothing = new Map<string, SentRow[]>();
    const { checkpoint, file, files } = list;
    const { keepExisting } = this.#reading.file.settings;
    try {
      const scope = await this.#scope(checkpoint);
      const state = scope && (await readCheckpoint(checkpoint, scope, keepExisting));
      if (state === undefined || state.acceptedCount === 0) return nothing;
      const { workDir, signal } = this.#options;
      const opened = await OpenedFile.open({ file, files, checkpoint, workDir, signal });
      try {
        return await this.#sentIn(opened, state, list);
      } finally {
        await opened.close();
      }
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      if (!(error instanceof ImporterError)) throw error;
      return nothing;
    }
  }

  async #scope(checkpoint: string): Promise<Scope | undefined> {
    const { api, bot } = this.#place;
    if (bot !== undefined) return { api, bot };
    return (await listScopes(checkpoint)).findLast((one) => one.api === api);
  }

  async #sentIn(
    list: OpenedFile,
    state: CheckpointState,
    { file, keyInRejects, isOfIts }: ListToRead,
  ): Promise<Map<string, SentRow[]>> {
    const sent = new Map<string, SentRow[]>();
    const { signal } = this.#options;
    const rejected = new RejectedRows(list.mapping.columns, state.rejects?.rows);
    const rows = await this.#rows(list.dialect.header, isOfIts, (cells) => rejected.nameOf(cells));
    if (rows.size > MOST_ROWS) return sent;
    const { keyOf: keyThere } = rejectColumnsOf(list.dialect.header.map(() => ''));
    const keyOf = (record: SourceRecord): string | undefined => keyInRejects(keyThere(record));
    const prints = new RowPrints(list.dialect.header, list.mapping.columns);
    // Whoever stands on their line still has moved to no other one, where a namesake may stand.
    const standing = new Set<string>();
    const [byName, byWas] = [new Map<string, string[]>(), new Map<string, string[]>()];
    for (const [key, { name, was }] of rows) {
      byName.set(name, [...(byName.get(name) ?? []), key]);
      if (was !== undefined && was.name !== '') byWas.set(was.name, [...(byWas.get(was.name) ?? []), key]);
    }
    // What stands somewhere just as it was rejected has become nothing else.
    const whole = new Set<string>();
    const isOfRow = (record: SourceRecord, key: string): boolean => {
      const was = rows.get(key)?.was;
      if (was === undefined) return false;
      const now = prints.of(record);
      const isOnLine = key === keyOf(record);
      if (whole.has(key) || isWholly(now, was)) return isWholly(now, was);
      return (isOnLine || !standing.has(key)) && isStill(now, was, isOnLine);
    };
    const rowsLike = (record: SourceRecord): FoundRow[] => {
      const [own, name] = [keyOf(record), rejected.nameOf(record.cells)];
      // Of a file that the rejects are not of.
      if (own === undefined) return [];
      const there = name.trim() === '' ? [] : (byName.get(name) ?? []).filter((key) => !standing.has(key));
      return [...new Set([own, ...there, ...(byWas.get(prints.nameOf(record.cells)) ?? [])])].flatMap(
        (key): FoundRow[] => {
          const row = rows.get(key);
          if (row === undefined) return [];
          if (isOfRow(record, key)) return [{ key, isOfRow: true }];
          const isLike = isAlike(record, row, { isNamedSo: row.name === name, isOnLine: key === own });
          return isLike && !whole.has(key) ? [{ key, isOfRow: false }] : [];
        },
      );
    };
    let isAnyOtherwise = false;
    await list.forEachRecord((record) => {
      const key = keyOf(record);
      if (key === undefined) return;
      const name = rejected.nameOf(record.cells);
      isAnyOtherwise ||= rejected.sinceMs(keyThere(record), record) === undefined && rowsLike(record).length > 0;
      if (name.trim() !== '' && rows.get(key)?.name === name) standing.add(key);
      for (const one of byWas.get(prints.nameOf(record.cells)) ?? []) {
        const was = rows.get(one)?.was;
        if (one === key) standing.add(key);
        if (was !== undefined && isWholly(prints.of(record), was)) whole.add(one);
      }
    }, signal);
    // Most stand as they were rejected: it is not worth the while to find out who is who in the list.
    if (!isAnyOtherwise) return sent;
    const reading = await list.read(state.stages, signal);
    for await (const batch of reading.planned(reading.decide(), signal)) {
      for (const planned of batch) {
        if (planned.kind !== 'contact' || !state.isKnown(planned) || state.isMissing(state.numberOf(planned))) continue;
        for (const record of planned.records) {
          for (const { key, isOfRow } of rowsLike(record)) {
            sent.set(key, [...(sent.get(key) ?? []), { record, list: file, contact: planned.contact, isOfRow }]);
          }
        }
      }
    }
    return sent;
  }

  /** By their keys. */
  async #rows(
    header: readonly string[],
    isWanted: (key: string) => boolean,
    nameOfCells: (cells: Row['cells']) => string,
  ): Promise<Map<string, Row>> {
    const { file } = this.#reading;
    const { own, cellsOf, keyOf } = rejectColumnsOf(file.dialect.header);
    const names = own.map((at) => file.dialect.header[at]);
    const at = header.map((name, index) => (names[index] === name ? index : names.indexOf(name)));
    const rejected = await RejectedAs.of(file, this.#options.stateDir);
    const rows = new Map<string, Row>();
    for await (const batch of file.persons({ signal: this.#options.signal })) {
      for (const record of batch) {
        if (!isWanted(keyOf(record))) continue;
        const plain = cellsOf(record);
        const cells = at.map((index) => plain[index]);
        rows.set(keyOf(record), { cells, name: nameOfCells(cells), was: rejected.of(record) });
      }
      if (rows.size > MOST_ROWS) break;
    }
    return rows;
  }
}

/** Whether a row of the list may be that one of the rejects, wherever it was corrected. */
function isAlike(
  record: SourceRecord,
  { cells }: Row,
  { isNamedSo, isOnLine }: { readonly isNamedSo: boolean; readonly isOnLine: boolean },
): boolean {
  if (isOnLine && isNamedSo) return true;
  const { equal, filled } = compared(record, cells);
  return (isOnLine || isNamedSo) && equal * 2 >= filled;
}
