/** What the cells of a column look like: this tells a record without its last cells from a broken one. */
import type { KindOfName, NameKind } from './header.js';
import type { RawRecord } from './text/rows.js';

type CellKind = 'email' | 'link' | 'address of a computer' | 'date' | 'phone' | 'number' | 'text';

const KINDS: readonly (readonly [CellKind, RegExp])[] = [
  ['email', /^[^\s@]+@[^\s@.]+\.[^\s@]+$/],
  ['link', /^(?:https?:\/\/|www\.)/i],
  ['address of a computer', /^\d{1,3}(?:\.\d{1,3}){3}$/],
  ['date', /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]|$)/],
  ['phone', /^(?=(?:\D*\d){7})[+'(]?[\d\s().\/-]+(?:(?:x|ext\.?)\s*\d+)?$/i],
  ['number', /^[-+]?(?=[.,\s]*\d)[\d.,\s]*%?$/],
];

function kindOf(cell: string): CellKind {
  return KINDS.find(([, pattern]) => pattern.test(cell))?.[0] ?? 'text';
}

/** Texts may hold numbers and dates; what stands out in a column of text is what belongs into another one. */
const STANDS_OUT = new Set<CellKind>(['email', 'link', 'address of a computer', 'phone']);

/** What the cells of each column are, as far as a sample tells: no kind where it has no values, or several. */
export type ColumnKinds = readonly (ReadonlySet<string> | undefined)[];

/** What a column's name makes of its cells. */
const KINDS_BY_NAME: Readonly<Record<NameKind, readonly CellKind[]>> = {
  email: ['email'],
  phone: ['phone', 'number'],
  link: ['link'],
  remark: ['text'],
  text: ['text'],
};

/**
 * The kinds of cells by column. Where no record has the full width the names tell, if they are known: else nothing shows
 * which cells are missing, and there are no kinds at all.
 * @param records the first records behind the header
 */
export function columnKinds(
  records: readonly RawRecord[],
  width: number,
  names: readonly string[] = [],
  kindOfName: KindOfName = () => undefined,
): ColumnKinds {
  const whole = records.filter(({ problem, cells }) => problem === undefined && cells.length === width);
  if (whole.length === 0 && records.every(({ cells }) => cells.length < width)) {
    const byName = names.map((name) => kindOfName(name.trim()));
    if (!byName.includes('email')) return [];
    // Behind the last address or number a cell may be any of the texts that follow.
    const last = byName.findLastIndex((kind) => kind === 'email' || kind === 'phone');
    return byName.map((kind, at) => (at > last ? new Set<string>() : kind && new Set<string>(KINDS_BY_NAME[kind])));
  }
  const kinds: (Set<string> | undefined)[] = [];
  for (const { cells } of whole) {
    for (let column = 0; column < cells.length; column += 1) {
      const cell = (cells[column] ?? '').trim();
      if (cell === '') continue;
      (kinds[column] ??= new Set()).add(kindOf(cell));
    }
  }
  return kinds;
}

/**
 * True where each cell of a record looks like its column, so that only the last ones can be missing, and one of them is of
 * a kind (an address, a number, a date) that would not fit elsewhere.
 */
export function fitsColumns(cells: readonly string[], kinds: ColumnKinds): boolean {
  let hasAnchor = false;
  const fits = cells.every((raw, column) => {
    const cell = raw.trim();
    if (cell === '') return true;
    const kind = kindOf(cell);
    const seen = kinds[column];
    if (seen === undefined) return !STANDS_OUT.has(kind);
    if (kind !== 'text' && seen.has(kind) && !seen.has('text')) hasAnchor = true;
    return seen.has(kind) || (seen.has('text') && !STANDS_OUT.has(kind));
  });
  return fits && hasAnchor;
}
