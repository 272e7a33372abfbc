import { primaryOf, type ContactInput } from './contact-input.js';
import { PointIndex } from './point-index.js';
import type { Readings } from '../readings.js';
import { applyInput, emptyContact, type StoredContact, type WriteRules } from './stored-contact.js';

/** Where changes are kept, so that a killed sandbox finds its contacts again. */
export interface Journal {
  put(contact: StoredContact): void;
  remove(id: string): void;
  clear(): void;
  close(): void;
}

/** The workspace's contacts, found by id, email and phone in constant time. */
export class ContactStore {
  readonly #readings: Readings;
  readonly #workspaceId: string;
  readonly #journal: Journal | undefined;
  readonly #idPart: string;
  readonly #byId = new Map<string, StoredContact>();
  readonly #emails: PointIndex;
  readonly #phones: PointIndex;
  #ordered: StoredContact[] | undefined = [];
  #lastNumber = 0;

  /** @param idPart what the ids of new contacts hold before their numbers */
  constructor(
    readings: Readings,
    workspaceId: string,
    kept: readonly StoredContact[] = [],
    journal?: Journal,
    idPart = '',
  ) {
    this.#readings = readings;
    this.#workspaceId = workspaceId;
    this.#journal = journal;
    this.#idPart = idPart;
    this.#emails = new PointIndex('emails', emailKey(readings.emailLookup));
    this.#phones = new PointIndex('phone_numbers', phoneKey(readings.phoneLookup));
    for (const contact of [...kept].sort((a, b) => a.number - b.number)) this.#hold(contact);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** All contacts in the order of their creation. */
  all(): readonly StoredContact[] {
    return (this.#ordered ??= [...this.#byId.values()]);
  }

  get(id: string): StoredContact | undefined {
    return this.#byId.get(id);
  }

  /** The oldest contact that has this address, primary or not. */
  byEmail(email: string): StoredContact | undefined {
    return this.#emails.find(email, 'any');
  }

  /** The contact that an upsert of `input` would write to: by primary email, then by primary phone. */
  match(input: ContactInput): StoredContact | undefined {
    const { emailMatch, phoneMatch, winner, dedupeScope } = this.#readings;
    const botId = dedupeScope === 'bot' ? input.bot_id : undefined;
    const email = primaryOf(input.emails);
    const phone = primaryOf(input.phone_numbers);
    const byEmail = email === undefined ? undefined : this.#emails.find(email, emailMatch, botId);
    const isAsked = phone !== undefined && (winner !== 'email-only' || email === undefined);
    const byPhone = !isAsked ? undefined : this.#phones.find(phone, phoneMatch, botId);
    if (byEmail === undefined || byPhone === undefined) return byEmail ?? byPhone;
    if (winner === 'newest') return byEmail.number > byPhone.number ? byEmail : byPhone;
    return winner === 'email' ? byEmail : byPhone;
  }

  insert(input: ContactInput & { bot_id: string }, nowMs: number): StoredContact {
    const nowIso = new Date(nowMs).toISOString();
    const contact = emptyContact(this.#lastNumber + 1, this.#workspaceId, input.bot_id, nowIso);
    contact.id = contact.id.replace('_', `_${this.#idPart}`);
    applyInput(contact, input, this.#readings);
    contact.writes = 1;
    this.#hold(contact);
    this.#journal?.put(contact);
    return contact;
  }

  /** Writes `input` over a stored contact. */
  update(contact: StoredContact, input: ContactInput, nowMs: number, how: WriteRules): void {
    this.#unindex(contact);
    applyInput(contact, input, how);
    contact.updated_at = new Date(nowMs).toISOString();
    contact.writes++;
    this.#index(contact);
    this.#journal?.put(contact);
  }

  /** Holds a contact as another store has it, in place of what is here under its id. */
  take(contact: StoredContact): void {
    const was = this.#byId.get(contact.id);
    if (was !== undefined) this.#unindex(was);
    this.#hold(contact);
    this.#ordered = undefined;
  }

  remove(contact: StoredContact): void {
    this.#unindex(contact);
    this.#byId.delete(contact.id);
    this.#ordered = undefined;
    this.#journal?.remove(contact.id);
  }

  clear(): void {
    for (const contact of this.#byId.values()) this.#unindex(contact);
    this.#byId.clear();
    this.#ordered = undefined;
    this.#journal?.clear();
  }

  close(): void {
    this.#journal?.close();
  }

  #hold(contact: StoredContact): void {
    this.#byId.set(contact.id, contact);
    this.#ordered?.push(contact);
    this.#lastNumber = Math.max(this.#lastNumber, contact.number);
    this.#index(contact);
  }

  #index(contact: StoredContact): void {
    this.#emails.add(contact);
    this.#phones.add(contact);
  }

  #unindex(contact: StoredContact): void {
    this.#emails.remove(contact);
    this.#phones.remove(contact);
  }
}

function emailKey(lookup: Readings['emailLookup']): (email: string) => string {
  return lookup === 'exact' ? (email) => email : (email) => email.trim().toLowerCase();
}

function phoneKey(lookup: Readings['phoneLookup']): (phone: string) => string {
  return lookup === 'exact' ? (phone) => phone : (phone) => phone.replace(/\D/gu, '');
}
