/**
 * What a row is known by where it has moved, or where columns were added or moved: a short digest of each of its filled
 * cells, in the order of the digests.
 */
import type { WhoColumns } from './who-columns.js';

export function printOf(cells: readonly string[]): string {
  return cells
    .filter((cell) => cell !== '')
    .map(digestOf)
    .sort()
    .join(' ');
}

/** A cell that was corrected: where it is, what it held, and the print of its row. */
export interface CorrectedCell {
  readonly at: number;
  readonly was: string;
  readonly print: string;
}

/**
 * Whether a row is still the one that a print is of, though other cells of it have changed: most of the cells beside the one
 * that was corrected are the same, or half of them where the whole name is. Who stands in the place of somebody who was removed may have
 * the same city and phone, not the same first name. A cell that was blank tells nothing of the row: there the last name is the same as well,
 * and all is where no column of a name is known.
 */
export function isLikely(cells: readonly string[], { at, was, print }: CorrectedCell, who: WhoColumns): boolean {
  const before = print.split(' ').filter((one) => one !== '');
  if (was !== '') before.splice(before.indexOf(digestOf(was)), 1);
  const namesIn = (places: readonly number[]): string[] =>
    places.flatMap((place) => (place === at || (cells[place] ?? '') === '' ? [] : [cells[place] ?? '']));
  const first = namesIn(who.first);
  const last = namesIn(who.last);
  const isThere = (cell: string): boolean => before.includes(digestOf(cell));
  const written = was === '' ? [...first, ...last] : first;
  if (!written.every(isThere)) return false;
  const left = cells.filter((cell, index) => cell !== '' && index !== at).map(digestOf);
  const same = before.filter((digest) => {
    const there = left.indexOf(digest);
    if (there >= 0) left.splice(there, 1);
    return there >= 0;
  });
  if (was === '' && written.length === 0) return same.length === before.length;
  const whole = [...first, ...last].join(' ').trim().split(/\s+/);
  const isSameName = was !== '' && cells[at] === was && whole.length > 1 && last.every(isThere);
  return same.length > 0 && (isSameName ? same.length * 2 >= before.length : same.length * 4 >= before.length * 3);
}

/** 40 bits of a cell: enough to tell rows of a million apart by two cells, few enough to be kept for each correction. */
function digestOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 13;
  }
  one ^= one >>> 16;
  return (one >>> 0).toString(36) + (other & 0xff).toString(36).padStart(2, '0');
}
