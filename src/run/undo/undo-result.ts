import type { ImporterError } from '../../errors.js';
import { leftCountsOf, type UndoCounts } from '../../wording/left-as-is.js';
import type { Ended } from '../tally.js';
import type { LeftContact } from './left.js';
import type { UndoPlan } from './undo-plan.js';

/** What came of an undo. */
export interface UndoResult
  extends Ended, Pick<UndoPlan, 'file' | 'contacts' | 'nothingToDo' | 'laterSheets' | 'beyondUndo' | 'ofRejects'> {
  /** Contacts that the import made, and that are deleted again. */
  readonly deleted: number;
  /** Contacts that were there before, of which at least one field is set back. */
  readonly setBack: number;
  /** Contacts, or fields of them, that stay as they are, and why. */
  readonly left: readonly LeftContact[];
  /** Contacts not looked at yet, since the run was stopped early. */
  readonly pending: number;
  /** Of a workbook: other sheets whose imports can be taken back still. */
  readonly otherSheets: readonly string[];
  /** False where the answer to `confirm` was no. */
  readonly confirmed: boolean;
  /** True where nothing is pending. */
  readonly complete: boolean;
  /** The same as `exit`. */
  readonly exitStatus: number;
  /** What stopped it before its end, if something did. */
  readonly stoppedBy: ImporterError | undefined;
}

/** What it did, as the log and the page tell it. */
export function countsOf({ deleted, setBack, left, pending }: UndoResult): UndoCounts {
  return { deleted, setBack, left: left.length, leftBecause: leftCountsOf(left), pending };
}
