/** What a key may see of the contacts that it sends: one that may not read is told nothing, is asked once, and that is said. */
import type { Client } from '../../../api/calls.js';
import type { WireContact } from '../../../api/wire.js';
import type { Contact } from '../../../contact/contact.js';
import { ImporterError } from '../../../errors.js';
import { createLookupFinder } from '../../../workspace/finder.js';
import type { StoredContact } from '../../../workspace/stored.js';
import type { ImportListener } from '../../events.js';

export class Reads {
  readonly #client: Client;
  readonly #emit: ImportListener;
  #mayRead = true;

  constructor(client: Client, emit: ImportListener) {
    this.#client = client;
    this.#emit = emit;
  }

  /** False once Clarky has not let the key read. */
  get mayRead(): boolean {
    return this.#mayRead;
  }

  /** Makes what asks for a contact by its e-mails and phones. */
  lookUp(signal: AbortSignal): (contact: Contact) => Promise<StoredContact | undefined> {
    const finder = createLookupFinder(this.#client, signal);
    return (contact) => this.#read(() => finder.findAny(contact));
  }

  /** Makes what asks for the contact of an id. */
  byId(signal: AbortSignal): (id: string) => Promise<WireContact | undefined> {
    return (id) => this.#read(() => this.#client.getContact(id, { signal }));
  }

  async #read<Found>(read: () => Promise<Found | undefined>): Promise<Found | undefined> {
    if (!this.#mayRead) return undefined;
    return read().catch((error: unknown) => {
      ifForbidden(error);
      if (this.#mayRead) this.#emit({ type: 'warning', code: 'may_not_read', message: MAY_NOT_READ });
      this.#mayRead = false;
      return undefined;
    });
  }
}

const MAY_NOT_READ =
  'This key may not read contacts: whom somebody has changed, deleted or made another person in Clarky is not seen, and is written all the same.';

/** @throws what is no refusal to show something */
export function ifForbidden(error: unknown): undefined {
  if (!(error instanceof ImporterError) || error.code !== 'forbidden') throw error;
}
