/** Contacts of the workspace that are asked for one by one: whoever has an e-mail or phone of the file. */
import type { DigestIndex } from '../../collections/digest-index.js';
import type { Contact } from '../../contact/contact.js';
import type { EmailQuestion, LookupFinder } from '../finder.js';
import type { StoredContact } from '../stored.js';
import { emailPoint, phonePoint, type AskingRow } from './questions.js';

/** Asked for at once. */
const LOOKUPS_AT_ONCE = 10;

export interface AskOptions {
  readonly finder: LookupFinder;
  readonly rows: AsyncIterable<AskingRow>;
  /** E-mails and phones whose owner is known; later also those that were asked for. */
  readonly known: DigestIndex;
  readonly how: EmailQuestion;
  /** Whoever was seen already with an e-mail. */
  readonly seenAs?: ((email: string) => StoredContact | undefined) | undefined;
  /** Whether a row whose contact was found by its e-mail needs no write, so that nobody else who has its phone matters. */
  readonly isSettled?: ((row: Contact, found: StoredContact) => boolean) | undefined;
  /** Called with how many were asked for. */
  readonly onAsked: (count: number) => void;
}

/** What was found of some rows more. */
export interface Answers {
  /** Of so many rows, from the first one on, all that was asked is answered. */
  readonly rows: number;
  readonly found: readonly StoredContact[];
}

/** Asks for everybody who has an e-mail or phone of these rows that is not known, some rows at once. */
export async function* askInTurn(options: AskOptions): AsyncGenerator<Answers, void, undefined> {
  const { rows, known, onAsked } = options;
  let asked = 0;
  let some: Row[] = [];
  const ask = async (answered: number): Promise<Answers> => {
    const all = await Promise.all(some.map((row) => askForRow(row, options)));
    asked += some.length;
    some = [];
    onAsked(asked);
    return { rows: answered, found: all.flat() };
  };
  let met = 0;
  for await (const { ordinal, contact } of rows) {
    met = ordinal + 1;
    const row = withoutKnown(contact, known);
    if (row === undefined) continue;
    some.push(row);
    if (some.length === LOOKUPS_AT_ONCE) yield await ask(met);
  }
  yield some.length > 0 ? await ask(met) : { rows: met, found: [] };
}

/** The same for all of them; gives each once. */
export async function askFor(options: AskOptions): Promise<StoredContact[]> {
  const found = new Map<string, StoredContact>();
  for await (const answers of askInTurn(options)) for (const stored of answers.found) found.set(stored.id, stored);
  return [...found.values()];
}

/** A row, and what of it is to be asked for. */
interface Row {
  readonly contact: Contact;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

async function askForRow({ contact, emails, phones }: Row, options: AskOptions): Promise<StoredContact[]> {
  const { finder, how, seenAs, isSettled } = options;
  const seen = (contact.emails ?? []).flatMap((email) => seenAs?.(email) ?? []);
  const unseen = emails.filter((email) => seenAs?.(email) === undefined);
  const byEmail = [...seen, ...(await finder.byEmails(unseen, how))];
  const [only, another] = new Map(byEmail.map((stored) => [stored.id, stored])).values();
  if (only !== undefined && another === undefined && isSettled?.(contact, only) === true) return byEmail;
  return [...byEmail, ...(await finder.byPhones(phones))];
}

/** What of a row is not known, which is known then; undefined where all is. */
function withoutKnown(contact: Contact, known: DigestIndex): Row | undefined {
  const isNew = (key: Uint8Array): boolean => {
    const before = known.size;
    return known.add(key) === before;
  };
  const emails = (contact.emails ?? []).filter((email) => isNew(emailPoint(email)));
  const phones = (contact.phone_numbers ?? []).filter((phone) => isNew(phonePoint(phone)));
  return emails.length + phones.length === 0 ? undefined : { contact, emails, phones };
}
