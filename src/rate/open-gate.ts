import { reasonOf } from '../storage/failures.js';
import type { RedisWait } from '../storage/redis.js';
import { makeSharedFolder, sharedMode } from '../storage/state-folder.js';
import { budgetFolder, budgetName, budgetPlace } from './budget-place.js';
import { type Attempt, type Ledger, monotonicMs, MOST_LISTED, type OpenGate, type Rate } from './rate.js';
import { BothPlaces } from './both-places.js';
import { Gate } from './gate.js';
import type { RateEvent } from './telling/rate-event.js';
import { openRedisLedger } from './redis-ledger.js';
import { TokenLedger } from './token-ledger.js';
import { FolderStore, MemoryStore } from './token-store.js';
import { rateBeside, TwoAccounts } from './two-accounts.js';

export type { RedisWait };

export interface OpenGateOptions {
  readonly apiUrl: string;
  /** One key, or several of one workspace, each with a budget of its own. */
  readonly key: string | readonly string[];
  readonly kind: 'reads' | 'writes';
  /** Of each key. A `limit` of Infinity means no gate at all. */
  readonly rate: Rate;
  /** The rate was asked for by the user: nothing that a server announces lifts it. */
  readonly capped?: boolean | undefined;
  /** Where processes of one machine share the budget; by default `machineFolder`'s. `false`: not shared. */
  readonly stateDir?: string | false | undefined;
  /** Shares the budget through Redis as well, among many machines. */
  readonly redisUrl?: string | undefined;
  /** How a Redis that doesn't answer is waited for. */
  readonly redisWait?: Pick<RedisWait, 'patienceMs' | 'firstPatienceMs' | 'signal'> | undefined;
  readonly onEvent?: ((event: RateEvent) => void) | undefined;
}

/**
 * Opens the budget of a key, shared as far as the options say.
 * A state folder that can't be used is told by an `unshared` event and done without.
 * @throws {ImporterError} `usage` or `unreachable` where Redis was asked for and can't be used; the reason of its signal
 */
export async function openGate(options: OpenGateOptions): Promise<OpenGate> {
  const keys = typeof options.key === 'string' ? [options.key] : options.key;
  if (options.rate.limit === Infinity) return unlimited(keys.length);
  const openOne = async (key: string): Promise<Ledger> => {
    const ledger = await openLedger(options, key);
    const { announced = Infinity } = ledger;
    if (announced < options.rate.limit) await ledger.resize(announced);
    return ledger;
  };
  return new Gate({ ...options, ledgers: await Promise.all(keys.map(openOne)), openLedger: openOne });
}

/** A budget that is opened with the first request, for callers that can't wait for it. */
export function openGateLater(options: OpenGateOptions): OpenGate {
  let opened: Promise<OpenGate> | undefined;
  const open = (): Promise<OpenGate> => (opened ??= openGate(options));
  return {
    run: async (job, runOptions) => (await open()).run(job, runOptions),
    pace: () => void open().then((gate) => gate.pace()),
    mayBurstNext: false,
    limited: options.rate.limit !== Infinity,
    limit: options.rate.limit * (typeof options.key === 'string' ? 1 : options.key.length),
    drop: (account) => void open().then((gate) => gate.drop(account)),
    renew: async (account, key) => (await open()).renew(account, key),
    close: async (reason) => (await opened)?.close(reason),
  };
}

/** The account of a key, in Redis and on this machine where that was asked for: not all who use the key here may go by Redis. */
async function openLedger(options: OpenGateOptions, key: string): Promise<Ledger> {
  const { redisUrl, stateDir, rate, kind, onEvent } = options;
  const asked = await openLedgerIn(options, key);
  if (redisUrl === undefined || stateDir === false || rate.limit > MOST_LISTED) return asked;
  const here = await openLedgerIn({ ...options, redisUrl: undefined, onEvent: undefined }, key);
  return new BothPlaces(asked, here, rate.windowMs, () => kind === 'writes' && onEvent?.({ type: 'split' }));
}

/** The account of a key; beside one of another window, the one that all who use the key have in common. */
async function openLedgerIn(options: OpenGateOptions, key: string): Promise<Ledger> {
  const beside = options.kind === 'writes' ? rateBeside(options.rate) : undefined;
  if (beside === undefined) return openAccount(options, key);
  // What the one tells of their place, the other need not.
  const quiet = { ...options, rate: beside, onEvent: undefined };
  const [own, common] = await Promise.all([openAccount(options, key), openAccount(quiet, key)]);
  return new TwoAccounts(own, common, { own: options.rate, beside });
}

async function openAccount(options: OpenGateOptions, key: string): Promise<Ledger> {
  const { rate, stateDir, onEvent = () => undefined } = options;
  const name = budgetName(options, key);
  if (options.redisUrl !== undefined) {
    const onSilent = (reason: string): void => onEvent({ type: 'account_silent', reason });
    return openRedisLedger({ ...options.redisWait, url: options.redisUrl, name, rate, onSilent });
  }
  const alone = (): Ledger => new TokenLedger({ store: new MemoryStore(), rate });
  if (stateDir === false || rate.limit > MOST_LISTED) return alone();
  const place = budgetPlace(stateDir);
  const onAlone = (error: unknown): void =>
    onEvent({ type: 'unshared', reason: `${place} can't be used (${reasonOf(error)})` });
  const folder = budgetFolder(place, name, rate);
  try {
    makeSharedFolder(place, folder);
    return new TokenLedger({ store: new FolderStore(folder, sharedMode(place)), rate, onAlone });
  } catch (error) {
    onAlone(error);
    return alone();
  }
}

/** A key that is refused for the rate is left alone for so many times as long as it was asked to wait. */
const RESTS = 2;
const REST_MS = 1000;

/** The keys take turns; one that was refused for the rate is passed over for a while, so long as there are others. */
function unlimited(keys: number): OpenGate {
  const alive = Array.from({ length: keys }, (_, account) => account);
  let turn = 0;
  const restsUntilMs = new Map<number, number>();
  const next = (): number => {
    const nowMs = monotonicMs();
    const awake = alive.filter((account) => (restsUntilMs.get(account) ?? 0) <= nowMs);
    const inTurn = awake.length === 0 ? alive : awake;
    return inTurn[turn++ % inTurn.length] ?? 0;
  };
  const attempt = (): Attempt => {
    const account = next();
    const answered: Attempt['answered'] = ({ retryAfterMs = REST_MS }, isRefused) => {
      if (isRefused) restsUntilMs.set(account, monotonicMs() + RESTS * Math.max(REST_MS, retryAfterMs));
    };
    return { account, answered, unsent: () => undefined };
  };
  return {
    run: (job) => job(attempt()),
    pace: () => undefined,
    mayBurstNext: false,
    limited: false,
    limit: Infinity,
    drop: (account) => {
      if (alive.includes(account)) alive.splice(alive.indexOf(account), 1);
    },
    renew: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
