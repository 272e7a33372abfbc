/** What is known of a contact before a run sends anything: from the checkpoint, and from the workspace where it was read. */
import type { BotsContacts } from '../../checkpoint/facts/run-fact.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Before, Claim, DecideOptions } from '../../plan/decide.js';
import { whoOf } from '../../contact/names/full-name.js';
import { mayBeOnePerson } from '../../contact/names/one-person.js';
import type { PlannedContact } from '../../plan/planned.js';
import { holdsAll } from '../../workspace/compare.js';
import type { Comparison, LiveWorkspace } from '../../workspace/live.js';
import {
  claimOn,
  acquaintanceOf,
  idOf,
  strangerOf,
  type AcquaintanceRules,
  type FoundBy,
  type IsInFile,
} from './acquaintance.js';
import { isKnown } from './others/whom.js';
import { withFormerly } from './former-phones.js';
import type { Others } from './others.js';
import { hiddenClaim, isNamelessFirm, unseenClaim } from './unseen.js';
import type { RowsOfContact, Together as RowsTogether } from './rows-of-contact.js';

/** What is known, and with the workspace the contact in it, where it had to be read. */
export interface Known {
  readonly before: Before;
  readonly comparison: Comparison | undefined;
  /** The contact under the identity that the checkpoint has it under. */
  readonly planned: PlannedContact;
  /** True where Clarky has it under what the row does not have. */
  readonly mustLookUp: boolean;
  /** Where it must be looked up: the id under which Clarky has it, so far as is known. */
  readonly contactId: string | undefined;
  readonly foundBy: FoundBy | undefined;
}

export type LiveKnown = Pick<LiveWorkspace, 'compare' | 'numberOf' | 'isUnshown'> &
  Partial<Pick<LiveWorkspace, 'areBotsApart'>>;

export interface KnownOptions extends DecideOptions, AcquaintanceRules {
  readonly checkpoint: CheckpointState | undefined;
  /** The workspace, where it was read. */
  readonly live: LiveKnown | undefined;
  readonly isInFile: IsInFile;
  /** What is known of imports of other files; nobody is asked for there where it is left out. */
  readonly others?:
    | Pick<Others, 'isUnclear' | 'meet' | 'idsOf' | 'unseenClaim' | 'hiddenClaim' | 'meetUnshown' | 'haveSent'>
    | undefined;
  /** Which contacts of the file are one in the checkpoint; nobody is looked for where it is left out. */
  readonly rowsOfContact?: RowsOfContact | undefined;
}

export async function knownOf(read: PlannedContact, options: KnownOptions): Promise<Known> {
  const { checkpoint, live } = options;
  const given = checkpoint === undefined ? read : withFormerly(read, checkpoint);
  // Where the workspace was read, who is who was decided with everybody in it.
  const acquaintance =
    checkpoint === undefined || live !== undefined
      ? strangerOf(given)
      : await acquaintanceOf(given, checkpoint, options, options.isInFile);
  const found = live === undefined ? await options.others?.meet(acquaintance) : undefined;
  const { claims, mustLookUp, contactId, foundBy, planned: met } = found ?? acquaintance;
  const together =
    checkpoint === undefined || live !== undefined || claims !== undefined
      ? undefined
      : await togetherOf(met, checkpoint, options.rowsOfContact);
  const { planned: asNow, isUnshown } =
    live === undefined ? { planned: met, isUnshown: false } : await asOfNow(met, options, live);
  const planned = together?.isLast === true ? { ...asNow, ...together } : asNow;
  const isAccepted = claims === undefined && checkpoint?.isUnchanged({ ...planned, ...together }) === true;
  const known = {
    isKnown: checkpoint?.isKnown(planned) === true,
    isKnownOtherwise:
      live === undefined &&
      (isSentOtherwise(planned, checkpoint) || (await options.others?.haveSent(planned)) === true),
    isSetBack: checkpoint?.takenBack(planned) === 'there',
    isAccepted,
    refusal: checkpoint?.refusalOf(planned),
    claims,
  };
  const knownAs = (stored: Before['stored'], comparison?: Comparison): Known => ({
    before: { ...known, stored },
    comparison,
    planned,
    mustLookUp,
    contactId,
    foundBy,
  });
  if (live === undefined) return knownAs('not read');
  const unshown = given.external === undefined ? await options.others?.meetUnshown(given) : undefined;
  if (unshown?.claims !== undefined) {
    const stored = planned.external === undefined ? 'missing' : 'there';
    const before = { ...known, isKnown: false, isAccepted: false, claims: unshown.claims, stored } as const;
    return { ...knownAs(stored), before };
  }
  if (planned.external === undefined) {
    if (await isPartOfAnother(planned, options, live)) return knownAs('there');
    return {
      ...knownAs(isUnshown ? 'not shown' : 'missing'),
      foundBy: unshown?.isLedPast === true ? 'emails' : foundBy,
    };
  }
  const unseen = await unseenIn(planned, options, live);
  if (unseen !== undefined)
    return { ...knownAs('there'), before: { ...known, isAccepted: false, claims: unseen, stored: 'there' } };
  // What was sent and is still there stays as it is, whatever somebody made of it: it need not be read from the disk.
  if (isAccepted && known.refusal === undefined && options.resend !== true) return knownAs('there');
  const comparison = await live.compare(planned);
  // Its own is yet to be made.
  if (comparison?.isElsewhere === true && botsSeen(checkpoint, live) === 'apart') return knownAs('missing');
  return knownAs(comparison?.differences.length === 0 ? 'same' : 'there', comparison);
}

/** What was seen of the contacts of other bots: by an earlier import, or in the workspace as it was read. */
export function botsSeen(
  checkpoint: Pick<CheckpointState, 'bots'> | undefined,
  live: Partial<Pick<LiveWorkspace, 'areBotsApart'>> | undefined,
): BotsContacts | undefined {
  return checkpoint?.bots ?? (live?.areBotsApart && 'apart');
}

/** The same; undefined where the run was stopped while that was looked for. */
export async function knownUnlessStopped(
  given: PlannedContact,
  options: KnownOptions,
  signal: AbortSignal,
): Promise<Known | undefined> {
  try {
    return await knownOf(given, options);
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}

/**
 * The contact with the one of the workspace that it went out as, should that have none of its e-mails and phones any more; from
 * another file, where none of this one is known.
 */
async function asOfNow(
  planned: PlannedContact,
  { checkpoint, others }: Pick<KnownOptions, 'checkpoint' | 'others'>,
  live: Pick<LiveWorkspace, 'numberOf' | 'isUnshown'>,
): Promise<{
  readonly planned: PlannedContact;
  /** True where that may merely not be shown yet. */ readonly isUnshown: boolean;
}> {
  if (planned.external !== undefined) return { planned, isUnshown: false };
  const { contact } = planned;
  const own = checkpoint?.ownersOf(planned).filter((number) => !checkpoint.isSomebodyElse(number, contact)) ?? [];
  const formerId = planned.formerly?.contactId;
  const ids =
    formerId !== undefined
      ? [formerId]
      : own.flatMap((number) => (checkpoint && idOf(number, contact, checkpoint)) ?? []);
  const external =
    ids.length > 0
      ? await live.numberOf(ids, contact)
      : await live.numberOf((await others?.idsOf(planned)) ?? [], contact, 'of this bot');
  return { planned: { ...planned, external }, isUnshown: external === undefined && (await live.isUnshown(ids)) };
}

/** True where imports of this list have sent it, under whichever of its e-mails and phones; not where that was undone. */
export function wasSent(
  { planned, before }: Pick<Known, 'planned' | 'before'>,
  own: CheckpointState | undefined,
): boolean {
  return before.isKnown || isKnown(own, planned) || planned.formerly !== undefined;
}

/** True where this checkpoint has it with any of its e-mails and phones: as another contact of the file, or under what it had then. */
function isSentOtherwise(planned: PlannedContact, checkpoint: CheckpointState | undefined): boolean {
  const { contact, identity, formerly } = planned;
  if (formerly !== undefined) return true;
  const owners = checkpoint?.ownersOf({ contact, identity }) ?? [];
  return owners.some((number) => checkpoint?.isThere(number) === true && !checkpoint.isSomebodyElse(number, contact));
}

/** Clarky has made it one contact with somebody who has the same phone, as it was let (`--shared-phone send`): nobody has deleted it. */
async function isPartOfAnother(
  planned: PlannedContact,
  { checkpoint, sharedPhone }: KnownOptions,
  live: Pick<LiveWorkspace, 'compare' | 'numberOf'>,
): Promise<boolean> {
  const { contact } = planned;
  if (sharedPhone !== 'send' || checkpoint?.isKnown(planned) !== true) return false;
  const ids = [idOf(checkpoint.numberOf(planned), contact, checkpoint) ?? []].flat();
  const there = await live.compare({ contact, external: await live.numberOf(ids, contact, "anybody's") });
  const phones = there?.stored.phone_numbers ?? [];
  return contact.phone_numbers?.some((phone) => holdsAll('phone_numbers', phones, [phone])) === true;
}

/** By what it is somebody else than the contact of the workspace, though that shows nothing of it. */
async function unseenIn(
  planned: PlannedContact,
  options: KnownOptions,
  live: Pick<LiveWorkspace, 'compare'>,
): Promise<Claim | undefined> {
  const { checkpoint, others } = options;
  const shared = checkpoint && unseenClaim(planned, checkpoint, options);
  const claim = shared ? claimOn(shared, 'an earlier import', checkpoint) : await others?.unseenClaim(planned);
  if (claim === undefined) return hiddenIn(planned, options, live);
  if (!isNamelessFirm(planned.contact)) return claim;
  const company = (await live.compare(planned))?.stored.company;
  // It may have been put right in Clarky since.
  return company === undefined || mayBeOnePerson(whoOf(planned.contact), whoOf({ company })) ? undefined : claim;
}

/** By what it is somebody else than whom an import has sent, of whom Clarky has a name by now that says less and fits both. */
async function hiddenIn(
  planned: PlannedContact,
  { checkpoint, others, ...rules }: KnownOptions,
  live: Pick<LiveWorkspace, 'compare'>,
): Promise<Claim | undefined> {
  if (checkpoint?.isUnchanged(planned) === true) return undefined;
  const stored = (await live.compare(planned))?.stored;
  if (stored === undefined) return undefined;
  const name = whoOf(stored);
  const shared = checkpoint && hiddenClaim(planned, checkpoint, rules, name);
  return shared ? claimOn(shared, 'an earlier import', checkpoint) : others?.hiddenClaim(planned, name);
}

/** What it adds up to with other contacts of the file that are the same one in the checkpoint; undefined without such. */
async function togetherOf(
  planned: PlannedContact,
  checkpoint: CheckpointState,
  rows: RowsOfContact | undefined,
): Promise<RowsTogether | undefined> {
  const number = checkpoint.numberOf(planned);
  if (rows === undefined || !checkpoint.isAccepted(number)) return undefined;
  // Once another row of it is sent anew, this one goes after it.
  if (rows.isRead) return rows.of(planned, number);
  return !checkpoint.isUnchanged(planned) && checkpoint.mayBeSeveralRows(planned, number)
    ? rows.of(planned, number)
    : undefined;
}
