/** Whom a write is meant for, where an upsert could find somebody else. Pure. */
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { FoundBy } from '../../known/acquaintance.js';
import { holdsAll, isOfBot } from '../../../workspace/compare.js';
import type { Prepared } from '../preparer.js';

/** A contact of Clarky that is to be changed itself. */
export interface Meant {
  readonly id: string;
  /** True where nothing but the id is known of it: the key may not read. */
  readonly isUnseen?: boolean;
  /** True where it is another bot's so far. */
  readonly isOfOtherBot: boolean;
  /** True where it gets no upsert in place of the change: that would empty what it does not name, or may find somebody else, or not it. */
  readonly isOnlyChanged: boolean;
  /** True where an upsert by its e-mails, or else its phones, finds it, and empties nothing by that. */
  readonly isFound?: boolean;
}

/** The contact that has just been written, at its bot. */
export function thatVery({ id }: { readonly id: string }): Meant {
  return { id, isOfOtherBot: false, isOnlyChanged: false };
}

/** By which alone an upsert finds whom the workspace shows: a list that is joined holds what the row has no more. */
export function foundByIn(
  { planned, stored }: Pick<Prepared, 'planned' | 'stored'>,
  state: Pick<CheckpointState, 'isLedByEmail' | 'numberOf'>,
): FoundBy | undefined {
  if (planned.takenPhones !== undefined || state.isLedByEmail(state.numberOf(planned))) return 'emails';
  return stored?.emails.length === 0 && stored.phone_numbers.length > 0 ? 'phone_numbers' : undefined;
}

/**
 * The contact of Clarky that is changed itself, where an upsert goes by one of its e-mails and phones alone, or holds
 * some that only Clarky has of it, and others there may have as well. Undefined where an upsert finds nobody else.
 */
export function meantOf(
  {
    planned,
    contact,
    stored,
    isShared,
    passedOn = [],
    unseenId,
    doubtedId,
  }: Pick<Prepared, 'planned' | 'contact' | 'stored' | 'isShared' | 'passedOn' | 'unseenId' | 'doubtedId'>,
  { foundBy, bot, clears }: { readonly foundBy: FoundBy | undefined; readonly bot: string; readonly clears: boolean },
): Meant | undefined {
  if (unseenId !== undefined) return { id: unseenId, isOfOtherBot: false, isOnlyChanged: true, isUnseen: true };
  if (stored === undefined) return doubtedId === undefined ? undefined : thatVery({ id: doubtedId });
  const isJoined = (['emails', 'phone_numbers'] as const).some(
    (field) => !holdsAll(field, planned.contact[field] ?? [], contact[field] ?? []),
  );
  // Whom a phone passes on to may have it by now.
  const isAlone = isShared === false && passedOn.length === 0;
  if (foundBy === undefined && (!isJoined || isAlone)) return undefined;
  const isOfOtherBot = !isOfBot(stored, bot);
  const hasLead =
    foundBy !== 'emails' || planned.contact.emails?.some((one) => holdsAll('emails', stored.emails, [one])) === true;
  const mayFindOther = foundBy === undefined && isShared === true;
  // An upsert without those that are given later would empty them.
  const isInTwo = contact.emails !== undefined && contact.phone_numbers !== undefined;
  const isOnlyChanged = clears || mayFindOther || !hasLead;
  return { id: stored.id, isOfOtherBot, isOnlyChanged, isFound: hasLead && !(clears && isInTwo) };
}

/** What is to show whether bots share their contacts is upserted whomever it is meant for: by its e-mails, others may have its phones. */
export function aimOf(
  { showsBots }: Pick<Prepared, 'showsBots'>,
  foundBy: FoundBy | undefined,
  meant: Meant | undefined,
): { readonly foundBy: FoundBy | undefined; readonly meant: Meant | undefined } {
  return showsBots === true ? { foundBy: foundBy ?? (meant && 'emails'), meant: undefined } : { foundBy, meant };
}
