/** Which imports go on with what another file's import has begun. */
import { basename } from 'node:path';
import type { FileAsRead } from '../../reading/first-reading.js';

/** Corrected rejects under the checkpoint of the file that they come from are part of its import: undo takes both back. */
export function isMoreOfAnother({ isRejectsFile, correctionsFile }: FileAsRead, checkpointPath: string): boolean {
  const own = basename(correctionsFile).replace(/\.edits\.json$/, '.checkpoint.jsonl');
  return isRejectsFile && basename(checkpointPath) !== own;
}
