/** The workspace as a run sees it: read before anything is decided, and asked for each contact that is in it. */
import { access } from 'node:fs/promises';
import { comparableEmail, digest } from '../contact/identity.js';
import type { Contact } from '../contact/contact.js';
import { createPhoneReader } from '../contact/phone/phone.js';
import type { Client } from '../api/calls.js';
import { MAX_PAGE_SIZE } from '../api/pages.js';
import type { PlannedContact } from '../plan/planned.js';
import { nameOf } from '../contact/names/full-name.js';
import type { Roster } from '../plan/roster.js';
import type { Difference } from './compare.js';
import { createLookupFinder } from './finder.js';
import { workspaceFilesOf } from './files.js';
import { type Completeness, refreshSnapshot } from './refresh.js';
import { Snapshot } from './snapshot.js';
import type { StoredContact } from './stored.js';
import { changesOf } from './to-send.js';
export interface LiveOptions {
  readonly client: Pick<Client, 'listContacts' | 'contactPages' | 'getByEmail'>;
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

/** What a file asks of the workspace. */
export interface Asking {
  readonly roster: Roster;
  readonly rows: number;
  /** What can be read of each row. */
  contacts(signal?: AbortSignal): AsyncIterable<Contact>;
}

interface ReadWorkspace {
  readonly size: number;
  contact(number: number): Promise<StoredContact>;
  close(): Promise<void>;
}

export class LiveWorkspace {
  readonly #workspace: ReadWorkspace;
  readonly #keepExisting: boolean;

  private constructor(workspace: ReadWorkspace, keepExisting: boolean) {
    this.#workspace = workspace;
    this.#keepExisting = keepExisting;
  }

  /**
   * Reads the workspace, and adds everybody in it to the roster, so that who is who is decided over both; of a large
   * workspace only those whom a small file asks for. A person there is known by every email, and by every phone that can be
   * read.
   */
  static async open(options: LiveOptions, asking: Asking, settings: LiveSettings): Promise<LiveWorkspace> {
    const { country, keepExisting = false } = settings;
    const workspace = (await askForEach(options, asking)) ?? (await openSnapshot(options));
    try {
      const readPhones = createPhoneReader(country === undefined ? {} : { country });
      for (let number = 0; number < workspace.size; number++) {
        const contact = await workspace.contact(number);
        asking.roster.addExternal({
          emails: contact.emails.map((email) => digest('email', comparableEmail(email))),
          phones: contact.phone_numbers
            .flatMap((phone) => readPhones(phone).phones)
            .map((e164) => digest('phone', e164)),
          name: nameOf(contact),
        });
      }
      return new LiveWorkspace(workspace, keepExisting);
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /** The contact of the workspace that this is, compared with it; undefined where there is none. */
  async compare({ contact, external }: Pick<PlannedContact, 'contact' | 'external'>): Promise<Comparison | undefined> {
    if (external === undefined) return undefined;
    const stored = await this.#workspace.contact(external);
    return { stored, differences: changesOf(contact, stored, { keepExisting: this.#keepExisting }) };
  }

  async close(): Promise<void> {
    await this.#workspace.close();
  }
}

/** A listing of fewer pages is worth having: the next run reads only what changed since. */
const LEAST_PAGES = 20;
/** Asked for at once. */
const LOOKUPS_AT_ONCE = 10;

/**
 * Asks for the people of a file one by one, where that takes fewer reads than to list the workspace; undefined where it
 * does not, or where it was listed before and only what changed is to be read.
 */
async function askForEach(options: LiveOptions, asking: Asking): Promise<ReadWorkspace | undefined> {
  const { client, signal, onProgress } = options;
  if (await isThere(workspaceFilesOf(options.checkpoint).snapshot)) return undefined;
  const { pagination } = await client.listContacts(1, {}, { signal });
  const pages = Math.ceil((pagination?.total ?? 0) / MAX_PAGE_SIZE);
  if (pages < LEAST_PAGES || asking.rows >= pages) return undefined;
  const finder = createLookupFinder(client, signal);
  const asked = new Map<string, Contact>();
  for await (const contact of asking.contacts(signal)) {
    const key = contact.emails?.[0] ?? contact.phone_numbers?.[0];
    if (key !== undefined) asked.set(key, contact);
  }
  const found = new Map<string, StoredContact>();
  const all = [...asked.values()];
  for (let at = 0; at < all.length; at += LOOKUPS_AT_ONCE) {
    const some = all.slice(at, at + LOOKUPS_AT_ONCE);
    for (const stored of await Promise.all(some.map((contact) => finder.find(contact)))) {
      if (typeof stored === 'object') found.set(stored.id, stored);
    }
    onProgress?.(Math.min(at + LOOKUPS_AT_ONCE, all.length), all.length);
  }
  const known = [...found.values()];
  return {
    size: known.length,
    contact: (number) => {
      const contact = known[number];
      return contact === undefined
        ? Promise.reject(new Error(`no contact ${number} was asked for`))
        : Promise.resolve(contact);
    },
    close: () => Promise.resolve(),
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
