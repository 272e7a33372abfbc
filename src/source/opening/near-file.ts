/** What somebody may have meant who named a file that is not there. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nearestNames } from '../../edit-distance.js';
import { isOwnName } from '../../storage/outputs.js';

/** Of a folder with more than these, nobody's slip is looked for. */
const MOST_NAMES = 2000;

/** The file of that folder with the nearest name; undefined where none is near. */
export async function nearFile(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > MOST_NAMES) return undefined;
  const [nearest] = nearestNames(
    basename(path),
    names.filter((name) => !name.startsWith('.') && !isOwnName(name)),
  );
  if (nearest === undefined) return undefined;
  // As it was typed: in the folder at hand without a dot before it.
  return /[/\\]/.test(path) ? join(folder, nearest) : nearest;
}
