import { faultSettingsProblem, type FaultSettings } from './faults.js';
import type { RateOptions } from './limits/rate-options.js';
import { LIKELY_READINGS, type Readings } from './readings.js';
import type { LoggedRequest } from './request-log.js';
import { makeKey } from './workspace.js';

/** How long answers take. */
export interface LatencyOptions {
  /** The least time that an answer takes, in milliseconds; each request draws its own. */
  minMs: number;
  /** The most of it. */
  maxMs: number;
  /** Share of it that passes before the server sees the request, 0 to 1; default 0.5. */
  beforeShare?: number | undefined;
}

export interface SandboxOptions extends Partial<RateOptions> {
  /** Default 0: one that is free. */
  port?: number;
  /** The full key; made up where it is not given. */
  key?: string;
  /** A key that may only read; made up where it is not given. */
  readOnlyKey?: string;
  /** A key that may only write; made up where it is not given. */
  writeOnlyKey?: string;
  /** How many full keys the workspace has, `key` the first of them; default 1. */
  keys?: number;
  /** How many bots the workspace has, or their ids; default 1. */
  bots?: number | readonly string[];
  /** How long answers take; by default no longer than they must. */
  latency?: LatencyOptions;
  /** So long after a write it shows in what is read, in milliseconds; default 0. */
  readLagMs?: number;
  /** Begins the random numbers of faults and latencies; default 1. */
  seed?: number;
  /** What each contact's id holds before its number, so that those of two starts differ; default nothing. */
  idPart?: string;
  /** What goes wrong, and when; by default nothing. */
  faults?: FaultSettings;
  /** How the sandbox takes what the documentation leaves open; the likely reading where nothing is said. */
  readings?: Partial<Readings>;
  /** A file that the contacts are kept in; they are kept in memory alone where none is given. */
  storePath?: string;
  /** How many of the newest requests the log holds; default all. */
  keepRequests?: number;
  /** Whether the log holds their bodies; default true. */
  keepBodies?: boolean;
  /** Told of each request once it is answered or has met its fault. */
  onAnswered?: (request: LoggedRequest, tookMs: number) => void;
  /** Milliseconds since the epoch, by a clock that never goes back. */
  clock?: () => number;
}

/** Options once every default is in place. */
export type SandboxSettings = Required<Omit<SandboxOptions, 'latency' | 'readings' | 'storePath'>> & {
  latency: { minMs: number; maxMs: number; beforeShare: number };
  readings: Readings;
  storePath: string | undefined;
};

const MINUTE_MS = 60_000;

/** Each by its name: a slip would be a sandbox other than the one that was meant. */
const KNOWN: ReadonlySet<string> = new Set<keyof SandboxOptions>([
  ...(['port', 'key', 'readOnlyKey', 'writeOnlyKey', 'keys', 'bots', 'latency', 'seed', 'faults', 'readings'] as const),
  ...(['storePath', 'keepRequests', 'keepBodies', 'onAnswered', 'clock', 'writes', 'reads', 'counting'] as const),
  ...(['readLagMs', 'countRejected', 'headers', 'saysLimit', 'retryAfter', 'idPart'] as const),
]);

/** Puts the defaults in place; throws a RangeError that names the first option that can't be. */
export function settleOptions(options: SandboxOptions): SandboxSettings {
  const { latency, readings, storePath, ...rest } = options;
  const settings: SandboxSettings = {
    port: 0,
    key: makeKey(),
    readOnlyKey: makeKey(),
    writeOnlyKey: makeKey(),
    keys: 1,
    bots: 1,
    writes: { limit: 60, windowMs: MINUTE_MS },
    reads: { limit: 120, windowMs: MINUTE_MS },
    counting: 'rolling',
    countRejected: false,
    headers: true,
    saysLimit: 0,
    retryAfter: 'seconds',
    readLagMs: 0,
    seed: 1,
    idPart: '',
    faults: {},
    keepRequests: Infinity,
    keepBodies: true,
    onAnswered: () => undefined,
    clock: () => performance.timeOrigin + performance.now(),
    ...withoutUndefined(rest),
    latency: { beforeShare: 0.5, ...withoutUndefined(latency ?? { minMs: 0, maxMs: 0 }) },
    readings: { ...LIKELY_READINGS, ...withoutUndefined(readings ?? {}) },
    storePath,
  };
  const unknown = Object.keys(options).find((name) => !KNOWN.has(name));
  const problem = unknown === undefined ? settingsProblem(settings) : `there is no option "${unknown}"`;
  if (problem !== undefined) throw new RangeError(`The sandbox can't start: ${problem}.`);
  return settings;
}

function settingsProblem({ writes, reads, latency, bots, faults, ...settings }: SandboxSettings): string | undefined {
  for (const { limit, windowMs } of [writes, reads]) {
    if (!(Number.isInteger(limit) && limit >= 0)) return `${String(limit)} is not a limit`;
    if (!(windowMs > 0)) return `${String(windowMs)} ms is not a window`;
  }
  const { minMs, maxMs, beforeShare } = latency;
  if (!(minMs >= 0 && maxMs >= minMs)) return `${String(minMs)}-${String(maxMs)} ms is not a latency`;
  if (!(beforeShare >= 0 && beforeShare <= 1)) return 'the share of latency before a request is not between 0 and 1';
  if (!(Number.isInteger(settings.keys) && settings.keys >= 1)) return 'it needs a key';
  if (typeof bots === 'number' ? !(Number.isInteger(bots) && bots >= 1) : bots.length === 0) return 'it needs a bot';
  if (!(settings.readLagMs >= 0)) return `${String(settings.readLagMs)} ms is not how far reads are behind`;
  const keys = [settings.key, settings.readOnlyKey, settings.writeOnlyKey];
  if (keys.some((key) => !/^\S+$/u.test(key))) return 'a key is blank or has a space in it';
  if (new Set(keys).size < keys.length) return 'two keys are the same';
  return faultSettingsProblem(faults);
}

/** An option that is given as undefined is not given: a spread alone would let it hide the default. */
function withoutUndefined<Options extends object>(
  options: Options,
): { [Key in keyof Options]: Exclude<Options[Key], undefined> } {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof Options]: Exclude<Options[Key], undefined> };
}
