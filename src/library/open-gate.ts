import { askedOutageMs } from '../api/patience.js';
import { openGate as open } from '../rate/open-gate.js';
import type { RateEvent } from '../rate/telling/rate-event.js';
import type { OpenGate, Rate } from '../rate/rate.js';
import { ImporterError } from '../errors.js';
import { given } from '../given.js';
import { guarded, warnOfListener } from '../listening.js';
import { checkCall, OTHERS, requireObject } from '../settings/call-options.js';
import { FUNCTION, type Kinds, oneOf, STATE_DIR, TRUTH, whatIs } from '../settings/code-kinds.js';
import { API_SETTINGS } from '../settings/sending-table.js';
import { DURATION_SECONDS, rateInCode, type WriteRate } from '../settings/times.js';

/** What a budget is opened with. */
export interface GateOptions {
  /** The API's base, as an import takes it. */
  readonly apiUrl: string;
  /** One key, or several of one workspace, each with a budget of its own. */
  readonly key: string | readonly string[];
  /** Reads and writes of a key have budgets apart from each other. */
  readonly kind: 'reads' | 'writes';
  /** Of each key: `{ writes: 60, seconds: 60 }`, which of reads are so many reads; `'60/60'`; or `'off'` for no limit. */
  readonly rate: WriteRate | string | Rate;
  /** The rate was asked for by a person: nothing that the server announces lifts it. */
  readonly capped?: boolean | undefined;
  /** Where the processes of this machine share the budget; default: the user's state folder; false: they don't. */
  readonly stateDir?: string | false | undefined;
  /** Shares the budget with other machines through this Redis. */
  readonly redis?: string | undefined;
  /** How long a Redis that does not answer is waited for, in seconds. */
  readonly maxOutageSeconds?: number | undefined;
  /** Ends the wait for a Redis that never answered. */
  readonly signal?: AbortSignal | undefined;
  /** Told what the budget does; one that throws ends nothing. */
  readonly onEvent?: ((event: RateEvent) => void) | undefined;
  /** @deprecated The name that version 1.0.0 had for `redis`. */
  readonly redisUrl?: string | undefined;
}

const isKey = (raw: unknown): boolean => typeof raw === 'string' && raw.trim() !== '';

const OPTIONS: Kinds<GateOptions> = {
  apiUrl: API_SETTINGS.apiUrl.kind,
  key: whatIs(
    (raw) => isKey(raw) || (Array.isArray(raw) && raw.length > 0 && raw.every(isKey)),
    'an API key, or a list of some',
  ),
  kind: oneOf('writes', 'reads'),
  rate: rateInCode(1),
  capped: TRUTH,
  stateDir: STATE_DIR,
  redis: API_SETTINGS.redis.kind,
  maxOutageSeconds: DURATION_SECONDS,
  signal: OTHERS.signal,
  onEvent: FUNCTION,
  redisUrl: API_SETTINGS.redis.kind,
};

/**
 * Opens the budget of a key, shared as far as the options say.
 * A state folder that can't be used is told by an `unshared` event and done without.
 * @throws {ImporterError} `usage` or `unreachable` where Redis was asked for and can't be used; the reason of its signal
 */
export async function openGate(options: GateOptions): Promise<OpenGate> {
  requireObject(options);
  const { apiUrl, key, kind, rate } = options as Partial<GateOptions>;
  const checked = checkCall<GateOptions>(OPTIONS, options, Date.now());
  if ([apiUrl, key, kind, rate].includes(undefined)) {
    throw new ImporterError('usage', 'A gate needs apiUrl, key, kind and rate.', {
      next: "Such as { apiUrl, key, kind: 'writes', rate: { writes: 60, seconds: 60 } }.",
    });
  }
  const { onEvent, redis, redisUrl = redis, maxOutageSeconds, signal, ...others } = checked;
  const patienceMs = askedOutageMs(maxOutageSeconds);
  return open({
    ...others,
    // The check has made a rate of whatever form of it was given.
    rate: checked.rate as Rate,
    redisUrl,
    redisWait: given({ patienceMs, signal }),
    ...(onEvent && { onEvent: guarded(onEvent, warnOfListener) }),
  });
}
