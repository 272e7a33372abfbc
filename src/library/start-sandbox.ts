import { ImporterError } from '../errors.js';
import {
  startSandbox as start,
  FAULT_KINDS,
  READINGS,
  type FaultSettings,
  type LatencyOptions,
  type OutageSettings,
  type RateRule,
  type Readings,
  type Sandbox,
  type SandboxOptions,
} from '../sandbox/index.js';
import { guarded, warnOfListener } from '../listening.js';
import { checkCall, OTHERS } from '../settings/call-options.js';
import {
  either,
  FUNCTION,
  type Kinds,
  listOf,
  milliseconds,
  oneOf,
  record,
  recordOf,
  SHARE,
  TRUTH,
  whatIs,
  WORD,
} from '../settings/code-kinds.js';
import { choice, PATH, wholeNumber } from '../settings/kind.js';
import { rateInCode, type WriteRate } from '../settings/times.js';

/** Options, any of which may be undefined, which means left out. */
export type OrUndefined<Options> = { readonly [Name in keyof Options]: Options[Name] | undefined };

type Start = OrUndefined<Omit<SandboxOptions, 'writes' | 'reads' | 'latency' | 'faults' | 'readings' | 'idPart'>>;

/** A sandbox to be started. */
export interface SandboxStart extends Start {
  /** Writes of one key: `{ writes: 60, seconds: 60 }`, which is the default, `'60/60'`, or `'off'` for no limit. */
  readonly writes?: WriteRate | string | RateRule | undefined;
  /** Reads of one key, in the same form; default 120 in a minute. */
  readonly reads?: WriteRate | string | RateRule | undefined;
  /** How long answers take; by default no longer than they must. */
  readonly latency?: OrUndefined<LatencyOptions> | undefined;
  /** What goes wrong, and when; by default nothing. */
  readonly faults?: OrUndefined<FaultSettings> | undefined;
  /** How the sandbox takes what the documentation leaves open; the likely reading where nothing is said. */
  readonly readings?: OrUndefined<Partial<Readings>> | undefined;
}

const MS = milliseconds(0);
const FAULT = choice(...FAULT_KINDS);

const READING_KINDS = Object.fromEntries(
  Object.entries(READINGS).map(([name, choices]) => [
    name,
    choices.every((one) => typeof one === 'string') ? choice(...choices) : oneOf(...choices),
  ]),
);

const OUTAGE: Kinds<OutageSettings> = {
  fromRequest: wholeNumber(1),
  afterMs: MS,
  forMs: MS,
  as: choice('503', 'refuse'),
};

const FAULTS: Kinds<FaultSettings> = {
  probabilities: record(Object.fromEntries(FAULT_KINDS.map((kind) => [kind, SHARE])), "{ '503': 0.1 }"),
  at: listOf(record({ request: wholeNumber(1), kind: FAULT }, "{ request: 12, kind: 'hang' }"), 'a list of faults'),
  forEmail: recordOf(FAULT, "{ 'ada@example.com': '422' }"),
  on: choice('all', 'writes', 'reads'),
  onKey: wholeNumber(1),
  retryAfterSeconds: whatIs((raw) => typeof raw === 'number' && raw >= 0, 'a number of seconds, 0 or more'),
  outage: record(OUTAGE, "{ fromRequest: 20, forMs: 5000, as: '503' }"),
  revokeAtRequest: wholeNumber(1),
  secondClient: wholeNumber(0),
  lateMs: MS,
  dripMs: MS,
  nonAtomicMs: MS,
};

const PORT = whatIs((raw) => Number.isInteger(raw) && Number(raw) >= 0 && Number(raw) <= 65_535, 'a port, 0 to 65535');

const OPTIONS: Kinds<SandboxStart> = {
  port: PORT,
  key: WORD,
  readOnlyKey: WORD,
  writeOnlyKey: WORD,
  keys: wholeNumber(1),
  bots: either(wholeNumber(1), OTHERS.moreKeys, 'a whole number of 1 or more, or a list of ids'),
  latency: record({ minMs: MS, maxMs: MS, beforeShare: SHARE }, '{ minMs: 20, maxMs: 200 }'),
  readLagMs: MS,
  seed: wholeNumber(0),
  faults: record(FAULTS, "{ probabilities: { '503': 0.1 } }"),
  readings: record(READING_KINDS, "{ tags: 'join' }"),
  storePath: PATH,
  keepRequests: whatIs(
    (raw) => raw === Infinity || (Number.isInteger(raw) && Number(raw) >= 0),
    'a whole number of 0 or more, or Infinity',
  ),
  keepBodies: TRUTH,
  onAnswered: FUNCTION,
  clock: FUNCTION,
  writes: rateInCode(0),
  reads: rateInCode(0),
  counting: choice('rolling', 'fixed', 'counter'),
  countRejected: TRUTH,
  headers: TRUTH,
  saysLimit: wholeNumber(0),
  retryAfter: choice('seconds', 'date'),
};

/**
 * Starts a Clarky-compatible server on 127.0.0.1.
 * @throws {ImporterError} `usage` for options that can't be, for a port that is taken, here and in `setFaults` and `seed`; an Error where the store is no store
 */
export async function startSandbox(options: SandboxStart = {}): Promise<Sandbox> {
  // The check has made a rate of whatever form of it was given, and left out what is undefined.
  const { writes, reads, onAnswered, ...rest } = checkCall<SandboxStart>(
    OPTIONS,
    options,
    Date.now(),
  ) as SandboxOptions;
  const sandbox = await start({
    ...rest,
    ...(onAnswered && { onAnswered: guarded(onAnswered, warnOfListener) }),
    ...(writes && { writes: ruleOf(writes) }),
    ...(reads && { reads: ruleOf(reads) }),
  }).catch(rethrown);
  const [setFaults, seed] = [sandbox.setFaults.bind(sandbox), sandbox.seed.bind(sandbox)];
  // Its page and its control calls go through the same.
  sandbox.setFaults = (faults) =>
    asUsage(() => {
      setFaults(checkCall<FaultSettings>(FAULTS, faults, Date.now()));
    });
  sandbox.seed = (contacts) => asUsage(() => seed(contacts));
  return sandbox;
}

/** For the sandbox 0 means no limit; elsewhere Infinity does. */
function ruleOf(rate: RateRule): RateRule {
  return rate.limit === Infinity ? { ...rate, limit: 0 } : rate;
}

/** The sandbox knows nothing of the importer, nor of its errors. */
function rethrown(error: unknown): never {
  if (error instanceof Error && 'port' in error && 'code' in error) {
    const why = error.code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used';
    throw new ImporterError('usage', `port: ${String(error.port)} ${why} (${String(error.code)}).`, {
      next: 'Name another one, or none for one that is free.',
      cause: error,
    });
  }
  if (error instanceof Error && 'path' in error && 'code' in error) {
    throw new ImporterError('usage', `storePath: it can't be written (${String(error.code)}).`, {
      next: 'Make its folder, or name another file.',
      cause: error,
    });
  }
  if (!(error instanceof RangeError) || 'code' in error) throw error;
  throw new ImporterError('usage', error.message, { next: 'Mend that, then call it again.', cause: error });
}

function asUsage<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    return rethrown(error);
  }
}
