/**
 * What undo has read, once it shows what the import itself wrote: a reader may be a moment behind its own writes (the API says
 * nothing of how fresh what it reads is). Taken at its word it would have nothing to take back, and the journal would be spent.
 */
import type { OtherFields } from '../../workspace/other-fields.js';
import type { StoredContact } from '../../workspace/stored.js';
import type { UndoEntry } from '../../workspace/undo/undo-journal.js';

/** A contact as it was read; undefined where it is not there. */
export interface Found {
  readonly stored: StoredContact | undefined;
  readonly others?: OtherFields | undefined;
}

export interface Looking {
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told once when something has to be waited for, with the longest time. */
  readonly onWait: (ms: number) => void;
}

/** So long after an answer, who reads something older than that is behind; later it is how things are. */
const LONGEST_BEHIND_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1000;

const timeOf = (contact: Pick<StoredContact, 'updated_at'> | undefined): number =>
  Date.parse(contact?.updated_at ?? '');

/**
 * The places of entries whose reading is older than what Clarky answered to the import: not there, or written last before that. None is
 * where another was read as it was answered later: by then the reader knew of both.
 */
function behindIn(entries: readonly UndoEntry[], found: readonly Found[]): number[] {
  const isShown = ({ after }: UndoEntry, at: number): boolean => timeOf(found[at]?.stored) >= timeOf(after);
  const shownMs = entries.filter(isShown).map(({ after }) => timeOf(after));
  const knownMs = shownMs.reduce((latest, ms) => Math.max(latest, ms), -Infinity);
  return entries.flatMap((entry, at) => {
    const answeredMs = timeOf(entry.after);
    const stored = found[at]?.stored;
    const isOlder = stored === undefined || timeOf(stored) < answeredMs;
    return entry.isAccepted && answeredMs > knownMs && isOlder ? [at] : [];
  });
}

/** Reads again those that are behind, until they are not, or it is as they are. */
export async function settled(
  entries: readonly UndoEntry[],
  first: readonly Found[],
  read: (entry: UndoEntry) => Promise<Found>,
  { wallClock, sleep, onWait }: Looking,
): Promise<readonly Found[]> {
  const found = [...first];
  let behind = behindIn(entries, found);
  const answered = behind.map((at) => timeOf(entries[at]?.after));
  const latestMs = answered.reduce((latest, ms) => Math.max(latest, ms), -Infinity);
  // By a server's clock that is ahead it would be for ever.
  let leftMs = Math.min(latestMs + LONGEST_BEHIND_MS - wallClock(), LONGEST_BEHIND_MS);
  if (leftMs > 0) onWait(leftMs);
  for (
    let pauseMs = FIRST_PAUSE_MS;
    behind.length > 0 && leftMs > 0;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  ) {
    const ms = Math.min(pauseMs, leftMs);
    await sleep(ms);
    leftMs -= ms;
    for (const at of behind) {
      const entry = entries[at];
      if (entry !== undefined) found[at] = await read(entry);
    }
    behind = behindIn(entries, found);
  }
  return found;
}
