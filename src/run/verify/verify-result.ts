import type { Ended, Summary } from '../tally.js';
import type { Finding } from './finding.js';

/** What was found of one of several files; a contact of several rows stands with the last of them. */
export interface VerifiedFile extends Readonly<Record<Finding['kind'], number>> {
  /** Its path. */
  readonly file: string;
  /** Its records. */
  readonly rows: number;
}

/** What a check has found. */
export interface VerifyResult
  extends Ended, Pick<Summary, 'file' | 'rows' | 'leftOut' | 'isRejectsFile' | 'unsentRejects'> {
  /** Of a workbook: the sheet that was compared. */
  readonly sheet?: string;
  /** Of several files: what was found of each, which adds up to what was found of all. */
  readonly files?: readonly VerifiedFile[];
  /** Contacts that the file has, those that were corrected in a rejects file too. */
  readonly contacts: number;
  /** Contacts that were compared with Clarky. */
  readonly checked: number;
  /** Contacts that Clarky has as the file has them. */
  readonly same: number;
  /** Of those that are the same: held by Clarky in another form (case, phone format, order, more values). */
  readonly normalised: number;
  /** Of those that are the same: contacts that were meant to go without a value of their row, and went so. */
  readonly withoutValues: number;
  /** Rows that would be rejected as they stand, and are in Clarky as they were corrected in a rejects file. */
  readonly corrected: number;
  /** Cells and rows of the file that were read as `FILE.edits.json` corrects them. */
  readonly corrections: number;
  /** Contacts that Clarky has with other values. */
  readonly different: number;
  /** Of the different: those that an undo has set back to what they were. */
  readonly setBack: number;
  /** Contacts that Clarky does not have. */
  readonly missing: number;
  /** Of the missing: those that no import of the checkpoint has sent, or that were taken back. */
  readonly notSent: number;
  /** Of those that were not sent: those that an undo has taken back. */
  readonly takenBack: number;
  /** False where nothing is known here of an import of it: none was done, or on another machine. */
  readonly isImportKnown: boolean;
  /** Whether the last import of it read the workspace first (`live`). */
  readonly wasLive: boolean;
  /** Contacts with a phone alone that a lookup did not find: a whole listing would tell. */
  readonly unknown: number;
  /** Records that an import would reject. */
  readonly rejected: number;
  /** With `sample`: what chooses the same contacts again. */
  readonly seed: number | undefined;
  /** Whether the workspace was listed, or asked for each contact. */
  readonly readBy: 'list' | 'lookup';
  /** True where all is as the file has it. */
  readonly allSame: boolean;
  /** The file of the differences; undefined where there are none. */
  readonly differences: string | undefined;
  /** The report that tells of it; absent where none was written. */
  readonly report?: string;
  /** Everything but what is the same (that too, with `all`), in the order of the file. */
  readonly findings: readonly Finding[];
  /** The same as `exit`. */
  readonly exitStatus: number;
}
