/**
 * The arithmetic of a rolling budget, without a clock: `limit` tokens, each spent by one write and free again one
 * window after the server must have counted it. All times are milliseconds on one monotonic clock.
 */

/** So many requests in any window of this length. */
export interface Rate {
  /** How many. */
  readonly limit: number;
  /** In any so many milliseconds. */
  readonly windowMs: number;
}

/** What Clarky allows a key (Clarky API, "Rate limits"). */
export const WRITES_PER_MINUTE: Rate = { limit: 60, windowMs: 60_000 };
export const READS_PER_MINUTE: Rate = { limit: 120, windowMs: 60_000 };

/** A rate in the words of options, events and results: so many requests in any so many seconds. */
interface SaidRate {
  readonly writes: number;
  readonly seconds: number;
}

/** The rate that an option or an event names; Clarky's for writes where there is none. */
export function rateOf(said: SaidRate | 'off' | undefined): Rate {
  if (said === undefined) return WRITES_PER_MINUTE;
  return said === 'off' ? { limit: Infinity, windowMs: 60_000 } : { limit: said.writes, windowMs: said.seconds * 1000 };
}

/** The same the other way. */
export function sayRate({ limit, windowMs }: Rate): SaidRate | 'off' {
  return Number.isFinite(limit) ? { writes: limit, seconds: windowMs / 1000 } : 'off';
}

/** How many a second it comes to. */
export function perSecond({ limit, windowMs }: Rate): number {
  return (limit / windowMs) * 1000;
}

/**
 * Seconds that so many requests take at least: the first window's worth goes at once. A run keeps to it within a few percent.
 * @param inUseMs of each token that is spent already, how long until it is due
 */
export function leastSeconds(requests: number, { limit, windowMs }: Rate, inUseMs: readonly number[] = []): number {
  if (requests <= 0 || !Number.isFinite(limit)) return 0;
  const [windows, place] = [Math.floor((requests - 1) / limit), (requests - 1) % limit];
  // The free ones go first, then each as it is due, and so on in each window.
  const used = [...inUseMs].sort((a, b) => a - b).slice(-limit);
  return (windows * windowMs + (used[place - (limit - used.length)] ?? 0)) / 1000;
}

/** Even spacing, 3 % wider than the limit asks: what a server that weighs its last window accepts. */
export function pacedSpacingMs({ limit, windowMs }: Rate): number {
  return (1.03 * windowMs) / limit;
}

/** So many tokens are still listed in a millisecond. */
export const MOST_LISTED = 1000;
const FEW_LISTED = 200;

/**
 * A rate whose tokens can be listed: one beyond that is kept as a stricter one over a shorter window, of which the same
 * comes out. A whole number of those makes the window, or one more of their bursts than the limit allows would fall into it.
 */
export function listable(rate: Rate): Rate {
  if (rate.limit <= MOST_LISTED) return rate;
  const windows = Math.floor(rate.limit / FEW_LISTED);
  return { limit: Math.floor(rate.limit / windows), windowMs: rate.windowMs / windows };
}

/** What an answer says of the budget. */
export interface RateHeaders {
  /** `X-RateLimit-Limit` and `X-RateLimit-Remaining`; undefined unless both are there and make sense. */
  readonly window:
    | {
        /** Requests in a window. */
        readonly limit: number;
        /** How many of them are left. */
        readonly remaining: number;
      }
    | undefined;
  /** `Retry-After` as a duration. */
  readonly retryAfterMs: number | undefined;
}

/** One of our own writes, as far as the ledger knows it. */
export interface Write {
  readonly id: string;
  /** Not later than the request left. */
  readonly sentMs: number;
  /** Not earlier than the server counted it: when its answer's headers came. Undefined while it is under way. */
  readonly doneMs: number | undefined;
}

export type TokenState =
  | { readonly kind: 'free' }
  | { readonly kind: 'sent'; readonly sentMs: number; readonly holderAlive: boolean }
  | { readonly kind: 'done'; readonly sentMs: number; readonly doneMs: number };

/** A request whose fate is unknown reaches the server, if ever, within this time of our losing sight of it. */
export const GRACE_MS = 1000;

/** No request lasts longer (the client's timeouts end it sooner): a token held beyond it was forgotten, not used. */
export const LONGEST_REQUEST_MS = 15 * 60_000;

/** Slack on top of a window: two clocks that drift by 0.08 %, and timers that fire early by a millisecond or two. */
export function marginMs(windowMs: number): number {
  return Math.max(3, windowMs * 0.0008);
}

/**
 * When a token may be spent again. The server counted a write no later than its answer came, so one window after the
 * answer the write has left the server's window, however slow the network was.
 */
export function dueMs(state: TokenState, windowMs: number): number {
  switch (state.kind) {
    case 'free':
      return -Infinity;
    case 'done':
      return state.doneMs + windowMs + marginMs(windowMs);
    case 'sent':
      return state.sentMs + (state.holderAlive ? LONGEST_REQUEST_MS : GRACE_MS) + windowMs + marginMs(windowMs);
  }
}

export interface Room {
  /** How many tokens may be spent now, `reserve` of the limit being left to others. */
  readonly count: number;
  /** Where none may: how long until one is due, as things stand. */
  readonly waitMs: number;
}

/** What may be spent now, given when each token is due. Tokens in use beyond the limit (it has shrunk) count too. */
export function roomFor(dues: readonly number[], request: { limit: number; reserve: number; nowMs: number }): Room {
  const used = dues.filter((due) => due > request.nowMs).sort((a, b) => a - b);
  const count = request.limit - request.reserve - used.length;
  if (count > 0) return { count, waitMs: 0 };
  return { count: 0, waitMs: (used[-count] ?? Infinity) - request.nowMs };
}

/**
 * How long all writes pause after a 429: at least what `Retry-After` asked for, and a doubling share of the window (from
 * a sixtieth up to all of it), so that a server which counts refused calls as well is not kept full by our own tries.
 * @param refusalsInRow refusals before this one with nothing accepted in between
 */
export function throttlePauseMs(
  refusal: { readonly retryAfterMs: number | undefined; readonly refusalsInRow: number },
  windowMs: number,
  random: () => number,
): number {
  const backoffMs = Math.min(windowMs, (windowMs / 60) * 2 ** Math.min(refusal.refusalsInRow, 10));
  const jitterMs = random() * Math.min(1000, windowMs / 60);
  return Math.max(refusal.retryAfterMs ?? 0, backoffMs) + jitterMs;
}

/** The right to one write. It is spent from the moment it is granted; tell the ledger what became of it. */
export interface Token {
  readonly id: string;
  /** When it was granted, in ms of the ledger's local monotonic clock. */
  readonly sentMs: number;
}

export interface ClaimRequest {
  readonly wanted: number;
  /** Tokens to leave unspent for other programs. */
  readonly reserve: number;
  /** Where set, no two writes of all who share the ledger are granted closer together than this. */
  readonly spacingMs: number | undefined;
}

export interface Claim {
  readonly tokens: readonly Token[];
  /** Where fewer than wanted were granted: how long to wait before asking again, in ms. */
  readonly waitMs: number;
  /** Every write that the ledger holds, by whichever process. */
  readonly writes: readonly Write[];
  /** Someone who shares the ledger spaces its writes evenly: the server asks for it, so all should. */
  readonly paced: boolean;
}

/**
 * The one account of a key's budget, shared by all who use the key as far as the ledger reaches (a process, a machine, a
 * Redis). At any time it holds exactly as many tokens as the limit says, each free, under way or waiting out its window.
 */
export interface Ledger {
  /** The limit that the server had announced last when the account was opened, to whoever shares it. */
  readonly announced: number | undefined;
  /** @param ids for its tokens, in this order: those of the same writes in another ledger */
  claim(request: ClaimRequest, ids?: readonly string[]): Promise<Claim>;
  /** The answer's headers came at `answeredMs`. Returns every write that the ledger then holds. */
  answered(token: Token, answeredMs: number): Promise<readonly Write[]>;
  /** The request never left: the token is free at once. */
  unsent(token: Token): Promise<void>;
  /** The request may or may not have reached the server. */
  failed(token: Token): Promise<void>;
  /** Another limit is in force. */
  resize(limit: number): Promise<void>;
  /** The server announced this limit: whoever opens the account next begins with it. */
  note(announced: number): Promise<void>;
  /** Gives back what this holder still has; the ledger is not used after it. */
  close(): Promise<void>;
}

/** What a request tells the gate while it runs. One that ends without telling may have reached the server. */
export interface Attempt {
  /** Which of the gate's keys this is for. */
  readonly account: number;
  /** The answer's headers came just now. `refused`: it was a 429. */
  answered(headers: RateHeaders, refused: boolean): void;
  /** The request never left this machine. */
  unsent(): void;
}

export interface RunOptions {
  /** 0 first to 9 last; 5 by default. */
  readonly priority?: number | undefined;
  /** Takes the write out of the queue; it rejects with the signal's reason. Once let out, the job must heed it itself. */
  readonly signal?: AbortSignal | undefined;
}

/** A budget that is open: what a client needs of it. */
export interface OpenGate {
  /** Runs a job once the budget has room for it, and gives what it gives. */
  run<T>(job: (attempt: Attempt) => Promise<T>, options?: RunOptions): Promise<T>;
  /** Spaces writes evenly from now on, as an earlier run found that the server wants it. */
  pace(): void;
  /** Even spacing was asked for and went well: the next run may do without. */
  readonly mayBurstNext: boolean;
  /** Whether there is a limit, and so a pause of all writes after a 429. */
  readonly limited: boolean;
  /** Requests in a window, of all keys together, as far as is known now. */
  readonly limit: number;
  /** Sends nothing more by this key; what waits goes by the others. */
  drop(account: number): void;
  /** Goes on with another key in the place of this one. */
  renew(account: number, key: string): Promise<void>;
  /** Ends what waits, with that reason, and gives back what is not used. */
  close(reason?: unknown): Promise<void>;
}

/** A marker that others pace themselves by counts for so many windows after the last paced write. */
export const PACED_MARK_WINDOWS = 10;

/** How long the next run begins with what was announced. Its first answer corrects it, so this may be long. */
export const LIMIT_GOOD_MS = 24 * 3_600_000;

/** Milliseconds on a clock that all processes of the machine share, that no one can set, and that reboots restart. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
