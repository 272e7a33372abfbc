/** The people of a small file in a large workspace, asked for one by one or, by what their phones begin with, several at once. */
import { DigestIndex } from '../../collections/digest-index.js';
import type { Contact } from '../../contact/contact.js';
import { differencesOf, isOfBot, storedEmail } from '../compare.js';
import { createLookupFinder, type LookupFinder } from '../finder.js';
import { keysOf, type Asking, type LiveOptions, type ToPerson } from '../reading-options.js';
import type { StoredContact } from '../stored.js';
import { askInTurn, type Answers } from './asked.js';
import { askByParts, LEAST_PART, type AnsweredByParts, type SearchPart } from './by-parts.js';
import { emailPoint, phonePoint, type Questions } from './questions.js';

/** Fewer phones are asked for one by one. */
const LEAST_IN_PARTS = 3;
/** E-mails that are written in no other way but for capitals; a domain of other letters may stand there in punycode. */
const PLAIN = /^(?!.*xn--)[!-~]+$/;
const NOTHING: AnsweredByParts = { answered: [], contacts: [] };

/** Who is known, and the others, each step some rows further. */
export interface AskedInTurn {
  readonly known: readonly StoredContact[];
  readonly answers: AsyncIterable<Answers>;
}

/**
 * Asks for whoever has an e-mail or phone of the file; undefined where a search does not find a phone, so that the workspace has
 * to be listed.
 * @param seen contacts that are known already
 */
export async function askForEach(
  options: LiveOptions,
  asking: Asking,
  { questions, seen, personOf }: { questions: Questions; seen: readonly StoredContact[]; personOf: ToPerson },
): Promise<AskedInTurn | undefined> {
  const { client, signal, onProgress, bot, mayBeSent = () => false } = options;
  const finder = createLookupFinder(client, signal, bot);
  const { phones } = questions;
  const emails = questions.emails.filter((email) => PLAIN.test(email));
  const how = questions.emails.length === 0 ? 'lookup' : await howEmailsAreFound(seen, finder);
  if (how === 'not') return undefined;
  const findsParts = how === 'search';
  const finds =
    phones.length === 0 ? 'phones' : await searchFinds(seen, { finder, phones, options, personOf, findsParts });
  if (finds === 'no phones') return undefined;
  const search: SearchPart = (part) => finder.search(part);
  const byPhones = finds === 'parts' ? await askByParts(phones, search) : NOTHING;
  const byEmails = findsParts ? await askByParts(emails, search) : NOTHING;
  const all = [...seen, ...byPhones.contacts, ...byEmails.contacts];
  const known = new DigestIndex();
  for (const phone of byPhones.answered) known.add(phonePoint(phone));
  for (const email of byEmails.answered) known.add(emailPoint(email));
  const own = all.filter((stored) => isOfBot(stored, bot));
  const byEmail = new Map(own.flatMap((stored) => stored.emails.map((email) => [storedEmail(email), stored] as const)));
  const pointsOf = (stored: StoredContact): Uint8Array[] => {
    const keys = keysOf(personOf(stored));
    return [...keys.emails, ...keys.phones];
  };
  const isSettled = (row: Contact, found: StoredContact): boolean =>
    !mayBeSent(row) &&
    isOfBot(found, bot) &&
    differencesOf(row, found).length === 0 &&
    questions.areOnlyOf(row, pointsOf(found));
  const answers = askInTurn({
    finder,
    rows: asking.contacts(signal),
    known,
    // An e-mail of other letters may stand there in another form.
    how: findsParts && emails.length < questions.emails.length ? 'both' : how,
    seenAs: (email) => byEmail.get(storedEmail(email)),
    isSettled,
    onAsked: (count) => onProgress?.(count, Math.max(count, asking.rows)),
  });
  const ofTheFile = all.filter((stored) => pointsOf(stored).some((point) => questions.has(point)));
  return { known: [...new Map(ofTheFile.map((stored) => [stored.id, stored])).values()], answers };
}

interface Searching {
  readonly finder: LookupFinder;
  readonly phones: readonly string[];
  readonly options: LiveOptions;
  readonly personOf: ToPerson;
  readonly findsParts: boolean;
}

/**
 * What a search finds, by one of the contacts that are known: a phone by its beginning, only a whole one in E.164, or not even
 * that. At best it is one whose phone stands there in another spelling. Where none has a phone, that whole ones are found is taken for
 * granted, and that it goes by parts is seen by an e-mail.
 */
async function searchFinds(
  seen: readonly StoredContact[],
  { finder, phones, options, personOf, findsParts }: Searching,
): Promise<'parts' | 'phones' | 'no phones'> {
  if ((await options.searchMissesPhones?.()) === true) return 'no phones';
  const canBeParts = phones.length >= LEAST_IN_PARTS;
  const known = seen.flatMap((contact) =>
    contact.phone_numbers.flatMap((written) => {
      const [phone] = personOf({ ...contact, phone_numbers: [written] }).phones;
      return phone === undefined ? [] : [{ contact, phone, isOtherwise: phone !== written }];
    }),
  );
  const probe = known.find(({ isOtherwise }) => isOtherwise) ?? known[0];
  if (probe !== undefined) {
    const { contact, phone, isOtherwise } = probe;
    const part = phone.slice(0, LEAST_PART);
    // By another phone of it, as that stands there, it would be found whatever becomes of this one.
    const isProof = !isOtherwise || !contact.phone_numbers.some((written) => written.includes(part));
    const has = ({ phone_numbers: written }: StoredContact): boolean => written.some((one) => one.includes(part));
    if (canBeParts && isProof && (await findsPart(finder, part, contact, isOtherwise ? undefined : has)))
      return 'parts';
    const found = await finder.byPhones([phone]);
    return found.some(({ id }) => id === contact.id) ? 'phones' : 'no phones';
  }
  return canBeParts && findsParts ? 'parts' : 'phones';
}

/**
 * What finds a contact by any e-mail of it: a search, the call that is for e-mails, or neither. Told by one of the contacts that are
 * known, at best by a further e-mail, or by one that stands there otherwise than it is asked for. Where nobody known has a further one, a
 * search that finds a part of the first is taken for one that looks at all that is shown of a contact.
 */
async function howEmailsAreFound(
  seen: readonly StoredContact[],
  finder: LookupFinder,
): Promise<'search' | 'lookup' | 'not'> {
  const partOf = (email: string): string => email.slice(1, LEAST_PART + 1).toLowerCase();
  const known = seen.flatMap((contact) =>
    contact.emails
      .map((email, at) => ({ contact, email, isFurther: at > 0 }))
      .filter(({ email }) => email.length > LEAST_PART + 1)
      // By another of its e-mails it would be found whatever becomes of this one.
      .filter(({ email }) => contact.emails.every((other) => other === email || !hasText(other, partOf(email)))),
  );
  const isOtherwise = ({ email }: { readonly email: string }): boolean => email !== email.toLowerCase();
  const probe = known.find(({ isFurther }) => isFurther) ?? known.find(isOtherwise) ?? known[0];
  if (probe === undefined) return 'lookup';
  const { contact, email, isFurther } = probe;
  const part = partOf(email);
  const has = isFurther ? undefined : ({ emails }: StoredContact) => emails.some((one) => hasText(one, part));
  if (await findsPart(finder, part, contact, has)) return 'search';
  if (!isFurther) return 'lookup';
  const found = await finder.byEmails([email], 'lookup');
  return found.some(({ id }) => id === contact.id) ? 'lookup' : 'not';
}

function hasText(text: string, part: string): boolean {
  return text.toLowerCase().includes(part);
}

/** Whether a search for a part finds a contact, or shows a first page of nobody but those who have it. */
async function findsPart(
  finder: LookupFinder,
  part: string,
  contact: StoredContact,
  hasPart: ((stored: StoredContact) => boolean) | undefined,
): Promise<boolean> {
  const { contacts, total = 0 } = await finder.search(part);
  if (contacts.some(({ id }) => id === contact.id)) return true;
  return hasPart !== undefined && total > contacts.length && contacts.every(hasPart);
}
