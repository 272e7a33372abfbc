/** What an undo leaves as it is, and why. */
import { placeOf } from '../../wording/rows/lines.js';
import type { FieldName } from '../../workspace/compare.js';
import type { LeftReason, UndoStep } from '../../workspace/set-back.js';
import type { UndoEntry } from '../../workspace/undo/undo-journal.js';

/** A contact that stays as it is, or fields of it that do. */
export interface LeftContact {
  /** Of the row that it came from. */
  readonly line: number;
  /** Of several files: the one that it is of. */
  readonly file?: string;
  /** Its id in Clarky. */
  readonly contactId: string | undefined;
  /** Why it stays. */
  readonly reason: LeftReason | 'lists_joined' | 'refused';
  /** The fields that somebody changed since, or that Clarky did not set back. */
  readonly fields: readonly string[];
}

/** What a step came to. */
export type Done =
  | Exclude<UndoStep, { kind: 'set_back' | 'leave' }>
  /** `joined`: lists that have what was added to them still, as Clarky takes nothing out. */
  | (Extract<UndoStep, { kind: 'set_back' }> & { readonly joined?: readonly FieldName[] })
  | ({ readonly kind: 'leave' } & Pick<LeftContact, 'reason' | 'fields'>);

export const REJECTED: Done = { kind: 'leave', reason: 'refused', fields: [] };

/** What a step leaves as it is; undefined where it leaves nothing. */
export function leftOf(entry: UndoEntry, step: Extract<Done, { kind: 'leave' }>): LeftContact;
export function leftOf(entry: UndoEntry, step: Done): LeftContact | undefined;
export function leftOf(entry: UndoEntry, step: Done): LeftContact | undefined {
  const row = { ...placeOf(entry), contactId: entry.id };
  if (step.kind === 'leave') return { ...row, reason: step.reason, fields: step.fields };
  if (step.kind !== 'set_back') return undefined;
  const { left, joined = [] } = step;
  if (left.length + joined.length === 0) return undefined;
  return { ...row, reason: left.length > 0 ? 'changed' : 'lists_joined', fields: [...left, ...joined] };
}
