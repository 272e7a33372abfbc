import { GRACE_MS, type Write } from './rate.js';

/** Kept free beside what others were seen to use, so that their next write finds room. */
const LEAST_COURTESY = 2;

/** What one answer's headers say, and when. */
export interface Observation {
  readonly id: string;
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly limit: number;
  readonly remaining: number;
  /** The call was refused with 429, so it may not be among those counted. */
  readonly refused: boolean;
}

/** How many writes in the server's window are not ours, at least and at most. */
export interface Others {
  readonly least: number;
  readonly most: number;
  /** `least`, were the server to weigh the last clock window's writes as well, with its clock set as it suits best. */
  readonly sure: number;
}

interface KnownWrite extends Write {
  readonly refused: boolean;
}

/**
 * Reads other programs' share out of `X-RateLimit-Remaining`. Requests under way make the server's count uncertain,
 * so it is an interval: our writes that were surely in its window when it answered, up to those that may have been.
 */
export function othersIn(seen: Observation, own: Iterable<KnownWrite>, windowMs: number): Others {
  let certain = seen.refused ? 0 : 1;
  let possible = 1;
  const agesMs = [0];
  for (const write of own) {
    if (write.id === seen.id || write.sentMs > seen.answeredMs) continue;
    const doneMs = write.doneMs ?? Infinity;
    if (!write.refused && doneMs <= seen.sentMs && write.sentMs > seen.answeredMs - windowMs) certain += 1;
    if (doneMs > seen.sentMs - windowMs) possible += 1;
    agesMs.push(Math.max(0, seen.sentMs - doneMs));
  }
  const counted = seen.limit - seen.remaining;
  const least = Math.max(0, counted - possible);
  const sure = least === 0 ? 0 : Math.max(0, Math.floor(counted - Math.max(possible, mostWeighed(agesMs, windowMs))));
  return { least, most: Math.max(least, counted - certain), sure };
}

/**
 * The most that a sliding-window counter (this clock window's writes and the last one's, weighted by its overlap) can
 * make of writes of these ages, over all positions of its clock.
 */
export function mostWeighed(agesMs: readonly number[], windowMs: number): number {
  // The weight falls as the clock window's start moves back, so the most is where a write has just come into either window.
  const starts = agesMs
    .map((ageMs) => (ageMs < windowMs ? ageMs : ageMs - windowMs))
    .filter((startMs) => startMs <= windowMs);
  const countUpTo = (mostMs: number): number => agesMs.filter((ageMs) => ageMs <= mostMs).length;
  const weighed = starts.map((startMs) => {
    const current = countUpTo(startMs);
    return current + (countUpTo(startMs + windowMs) - current) * (1 - startMs / windowMs);
  });
  return Math.max(0, ...weighed);
}

/** Follows what other programs use of the same key, from answer to answer. */
export class ForeignWatch {
  readonly #windowMs: number;
  readonly #own = new Map<string, KnownWrite>();
  #current = new Set<string>();
  #sightings: { readonly atMs: number; readonly writes: number; readonly sure: number }[] = [];
  #estimate = 0;
  #lastRefusalMs = -Infinity;
  #courtesy = LEAST_COURTESY;
  #courtesyChangedMs = -Infinity;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Takes in what the ledger holds now; it forgets a write as its token is spent again, this keeps it for two windows. */
  note(writes: readonly Write[], nowMs: number): void {
    this.#current = new Set(writes.map((write) => write.id));
    for (const write of writes) {
      this.#own.set(write.id, { ...write, refused: this.#own.get(write.id)?.refused ?? false });
    }
    for (const [id, write] of this.#own) {
      const over = (write.doneMs ?? write.sentMs + GRACE_MS) + 2 * this.#windowMs < nowMs;
      if (this.#current.has(id)) continue;
      if (over) this.#own.delete(id);
      // Its process died under way and the token is spent again: it was counted by then, or never.
      else if (write.doneMs === undefined) this.#own.set(id, { ...write, doneMs: write.sentMs + GRACE_MS });
    }
  }

  /** Takes in an answer's headers. Call `note` first. */
  observe(seen: Observation): void {
    if (seen.refused) {
      this.#lastRefusalMs = seen.answeredMs;
      const write = { id: seen.id, sentMs: seen.sentMs, doneMs: seen.answeredMs };
      this.#own.set(seen.id, { ...write, refused: true });
    }
    const others = othersIn(seen, this.#own.values(), this.#windowMs);
    const left = this.heldBack(seen.answeredMs, seen.limit);
    this.#estimate = Math.min(Math.max(this.#estimate, others.least), others.most);
    this.#forget(seen.answeredMs);
    this.#sightings.push({ atMs: seen.answeredMs, writes: this.#estimate, sure: others.sure });
    this.#adaptCourtesy(left, seen);
  }

  /** Writes of other programs in the window, the most of what was seen over the last one. */
  writes(nowMs: number): number {
    this.#forget(nowMs);
    return this.#sightings.reduce((most, sighting) => Math.max(most, sighting.writes), 0);
  }

  /** As `writes`, but only those that our own writes can't explain, whichever way the server counts. */
  sureWrites(nowMs: number): number {
    this.#forget(nowMs);
    return this.#sightings.reduce((most, sighting) => Math.max(most, sighting.sure), 0);
  }

  /** The most that a server which weighs its last window can make of our own writes. */
  weighedOwn(nowMs: number): number {
    const own = [...this.#own.values()].filter((write) => !write.refused);
    return mostWeighed(
      own.map((write) => Math.max(0, nowMs - (write.doneMs ?? nowMs))),
      this.#windowMs,
    );
  }

  /** Tokens to leave unspent: what others use and the next few, so that they need not starve; never all. */
  heldBack(nowMs: number, limit: number): number {
    return this.#leaveTo(this.writes(nowMs), nowMs, limit);
  }

  /** As `heldBack`, for a server known to weigh its last window: only what it can't have made of our own writes. */
  heldBackSurely(nowMs: number, limit: number): number {
    return this.#leaveTo(this.sureWrites(nowMs), nowMs, limit);
  }

  #leaveTo(seen: number, nowMs: number, limit: number): number {
    // A refusal tells of one at least: our own writes alone would have fitted.
    const writes = Math.max(seen, nowMs - this.#lastRefusalMs < this.#windowMs ? 1 : 0);
    return writes === 0 ? 0 : Math.max(0, Math.min(writes + this.#courtesy, limit - 3));
  }

  /** Others who take all that is left to them may want more, and refused calls show in no header: leave them more. */
  #adaptCourtesy(left: number, seen: Observation): void {
    if (seen.answeredMs - this.#courtesyChangedMs < this.#windowMs) return;
    const taken = this.writes(seen.answeredMs);
    const wantsMore = seen.refused || (left > 0 && taken >= left - 1);
    const courtesy = wantsMore ? Math.min(2 * this.#courtesy, Math.ceil(seen.limit / 4)) : LEAST_COURTESY;
    if (courtesy === this.#courtesy) return;
    this.#courtesy = courtesy;
    this.#courtesyChangedMs = seen.answeredMs;
  }

  #forget(nowMs: number): void {
    this.#sightings = this.#sightings.filter((sighting) => sighting.atMs > nowMs - this.#windowMs);
  }
}
