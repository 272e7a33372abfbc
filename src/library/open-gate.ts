import { openGate as open, type OpenGateOptions } from '../rate/open-gate.js';
import type { OpenGate, Rate } from '../rate/rate.js';
import { ImporterError } from '../errors.js';
import { guarded, warnOfListener } from '../listening.js';
import { checkCall, OTHERS, requireObject } from '../settings/call-options.js';
import { FUNCTION, type Kinds, milliseconds, oneOf, record, STATE_DIR, TRUTH, whatIs } from '../settings/code-kinds.js';
import { API_SETTINGS } from '../settings/sending-table.js';
import { rateInCode, type WriteRate } from '../settings/times.js';

/** What a budget is opened with. */
export interface GateOptions extends Omit<OpenGateOptions, 'rate'> {
  /** Of each key: as an import takes it, or `{ limit, windowMs }`. `'off'`, or a limit of Infinity, is no gate at all. */
  readonly rate: Rate | WriteRate | string;
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
  redisUrl: API_SETTINGS.redis.kind,
  redisWait: record(
    { patienceMs: milliseconds(0), firstPatienceMs: milliseconds(0), signal: OTHERS.signal },
    '{ patienceMs: 10_000 }',
  ),
  onEvent: FUNCTION,
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
  // The check has made a rate of whatever form of it was given.
  const { onEvent, ...others } = checked as OpenGateOptions;
  return open({ ...others, ...(onEvent && { onEvent: guarded(onEvent, warnOfListener) }) });
}
