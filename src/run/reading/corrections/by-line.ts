/** Corrections in the order of their lines: found by halving, with no index beside them, since a file may have hundreds of thousands. */
import type { Correction } from './corrections.js';

/** Those of one line stay in the order in which they were made. */
export function inOrderOfLines(all: readonly Correction[]): readonly Correction[] {
  return all.toSorted((one, other) => one.line - other.line);
}

/** Where those of a line stand among corrections that are in order; from and to are the same where there are none. */
export function placesOfLine(
  inOrder: readonly Correction[],
  line: number,
): { readonly from: number; readonly to: number } {
  let [from, above] = [0, inOrder.length];
  while (from < above) {
    const middle = (from + above) >> 1;
    if ((inOrder[middle]?.line ?? 0) < line) from = middle + 1;
    else above = middle;
  }
  let to = from;
  while (inOrder[to]?.line === line) to += 1;
  return { from, to };
}
