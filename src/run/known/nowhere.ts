/** `checkpoint: 'memory'`: a run that keeps nothing, and yet may have more of a workspace to look at than memory holds. */
import { join } from 'node:path';
import { ImporterError } from '../../errors.js';
import { makePrivateFolder } from '../../storage/private-folder.js';
import type { Opened } from '../opened.js';

/** The checkpoint that is no file. */
export const IN_MEMORY = 'memory';

/**
 * Beside which path a run keeps what it reads of the workspace: its checkpoint's, or one that is gone when it ends.
 * @throws ImporterError `not_writable`
 */
export async function keptBeside(checkpoint: string, opened: Opened): Promise<string> {
  if (checkpoint !== IN_MEMORY) return checkpoint;
  const folder = await makePrivateFolder('live');
  opened.onClose(() => folder.remove());
  return join(folder.path, IN_MEMORY);
}

/** What has stopped a run, with what is to be done where nothing is kept that it could go on from. */
export function stoppedWithout(error: ImporterError | undefined, checkpoint: string | undefined): typeof error {
  if (checkpoint !== IN_MEMORY || error?.anew === undefined) return error;
  const { code, message, anew: next, said, cause } = error;
  return new ImporterError(code, message, { next, said, cause });
}

/** @throws ImporterError `usage` for an undo of what kept nothing */
export function requireKept(checkpoint: string): void {
  if (checkpoint !== IN_MEMORY) return;
  throw new ImporterError('usage', "An import with checkpoint: 'memory' keeps nothing that it could be undone by.", {
    next: 'Undo what was imported with a checkpoint of its own.',
  });
}
