/**
 * Where Clarky has a contact that was sent before: somebody may have changed its e-mail or phone there, deleted it, or given
 * what it had to somebody else, whom the upsert would turn into it.
 */
import { isPutAway } from '../../../api/read-answer.js';
import type { WireContact } from '../../../api/wire.js';
import type { Contact } from '../../../contact/contact.js';
import { nameOf } from '../../../contact/names/full-name.js';
import { areOfDifferentPeople } from '../../../contact/names/one-person.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { Problem } from '../../../problem.js';
import { haveSameLead, holdsAll, isOfBot } from '../../../workspace/compare.js';
import { readStored, type StoredContact } from '../../../workspace/stored.js';
import { foundFormerly } from '../../known/former-phones.js';
import { mayShare, type SharingRules } from '../../known/unseen.js';
import { MADE_ANOTHER, somebodyElsesInClarky } from '../not-sent.js';
import type { FindArrived } from './arrived.js';
import type { Reads } from './reads.js';
import type { SendOptions } from './send-options.js';

export interface WhereaboutsParts {
  /** Asks Clarky for a contact; undefined where it has none, or does not tell. */
  readonly lookUp: (contact: Contact) => Promise<StoredContact | undefined>;
  /** Looks for who came of what was under way. */
  readonly arrived: FindArrived;
  /** Reads a contact of an id; undefined where the key may not, or it is not there. */
  readonly readBack: (id: string) => Promise<WireContact | undefined>;
  readonly reads: Pick<Reads, 'isOlder' | 'isDoubted' | 'mayRead'>;
  /** So many contacts that were sent before are looked at, each a read, before they are changed. */
  readonly mostLooks: number;
  /** Whose contacts are sent. */
  readonly bot: string;
  readonly rules: SharingRules;
}

/** What Clarky has of it, if it is known, and why it must not be sent. */
export interface Place {
  /** As it is under its id, where that is where the upsert finds it: what is sent need not follow it. */
  readonly seen?: StoredContact | undefined;
  readonly stored?: StoredContact | undefined;
  readonly problem?: Problem | undefined;
  /** True where the key may not read: nothing is known of what Clarky has. */
  readonly isUnseen?: boolean;
  /** The id of one that is not shown, and may be there all the same. */
  readonly doubtedId?: string | undefined;
}

type KnownBy = Pick<SendOptions, 'contactId' | 'isOfAnotherFile' | 'underWay'>;

/** So many in a row that are gone, and nobody in their place: the workspace was emptied, and each look would be lost. */
const EMPTIED = 20;

export class Whereabouts {
  readonly #parts: WhereaboutsParts;
  #looks = 0;
  #goneInARow = 0;

  constructor(parts: WhereaboutsParts) {
    this.#parts = parts;
  }

  /**
   * @param by the id under which Clarky had it, so far as is known, there where another file went to; what may have been made of it since
   * @param isAskedFor true where it is to be looked for in any case; else only where Clarky does not have it as it was
   */
  async of(planned: PlannedContact, by: KnownBy, isAskedFor: boolean): Promise<Place> {
    const { contactId: id } = by;
    const place = await this.#of(planned, by, isAskedFor);
    const isNowhere = (place.stored ?? place.seen ?? place.problem) === undefined;
    return isNowhere && id !== undefined && this.#parts.reads.isDoubted(id) ? { ...place, doubtedId: id } : place;
  }

  async #of(planned: PlannedContact, by: KnownBy, isAskedFor: boolean): Promise<Place> {
    const { contactId: id, isOfAnotherFile = false, underWay } = by;
    const isElsewhere = (own: StoredContact | undefined): boolean =>
      isOfAnotherFile && own !== undefined && !isOfBot(own, this.#parts.bot);
    if (isAskedFor) {
      const read = (): Promise<StoredContact | undefined> =>
        this.#readOf(id).then((own) => (isElsewhere(own) ? undefined : own));
      const place = await this.#lookUp(planned, id, { underWay, read });
      return this.#parts.reads.mayRead ? place : { ...place, isUnseen: true };
    }
    if (id === undefined || this.#looks >= this.#parts.mostLooks || this.#goneInARow >= EMPTIED) return {};
    this.#looks++;
    const own = await this.#readOf(id);
    if (isElsewhere(own)) return {};
    if (own !== undefined && haveSameLead(planned.contact, own)) {
      this.#goneInARow = 0;
      // Somebody may have made another person of it, under the same e-mail or phone.
      return this.#heldIfAnother(own, planned.contact) ?? { seen: own };
    }
    const place = await this.#lookUp(planned, id, { underWay, read: () => Promise.resolve(own) });
    const isGone = own === undefined && place.stored === undefined && place.problem === undefined;
    this.#goneInARow = isGone ? this.#goneInARow + 1 : 0;
    return place;
  }

  /** With `--live`: as it is now, of one that was there when the workspace was read. */
  async read(contact: Contact, was: StoredContact): Promise<Place> {
    if (this.#looks >= this.#parts.mostLooks && !this.#parts.reads.isOlder(was)) return { stored: was };
    this.#looks++;
    const own = await this.#readOf(was.id);
    if (own === undefined) return this.ofNew(contact, await this.#parts.lookUp(contact));
    return this.asNow(contact, was, own);
  }

  /** Of one that was there, and is by now: it may have been made somebody else. */
  asNow(contact: Contact, was: StoredContact, own: StoredContact): Place {
    return isSomebodyElse(own, contact) && !isSomebodyElse(was, contact) ? { problem: MADE_ANOTHER } : { stored: own };
  }

  /** Of one that was under way: who came of it, or has its e-mail or phone by now, may be whom the row named then. */
  ofLanded(contact: Contact, found: StoredContact): Place {
    return this.#heldIfAnother(found, contact) ?? { stored: found };
  }

  /** Of one that was not there: whom the upsert would find by now. */
  ofNew(contact: Contact, found: StoredContact | undefined): Place {
    if (found === undefined) return {};
    const isByEmail = hasEmailOf(found, contact);
    // By a phone alone, beside e-mails of their own, they may be two of one name.
    const areTwo = !isByEmail && found.emails.length > 0 && (contact.emails ?? []).length > 0;
    if (!areTwo && !isSomebodyElse(found, contact)) return { stored: found };
    return this.#held(found, isByEmail) ?? { stored: found };
  }

  /** Who has its e-mail or phone is somebody else: it is not sent, unless that is meant. */
  #held({ id }: StoredContact, isByEmail: boolean): Place | undefined {
    const by = isByEmail ? 'email' : 'phone';
    return mayShare(by, this.#parts.rules) ? undefined : { problem: somebodyElsesInClarky(by, id) };
  }

  #heldIfAnother(own: StoredContact, contact: Contact): Place | undefined {
    return isSomebodyElse(own, contact) ? this.#held(own, hasEmailOf(own, contact)) : undefined;
  }

  /** By the row; then by the id under which it was there, or by what was sent of it, whatever its e-mails and phones are now. */
  async #lookUp(
    planned: PlannedContact,
    id: string | undefined,
    { underWay, read }: Pick<SendOptions, 'underWay'> & { readonly read: () => Promise<StoredContact | undefined> },
  ): Promise<Place> {
    const { contact } = planned;
    const found = await this.#parts.lookUp(contact);
    const isOther = found !== undefined && isSomebodyElse(found, contact);
    const isByEmail = found !== undefined && hasEmailOf(found, contact);
    if (isOther && found.id === id) return this.#heldIfAnother(found, contact) ?? { stored: found };
    // Under which id it went out is not known: with its e-mail it may be called something else there by now.
    if (found !== undefined && (!isOther || (id === undefined && isByEmail))) return { stored: found };
    if (id === undefined) {
      const former = await foundFormerly(planned, this.#parts.lookUp);
      return { stored: former ?? (underWay && (await this.#parts.arrived(planned, underWay))) };
    }
    const held = isOther ? this.#held(found, isByEmail) : undefined;
    // Led by the e-mail that it has there now, it is not turned into who has its phone; who has its e-mail would be turned into it.
    if (held !== undefined && isByEmail) return held;
    const own = await read();
    return own === undefined || isSomebodyElse(own, contact) ? (held ?? {}) : { stored: own };
  }

  async #readOf(id: string | undefined): Promise<StoredContact | undefined> {
    const own = id === undefined ? undefined : await this.#parts.readBack(id);
    return own === undefined || isPutAway(own) ? undefined : readStored(own);
  }
}

/** Who has a phone in common may be another person, with whom the contact shares it. */
function hasEmailOf(stored: StoredContact, { emails = [] }: Contact): boolean {
  return emails.some((email) => holdsAll('emails', stored.emails, [email]));
}

function isSomebodyElse(stored: StoredContact, contact: Contact): boolean {
  return areOfDifferentPeople([nameOf(stored), nameOf(contact)]);
}
