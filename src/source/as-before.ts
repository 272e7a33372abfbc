/** How a file is said to have been written before holds for as long as its bytes don't say otherwise. */
import { encodingByName, otherEncodingThan } from './encoding/encoding.js';
import type { Source } from './opening/source.js';
import { delimiterByName, type Head } from './text/format.js';

/** What an earlier reading of the file was told, and nobody says now. */
export interface WrittenBefore {
  /** The sheet that was read. */
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
}

export interface StillTrue {
  /** An encoding's name, believed. */
  readonly encoding: string | undefined;
  /** What is otherwise now, as sentences. */
  readonly changed: readonly string[];
}

/** The encoding to read a file in: as said now; else as said before, unless the file was written anew since. */
export async function encodingToBelieve(
  source: Source,
  given: string | undefined,
  before: WrittenBefore | undefined,
): Promise<StillTrue> {
  if (given !== undefined || before?.encoding === undefined) return { encoding: given, changed: [] };
  const now = await otherEncodingThan(source, before.encoding);
  if (now === undefined) return { encoding: before.encoding, changed: [] };
  const { label } = await encodingByName(before.encoding);
  return { encoding: undefined, changed: [`The file is in ${now.label} now, no more in ${label}.`] };
}

/** The delimiter that was said before, where the file still has it. */
export function delimiterStillThere(head: Head, before: WrittenBefore | undefined): string | undefined {
  if (before?.delimiter === undefined) return undefined;
  const delimiter = delimiterByName(before.delimiter);
  return head.text.includes(delimiter) ? delimiter : undefined;
}
