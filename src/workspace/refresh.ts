/**
 * Brings a snapshot up to date with as few reads as that takes: what changed since, by `updated_after`, a hundred contacts
 * a read; everything, where nothing was read before or where something was deleted, which no filter shows.
 */
import type { Client } from '../api/calls.js';
import { readStored, type StoredContact } from './stored.js';
import type { Snapshot } from './snapshot.js';

export interface RefreshOptions {
  readonly client: Pick<Client, 'listContacts' | 'contactPages'>;
  readonly signal?: AbortSignal | undefined;
  /** True to list everything anew, whatever is known. */
  readonly anew?: boolean | undefined;
  /** Called before the first page of a listing is taken and after each, with contacts known so far and in all. */
  readonly onProgress?: ((known: number, total: number) => void) | undefined;
  /** The wall clock, in ms since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** What a server wrote at one moment may be seen, and stamped, a moment later. */
const OVERLAP_MS = 2000;
/** How far the server's clock may be from ours, where changes during a listing have to be found. */
const CLOCK_SKEW_MS = 60_000;
/** A workspace that is changed all the time may never stand still for a count. */
const MOST_LISTINGS = 3;

/**
 * What is known of a reading: `in_motion` where contacts kept appearing and disappearing, so that some may be missing,
 * `unsure` where the server doesn't say how many there are, or gives fewer than it says.
 */
export type Completeness = 'whole' | 'in_motion' | 'unsure';

/**
 * Reads what the snapshot lacks.
 * @throws ImporterError what stops a run; the signal's reason. What was read stays, and the next call goes on there
 */
export async function refreshSnapshot(snapshot: Snapshot, options: RefreshOptions): Promise<Completeness> {
  if (options.anew === true && snapshot.progress.kind === 'complete') await snapshot.clear();
  for (let listings = 1; ; listings++) {
    const startedMs = (options.now ?? Date.now)();
    const listed = snapshot.progress.kind === 'complete' ? undefined : await listAll(snapshot, options);
    const changed = await catchUp(snapshot, options, startedMs);
    if (listed?.isUnsure === true) return 'unsure';
    // A listing that nothing followed has just told how many there are.
    const total = listed === undefined || changed > 0 ? await readTotal(options) : listed.total;
    if (total === undefined || total === snapshot.size) return 'whole';
    if (listings === MOST_LISTINGS) return 'in_motion';
    await snapshot.clear();
  }
}

interface Listed {
  /** How many contacts there are, where the server says so. */
  readonly total: number | undefined;
  readonly isUnsure: boolean;
}

/** Lists everything, going on behind the last page that is known. */
async function listAll(snapshot: Snapshot, options: RefreshOptions): Promise<Listed> {
  const { progress } = snapshot;
  const isResumed = progress.kind === 'listing';
  const startedAt = isResumed ? progress.startedAt : new Date((options.now ?? Date.now)()).toISOString();
  let listed: Listed = { total: undefined, isUnsure: true };
  for await (const listedPage of options.client.contactPages({}, isResumed ? progress.page + 1 : 1, options)) {
    const { page, items, total, end } = listedPage;
    await snapshot.add(storedOf(items), { kind: 'listing', startedAt, page });
    options.onProgress?.(snapshot.size, total ?? snapshot.size);
    listed = { total, isUnsure: end !== 'whole' };
  }
  const since = sinceOf(snapshot.newestMs, Date.parse(startedAt));
  // Of what may not be whole the next run lists all again, from the first page on.
  await snapshot.add([], listed.isUnsure ? { kind: 'listing', startedAt, page: 0 } : { kind: 'complete', since });
  return listed;
}

/**
 * From where the next reading has to go on. Where the newest change is from before the listing began, nothing changed
 * during it. Else a page may have been read before a contact on it changed, and all that changed since then is read again.
 */
function sinceOf(newestMs: number, startedMs: number): string | undefined {
  if (newestMs === -Infinity) return undefined;
  return new Date(newestMs < startedMs ? newestMs : startedMs - CLOCK_SKEW_MS).toISOString();
}

/** Reads what changed since the snapshot was complete; gives how many contacts that were. */
async function catchUp(snapshot: Snapshot, options: RefreshOptions, startedMs: number): Promise<number> {
  const { progress } = snapshot;
  if (progress.kind !== 'complete' || progress.since === undefined) return 0;
  const newestMs = snapshot.newestMs;
  const sinceMs = Date.parse(progress.since);
  const afterMs = sinceMs - OVERLAP_MS;
  let changed = 0;
  for await (const { page, items, total, end } of changedAfter(afterMs, options)) {
    // Many contacts written together, by an import, are not worth reading again only because they are within the overlap.
    const isKnown = page === 1 && end === undefined && sinceMs === newestMs;
    if (isKnown && total === snapshot.countChangedAfter(afterMs)) {
      for await (const newer of changedAfter(newestMs, options)) changed += await addChanged(snapshot, newer.items);
      break;
    }
    changed += await addChanged(snapshot, items);
  }
  const since = sinceOf(snapshot.newestMs, startedMs);
  if (since !== progress.since) await snapshot.add([], { kind: 'complete', since });
  return changed;
}

/** Adds those that are not here as they are; gives how many. */
async function addChanged(snapshot: Snapshot, items: readonly unknown[]): Promise<number> {
  const changed: StoredContact[] = [];
  for (const contact of storedOf(items)) {
    const number = snapshot.numberOf(contact.id);
    const known = number === undefined ? undefined : await snapshot.contact(number);
    if (JSON.stringify(known) !== JSON.stringify(contact)) changed.push(contact);
  }
  await snapshot.add(changed);
  return changed.length;
}

function changedAfter(afterMs: number, { client, signal }: RefreshOptions): ReturnType<Client['contactPages']> {
  return client.contactPages({ updated_after: new Date(afterMs).toISOString() }, 1, { signal });
}

async function readTotal({ client, signal }: RefreshOptions): Promise<number | undefined> {
  const { pagination } = await client.listContacts(1, {}, { signal });
  return pagination?.total;
}

function storedOf(items: readonly unknown[]): StoredContact[] {
  return items.flatMap((item) => readStored(item) ?? []);
}
