/** What it takes to read a workspace, and what a file asks of it. */
import type { Client } from '../api/calls.js';
import type { Neighbour } from '../checkpoint/neighbours.js';
import type { Contact } from '../contact/contact.js';
import type { Decisions } from '../plan/decisions.js';
import type { Person } from '../plan/people.js';
import type { Roster } from '../plan/roster.js';
import { emailPoint, phonePoint, type AskingRow } from './asking/questions.js';
import type { Completeness } from './refresh.js';
import type { StoredContact } from './stored.js';

export interface LiveOptions {
  readonly client: Pick<Client, 'listContacts' | 'contactPages' | 'getByEmail' | 'getContact'>;
  /** The API's address: with the bot it is what the snapshot holds for. */
  readonly api: string;
  readonly bot: string;
  /** The snapshot is kept beside it. */
  readonly checkpoint: string;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for another process that reads the workspace, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** Whether a row may be sent though Clarky has it as the file says; if left out, no such row is sent. */
  readonly mayBeSent?: ((row: Contact) => boolean) | undefined;
  /** Whether a search of the list was found to miss a phone in E.164. */
  readonly searchMissesPhones?: (() => Promise<boolean>) | undefined;
  /** Whether a contact that is not there may merely not be shown yet. */
  readonly isUnlisted?: ((id: string) => boolean) | undefined;
  /** How many pages a list may have beyond what it says, before it is taken for one without an end. */
  readonly patiencePages?: number | undefined;
  /** Called with contacts known so far and, where that is known, in all. */
  readonly onProgress?: ((known: number, total: number | undefined) => void) | undefined;
  /** Called where some contacts may not have been looked at, with why. */
  readonly onDoubt?: ((why: Exclude<Completeness, 'whole'>) => void) | undefined;
}

/** What a file asks of the workspace. */
export interface Asking {
  readonly rows: number;
  contacts(signal?: AbortSignal): AsyncIterable<AskingRow>;
}

/** What a file asks, and where those are added who were found. */
export interface LiveAsking extends Asking {
  readonly roster: Roster;
  /** @param isOpen true where more of the workspace is yet to be added */
  decide(isOpen: boolean): Decisions;
}

export type ToPerson = (contact: StoredContact) => Neighbour;

/** What makes a contact of the workspace somebody. */
export function keysOf({ emails, phones }: Pick<Neighbour, 'emails' | 'phones'>): Pick<Person, 'emails' | 'phones'> {
  return {
    emails: emails.map(emailPoint),
    phones: phones.map(phonePoint),
  };
}
