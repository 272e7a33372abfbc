/** Whether Clarky has made a second contact of somebody whom it has: an upsert that does not find who is there makes everybody twice. */
import type { WireContact } from '../../../api/wire.js';
import type { Contact } from '../../../contact/contact.js';
import { nameOf } from '../../../contact/names/full-name.js';
import { areOfDifferentPeople } from '../../../contact/names/one-person.js';
import { ImporterError } from '../../../errors.js';
import type { Problem } from '../../../problem.js';
import { holdsAll } from '../../../workspace/compare.js';
import { readStored, type StoredContact } from '../../../workspace/stored.js';
import { madeSecond } from '../not-sent.js';

/** What an upsert was answered. */
interface Answered {
  readonly contact: WireContact;
  readonly created: boolean | undefined;
}

/** So many, and nobody whom it found: it finds none. */
const ENOUGH = 3;

export class SecondContacts {
  readonly #read: (id: string) => Promise<WireContact | undefined>;
  #made = 0;
  #hasUpdated = false;

  /** @param read gives the contact of an id; undefined where it is not there, or is not told */
  constructor(read: (id: string) => Promise<WireContact | undefined>) {
    this.#read = read;
  }

  /**
   * Looks at an answer.
   * @param knownAs gives the id under which Clarky had the contact, so far as is known; it may be deleted since
   */
  async find(
    sent: Contact,
    { contact, created }: Answered,
    knownAs: () => string | undefined,
  ): Promise<Problem | undefined> {
    if (created === false) this.#hasUpdated = true;
    const id = created === true ? knownAs() : undefined;
    if (id === undefined || id === contact.id) return undefined;
    const stored = readStored(await this.#read(id));
    if (stored === undefined || isOfOtherBot(stored, contact) || !isOfSamePerson(stored, sent)) return undefined;
    this.#made++;
    return madeSecond(contact.id, id);
  }

  /** What stops the run: each row more would be one contact more. */
  get verdict(): ImporterError | undefined {
    if (this.#hasUpdated || this.#made < ENOUGH) return undefined;
    return new ImporterError(
      'second_contacts',
      `Clarky has made a second contact of each of the first ${this.#made} that it has already: its upsert does not find them.`,
      {
        next: 'Nothing more was sent. Look at those contacts in Clarky. What a live import made is taken back with: clarky-contacts undo FILE',
      },
    );
  }
}

/** Each bot may have contacts of its own. */
function isOfOtherBot({ bot_id: bot }: StoredContact, made: WireContact): boolean {
  const { bot_id: ofMade = bot } = readStored(made) ?? {};
  return bot !== undefined && bot !== ofMade;
}

function isOfSamePerson(stored: StoredContact, sent: Contact): boolean {
  const names = [nameOf(stored), nameOf(sent)];
  if (areOfDifferentPeople(names)) return false;
  const hasAny = (field: 'emails' | 'phone_numbers'): boolean =>
    (sent[field] ?? []).some((value) => holdsAll(field, stored[field], [value]));
  return hasAny('emails') || hasAny('phone_numbers') || names.every((name) => name !== '');
}
