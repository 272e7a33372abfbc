/** Finds the contact of the workspace that a contact of the file should be: in a whole listing, or by asking for it. */
import type { Client } from '../api/calls.js';
import { isPutAway } from '../api/read-answer.js';
import type { Contact } from '../contact/contact.js';
import { DigestIndex } from '../collections/digest-index.js';
import { digest } from '../contact/identity.js';
import { holdsAll, isOfBot, isSamePhone, storedEmail } from './compare.js';
import type { Snapshot } from './snapshot.js';
import { readStored, type StoredContact } from './stored.js';

/** `unknown` where it can't be told whether it is there. */
export type Found = StoredContact | 'missing' | 'unknown';

export interface WorkspaceFinder {
  find(contact: Contact): Promise<Found>;
  /** The contact of an id; undefined where it is not there, or put away. */
  byId(id: string): Promise<StoredContact | undefined>;
}

/** Digest to the first contact that has it, one of the own bot before any other. */
class Owners {
  readonly #digests = new DigestIndex();
  readonly #numbers: number[] = [];
  readonly #isOwn: boolean[] = [];

  add(key: Uint8Array, number: number, isOwn: boolean): void {
    const at = this.#digests.add(key);
    if (this.#numbers[at] !== undefined && (this.#isOwn[at] === true || !isOwn)) return;
    this.#numbers[at] = number;
    this.#isOwn[at] = isOwn;
  }

  get(key: Uint8Array): number | undefined {
    const at = this.#digests.get(key);
    return at < 0 ? undefined : this.#numbers[at];
  }
}

/**
 * Looks in a listing: by primary email, then by a further one; without email by primary phone, then by a further one.
 * @param phonesOf how a phone of the workspace is read
 * @param bot whose contacts go before those of others
 */
export async function createSnapshotFinder(
  snapshot: Snapshot,
  phonesOf: (phone: string) => readonly string[],
  bot: string,
): Promise<WorkspaceFinder> {
  const [primary, further] = [new Owners(), new Owners()];
  for (let number = 0; number < snapshot.size; number++) {
    const contact = await snapshot.contact(number);
    const isOwn = isOfBot(contact, bot);
    const keys = (values: readonly Uint8Array[]): void =>
      values.forEach((key, at) => (at === 0 ? primary : further).add(key, number, isOwn));
    keys(contact.emails.map(emailKey));
    keys(contact.phone_numbers.flatMap(phonesOf).map(phoneKey));
  }
  return {
    find: async ({ emails: [email] = [], phone_numbers: [phone] = [] }) => {
      const key = email !== undefined ? emailKey(email) : phone !== undefined ? phoneKey(phone) : undefined;
      const number = key === undefined ? undefined : (primary.get(key) ?? further.get(key));
      return number === undefined ? 'missing' : snapshot.contact(number);
    },
    byId: async (id) => {
      const number = snapshot.numberOf(id);
      return number === undefined ? undefined : snapshot.contact(number);
    },
  };
}

/** So many are asked for in vain before a list is believed that does not show them. */
const MOST_IN_VAIN = 100;

type ById = WorkspaceFinder['byId'];

/** Asks for whom a list does not show, though it is whole: lists may lag behind what was written a moment ago. */
export function unlisted(ask: ById): ById {
  let inVain = 0;
  return async (id) => {
    if (inVain >= MOST_IN_VAIN) return undefined;
    const found = await ask(id);
    if (found === undefined) inVain++;
    else inVain = 0;
    return found;
  };
}

/** Looks in a list that may not show everybody, and then elsewhere. */
export function inOneOf(list: WorkspaceFinder, elsewhere: WorkspaceFinder): WorkspaceFinder {
  return {
    find: async (contact) => {
      const found = await list.find(contact);
      return found === 'missing' ? elsewhere.find(contact) : found;
    },
    byId: async (id) => (await list.byId(id)) ?? elsewhere.byId(id),
  };
}

/** By which call an e-mail is asked for: the one that is for that, a search of the list, or by this where that finds nobody. */
export type EmailQuestion = 'lookup' | 'search' | 'both';

/** Finds by asking; `findAny` also by the further e-mails and phones of a contact, and by a search for them. */
export interface LookupFinder extends WorkspaceFinder {
  findAny(contact: Contact): Promise<StoredContact | undefined>;
  /** Everybody who has any of these. */
  byEmails(emails: readonly string[], how: EmailQuestion): Promise<StoredContact[]>;
  byPhones(phones: readonly string[]): Promise<StoredContact[]>;
  /** The first page of what a search shows, and how many it finds where the server says so. */
  search(text: string): Promise<{ readonly contacts: readonly StoredContact[]; readonly total: number | undefined }>;
}

/** The contact of an id; undefined where there is none, or it is put away. */
export async function contactOf(
  id: string,
  client: Pick<Client, 'getContact'>,
  signal: AbortSignal | undefined,
): Promise<StoredContact | undefined> {
  const found = await client.getContact(id, { signal });
  return found === undefined || isPutAway(found) ? undefined : readStored(found);
}

/**
 * Asks for each contact: by email; without email by a search for the phone, which finds it only if the workspace holds
 * it in E.164. Each bot may have a contact of its own with it.
 * @param bot whose contacts go before those of others
 */
export function createLookupFinder(
  client: Pick<Client, 'getByEmail' | 'getContact' | 'listContacts'>,
  signal: AbortSignal | undefined,
  bot: string,
): LookupFinder {
  const isOwn = (contact: StoredContact): boolean => isOfBot(contact, bot);
  const ownFirst = (contacts: readonly StoredContact[]): StoredContact[] => [
    ...contacts.filter(isOwn),
    ...contacts.filter((contact) => !isOwn(contact)),
  ];
  const byEmail = async (email: string): Promise<StoredContact | undefined> =>
    readStored(await client.getByEmail(email, { signal }));
  const search: LookupFinder['search'] = async (text) => {
    const { items, pagination } = await client.listContacts(1, { search: text }, { signal });
    return { contacts: items.flatMap((item) => readStored(item) ?? []), total: pagination?.total };
  };
  const hasEmail = (contact: StoredContact, email: string): boolean => holdsAll('emails', contact.emails, [email]);
  const hasPhone = (contact: StoredContact, phone: string): boolean =>
    contact.phone_numbers.some((other) => isSamePhone(other, phone));
  const allByEmail = async (email: string, how: EmailQuestion): Promise<StoredContact[]> => {
    const found = how === 'search' ? undefined : await byEmail(email);
    if (found !== undefined && isOwn(found)) return [found];
    if (found === undefined && how === 'lookup') return [];
    const { contacts, total } = await search(email);
    const have = ownFirst(contacts.filter((contact) => hasEmail(contact, email)));
    if (found !== undefined) return have.some(({ id }) => id === found.id) ? have : [...have, found];
    // Many may have an e-mail that ends so, and it be on a further page.
    if (how === 'both' || have.length > 0 || total === contacts.length) return have;
    return [(await byEmail(email)) ?? []].flat();
  };
  const allByPhone = async (phone: string): Promise<StoredContact[]> =>
    ownFirst((await search(phone)).contacts.filter((contact) => hasPhone(contact, phone)));
  const byPhone = async (phone: string): Promise<StoredContact | undefined> => (await allByPhone(phone))[0];
  return {
    find: async ({ emails: [email] = [], phone_numbers: [phone] = [] }) => {
      if (email !== undefined) return (await allByEmail(email, 'lookup'))[0] ?? 'missing';
      return phone === undefined ? 'unknown' : ((await byPhone(phone)) ?? 'unknown');
    },
    byId: (id) => contactOf(id, client, signal),
    byEmails: async (emails, how) => {
      const found: StoredContact[] = [];
      for (const email of emails) {
        if (!found.some((one) => hasEmail(one, email))) found.push(...(await allByEmail(email, how)));
      }
      return found;
    },
    byPhones: async (phones) => {
      const found: StoredContact[] = [];
      for (const phone of phones) found.push(...(await allByPhone(phone)));
      return found;
    },
    search,
    findAny: async ({ emails = [], phone_numbers: phones = [] }) => {
      for (const email of emails) {
        const [found] = await allByEmail(email, 'both');
        if (found !== undefined) return found;
      }
      for (const phone of phones) {
        const found = await byPhone(phone);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

function emailKey(email: string): Uint8Array {
  return digest('email', storedEmail(email));
}

function phoneKey(e164: string): Uint8Array {
  return digest('phone', e164);
}
