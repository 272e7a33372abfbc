/**
 * The writes of a run over time, counted as they happen into at most 240 bins: how many were in the rolling window at its
 * fullest, and what held them up. Pure: times come with each call, in milliseconds since the run's start.
 */

/** More bins than pixels of a phone's screen help nobody. */
export const MOST_BINS = 240;
const FIRST_BIN_MS = 250;
/** Marks beyond these are counted, and not drawn one by one. */
const MOST_MARKS = 60;

export interface TimelineBin {
  /** Writes in the rolling window at its fullest within the bin. */
  readonly peak: number;
  readonly writes: number;
  /** 429s met. */
  readonly throttled: number;
}

export interface TimelineMark {
  readonly atMs: number;
  readonly kind: 'limit' | 'even' | 'stopped';
  /** The new limit. */
  readonly limit?: number;
}

export interface TimelineData {
  readonly binMs: number;
  readonly bins: readonly TimelineBin[];
  readonly endMs: number;
  /** The limit to begin with; null where there is none. */
  readonly limit: number | null;
  readonly windowMs: number;
  readonly marks: readonly TimelineMark[];
  /** When all writes waited, after a 429. */
  readonly pauses: readonly { readonly fromMs: number; readonly toMs: number }[];
}

interface OpenBin {
  peak: number;
  writes: number;
  throttled: number;
}

export class Timeline {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #marks: TimelineMark[] = [];
  readonly #pauses: { fromMs: number; toMs: number }[] = [];
  #binMs = FIRST_BIN_MS;
  #bins: OpenBin[] = [];
  /** When the writes in the window were answered, from `#first` on. */
  #times: number[] = [];
  #first = 0;

  constructor({ limit, windowMs }: { readonly limit: number; readonly windowMs: number }) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** A write was answered, or given up; told of late, they may come out of order. */
  write(atMs: number, isThrottled: boolean): void {
    const bin = this.#advance(atMs);
    let place = this.#times.length;
    while (place > this.#first && (this.#times[place - 1] ?? 0) > atMs) place--;
    this.#times.splice(place, 0, atMs);
    bin.writes++;
    if (isThrottled) bin.throttled++;
    bin.peak = Math.max(bin.peak, this.inWindow(atMs));
  }

  pause(fromMs: number, waitMs: number): void {
    const last = this.#pauses.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, fromMs + waitMs);
    else if (this.#pauses.length < MOST_MARKS) this.#pauses.push({ fromMs, toMs: fromMs + waitMs });
  }

  mark(mark: TimelineMark): void {
    if (this.#marks.length < MOST_MARKS) this.#marks.push(mark);
  }

  /** Writes in the window that ends at this moment. */
  inWindow(atMs: number): number {
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= atMs - this.#windowMs) this.#first++;
    if (this.#first > 4096 && this.#first * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return this.#times.length - this.#first;
  }

  /** Everything until this moment. */
  data(atMs: number): TimelineData {
    this.#advance(atMs);
    return {
      binMs: this.#binMs,
      bins: this.#bins.map((bin) => ({ ...bin })),
      endMs: atMs,
      limit: Number.isFinite(this.#limit) ? this.#limit : null,
      windowMs: this.#windowMs,
      marks: [...this.#marks],
      pauses: this.#pauses.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, atMs) })),
    };
  }

  /** The bin of this moment; those before it without a write have what was left in the window then. */
  #advance(atMs: number): OpenBin {
    while (atMs >= this.#binMs * MOST_BINS) this.#halve();
    const at = Math.floor(atMs / this.#binMs);
    while (this.#bins.length <= at) {
      this.#bins.push({ peak: this.inWindow(this.#bins.length * this.#binMs), writes: 0, throttled: 0 });
    }
    // Answers come a little out of order: one of just before belongs to its own bin.
    return this.#bins[at] ?? { peak: 0, writes: 0, throttled: 0 };
  }

  #halve(): void {
    const halved: OpenBin[] = [];
    for (let at = 0; at < this.#bins.length; at += 2) {
      const [one, other] = [this.#bins[at], this.#bins[at + 1]];
      halved.push({
        peak: Math.max(one?.peak ?? 0, other?.peak ?? 0),
        writes: (one?.writes ?? 0) + (other?.writes ?? 0),
        throttled: (one?.throttled ?? 0) + (other?.throttled ?? 0),
      });
    }
    this.#bins = halved;
    this.#binMs *= 2;
  }
}
