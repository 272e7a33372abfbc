/**
 * Brings a snapshot up to date with as few reads as that takes: what changed since, by `updated_after`, a hundred contacts
 * a read; everything, where nothing was read before or where something was deleted, which no filter shows.
 */
import type { Client } from '../api/client.js';
import { readStored, type StoredContact } from './stored.js';
import type { Snapshot } from './snapshot.js';

export interface RefreshOptions {
  readonly client: Pick<Client, 'listContacts'>;
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
 * Reads what the snapshot lacks.
 * @returns false where contacts kept appearing and disappearing, so that some may be missing
 * @throws ImporterError what stops a run; the signal's reason. What was read stays, and the next call goes on there
 */
export async function refreshSnapshot(snapshot: Snapshot, options: RefreshOptions): Promise<boolean> {
  if (options.anew === true && snapshot.progress.kind === 'complete') await snapshot.clear();
  for (let listings = 1; ; listings++) {
    const startedMs = (options.now ?? Date.now)();
    let total: number | undefined;
    if (snapshot.progress.kind !== 'complete') total = await listAll(snapshot, options);
    const changed = await catchUp(snapshot, options, startedMs);
    // A listing that nothing followed has just told how many there are.
    if (total === undefined || changed > 0) total = await readTotal(options);
    if (total === undefined || total === snapshot.size) return true;
    if (listings === MOST_LISTINGS) return false;
    await snapshot.clear();
  }
}

/** Lists everything, going on behind the last page that is known; gives the number of contacts there are. */
async function listAll(snapshot: Snapshot, options: RefreshOptions): Promise<number | undefined> {
  const { progress } = snapshot;
  const isResumed = progress.kind === 'listing';
  const startedAt = isResumed ? progress.startedAt : new Date((options.now ?? Date.now)()).toISOString();
  let page = isResumed ? progress.page : 0;
  for (;;) {
    page++;
    const { items, pagination } = await options.client.listContacts(page, {}, options);
    await snapshot.add(storedOf(items), { kind: 'listing', startedAt, page });
    options.onProgress?.(snapshot.size, pagination?.total ?? snapshot.size);
    if (pagination !== undefined && page < pagination.totalPages) continue;
    const since = sinceOf(snapshot.newestMs, Date.parse(startedAt));
    await snapshot.add([], { kind: 'complete', since });
    return pagination?.total;
  }
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
  const first = await listChanged(1, sinceMs - OVERLAP_MS, options);
  // Many contacts written together, by an import, are not worth reading again only because they are within the overlap.
  const isKnown =
    first.pages > 1 && sinceMs === newestMs && first.total === snapshot.countChangedAfter(sinceMs - OVERLAP_MS);
  const afterMs = isKnown ? newestMs : sinceMs - OVERLAP_MS;
  let changed = isKnown ? 0 : await addChanged(snapshot, first.contacts);
  let { pages } = isKnown ? { pages: 1 } : first;
  for (let page = isKnown ? 1 : 2; page <= pages; page++) {
    const next = await listChanged(page, afterMs, options);
    pages = next.pages;
    changed += await addChanged(snapshot, next.contacts);
  }
  const since = sinceOf(snapshot.newestMs, startedMs);
  if (since !== progress.since) await snapshot.add([], { kind: 'complete', since });
  return changed;
}

/** Adds those that are not here as they are; gives how many. */
async function addChanged(snapshot: Snapshot, contacts: readonly StoredContact[]): Promise<number> {
  const changed: StoredContact[] = [];
  for (const contact of contacts) {
    const number = snapshot.numberOf(contact.id);
    const known = number === undefined ? undefined : await snapshot.contact(number);
    if (JSON.stringify(known) !== JSON.stringify(contact)) changed.push(contact);
  }
  await snapshot.add(changed);
  return changed.length;
}

async function listChanged(
  page: number,
  afterMs: number,
  { client, signal }: RefreshOptions,
): Promise<{ contacts: readonly StoredContact[]; pages: number; total: number }> {
  const filters = { updated_after: new Date(afterMs).toISOString() };
  const { items, pagination } = await client.listContacts(page, filters, { signal });
  const { totalPages = 1, total = items.length } = pagination ?? {};
  return { contacts: storedOf(items), pages: totalPages, total };
}

async function readTotal({ client, signal }: RefreshOptions): Promise<number | undefined> {
  const { pagination } = await client.listContacts(1, {}, { signal });
  return pagination?.total;
}

function storedOf(items: readonly unknown[]): StoredContact[] {
  return items.flatMap((item) => readStored(item) ?? []);
}
