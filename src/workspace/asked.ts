/** Contacts of the workspace that are asked for one by one: whoever has an e-mail or phone of the file. */
import { DigestIndex } from '../collections/digest-index.js';
import type { Contact } from '../contact/contact.js';
import { comparableEmail, digest } from '../contact/identity.js';
import type { LookupFinder } from './finder.js';
import type { StoredContact } from './stored.js';

/** Asked for at once. */
const LOOKUPS_AT_ONCE = 10;

export interface AskOptions {
  readonly finder: LookupFinder;
  /** What can be read of each row. */
  readonly contacts: AsyncIterable<Contact>;
  /** E-mails and phones of which it is known who has them, and then those that were asked for as well. */
  readonly known: DigestIndex;
  /** True where a further e-mail is searched for, too. */
  readonly isThorough: boolean;
  /** Called with how many were asked for. */
  readonly onAsked: (count: number) => void;
}

/** Asks for everybody who has an e-mail or phone of these contacts that is not known; gives each once. */
export async function askFor({ finder, contacts, known, isThorough, onAsked }: AskOptions): Promise<StoredContact[]> {
  const found = new Map<string, StoredContact>();
  let asked = 0;
  let some: Contact[] = [];
  const ask = async (): Promise<void> => {
    const all = await Promise.all(some.map((contact) => finder.findAll(contact, isThorough)));
    for (const stored of all.flat()) found.set(stored.id, stored);
    asked += some.length;
    some = [];
    onAsked(asked);
  };
  for await (const contact of contacts) {
    const unknown = withoutKnown(contact, known);
    if (unknown === undefined) continue;
    some.push(unknown);
    if (some.length === LOOKUPS_AT_ONCE) await ask();
  }
  if (some.length > 0) await ask();
  return [...found.values()];
}

/** How many e-mails and phones there are to ask for, each once, as far as it is worth counting. */
export async function countQuestions(
  contacts: AsyncIterable<Contact>,
  most: number,
): Promise<{ readonly count: number; readonly hasPhones: boolean }> {
  const known = new DigestIndex();
  let hasPhones = false;
  for await (const contact of contacts) {
    withoutKnown(contact, known);
    hasPhones ||= (contact.phone_numbers ?? []).length > 0;
    if (known.size > most) break;
  }
  return { count: known.size, hasPhones };
}

/** Only the e-mails and phones that are not known, which are known then; undefined where all are. */
function withoutKnown({ emails = [], phone_numbers: phones = [] }: Contact, known: DigestIndex): Contact | undefined {
  const isNew = (key: Uint8Array): boolean => {
    const before = known.size;
    return known.add(key) === before;
  };
  const newEmails = emails.filter((email) => isNew(digest('email', comparableEmail(email))));
  const newPhones = phones.filter((phone) => isNew(digest('phone', phone)));
  if (newEmails.length + newPhones.length === 0) return undefined;
  return { emails: newEmails, phone_numbers: newPhones };
}
