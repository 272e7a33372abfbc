/**
 * Brings a snapshot up to date with as few reads as that takes: what changed since, by `updated_after`, a hundred contacts
 * a read; everything, where nothing was read before or where something may have been deleted, which no filter shows: only
 * how many there are tells that nothing was.
 */
import type { Client } from '../api/calls.js';
import { type ListedPage, MAX_PAGE_SIZE } from '../api/pages.js';
import { readStored, type StoredContact } from './stored.js';
import type { Snapshot } from './snapshot.js';

export interface RefreshOptions {
  readonly client: Pick<Client, 'listContacts' | 'contactPages'>;
  readonly signal?: AbortSignal | undefined;
  /** True to list everything anew, whatever is known. */
  readonly anew?: boolean | undefined;
  /** How many pages a list may have beyond what its first one says, before it is taken for one without an end; default: any. */
  readonly patiencePages?: number | undefined;
  /** Called after each page of a listing, with contacts known so far and, where the server says it, in all. */
  readonly onProgress?: ((known: number, total: number | undefined) => void) | undefined;
  /** The wall clock, in ms since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** What a server wrote at one moment may be seen, and stamped, a moment later. */
export const OVERLAP_MS = 2000;
/** How far the server's clock may be from ours, where changes since a moment have to be found. */
export const CLOCK_SKEW_MS = 60_000;
/** A workspace that is changed all the time may never stand still for a count. */
const MOST_LISTINGS = 3;

/**
 * What is known of a reading: `in_motion` where contacts kept appearing and disappearing, so that some may be missing,
 * `unsure` where the server doesn't say how many there are, or gives fewer than it says, `endless` where it gives more and
 * more.
 */
export type Completeness = 'whole' | 'in_motion' | 'unsure' | 'endless';

/**
 * Reads what the snapshot lacks.
 * @throws ImporterError what stops a run; the signal's reason. What was read stays, and the next call goes on there
 */
export async function refreshSnapshot(snapshot: Snapshot, options: RefreshOptions): Promise<Completeness> {
  const { progress } = snapshot;
  // Of contacts without a date nothing tells what changed since, and an empty workspace has none with one.
  const isUndated = progress.kind === 'complete' && progress.since === undefined;
  if (isUndated || (options.anew === true && progress.kind === 'complete')) await snapshot.clear();
  for (let listings = 1; ; listings++) {
    const startedMs = (options.now ?? Date.now)();
    const listed = snapshot.progress.kind === 'complete' ? undefined : await listAll(snapshot, options);
    const changed = await catchUp(snapshot, options, startedMs);
    if (changed === undefined) return 'endless';
    if (listed !== undefined && listed.doubt !== undefined) return listed.doubt;
    // A listing that nothing followed has just told how many there are.
    const total = listed === undefined || changed > 0 ? await readTotal(options) : listed.total;
    const isAll = total === undefined ? listed !== undefined : total === snapshot.size;
    if (isAll && listed?.hasShrunk !== true) return 'whole';
    if (listings === MOST_LISTINGS) return 'in_motion';
    await snapshot.clear();
  }
}

interface Listed {
  /** How many contacts there are, where the server says so. */
  readonly total: number | undefined;
  readonly doubt: 'unsure' | 'endless' | undefined;
  /** Something was deleted meanwhile: what followed moved up, perhaps to a page that was read already. */
  readonly hasShrunk: boolean;
}

/** Ends a list that goes on and on: each page brings contacts, and there are always more. */
async function* bounded<Listing extends ListedPage<unknown>>(
  pages: AsyncIterable<Listing>,
  patiencePages: number,
): AsyncGenerator<Listing & { readonly isEndless: boolean }, void, undefined> {
  let mostPages: number | undefined;
  let read = 0;
  for await (const page of pages) {
    mostPages ??= Math.ceil((page.total ?? 0) / MAX_PAGE_SIZE) + patiencePages;
    read += 1;
    const isEndless = read > mostPages && page.end === undefined;
    yield { ...page, isEndless };
    if (isEndless) return;
  }
}

/** Lists everything, going on behind the last page that is known. */
async function listAll(snapshot: Snapshot, options: RefreshOptions): Promise<Listed> {
  const { progress } = snapshot;
  const isResumed = progress.kind === 'listing';
  const startedAt = isResumed ? progress.startedAt : new Date((options.now ?? Date.now)()).toISOString();
  let listed: Listed = { total: undefined, doubt: 'unsure', hasShrunk: false };
  // The last page that is known is read again: what was deleted since has moved others up to it.
  const first = isResumed ? Math.max(1, progress.page) : 1;
  const pages = options.client.contactPages({}, first, options);
  for await (const { page, items, total, end, isEndless } of bounded(pages, options.patiencePages ?? Infinity)) {
    const contacts = storedOf(items);
    const isFewer = total !== undefined && listed.total !== undefined && total < listed.total;
    const hasMovedUp =
      isResumed && page === progress.page && contacts.some(({ id }) => snapshot.numberOf(id) === undefined);
    await snapshot.add(contacts, { kind: 'listing', startedAt, page });
    options.onProgress?.(snapshot.size, total);
    const doubt = isEndless ? 'endless' : end === 'whole' ? undefined : 'unsure';
    listed = { total, doubt, hasShrunk: listed.hasShrunk || isFewer || hasMovedUp };
  }
  const since = sinceOf(snapshot.newestMs, Date.parse(startedAt));
  // Of what may not be whole the next run lists all again, from the first page on.
  const isWhole = listed.doubt === undefined;
  await snapshot.add([], isWhole ? { kind: 'complete', since } : { kind: 'listing', startedAt, page: 0 });
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

/** Reads what changed since the snapshot was complete; gives how many contacts that were, undefined where there is no end of them. */
async function catchUp(snapshot: Snapshot, options: RefreshOptions, startedMs: number): Promise<number | undefined> {
  const { progress } = snapshot;
  if (progress.kind !== 'complete' || progress.since === undefined) return 0;
  const newestMs = snapshot.newestMs;
  const sinceMs = Date.parse(progress.since);
  const afterMs = sinceMs - OVERLAP_MS;
  let changed = 0;
  const pages = changedAfter(afterMs, options);
  for await (const { page, items, total, end, isEndless } of bounded(pages, options.patiencePages ?? Infinity)) {
    // Many contacts written together, by an import, are not worth reading again only because they are within the overlap.
    const isKnown = page === 1 && end === undefined && sinceMs === newestMs;
    if (isKnown && total === snapshot.countChangedAfter(afterMs)) {
      for await (const newer of changedAfter(newestMs, options)) changed += await addChanged(snapshot, newer.items);
      break;
    }
    changed += await addChanged(snapshot, items);
    if (isEndless) return undefined;
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

/** Lists those that changed after a moment, in ms since the epoch. */
export function changedAfter(
  afterMs: number,
  { client, signal }: { readonly client: Pick<Client, 'contactPages'>; readonly signal?: AbortSignal | undefined },
): ReturnType<Client['contactPages']> {
  return client.contactPages({ updated_after: new Date(afterMs).toISOString() }, 1, { signal });
}

async function readTotal({ client, signal }: RefreshOptions): Promise<number | undefined> {
  const { pagination } = await client.listContacts(1, {}, { signal });
  return pagination?.total;
}

function storedOf(items: readonly unknown[]): StoredContact[] {
  return items.flatMap((item) => readStored(item) ?? []);
}
