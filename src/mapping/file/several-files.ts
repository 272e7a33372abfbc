/** Of several files that are one list, which of them a mapping file speaks of. Pure. */
import { normaliseHeader } from '../header.js';
import { isPoint, type FileColumn } from './mapping-file.js';

/**
 * True of a column of a file that the mapping file was written for. Of the others nobody has decided anything.
 */
export function columnsNamed(
  said: readonly FileColumn[],
  ofFiles: readonly (readonly string[])[] | undefined,
): (header: string) => boolean {
  if (ofFiles === undefined) return () => true;
  const isNamed = filesNamed(said, ofFiles);
  const columns = new Set(
    ofFiles.filter((_, file) => isNamed[file]).flatMap((headers) => headers.map(normaliseHeader)),
  );
  return (header) => columns.has(normaliseHeader(header));
}

/**
 * For each of several files that are one list, whether the mapping file was written for it: it names an e-mail or a phone of those, and
 * half of their columns.
 */
export function filesNamed(said: readonly FileColumn[], ofFiles: readonly (readonly string[])[]): boolean[] {
  const named = new Set(said.map(({ header }) => normaliseHeader(header)));
  const points = new Set(said.filter(isPoint).map(({ header }) => normaliseHeader(header)));
  return ofFiles.map((headers) => {
    const keys = headers.map(normaliseHeader);
    return keys.some((key) => points.has(key)) && keys.filter((key) => named.has(key)).length * 2 >= keys.length;
  });
}
