/** How far a run is, from its events: what a person, a log or a program is told of it. Clocks are arguments. */
import { isWriteThatLeft } from '../api/client-event.js';
import { rateOf, WRITES_PER_MINUTE } from '../rate/rate.js';
import type { ImportEvent } from './events.js';
import { AnnouncedLimit } from './connection/announced.js';
import { OwnWrites } from './connection/own-writes.js';
import { Waits } from './connection/waits.js';
import type { Counts } from './tally.js';

/** The rate shown is that of about the last window, so that a pause is seen. */
const RATE_OVER_MS = 60_000;

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

export class RunState {
  /** What is going on, as a sentence without its full stop: before contacts are counted, and where there are none. */
  phase: string;
  /** What the phase counts, where it counts something. */
  done: number | undefined;
  total: number | undefined;
  #counts: Mutable<Counts> | undefined;
  /** What the run has not come to yet, and is known to need no write. */
  readonly #ahead = { contacts: 0, rows: 0, isWhole: true };
  /** Something was written, or waits for its turn: before that, what is there already may only not have been come to. */
  #hasWritten = false;
  #limit = WRITES_PER_MINUTE;
  readonly #announced: AnnouncedLimit;
  readonly waits = new Waits();
  #trouble: { readonly message: string; readonly endsMs: number } | undefined;
  /** When a contact was accepted, in the last window. */
  readonly #accepted: number[] = [];
  readonly #own = new OwnWrites();
  /** Until when the window holds writes from before this run, where it was seen to. */
  #othersUntilMs = 0;
  /** Until when all writes wait, after a 429. */
  #pausedUntilMs = 0;
  #isEven = false;
  #startedMs: number | undefined;
  #isWriting = false;

  /** @param isRaised whether a limit that is announced higher is taken up */
  constructor(phase: string, isRaised = false) {
    this.phase = phase;
    this.#announced = new AnnouncedLimit(isRaised);
  }

  take(event: ImportEvent, nowMs: number): void {
    this.waits.take(event);
    switch (event.type) {
      case 'asking':
        this.enter(event.what === 'access' ? 'Asking Clarky what the key may do' : 'Asking Clarky for the contacts');
        break;
      case 'locked':
        this.enter('Waiting for another import');
        break;
      case 'workspace':
        // The people of a small file are asked for while others are sent.
        if (this.#counts === undefined) this.enter('Reading the workspace', event.known, event.total);
        break;
      case 'started':
        this.#counts = { ...event.counts };
        this.#limit = rateOf(event.limit);
        this.#startedMs = nowMs;
        break;
      case 'limit':
        this.#announced.changed(this.#limit, rateOf(event), nowMs);
        this.#limit = rateOf(event);
        break;
      case 'ahead':
        Object.assign(this.#ahead, { contacts: event.contacts, rows: event.rows, isWhole: event.isWhole });
        break;
      case 'waiting':
        this.#hasWritten = true;
        this.#own.underWay = event.underWay ?? 0;
        if (this.waitsForEarlier(nowMs)) this.#othersUntilMs = (this.#startedMs ?? nowMs) + this.#limit.windowMs;
        break;
      case 'retrying':
        // What passes at the second try is not worth a word, where there was an answer before.
        if (event.neverAnswered || event.attempt > 1) this.#trouble = event;
        break;
      case 'request':
        if (event.status !== undefined && event.isUnread !== true) this.#trouble = undefined;
        if (event.method !== 'GET') {
          this.#hasWritten = true;
          this.#announced.said(event.rate?.window?.limit, this.#limit, nowMs);
          this.#own.ended(nowMs, this.#limit, event.isUnsent === true);
        }
        if (isWriteThatLeft(event)) this.#asked(event.attempt, event.status);
        break;
      case 'throttled':
        this.#pausedUntilMs = nowMs + event.waitMs;
        this.#announced.wasRefused();
        break;
      case 'pace':
        this.#isEven = event.even;
        break;
      case 'contact':
        this.#count(event.outcome, event.records.length, nowMs);
        break;
      case 'undone':
        if (event.outcome !== 'deleted' && event.outcome !== 'set_back') break;
        if (this.done !== undefined) this.done += 1;
        this.#accepted.push(nowMs);
        break;
      default:
    }
  }

  enter(phase: string, done?: number, total?: number): void {
    Object.assign(this, { phase, done, total });
    this.#isWriting = false;
  }

  /** Enters a phase in which each step is a write. */
  enterWriting(phase: string, writes: number, nowMs: number): void {
    this.enter(phase, 0, writes);
    this.#isWriting = true;
    this.#startedMs = nowMs;
  }

  /** Since when a phase is under way in which each step is a write; undefined in another. */
  get writingSinceMs(): number | undefined {
    return this.#isWriting ? this.#startedMs : undefined;
  }

  /** Once contacts are sent; with what needs no write further on in the file. */
  get counts(): Counts | undefined {
    if (this.#counts === undefined) return undefined;
    const { unchanged, merged, pending } = this.#counts;
    const rows = Math.min(this.#ahead.rows, pending);
    const contacts = Math.min(this.#ahead.contacts, rows);
    return {
      ...this.#counts,
      unchanged: unchanged + contacts,
      merged: merged + rows - contacts,
      pending: pending - rows,
    };
  }

  /** Rows that are decided. */
  get decided(): number {
    const { rows = 0, pending = 0 } = this.counts ?? {};
    return rows - pending;
  }

  /** True where the window is full of what was sent before this run, or by others: of its own writes it would hold more. */
  waitsForEarlier(nowMs: number): boolean {
    const waitMs = this.waits.writesMs(nowMs);
    if (waitMs === undefined || this.#isEven || this.#pausedUntilMs > nowMs) return false;
    const { limit: writes, windowMs } = this.#limit;
    return this.#own.count(this.#accepted, nowMs, windowMs) < writes;
  }

  /** What keeps requests from getting through, and when it is given up; undefined where they do. */
  get trouble(): { readonly message: string; readonly endsMs: number } | undefined {
    return this.#trouble;
  }

  /** Milliseconds until a server that does not answer is given up; undefined where it does. */
  givesUpInMs(nowMs: number): number | undefined {
    const leftMs = (this.#trouble?.endsMs ?? 0) - nowMs;
    return leftMs > 0 ? leftMs : undefined;
  }

  /**
   * Contacts a minute over the last window, never more than the limit allows; undefined until there is something to go by, and while
   * nothing gets through.
   */
  perMinute(nowMs: number): number | undefined {
    if (this.#trouble !== undefined) return undefined;
    this.#forget(nowMs);
    const sinceMs = Math.min(RATE_OVER_MS, nowMs - (this.#startedMs ?? nowMs));
    if (sinceMs < 10_000 || this.#accepted.length === 0) return undefined;
    const limit = (this.#limit.limit * 60_000) / this.#limit.windowMs;
    return Math.min(limit, Math.round((this.#accepted.length * 60_000) / sinceMs));
  }

  /** Seconds until all is sent: what the limit makes of the writes left. undefined where nothing can be said of them. */
  secondsLeft(nowMs: number): number | undefined {
    if (this.#trouble !== undefined) return undefined;
    const left = this.#writesLeft();
    if (left === 0 || !Number.isFinite(this.#limit.limit)) return undefined;
    return Math.ceil(this.#announced.leastMs(left, this.#limit, this.#placesMs(left, nowMs), nowMs) / 1000);
  }

  /** When each place of the limit is free, for so many writes; those of writes from before this run one by one, until a window after it began. */
  #placesMs(left: number, nowMs: number): number[] {
    const { limit: writes, windowMs } = this.#limit;
    const nextMs = nowMs + (this.waits.writesMs(nowMs) ?? 0);
    const own = this.#accepted.filter((atMs) => atMs > nowMs - windowMs).map((atMs) => atMs + windowMs);
    const rest = Math.max(0, writes - own.length);
    const spreadMs = Math.max(0, this.#othersUntilMs - nextMs) / Math.max(1, rest);
    const others = Array.from({ length: Math.min(rest, left) }, (_, nth) => nextMs + nth * spreadMs);
    return [...own.map((dueMs) => Math.max(dueMs, nextMs)), ...others];
  }

  #writesLeft(): number {
    const { counts } = this;
    if (counts === undefined) return this.#isWriting ? (this.total ?? 0) - (this.done ?? 0) : 0;
    if (!this.#hasWritten || !this.#ahead.isWhole) return 0;
    const { contacts, created, updated, unchanged, pending } = counts;
    return Math.max(0, Math.min(contacts - created - updated - unchanged, pending));
  }

  #count(outcome: 'created' | 'updated' | 'unchanged' | 'rejected', records: number, nowMs: number): void {
    const counts = this.#counts;
    if (counts === undefined) return;
    if (outcome === 'unchanged') this.#come(records);
    counts.pending = Math.max(0, counts.pending - records);
    if (outcome === 'rejected') counts.rejected += records;
    else {
      counts[outcome] += 1;
      counts.merged += records - 1;
    }
    if (outcome === 'created' || outcome === 'updated') this.#accepted.push(nowMs);
  }

  /** What was known ahead is counted where it stands. */
  #come(records: number): void {
    this.#ahead.contacts = Math.max(0, this.#ahead.contacts - 1);
    this.#ahead.rows = Math.max(0, this.#ahead.rows - records);
  }

  #asked(attempt: number, status: number | undefined): void {
    const counts = this.#counts;
    if (counts === undefined) return;
    counts.requests += 1;
    if (attempt > 1) counts.retries += 1;
    if (status === 429) counts.throttled += 1;
  }

  #forget(nowMs: number): void {
    const keepMs = Math.max(RATE_OVER_MS, Math.min(this.#limit.windowMs, 3_600_000));
    let old = 0;
    while (old < this.#accepted.length && (this.#accepted[old] ?? nowMs) <= nowMs - keepMs) old += 1;
    if (old > 0) this.#accepted.splice(0, old);
  }
}
