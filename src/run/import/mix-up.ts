/** Whether an answer is of the contact that was sent: a server may have merged two people, or mixed them up. */
import { isPutAway, showsNone } from '../../api/read-answer.js';
import type { WireContact } from '../../api/wire.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { GrowingPlaces } from '../../collections/growing-places.js';
import type { Contact } from '../../contact/contact.js';
import { mayBeOnePerson } from '../../contact/names/one-person.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Place } from '../../wording/rows/lines.js';
import type { Problem } from '../../problem.js';
import { mergedInClarky, notKept, ofOtherBot, perhapsMerged, putAway, sameInClarky } from './not-sent.js';
import type { Others } from '../known/others.js';
import { nameOf, whoOf } from '../../contact/names/full-name.js';
import { isShownEmail, isShownPhone } from './answers/shown-point.js';
import { readStored } from '../../workspace/stored.js';

/** Names kept to compare with: of more contacts, two rows of one are told as a mix-up. */
const MOST_MET = 20_000;

export class MixUps {
  readonly #state: CheckpointState;
  readonly #bot: string;
  readonly #others: Pick<Others, 'isSomebodyElses'> | undefined;
  /** By the checkpoint's number of a contact: where it stands in this file. */
  readonly #places = new GrowingPlaces();
  /** The name under which it stands there. */
  readonly #names = new Map<number, string>();
  /** Ids that are answered and not on disk yet. */
  readonly #answering = new Map<string, PlannedContact>();
  /** By the id of a contact that Clarky had, and this run has sent: the name that it was sent under. */
  readonly #namesMet = new Map<string, string>();

  /** @param others whom imports of other files have sent; undefined where the workspace shows who is there */
  constructor(state: CheckpointState, bot: string, others?: Pick<Others, 'isSomebodyElses'>) {
    this.#state = state;
    this.#bot = bot;
    this.#others = others;
  }

  /** A contact of the file that Clarky has. */
  seen(planned: PlannedContact): void {
    const number = this.#state.numberOf(planned);
    if (number < 0) return;
    const last = planned.records.at(-1);
    if (last !== undefined) this.#places.set(number, last);
    if (this.#names.size < MOST_MET) this.#names.set(number, whoOf(planned.contact));
  }

  /**
   * Looks at an answer before it is recorded; undefined where it is of the contact that was sent, at the bot that it was sent to.
   * @param how the id of the contact that Clarky has made for it, where that is known, the status, and what it was known as
   */
  find(
    planned: PlannedContact,
    sent: Contact,
    answer: WireContact,
    how: {
      readonly madeAs?: string;
      readonly status?: number;
      readonly knownAs?: readonly (string | undefined)[];
    } = {},
  ): Problem | undefined {
    const { id } = answer;
    const { madeAs, status, knownAs = [] } = how;
    const other = this.#answering.get(id);
    const isKnownAs = knownAs.includes(id);
    if (
      other !== undefined &&
      other !== planned &&
      !(isKnownAs && mayBeOnePerson(whoOf(planned.contact), whoOf(other.contact)))
    )
      return mergedInClarky(id, other.records.at(-1));
    const owner = this.#state.ownerOfId(id);
    const isMeant = isKnownAs && (this.#maySucceed(planned, owner) || this.#isOneWith(planned, { id, owner }));
    const isAnothers = owner >= 0 && !this.#state.ownersOf(planned).includes(owner) && !isMeant;
    // It has the phone of that one now, and is somebody else all the same.
    const isOther = owner >= 0 && this.#isKnownAsOther(planned, owner);
    if (isAnothers || isOther || (madeAs !== undefined && madeAs !== id) || isOfSomebodyElse(sent, answer)) {
      const place = this.#placeOf(owner);
      const isOne = isAnothers && place !== undefined && isNamedAlike(this.#names.get(owner), planned.contact);
      if (isOne) return sameInClarky(id, place);
      const isUntold = isAnothers && place === undefined && !this.#state.names.areTold(owner);
      return isUntold && !isOfSomebodyElse(sent, answer) ? perhapsMerged(id) : mergedInClarky(id, place);
    }
    // What was made just now is nobody else's, whoever had that id in a workspace that was begun anew.
    if (owner < 0 && status !== 201 && this.#others?.isSomebodyElses(id, sent, readStored(answer) ?? {}) === true) {
      return mergedInClarky(id, 'another file');
    }
    const bot = answer['bot_id'];
    if (typeof bot === 'string' && bot !== this.#bot) return ofOtherBot(id, this.#bot);
    if (isPutAway(answer)) return putAway(id);
    const points = (['emails', 'phone_numbers'] as const).filter((field) => (sent[field] ?? []).length > 0);
    if (showsNone(answer, points)) return notKept(id, sent);
    this.#answering.set(id, planned);
    if (isKnownAs && this.#namesMet.size < MOST_MET) this.#namesMet.set(id, whoOf(planned.contact));
    return undefined;
  }

  /**
   * Whether it may be who the contact of `owner` was, where Clarky, or an import of another file, knows it under that id: nothing of
   * it has gone out from here before, and no row of the file stands for that one still.
   */
  #maySucceed(planned: PlannedContact, owner: number): boolean {
    const state = this.#state;
    return this.#placeOf(owner) === undefined && !state.ownersOf(planned).some(state.isAccepted);
  }

  /** Whether a row before it was this contact of Clarky's as well, sent now or earlier, by what is known from elsewhere, and may be it by the names. */
  #isOneWith(planned: PlannedContact, { id, owner }: { readonly id: string; readonly owner: number }): boolean {
    const state = this.#state;
    const name = this.#namesMet.get(id) ?? this.#names.get(owner);
    if (name === undefined || state.ownersOf(planned).some(state.isAccepted)) return false;
    return mayBeOnePerson(name, whoOf(planned.contact));
  }

  /** True where it is known as another contact than the one of `owner`, who is clearly somebody else. */
  #isKnownAsOther(planned: PlannedContact, owner: number): boolean {
    const own = this.#state.numberOf(planned);
    return (
      own !== owner &&
      this.#state.isAccepted(own) &&
      this.#state.isIdentity(planned) &&
      this.#state.isSomebodyElse(owner, planned.contact)
    );
  }

  /** It is recorded. */
  recorded(planned: PlannedContact, id: string): void {
    this.#answering.delete(id);
    this.seen(planned);
  }

  #placeOf(number: number): Place | undefined {
    const place = number < 0 ? undefined : this.#places.get(number);
    return place?.line === 0 ? undefined : place;
  }
}

/** True where it was written to the contact of another row: what that did to it is not known. */
export function isOfAnother(problem: Problem | undefined): boolean {
  return problem?.code === 'merged_in_clarky' || problem?.code === 'same_in_clarky';
}

function isNamedAlike(name: string | undefined, contact: Contact): boolean {
  const own = whoOf(contact);
  return name !== undefined && name !== '' && own !== '' && mayBeOnePerson(name, own);
}

/** True where an answer shows e-mails or phones of which it was sent none, or the name of clearly another person. */
function isOfSomebodyElse(sent: Contact, answer: WireContact): boolean {
  const shown = readStored(answer);
  if (shown === undefined) return false;
  const points = [...shown.emails, ...shown.phone_numbers];
  const isShown =
    (sent.emails ?? []).some((email) => shown.emails.some((other) => isShownEmail(email, other))) ||
    (sent.phone_numbers ?? []).some((phone) => shown.phone_numbers.some((other) => isShownPhone(phone, other)));
  if (points.length > 0 && !isShown) return true;
  const [own, answered] = [nameOf(sent), nameOf(shown)];
  return own !== '' && answered !== '' && !mayBeOnePerson(own, answered);
}
