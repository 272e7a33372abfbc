/** Removes what was kept about a file: personal data first of all. */
import { rm, stat } from 'node:fs/promises';
import { takeLock } from '../storage/lock.js';
import { hasErrno, notWritable } from '../storage/private-file.js';
import { workspaceFilesOf } from '../workspace/files.js';
import { defaultPaths } from './settings.js';

export interface ForgetOptions {
  readonly checkpoint?: string | undefined;
  /** Also removes the checkpoint, the log, the rejects and the differences; never the file itself or its mapping. */
  readonly all?: boolean | undefined;
}

export interface ForgetResult {
  readonly file: string;
  /** Paths that were there and are not any more. */
  readonly removed: readonly string[];
}

/** Logs put aside have a number behind their name (run/outputs/log.ts). */
const OLD_LOGS = [1, 2, 3, 4, 5];

/**
 * Removes the workspace snapshot and the undo journal of a file: what holds personal data of people who may not be in it.
 * Without the journal the import can't be undone any more.
 * @throws ImporterError `locked` while an import is under way, `not_writable`
 */
export async function forgetFiles(file: string, options: ForgetOptions = {}): Promise<ForgetResult> {
  const paths = defaultPaths(file);
  const checkpoint = options.checkpoint ?? paths.checkpoint;
  const { snapshot, journal } = workspaceFilesOf(checkpoint);
  const wanted = [snapshot, journal];
  if (options.all === true) {
    const logs = [paths.log, ...OLD_LOGS.map((n) => `${paths.log}.${n}`)];
    wanted.push(checkpoint, ...logs, paths.rejects, paths.differences, paths.report);
  }
  const there: string[] = [];
  for (const path of wanted) if (await isFile(path)) there.push(path);
  if (there.length === 0) return { file, removed: [] };
  const lock = await takeLock(checkpoint);
  try {
    for (const path of there) {
      await rm(path, { force: true }).catch((error: unknown) => {
        throw notWritable(path, error);
      });
    }
    return { file, removed: there };
  } finally {
    await lock.release();
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false;
    throw notWritable(path, error);
  }
}
