/** The workspace as a run sees it: read before anything is decided, and asked for each contact that is in it. */
import { comparableEmail, digest } from '../contact/identity.js';
import { createPhoneReader } from '../contact/phone/phone.js';
import type { Client } from '../api/calls.js';
import type { PlannedContact } from '../plan/planned.js';
import { nameOf, type Roster } from '../plan/roster.js';
import type { Difference } from './compare.js';
import { workspaceFilesOf } from './files.js';
import { type Completeness, refreshSnapshot } from './refresh.js';
import { Snapshot } from './snapshot.js';
import type { StoredContact } from './stored.js';
import { changesOf } from './to-send.js';
export interface LiveOptions {
  readonly client: Pick<Client, 'listContacts' | 'contactPages'>;
  /** The API's address: with the bot it is what the snapshot holds for. */
  readonly api: string;
  readonly bot: string;
  /** The snapshot is kept beside it. */
  readonly checkpoint: string;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for another process that reads the workspace, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** Called with contacts known so far and in all. */
  readonly onProgress?: ((known: number, total: number) => void) | undefined;
  /** Called where some contacts may not have been looked at, with why. */
  readonly onDoubt?: ((why: Exclude<Completeness, 'whole'>) => void) | undefined;
}

export interface LiveSettings {
  /** Of phones in the workspace without +. */
  readonly country?: string | undefined;
  /** Only what is blank in Clarky is to change. */
  readonly keepExisting?: boolean | undefined;
}

/** A contact of the workspace, and the fields in which the file says otherwise. */
export interface Comparison {
  readonly stored: StoredContact;
  readonly differences: readonly Difference[];
}

/**
 * Reads the workspace, or what changed in it since it was last read.
 * @param anew true to list everything again, whatever is known
 * @throws ImporterError what stops a run; what was read so far is kept, and the next run goes on there
 */
export async function openSnapshot(options: LiveOptions, anew = false): Promise<Snapshot> {
  const { client, api, bot, checkpoint, signal, waitMs, onProgress, onDoubt } = options;
  const { snapshot: path } = workspaceFilesOf(checkpoint);
  const snapshot = await Snapshot.open(path, { api, bot }, { waitMs, signal });
  try {
    const completeness = await refreshSnapshot(snapshot, { client, signal, anew, onProgress });
    if (completeness !== 'whole') onDoubt?.(completeness);
    return snapshot;
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

export class LiveWorkspace {
  readonly #snapshot: Snapshot;

  readonly #keepExisting: boolean;

  private constructor(snapshot: Snapshot, keepExisting: boolean) {
    this.#snapshot = snapshot;
    this.#keepExisting = keepExisting;
  }

  /**
   * Reads the workspace, and adds everybody in it to the roster, so that who is who is decided over both.
   * A person there is known by every email, and by every phone that can be read.
   */
  static async open(options: LiveOptions, roster: Roster, settings: LiveSettings): Promise<LiveWorkspace> {
    const { country, keepExisting = false } = settings;
    const snapshot = await openSnapshot(options);
    try {
      const readPhones = createPhoneReader(country === undefined ? {} : { country });
      for (let number = 0; number < snapshot.size; number++) {
        const contact = await snapshot.contact(number);
        roster.addExternal({
          emails: contact.emails.map((email) => digest('email', comparableEmail(email))),
          phones: contact.phone_numbers
            .flatMap((phone) => readPhones(phone).phones)
            .map((e164) => digest('phone', e164)),
          name: nameOf(contact),
        });
      }
      return new LiveWorkspace(snapshot, keepExisting);
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }

  /** The contact of the workspace that this is, compared with it; undefined where there is none. */
  async compare({ contact, external }: Pick<PlannedContact, 'contact' | 'external'>): Promise<Comparison | undefined> {
    if (external === undefined) return undefined;
    const stored = await this.#snapshot.contact(external);
    return { stored, differences: changesOf(contact, stored, { keepExisting: this.#keepExisting }) };
  }

  async close(): Promise<void> {
    await this.#snapshot.close();
  }
}
