/** A contact that an import has sent, as it is now; looked at again where Clarky may be read a moment too soon. */
import type { Client } from '../../api/calls.js';
import type { WireContact } from '../../api/wire.js';
import { createLookupFinder, createSnapshotFinder, type Found } from '../../workspace/finder.js';
import { openSnapshot } from '../../workspace/reading.js';
import { holdsAllThatWasWritten } from '../../workspace/set-back.js';
import { countriesOf, storedPhoneReader } from '../../workspace/stored-phones.js';
import { wireOf } from '../../workspace/stored.js';
import { pointsWritten, type UndoEntry } from '../../workspace/undo/undo-journal.js';
import { liveOptions, type LiveParts } from '../known/live-options.js';

export type ReadingClient = Pick<Client, 'getContact' | 'getByEmail' | 'listContacts'>;

/**
 * Reads it by the id that was answered; where Clarky knows none of that, it is looked for by what was written: an answer may
 * name another id than the one that Clarky has it under.
 * @param bot whose contact it is
 * @returns undefined where nobody has all that was written either: it is gone
 */
export async function contactAsItIs(
  entry: UndoEntry,
  client: ReadingClient,
  signal: AbortSignal | undefined,
  bot: string,
): Promise<WireContact | undefined> {
  if (entry.id === undefined) return undefined;
  const wire = await client.getContact(entry.id, { signal });
  if (wire !== undefined || !entry.isAccepted) return wire;
  if (entry.listedAs !== undefined) return client.getContact(entry.listedAs, { signal });
  const { emails = [], phone_numbers: phones = [] } = entry.after ?? {};
  const written = pointsWritten(entry);
  const points = {
    emails: written.emails.length > 0 ? written.emails : emails,
    phone_numbers: written.phone_numbers.length > 0 ? written.phone_numbers : phones,
  };
  const found = await createLookupFinder(client, signal, bot).findAny(points);
  return found && holdsAllThatWasWritten(entry, found) ? { ...wireOf(found), id: found.id } : undefined;
}

/** Whether a search may miss it: a phone is found only as it is written there. */
export function isByPhoneAlone(entry: UndoEntry): boolean {
  const { emails, phone_numbers: phones } = pointsWritten(entry);
  return emails.length === 0 && phones.length > 0;
}

/**
 * Looks for each in the whole list, by its phones: a search finds a phone only as it is written there.
 * @returns `unknown` for one that is not there, where the list may not show everybody
 */
export async function foundInList(entries: readonly UndoEntry[], live: LiveParts): Promise<Found[]> {
  const options = liveOptions(live);
  let isDoubted = false;
  const onDoubt: typeof options.onDoubt = (why) => {
    isDoubted = true;
    options.onDoubt?.(why);
  };
  const snapshot = await openSnapshot({ ...options, onDoubt });
  try {
    const phonesOf = storedPhoneReader(await countriesOf(undefined, sent(entries)));
    const finder = await createSnapshotFinder(snapshot, phonesOf, live.bot);
    const all: Found[] = [];
    for await (const { contact } of sent(entries)) {
      const found = await finder.find(contact);
      all.push(found === 'missing' && isDoubted ? 'unknown' : found);
    }
    return all;
  } finally {
    await snapshot.close();
  }
}

async function* sent(entries: readonly UndoEntry[]): AsyncGenerator<{ contact: ReturnType<typeof pointsWritten> }> {
  for (const entry of entries) yield { contact: pointsWritten(entry) };
}

/** What is read from a copy, or done by a queue, is as it should be a little later. */
const LOOK_AGAIN_MS = [250, 500, 1000, 2000];

/** What is there at last: looked at again for a while so long as it is not as it should be. */
export async function lookUntil<Seen>(
  look: () => Promise<Seen>,
  isGood: (seen: Seen) => boolean,
  sleep: (ms: number) => Promise<void>,
): Promise<Seen> {
  let seen = await look();
  for (const ms of LOOK_AGAIN_MS) {
    if (isGood(seen)) break;
    await sleep(ms);
    seen = await look();
  }
  return seen;
}
