/** Several keys share an import only if they are of one workspace: looked at before the first write. */
import type { Access } from '../../api/calls.js';
import { createClient } from '../../api/client.js';
import { askedOutageMs } from '../../api/patience.js';
import { ImporterError, KEY_PLACES } from '../../errors.js';
import { openGate } from '../../rate/open-gate.js';
import { READS_PER_MINUTE } from '../../rate/rate.js';
import type { ApiOptions } from '../settings.js';

interface LookOptions extends Pick<ApiOptions, 'redis' | 'stateDir' | 'maxOutageSeconds'> {
  readonly apiUrl: string;
  readonly signal?: AbortSignal | undefined;
}

export interface OneWorkspaceOptions extends LookOptions {
  readonly keys: readonly string[];
}

export interface OneWorkspace {
  readonly access: Access;
  readonly refused: readonly number[];
}

/** What one key can see, by which its workspace is told from others. */
interface Seen {
  readonly access: Access;
  /** Ids of the first contacts. */
  readonly contacts: readonly string[];
}

/**
 * What the keys can see, which is the same for all: a workspace is known by its pipelines and its contacts.
 * @returns also those that Clarky doesn't take, by their place in the list
 * @throws ImporterError `usage` for a key of another workspace, or one that may not read, so that it can't be told
 */
export async function checkOneWorkspace(options: OneWorkspaceOptions): Promise<OneWorkspace> {
  const seen = await Promise.all(options.keys.map((key) => look(key, options)));
  const [first, ...others] = seen.flatMap((one, at) => (one === 'unknown' ? [] : [{ ...one, number: at + 1 }]));
  if (first === undefined) {
    throw new ImporterError('unauthorized', `Clarky takes none of the ${String(options.keys.length)} keys.`, {
      next: `Check ${KEY_PLACES}: the keys may be mistyped, cut off or revoked.`,
    });
  }
  for (const { number, ...one } of [first, ...others]) {
    if (!one.access.readable) throw notToBeTold(number, "may not read, so its workspace can't be told");
    if (!isSameWorkspace(one, first))
      throw notToBeTold(number, `is of another workspace than key ${String(first.number)}`);
  }
  const refused = seen.flatMap((one, at) => (one === 'unknown' ? [at] : []));
  return { access: first.access, refused };
}

/**
 * Whether a key that has taken another one's place sees what that one saw. One that Clarky doesn't know shows it with its first request.
 * @param access what the other one saw: nothing, where it may not read
 */
export async function seesTheSame(key: string, access: Access, options: LookOptions): Promise<boolean> {
  if (!access.readable) return true;
  const seen = await look(key, options);
  if (seen === 'unknown') return true;
  const before = new Set(access.pipelines.map(({ id }) => id));
  const { readable, pipelines } = seen.access;
  // Somebody may add or remove one meanwhile, but not all of them.
  return readable && (before.size + pipelines.length === 0 || pipelines.some(({ id }) => before.has(id)));
}

async function look(key: string, options: LookOptions): Promise<Seen | 'unknown'> {
  const { apiUrl, redis: redisUrl, stateDir, maxOutageSeconds, signal } = options;
  const redisWait = { patienceMs: askedOutageMs(maxOutageSeconds), signal };
  const budget = { apiUrl, key, kind: 'reads', rate: READS_PER_MINUTE, redisUrl, redisWait, stateDir } as const;
  const readGate = await openGate(budget);
  const client = createClient({ apiUrl, key, readGate, maxOutageSeconds });
  try {
    const access = await client.checkAccess({ signal });
    if (!access.readable) return { access, contacts: [] };
    const { items } = await client.listContacts(1, {}, { signal });
    return { access, contacts: items.map(({ id }) => id) };
  } catch (error) {
    if (error instanceof ImporterError && error.code === 'unauthorized') return 'unknown';
    throw error;
  } finally {
    await client.close();
    await readGate.close();
  }
}

function isSameWorkspace(one: Seen, other: Seen): boolean {
  const [a, b] = [one, other].map(({ access }) => new Set(access.pipelines.map(({ id }) => id)));
  if (a === undefined || b === undefined || a.size !== b.size || [...a].some((id) => !b.has(id))) return false;
  // Somebody may add a contact between the two readings.
  const isEmpty = one.contacts.length + other.contacts.length === 0;
  return isEmpty || one.contacts.some((id) => other.contacts.includes(id));
}

function notToBeTold(number: number, what: string): ImporterError {
  return new ImporterError('usage', `Key ${String(number)} ${what}. Nothing was sent.`, {
    next: 'Give only keys of one workspace, each with the scopes read and write.',
  });
}
