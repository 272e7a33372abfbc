import { homedir, hostname } from 'node:os';
import type { RateEvent } from './events.js';
import { checkKey, parseApiUrl } from '../endpoint.js';
import { FallbackLedger } from './fallback-ledger.js';
import { FileLedger, MAX_FILE_TOKENS } from './file-ledger.js';
import type { Attempt, OpenGate } from './attempt.js';
import { Gate } from './gate.js';
import type { Ledger } from './ledger.js';
import { MemoryLedger } from './memory-ledger.js';
import { openRedisLedger } from './redis-ledger.js';
import { budgetFolder, budgetName, userStateFolder } from './state-folder.js';
import type { Rate } from './window.js';

/** What Clarky allows a key, in any 60 seconds (Clarky API, "Rate limits"). */
export const WRITES_PER_MINUTE: Rate = { limit: 60, windowMs: 60_000 };
export const READS_PER_MINUTE: Rate = { limit: 120, windowMs: 60_000 };

export interface OpenGateOptions {
  readonly apiUrl: string;
  readonly key: string;
  readonly kind: 'reads' | 'writes';
  /** A `limit` of Infinity means no gate at all. */
  readonly rate: Rate;
  /** Where processes of one machine share the budget; the user's state folder by default. `false`: not shared. */
  readonly stateDir?: string | false;
  /** Shares the budget through Redis instead, among many machines. */
  readonly redisUrl?: string | undefined;
  readonly paced?: boolean;
  readonly mayRaise?: boolean;
  readonly onEvent?: (event: RateEvent) => void;
  readonly random?: () => number;
}

/**
 * Opens the budget of one key, shared as far as the options say.
 * A state folder that can't be used is told by an `unshared` event and done without.
 * @throws {ImporterError} `usage` or `unreachable` where Redis was asked for and can't be used
 */
export async function openGate(options: OpenGateOptions): Promise<OpenGate> {
  if (options.rate.limit === Infinity) return unlimited();
  return new Gate({ ...options, ledger: await openLedger(options) });
}

async function openLedger(options: OpenGateOptions): Promise<Ledger> {
  const { rate, onEvent = () => undefined } = options;
  const name = budgetName(parseApiUrl(options.apiUrl).base, checkKey(options.key), options.kind);
  if (options.redisUrl !== undefined) return openRedisLedger({ url: options.redisUrl, name, rate });
  if (options.stateDir === false || rate.limit > MAX_FILE_TOKENS) return new MemoryLedger(rate);

  const stateDir = options.stateDir ?? userStateFolder(process.env, process.platform, homedir());
  const onFailure = (error: unknown): void =>
    onEvent({ type: 'unshared', reason: error instanceof Error ? error.message : String(error) });
  try {
    const shared = new FileLedger(budgetFolder(stateDir, name, hostname(), rate.windowMs), rate);
    const alone = (limit: number, writes: ConstructorParameters<typeof MemoryLedger>[2]): Ledger =>
      new MemoryLedger({ ...rate, limit }, undefined, writes);
    return new FallbackLedger(shared, rate.limit, alone, onFailure);
  } catch (error) {
    onFailure(error);
    return new MemoryLedger(rate);
  }
}

function unlimited(): OpenGate {
  const attempt: Attempt = { answered: () => undefined, unsent: () => undefined };
  return {
    run: (job) => job(attempt),
    close: () => Promise.resolve(),
    paced: false,
    limited: false,
  };
}
