/**
 * What undo has read, once it shows what the import itself wrote: a reader may be a moment behind its own writes
 * (connection/behind.ts). Taken at its word it would have nothing to take back, and the journal would be spent.
 */
import type { OtherFields } from '../../workspace/other-fields.js';
import { isStampedBefore, isStampedSince, type StoredContact } from '../../workspace/stored.js';
import type { UndoEntry } from '../../workspace/undo/undo-journal.js';
import { askAgain, mayBeBehindMs, writtenMsOf } from '../connection/behind.js';

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

/**
 * The places of entries whose reading is older than what Clarky answered to the import: not there, or written last before that. None is
 * where another was read as it was answered later: by then the reader knew of both.
 */
function behindIn(entries: readonly UndoEntry[], found: readonly Found[]): number[] {
  const isShown = ({ after }: UndoEntry, at: number): boolean =>
    isStampedSince(writtenMsOf(found[at]?.stored), writtenMsOf(after));
  const shownMs = entries.filter(isShown).map(({ after }) => writtenMsOf(after));
  const knownMs = shownMs.reduce((latest, ms) => Math.max(latest, ms), -Infinity);
  return entries.flatMap((entry, at) => {
    const answeredMs = writtenMsOf(entry.after);
    const stored = found[at]?.stored;
    const isOlder = stored === undefined || isStampedBefore(writtenMsOf(stored), answeredMs);
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
  const answered = behind.map((at) => writtenMsOf(entries[at]?.after));
  const latestMs = answered.reduce((latest, ms) => Math.max(latest, ms), -Infinity);
  const leftMs = mayBeBehindMs(latestMs, wallClock());
  if (leftMs > 0) onWait(leftMs);
  const isShown = async (): Promise<boolean> => {
    for (const at of behind) {
      const entry = entries[at];
      if (entry !== undefined) found[at] = await read(entry);
    }
    behind = behindIn(entries, found);
    return behind.length === 0;
  };
  await askAgain(leftMs, isShown, sleep);
  return found;
}
