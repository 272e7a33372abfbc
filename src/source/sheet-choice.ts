/** Which sheet of a workbook is read: the one that is named, else the one with contacts. */
import { ImporterError } from '../errors.js';
import { findHeader, isContactPoint, type KnownHeader } from './header.js';
import type { FileWarning, RowFile } from './row-file.js';
import { paddedTo, type RawRecord } from './text/rows.js';

/** Rows of each sheet that are looked at for contacts. */
const LOOKED_AT_ROWS = 60;
/** Names of sheets in one sentence. */
const MAX_NAMED = 5;

export interface ChosenSheet {
  readonly index: number;
  readonly name: string | undefined;
  /** The first rows, all of one width. */
  readonly rows: readonly RawRecord[];
  readonly notes: readonly string[];
  /** What an import must say, since contacts stand elsewhere too. */
  readonly warnings: readonly FileWarning[];
  /** Where a sheet was named: others that hold contacts. */
  readonly others: readonly string[];
}

/** The first rows of a sheet, all of one width. */
async function firstRows(file: RowFile, sheet: number, maxRows: number): Promise<RawRecord[]> {
  const rows: RawRecord[] = [];
  for await (const batch of file.rows(sheet)) {
    for (const record of batch) rows.push(record);
    if (rows.length >= maxRows) break;
  }
  const sample = rows.slice(0, maxRows);
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
  return sample.map((record) => paddedTo(record, width));
}

/** True where rows look like a list of contacts: a known header over addresses or phones. */
function holdContacts(rows: readonly RawRecord[], known: KnownHeader | undefined): boolean {
  const found = findHeader(rows, known);
  if (found.kind === 'empty') return false;
  const data = rows.slice(found.index + (found.kind === 'header' ? 1 : 0));
  const names = rows[found.index]?.cells ?? [];
  return data.some(({ cells }) =>
    cells.some((raw) => {
      const cell = raw.trim();
      return cell.includes('@')
        ? isContactPoint(cell)
        : isContactPoint(cell) && (known === undefined || known(names) >= 2);
    }),
  );
}

function byName(file: RowFile, displayName: string, wanted: string): number {
  const named = (same: (name: string) => boolean): number => file.sheets.findIndex(({ name }) => same(name));
  const exact = named((name) => name === wanted);
  const index = exact >= 0 ? exact : named((name) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
  if (index >= 0) return index;
  const names = file.sheets.map(({ name }) => `"${name}"`).join(', ');
  throw new ImporterError('usage', `${displayName} has no sheet "${wanted}".`, { next: `It has: ${names}.` });
}

async function sheetsWithContacts(
  file: RowFile,
  candidates: readonly number[],
  known: KnownHeader | undefined,
): Promise<number[]> {
  const found: number[] = [];
  if (file.sheets.length === 1) return found;
  for (const index of candidates) {
    if (holdContacts(await firstRows(file, index, LOOKED_AT_ROWS), known)) found.push(index);
  }
  return found;
}

/** @throws ImporterError `usage`: a text has no sheets */
export function refuseSheet(displayName: string, sheet: string): never {
  throw new ImporterError('usage', `${displayName} has no sheet "${sheet}": it is no workbook.`, {
    next: 'Leave --sheet out.',
  });
}

/** Names in quotes, the first of them. */
export const quoted = (names: readonly string[]): string => {
  const shown = names.slice(0, MAX_NAMED).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(' and ');
};

const elsewhere = (message: string): FileWarning => ({ code: 'other_sheets', message });

/**
 * Chooses a sheet. Without a name: the only visible one that holds contacts; the first that does, where several do, and a
 * warning that names the others; the first visible one where none does.
 * @throws ImporterError `usage` listing the sheets where there is none of that name; `file_unreadable`
 */
export async function chooseSheet(
  file: RowFile,
  options: {
    readonly displayName: string;
    readonly wanted?: string | undefined;
    /** Named for an earlier import, and not now: what stands elsewhere must not go unsaid night after night. */
    readonly before?: string | undefined;
    readonly known?: KnownHeader | undefined;
  },
  maxRows: number,
): Promise<ChosenSheet> {
  const { displayName, before, known } = options;
  const wanted = options.wanted ?? before;
  const { sheets } = file;
  const named = (index: number): string => sheets[index]?.name ?? '';
  const choose = async (
    index: number,
    notes: readonly string[],
    warnings: readonly FileWarning[] = [],
    others: readonly string[] = [],
  ): Promise<ChosenSheet> => {
    const rows = await firstRows(file, index, maxRows);
    return { index, name: named(index) === '' ? undefined : named(index), rows, notes, warnings, others };
  };
  const visible = sheets.flatMap(({ isHidden }, index) => (isHidden ? [] : [index]));
  const candidates = visible.length > 0 ? visible : sheets.map((_, index) => index);
  if (wanted !== undefined) {
    const index = byName(file, displayName, wanted);
    const others = (await sheetsWithContacts(file, candidates, known)).filter((other) => other !== index);
    if (others.length === 0) return choose(index, []);
    const isAsBefore = options.wanted === undefined;
    const asBefore = isAsBefore ? ', as in the import before' : '';
    const said = `The sheet "${named(index)}" is read${asBefore}; contacts stand on ${quoted(others.map(named))} too.`;
    const names = others.map(named);
    return isAsBefore ? choose(index, [], [elsewhere(said)], names) : choose(index, [said], [], names);
  }
  const [first] = candidates;
  if (first === undefined) {
    throw new ImporterError('file_unreadable', `${displayName} holds no sheet with cells.`);
  }
  if (sheets.length === 1) return choose(first, []);
  const withContacts = await sheetsWithContacts(file, candidates, known);
  const chosen = withContacts[0] ?? first;
  const others = withContacts.slice(1).map(named);
  const read = `The sheet "${named(chosen)}" is read, one of ${sheets.length}`;
  if (others.length > 0) {
    const said = `${read}; contacts stand on ${quoted(others)} too: --sheet names another.`;
    return choose(chosen, [], [elsewhere(said)], others);
  }
  const only = withContacts.length === 1 ? ': the only one with contacts' : '';
  return choose(chosen, [`${read}${only}; --sheet names another.`]);
}

/** Hidden columns that are read, in a sentence. */
export function hiddenColumns(
  rows: { readonly file: RowFile; readonly sheet: number } | undefined,
  header: readonly string[],
): FileWarning[] {
  const hidden = rows?.file.hiddenColumns?.(rows.sheet) ?? [];
  const names = hidden.map((column) => (header[column] ?? '').trim()).filter((name) => name !== '');
  if (names.length === 0) return [];
  const columns = names.length === 1 ? 'The column that the sheet hides is' : 'The columns that the sheet hides are';
  return [{ code: 'hidden_columns', message: `${columns} read like the others: ${quoted(names)}.` }];
}
