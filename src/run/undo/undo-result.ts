import type { ImporterError } from '../../errors.js';
import type { LeftContact } from './undoer.js';

export interface UndoResult {
  readonly file: string;
  /** Where it was imported to. */
  readonly api: string;
  readonly bot: string;
  readonly contacts: number;
  readonly deleted: number;
  readonly setBack: number;
  readonly left: readonly LeftContact[];
  readonly nothingToDo: number;
  /** Contacts not looked at yet, since the run was stopped early. */
  readonly pending: number;
  /** False where the answer to `confirm` was no. */
  readonly confirmed: boolean;
  readonly complete: boolean;
  readonly exitStatus: number;
  readonly stoppedBy: ImporterError | undefined;
}
