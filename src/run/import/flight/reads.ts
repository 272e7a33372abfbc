/** What a key may see of the contacts that it sends: one that may not read is told nothing, is asked once, and that is said. */
import type { Client } from '../../../api/calls.js';
import type { WireContact } from '../../../api/wire.js';
import type { Lately } from '../../../checkpoint/facts/lately.js';
import type { Contact } from '../../../contact/contact.js';
import { ImporterError } from '../../../errors.js';
import { createLookupFinder } from '../../../workspace/finder.js';
import type { StoredContact } from '../../../workspace/stored.js';
import type { Behind } from '../../connection/behind.js';
import type { ImportListener } from '../../events.js';

/** The reads of an import: whoever asks for contacts asks here, so that all know at once what the key may not. */
export class Reads {
  readonly #client: Client;
  readonly #bot: string;
  readonly #emit: ImportListener;
  readonly #behind: Behind;
  #mayRead = true;

  /** @param bot whose contacts go before those of others */
  constructor(client: Client, bot: string, emit: ImportListener, behind: Behind) {
    this.#client = client;
    this.#bot = bot;
    this.#emit = emit;
    this.#behind = behind;
  }

  /** What Clarky has answered to other imports moments ago. */
  goBy(lately: Lately): void {
    this.#behind.goBy(lately);
  }

  /** Whether a contact, as it was read, is older than what imports were answered. */
  readonly isOlder = (seen: StoredContact): boolean => this.#behind.isOlder(seen);

  /** Whether a contact, as it was read, is certainly not as it is. */
  readonly isProvedOld = (seen: StoredContact): boolean => this.#behind.isProvedOld(seen);

  /** Whether one that was not there when it was read may merely not be shown yet. */
  readonly isUnshown = (id: string): boolean => this.#behind.isUnshown(id);

  /** Whether one that was not there when it was read was written so lately that it may be there all the same. */
  readonly isDoubted = (id: string): boolean => this.#behind.isDoubted(id);

  /** False once Clarky has not let the key read. */
  get mayRead(): boolean {
    return this.#mayRead;
  }

  /** Makes what asks for a contact by its e-mails and phones. */
  lookUp(signal: AbortSignal): (contact: Contact) => Promise<StoredContact | undefined> {
    const finder = createLookupFinder(this.#client, signal, this.#bot);
    return (contact) =>
      this.ask(async () => {
        const found = await finder.findAny(contact);
        return found !== undefined && this.isOlder(found) ? ((await finder.byId(found.id)) ?? found) : found;
      });
  }

  /** Makes what asks for the contact of an id. */
  byId(signal: AbortSignal): (id: string) => Promise<WireContact | undefined> {
    return (id) => this.ask(() => this.#client.getContact(id, { signal }));
  }

  /** What is read, undefined where the key may not. @throws whatever else keeps it from being read */
  async ask<Found>(read: () => Promise<Found | undefined>): Promise<Found | undefined> {
    if (!this.#mayRead) return undefined;
    return read().catch((error: unknown) => {
      if (!(error instanceof ImporterError) || error.code !== 'forbidden') throw error;
      if (this.#mayRead) this.#emit({ type: 'warning', code: 'may_not_read', message: MAY_NOT_READ });
      this.#mayRead = false;
      return undefined;
    });
  }
}

const MAY_NOT_READ =
  'This key may not read contacts: whom somebody has changed, deleted or made another person in Clarky is not seen, and is written all the same.';
