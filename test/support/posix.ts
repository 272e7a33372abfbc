/**
 * Windows knows no modes of files (it keeps others out of a user's folders by other means), no /dev and no pipes with a
 * name. A test of them has nothing to show there: it says so, and is counted as skipped.
 */
import { stat } from 'node:fs/promises';
import { it } from 'vitest';

const isPosix = process.platform !== 'win32';
if (!isPosix) process.stderr.write('this is Windows: the tests of file modes and devices do not run\n');

/** A test of file modes, devices or pipes. */
export const onPosix = it.runIf(isPosix);

/** What its owner, its group and all others may do with a file; undefined where files have no modes. */
export async function modeOf(path: string): Promise<number | undefined> {
  return isPosix ? (await stat(path)).mode & 0o777 : undefined;
}

/** The mode of what is for its owner's eyes alone. */
export const OWNER_ALONE = isPosix ? 0o600 : undefined;
