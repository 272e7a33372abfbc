/** Notes, on disk, each time that a write leaves. */
import type { UpsertOptions } from '../../../api/calls.js';
import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import type { Claim } from '../../../storage/claims/claim.js';
import type { Prepared } from '../preparer.js';
import type { Landing } from './landing.js';
import { asRecorded } from './recorded.js';

/** What a write is accompanied by. */
export type Flight = Pick<UpsertOptions, 'departing' | 'outOfSight' | 'turnedDown'>;

export interface FlightParts {
  readonly checkpoint: Pick<Checkpoint, 'sending' | 'answered'>;
  readonly landing: Landing;
  readonly claim: Claim | undefined;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
}

/** A time that is told anew no sooner is true enough. */
const SENT_AGAIN_MS = 1000;

/**
 * Were the run cut off after a write has left, and the row set back, it would look unchanged, whatever Clarky had made of it;
 * and what is under way then may still arrive. One of somebody new that is out of sight is waited for before it is sent again.
 */
export function flightOf(
  prepared: Pick<Prepared, 'planned' | 'keepsBack'>,
  isKnown: boolean,
  parts: FlightParts,
): Flight {
  const { planned } = prepared;
  const { checkpoint, landing, claim, wallClock } = parts;
  const departing = departingBy(wallClock, async (nowMs, isAgain) => {
    await claim?.departs(isKnown ? 'changes' : 'makes');
    await checkpoint.sending(asRecorded(prepared), nowMs, isAgain);
  });
  const turnedDown = (): Promise<void> => checkpoint.answered(planned);
  if (isKnown) return { departing, turnedDown };
  return { departing, turnedDown, outOfSight: (isTimeout) => landing.ofThisRun(planned, isTimeout) };
}

/** Notes a write each time that it leaves, but for those that follow at once. */
export function departingBy(
  wallClock: () => number,
  note: (nowMs: number, isAgain: boolean) => Promise<void>,
): () => Promise<void> {
  let notedMs: number | undefined;
  return async () => {
    const nowMs = wallClock();
    if (notedMs !== undefined && nowMs - notedMs < SENT_AGAIN_MS) return;
    await note(nowMs, notedMs !== undefined);
    notedMs = nowMs;
  };
}
