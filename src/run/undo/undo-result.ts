import type { ImporterError } from '../../errors.js';
import { leftCountsOf, type UndoCounts } from '../../wording/left-as-is.js';
import type { Ended } from '../tally.js';
import type { LeftContact } from './left.js';

/** What came of an undo. */
export interface UndoResult extends Ended {
  /** As it was named. */
  readonly file: string;
  /** What the import sent and was not undone yet. */
  readonly contacts: number;
  /** Contacts that the import made, and that are deleted again. */
  readonly deleted: number;
  /** Contacts that were there before, of which at least one field is set back. */
  readonly setBack: number;
  /** Contacts, or fields of them, that stay as they are, and why. */
  readonly left: readonly LeftContact[];
  /** Contacts that are gone, or hold what they held before. */
  readonly nothingToDo: number;
  /** Contacts not looked at yet, since the run was stopped early. */
  readonly pending: number;
  /** Of a workbook: other sheets whose imports can be taken back still. */
  readonly otherSheets: readonly string[];
  /** Sheets whose imports have written since to what is left. */
  readonly laterSheets: readonly string[];
  /** Contacts that the file has or had, and that are in Clarky by other imports, or were there before: no undo takes them back. */
  readonly beyondUndo: number;
  /** Rejects of it that were imported from their own file, which can be taken back still. */
  readonly ofRejects: readonly string[];
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
