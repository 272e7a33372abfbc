/** Which record is the header: found by what the cells look like, since titles, notes and blank lines may stand before it. */
import type { RawRecord } from './text/rows.js';

/** Counts how many of a record's cells are names that a header of this kind of table has. */
export type KnownHeader = (cells: readonly string[]) => number;

/** What a column's name says its cells look like; `remark` is what most rows leave blank, `text` anything without a form. */
export type NameKind = 'email' | 'phone' | 'link' | 'remark' | 'text';

/** Tells what a column's name promises; undefined where it says nothing. */
export type KindOfName = (name: string) => NameKind | undefined;

/** Headers deeper in the file than this are not looked for: titles and notes take a handful of lines. */
const MAX_HEADER_DEPTH = 30;

const EMAIL_IN_BRACKETS = /<[^\s<>@]+@[^\s<>@.]+\.[^\s<>]+>$/;
const URL_START = /^https?:\/\//i;
const PHONE = /^[+'(]?[\d\s().\/-]+$/;
const NUMBER = /^[-+]?(?=[.,\s]*\d)[\d.,\s]*%?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;

const digitsIn = (cell: string): number => cell.replace(/\D/g, '').length;

/** True for a cell that can't be a column's name: an address, a phone number, an amount, a date. */
function isValue(cell: string): boolean {
  return NUMBER.test(cell) || DATE.test(cell) || isContactPoint(cell);
}

/** A pattern of `\S+@\S+\.\S+` would take minutes over a few thousand of `@.`. */
function isEmailLike(cell: string): boolean {
  const at = cell.indexOf('@', 1);
  if (at < 0) return false;
  return (cell.lastIndexOf('.', cell.length - 2) > at + 1 && !/\s/.test(cell)) || EMAIL_IN_BRACKETS.test(cell);
}

/** True for an e-mail address, a link, a phone number. */
export function isContactPoint(cell: string): boolean {
  return isEmailLike(cell) || URL_START.test(cell) || (PHONE.test(cell) && digitsIn(cell) >= 7);
}

const filled = (cells: readonly string[]): string[] => cells.map((cell) => cell.trim()).filter((cell) => cell !== '');

/** True where a record holds values, and so is data and no header. */
function holdsValues(cells: readonly string[]): boolean {
  const texts = filled(cells);
  return texts.some(isContactPoint) || texts.filter(isValue).length * 3 >= texts.length;
}

/**
 * The table's usual width, and the share of the text (counted in cells) that has it. Counted in cells rather than records, a
 * few title lines don't outweigh a short table.
 */
export function usualWidth(records: readonly RawRecord[]): { readonly width: number; readonly share: number } {
  const cellsByWidth = new Map<number, number>();
  let total = 0;
  for (const { cells } of records) {
    if (filled(cells).length === 0) continue;
    total += cells.length;
    cellsByWidth.set(cells.length, (cellsByWidth.get(cells.length) ?? 0) + cells.length);
  }
  const [best] = [...cellsByWidth].sort(([a, inA], [b, inB]) => inB - inA || b - a);
  return best === undefined ? { width: 0, share: 0 } : { width: best[0], share: best[1] / total };
}

export type FoundHeader =
  | { readonly kind: 'header'; readonly index: number }
  /** The table begins with data. */
  | { readonly kind: 'no header'; readonly index: number }
  | { readonly kind: 'empty' };

interface SoundRecord {
  readonly cells: readonly string[];
  readonly filledCount: number;
}

/**
 * Records up to one of known names right over an address: a header further down is that of another table. It is this one's
 * where it has more known names, and more addresses below it than there are above.
 */
function withoutOtherTables<Sound extends SoundRecord>(
  sound: readonly Sound[],
  namesIn: (cells: readonly string[]) => number,
): readonly Sound[] {
  const early = sound.slice(0, MAX_HEADER_DEPTH);
  const isData = ({ cells }: Sound): boolean => filled(cells).some(isContactPoint);
  const names = early.map(({ cells }) => namesIn(cells));
  const over = early.findIndex(({ filledCount }, at) => {
    const [own = 0, below] = [names[at], sound[at + 1]];
    return below !== undefined && isData(below) && (own >= 2 || (own === 1 && filledCount === 1));
  });
  if (over < 0) return early;
  const later = names.findLastIndex((count, at) => at > over && count > Math.max(...names.slice(over, at)));
  if (later < 0) return early.slice(0, over + 1);
  const between = sound.slice(over, later).filter(isData).length;
  return sound.slice(later).filter(isData).length > between ? early : early.slice(0, over + 1);
}

/**
 * Finds the header: the first record that fills more than half of the columns in use. Where it holds values the table has no
 * header. A record in which `known` knows more names outvotes it.
 * @param records the first records of the text, blank ones included
 */
export function findHeader(records: readonly RawRecord[], known: KnownHeader = () => 0): FoundHeader {
  const sound = records
    .map(({ cells, problem }, index) => ({ cells, problem, index, filledCount: filled(cells).length }))
    .filter(({ problem, filledCount }) => problem === undefined && filledCount > 0);
  const used = Math.max(0, ...sound.map(({ filledCount }) => filledCount));
  // "ada@example.com, Mobile" knows a name, and is somebody.
  const namesIn = (cells: readonly string[]): number => (filled(cells).some(isContactPoint) ? 0 : known(cells));
  const early = withoutOtherTables(sound, namesIn);
  const first = early.find(({ filledCount }) => filledCount > used / 2) ?? early[0];
  if (first === undefined) return { kind: 'empty' };
  let best = first;
  let bestKnown = namesIn(first.cells);
  for (const candidate of early) {
    if (candidate.cells.length <= bestKnown) continue;
    const count = namesIn(candidate.cells);
    if (count > bestKnown && (count >= 2 || candidate.filledCount <= 2)) {
      best = candidate;
      bestKnown = count;
    }
  }
  const isKnown = bestKnown >= 2 || (bestKnown === 1 && best.filledCount <= 2);
  if (!isKnown && holdsValues(best.cells)) return { kind: 'no header', index: best.index };
  return { kind: 'header', index: best.index };
}

/** Tells cells that are names of columns, all of them, an e-mail or a phone among them: the header of a list of contacts. */
export function columnNamesTest(known: KnownHeader, kindOfName: KindOfName): (cells: readonly string[]) => boolean {
  const isPoint = (name: string): boolean => ['email', 'phone'].includes(kindOfName(name) ?? '');
  return (cells) => {
    const names = filled(cells);
    // No name of a column holds as many digits as a phone, and a record without either is nobody.
    if (names.length < 2 || names.some((name) => /\d{4}/.test(name))) return false;
    return names.every((name) => known([name]) === 1) && names.some(isPoint);
  };
}

/** A header that stands on two rows, put into one. */
export interface JoinedHeader {
  readonly names: readonly string[];
  /** The second of its rows, by its place among the records. */
  readonly lastIndex: number;
}

const trimmed = (cell: string | undefined): string => (cell ?? '').trim();

/** Names of two rows as one: the lower one alone where it says all; with the upper one before it where it is not the only one. */
function joinNames(upper: readonly string[], lower: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const name of lower.map(trimmed)) times.set(name, (times.get(name) ?? 0) + 1);
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, column) => {
    const above = trimmed(upper[column]);
    const below = trimmed(lower[column]);
    if (above !== '') group = above;
    if (below === '') return above;
    return (times.get(below) ?? 0) > 1 && group !== '' ? `${group} ${below}` : below;
  });
}

/**
 * Surveys and hand-made sheets name their columns on two rows: above groups ("Contact information", over the first of its
 * columns), below the columns. Undefined where the header is one row.
 * @param index the header's row as `findHeader` has it
 */
export function joinHeaderRows(
  records: readonly RawRecord[],
  index: number,
  known: KnownHeader = () => 0,
): JoinedHeader | undefined {
  const header = records[index];
  if (header === undefined) return undefined;
  const below = records[index + 1];
  if (below !== undefined && below.problem === undefined && !below.afterBlank && !holdsValues(below.cells)) {
    // Groups leave blank what the row below names; a first row of data fills what the header names.
    const named = below.cells.filter((cell, column) => trimmed(cell) !== '' && trimmed(header.cells[column]) === '');
    const isSecondRow = named.length >= 2 && known(named) >= 1 && known(below.cells) * 2 >= filled(below.cells).length;
    if (isSecondRow) return { names: joinNames(header.cells, below.cells), lastIndex: index + 1 };
  }
  const above = records[index - 1];
  const names = filled(header.cells);
  if (above === undefined || new Set(names).size === names.length) return undefined;
  const hasGaps = filled(above.cells).length >= 2 && filled(above.cells).length < names.length;
  if (!hasGaps || header.afterBlank || holdsValues(above.cells)) return undefined;
  return { names: joinNames(above.cells, header.cells), lastIndex: index };
}

/** Columns without a name that are kept behind the last named one: a remark beside the table is no fault of its row. */
const MAX_NAMELESS_COLUMNS = 256;

/** Blank names at the end of a header count only as far as records reach: spreadsheets write thousands of them. */
export function trimHeader(names: readonly string[], data: readonly RawRecord[]): readonly string[] {
  const isFilled = (cell: string): boolean => cell.trim() !== '';
  const lastName = names.findLastIndex(isFilled);
  const spareFrom = 64;
  if (names.length - lastName <= spareFrom) return names;
  const reach = data.reduce((most, { cells }) => Math.max(most, cells.findLastIndex(isFilled)), lastName);
  return names.slice(0, Math.min(reach, lastName + MAX_NAMELESS_COLUMNS) + 1);
}
