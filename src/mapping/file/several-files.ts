/** Of several files that are one list, which of them a mapping file speaks of. Pure. */
import { normaliseHeader } from '../header.js';
import { isPoint, type FileColumn } from './mapping-file.js';

/**
 * True of a column of a file that the mapping file was written for. Of several files that are one list it may have been written for
 * some: it names an e-mail or a phone of those, and half of their columns. Of the others nobody has decided anything.
 */
export function filesNamed(
  said: readonly FileColumn[],
  ofFiles: readonly (readonly string[])[] | undefined,
): (header: string) => boolean {
  if (ofFiles === undefined) return () => true;
  const named = new Set(said.map(({ header }) => normaliseHeader(header)));
  const points = new Set(said.filter(isPoint).map(({ header }) => normaliseHeader(header)));
  const known = ofFiles
    .map((headers) => headers.map(normaliseHeader))
    .filter(
      (keys) => keys.some((key) => points.has(key)) && keys.filter((key) => named.has(key)).length * 2 >= keys.length,
    );
  const columns = new Set(known.flat());
  return (header) => columns.has(normaliseHeader(header));
}
