/** What a plan was made of, as a short text: where it is another one, a page shows what is no more. */
import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { mappingCandidates } from '../../run/reading/origins.js';
import { defaultPaths, type ReadingOptions } from '../../run/settings.js';

/** The file, what was decided of it, and the settings; not what was sent since. */
export function revisionOf(options: ReadingOptions): Promise<string> {
  return digestOf(options, defaultPaths(options.file, options).corrections);
}

/** The same without what was corrected, but with what was sent: as long as it stays, what a comparison showed of a row holds. */
export function comparedRevisionOf(options: ReadingOptions): Promise<string> {
  return digestOf(options, defaultPaths(options.file, options).checkpoint);
}

async function digestOf(options: ReadingOptions, besides: string): Promise<string> {
  const stamps = await stampsOf([options.file, ...mappingCandidates(options), besides]);
  return createHash('sha256')
    .update(JSON.stringify([stamps, plainOf(options)]))
    .digest('base64url')
    .slice(0, 22);
}

/** What tells one state of a file from another; "-" where there is none. */
export function stampsOf(paths: readonly string[]): Promise<string[]> {
  return Promise.all(
    paths.map(async (path) => {
      const entry = await lstat(path).catch(() => undefined);
      return entry === undefined ? '-' : `${entry.ino} ${entry.size} ${entry.mtimeMs}`;
    }),
  );
}

/** Settings without what is no value. */
export function plainOf(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => typeof value !== 'function'));
}
