/** Whose state lies in a folder of its own (`--work-dir`): two files of one name would otherwise go by one checkpoint. */
import { statSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { readSettings } from '../../checkpoint/checkpoint.js';
import { ImporterError } from '../../errors.js';
import { isAddress } from '../../address.js';
import { realOf } from '../../storage/private-file.js';
import { shellWord } from '../../wording/shell.js';
import { defaultPaths, type StateOptions } from '../settings.js';

type SourceOptions = StateOptions & { readonly file: string; readonly checkpoint?: string | undefined };

/** Under which name the checkpoint's settings hold it; as none it was given, 1.0.0 knows none. */
const FOLDER = 'folder';

/**
 * Where a file lies, seen from the folder of its state, as the checkpoint keeps it; nothing where that is beside it, or one state
 * is for many files on purpose.
 */
export async function folderToKeep(options: SourceOptions): Promise<Readonly<Record<string, string>>> {
  const { file, workDir, name, checkpoint } = options;
  if (workDir === undefined || name !== undefined || checkpoint !== undefined) return {};
  if (file === '-' || isAddress(file)) return {};
  return { [FOLDER]: relative(await realOf(workDir), dirname(resolve(file))) };
}

/**
 * Looks at whether the state that lies under this file's name is that of another file, which is still there: one that was moved
 * takes its state along.
 * @throws ImporterError `usage`, also where `--work-dir` is no folder
 */
export async function requireOwnState(options: SourceOptions): Promise<void> {
  requireWorkDir(options);
  const { [FOLDER]: own } = await folderToKeep(options);
  if (own === undefined) return;
  const { file, workDir = '' } = options;
  const kept = (await readSettings(defaultPaths(file, options).checkpoint))?.values[FOLDER];
  if (typeof kept !== 'string' || kept === own) return;
  const other = join(resolve(await realOf(workDir), kept), basename(file));
  const [there, here] = await Promise.all([other, file].map((path) => stat(path).catch(() => undefined)));
  if (there === undefined || (there.ino === here?.ino && there.dev === here.dev)) return;
  throw new ImporterError('usage', `What lies in ${workDir} under the name of ${file} belongs to ${other}.`, {
    next: `Nothing was done. Use another --work-dir, or --name with a name of its own; where both are one list, --name ${shellWord(basename(file))}.`,
  });
}

/**
 * Looks at `--work-dir` before anything is read or made in it: a folder that is not there yet is made where it is needed.
 * @throws ImporterError `usage` where it is no folder, or lies below a file
 */
export function requireWorkDir({ workDir }: StateOptions): void {
  if (workDir === undefined) return;
  let place = resolve(workDir);
  let found = entryAt(place);
  while (found === undefined && dirname(place) !== place) {
    place = dirname(place);
    found = entryAt(place);
  }
  if (found?.isDirectory() !== false) return;
  const below = place === resolve(workDir) ? '' : ` It lies below ${place}, which is a file.`;
  throw new ImporterError('usage', `--work-dir ${workDir} is no folder.${below}`, {
    next: 'Name a folder: one that is not there yet is made.',
  });
}

/** @returns undefined where nothing is there, also below a file */
function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Something that can't be looked at is told by whoever uses it.
    return undefined;
  }
}
