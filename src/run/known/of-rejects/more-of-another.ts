/** Which imports go on with what another file's import has begun. */
import { basename } from 'node:path';
import type { Scope } from '../../../checkpoint/format.js';
import { journalPathFor, knownJournals, newestOf } from '../../../workspace/undo/journals.js';
import type { FileAsRead, Reading } from '../../reading/first-reading.js';

/** Corrected rejects under the checkpoint of the file that they come from are part of its import: undo takes both back. */
export function isMoreOfAnother({ isRejectsFile, correctionsFile }: FileAsRead, checkpointPath: string): boolean {
  const own = basename(correctionsFile).replace(/\.edits\.json$/, '.checkpoint.jsonl');
  return isRejectsFile && basename(checkpointPath) !== own;
}

/** Other sheets, and imports to elsewhere, have journals of their own; corrected rejects go on with that of their file's newest import. */
export async function journalOf(
  { file, sheet }: Pick<Reading, 'file' | 'sheet'>,
  checkpointPath: string,
  scope: Scope,
): Promise<string> {
  if (isMoreOfAnother(file, checkpointPath)) {
    const there = (await knownJournals(checkpointPath)).filter(
      ({ scope: { api, bot } }) => api === scope.api && bot === scope.bot,
    );
    const newest = await newestOf(there);
    if (newest !== undefined) return newest.path;
  }
  return journalPathFor(checkpointPath, { scope, sheet: sheet?.name });
}
