/** What an undo leaves as it is, and why. */
import type { LeftReason, UndoStep } from '../../workspace/set-back.js';
import type { UndoEntry } from '../../workspace/undo/undo-journal.js';

/** A contact that stays as it is, or fields of it that do. */
export interface LeftContact {
  readonly line: number;
  readonly contactId: string | undefined;
  readonly reason: LeftReason | 'refused';
  /** The fields that somebody changed since. */
  readonly fields: readonly string[];
}

/** What a step leaves as it is; undefined where it leaves nothing. */
export function leftOf({ line, id: contactId }: UndoEntry, step: UndoStep): LeftContact | undefined {
  if (step.kind === 'leave') return { line, contactId, reason: step.reason, fields: step.fields };
  if (step.kind !== 'set_back' || step.left.length === 0) return undefined;
  return { line, contactId, reason: 'changed', fields: step.left };
}
