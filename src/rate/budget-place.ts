/** Where the account of a key is kept on this machine, and what can be seen of it without opening it. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { checkKey, parseApiUrl } from '../endpoint.js';
import { homeFolder, machineFolder } from '../storage/state-folder.js';
import { dueMs, monotonicMs, type Rate, WRITES_PER_MINUTE } from './rate.js';
import { announcedIn, parseTokenName, stateOf } from './token-names.js';
import { notesIn, tokensIn } from './token-store.js';

export interface Budget {
  readonly apiUrl: string;
  readonly kind: 'reads' | 'writes';
}

/** Names the budget of one key at one API, in reads or writes, so that the key can't be read from it. */
export function budgetName({ apiUrl, kind }: Budget, key: string): string {
  // This machine has several names for itself.
  const base = parseApiUrl(apiUrl).base.replace(/^(https?:\/\/)(?:localhost|\[::1\])(?=[:/]|$)/, '$1127.0.0.1');
  const budget = `${base}\n${checkKey(key)}`;
  return `${createHash('sha256').update(budget).digest('hex').slice(0, 32)}-${kind}`;
}

/** @param stateDir a folder instead of the machine's */
export function budgetPlace(stateDir: string | undefined): string {
  return stateDir ?? machineFolder(process.env, process.platform, homeFolder());
}

export function budgetFolder(place: string, name: string, { windowMs }: Rate): string {
  // The host is part of it: a folder on a network drive is shared, a monotonic clock isn't.
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  return join(place, 'clarky-contacts', 'budget', `${name}-${host}-${String(windowMs)}ms`);
}

/** Keys of one workspace, and the rate that was asked of each. */
export interface KeysAtRate {
  readonly apiUrl: string;
  readonly keys: readonly string[];
  readonly rate: Rate;
  readonly stateDir?: string | false | undefined;
}

/**
 * The rate that writes with these keys together begin with on this machine: less than was asked for where the server announced
 * less to whoever used them last. Nothing is opened, made or asked.
 */
export function beginningRate({ apiUrl, keys, rate, stateDir }: KeysAtRate): Rate {
  const { limit } = rate;
  if (stateDir === false || limit === Infinity) return { ...rate, limit: limit * keys.length };
  // What is announced is kept with the account of Clarky's window.
  const limits = keys.map((key) => announcedTo({ apiUrl, kind: 'writes' }, key, budgetPlace(stateDir)) ?? limit);
  return { ...rate, limit: limits.reduce((sum, announced) => sum + Math.min(limit, announced), 0) };
}

/** Of each write of these keys that is still in the window on this machine, how many ms until it has left it. */
export function writesInUse({ apiUrl, keys, rate, stateDir }: KeysAtRate): number[] {
  if (stateDir === false || rate.limit === Infinity) return [];
  const nowMs = monotonicMs();
  return keys.flatMap((key) => {
    try {
      const tokens = tokensIn(budgetFolder(budgetPlace(stateDir), budgetName({ apiUrl, kind: 'writes' }, key), rate));
      return tokens.flatMap((name) => {
        const token = parseTokenName(name);
        // A stamp that is still to come is from before a reboot.
        if (token === undefined || token.kind === 'free' || token.sentMs > nowMs) return [];
        const waitMs =
          dueMs(
            stateOf(token, () => false),
            rate.windowMs,
          ) - nowMs;
        return waitMs > 0 ? [waitMs] : [];
      });
    } catch {
      return [];
    }
  });
}

function announcedTo(budget: Budget, key: string, place: string): number | undefined {
  try {
    return announcedIn(notesIn(budgetFolder(place, budgetName(budget, key), WRITES_PER_MINUTE)), monotonicMs());
  } catch {
    // An account that is missing or can't be read tells nothing, and an unusable key has no account.
    return undefined;
  }
}
