/** An export that has a new name each day: with a checkpoint of its own it would be sent whole each day. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAddress } from '../../source/opening/address.js';
import { defaultPaths, type ReadingOptions } from '../settings.js';

const ENDING = '.checkpoint.jsonl';
/** `2026-11-25`, `20261125`, `2026-11-25_0300`. */
const DATE = /\d{4}([-_.]?)\d{2}\1\d{2}(?:[-_T ]?\d{2}[-_:.h]?\d{2}(?:[-_:.]?\d{2})?)?/;

/** What is to be said where another day's export was imported, and this one has no checkpoint yet. */
export async function datedExportNote(options: ReadingOptions): Promise<string | undefined> {
  const { file, files, name, checkpoint } = options;
  if (file === '-' || files !== undefined || isAddress(file) || name !== undefined || checkpoint !== undefined) {
    return undefined;
  }
  const undated = basename(file).replace(DATE, '');
  if (undated === basename(file)) return undefined;
  const own = defaultPaths(file, options).checkpoint;
  const names = await readdir(dirname(own)).catch((): string[] => []);
  if (names.includes(basename(own))) return undefined;
  const earlier = names
    .filter((each) => each.endsWith(ENDING) && each.slice(0, -ENDING.length).replace(DATE, '') === undated)
    .sort()
    .at(-1);
  if (earlier === undefined) return undefined;
  const path = join(dirname(own), earlier);
  return `${earlier.slice(0, -ENDING.length)} was imported before. With --checkpoint ${path}, or one --name for every day, only what changed since is sent.`;
}
