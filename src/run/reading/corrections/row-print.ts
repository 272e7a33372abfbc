/**
 * What a row is known by where it has moved, or where columns were added or moved: a short digest of each of its filled
 * cells, in the order of the digests.
 */

export function printOf(cells: readonly string[]): string {
  return cells
    .filter((cell) => cell !== '')
    .map(digestOf)
    .sort()
    .join(' ');
}

/**
 * Whether a row is still the one that a print is of, though other cells of it have changed: most of the cells beside the one
 * that was corrected, which held `was`, are the same. Who stands in the place of somebody who was removed may have the same city, not the same name.
 */
export function isLikely(cells: readonly string[], at: number, print: string, was: string): boolean {
  const before = print.split(' ').filter((one) => one !== '');
  if (was !== '') before.splice(before.indexOf(digestOf(was)), 1);
  const now = cells.filter((cell, index) => cell !== '' && index !== at).map(digestOf);
  const left = [...now];
  const same = before.filter((digest) => {
    const at = left.indexOf(digest);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return same.length > 0 && same.length * 4 >= before.length * 3;
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
