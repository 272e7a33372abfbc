/** Several keys, each looked at by itself, and whether they are of one workspace. */
import { ImporterError } from '../../errors.js';
import { findAccess, type Access } from '../../run/access.js';
import { checkOneWorkspace } from '../../run/connection/one-workspace.js';
import type { ImportListener } from '../../run/events.js';
import type { ApiOptions } from '../../run/settings.js';
import type { DoctorFinding } from './finding.js';

export interface KeysLookedAt {
  readonly findings: readonly DoctorFinding[];
  /** What the first good one may do. */
  readonly access: Access;
}

/** @throws ImporterError where none of them is good, or what a single key would be stopped by */
export async function lookAtKeys(api: ApiOptions, onEvent: ImportListener, signal: AbortSignal): Promise<KeysLookedAt> {
  const { moreKeys = [], ...single } = api;
  const keys = [...new Set([api.key, ...moreKeys])];
  if (keys.length === 1) return { findings: [], access: await findAccess({ ...single, onEvent }, signal) };
  const looks = await Promise.all(keys.map((key) => accessOf({ ...single, key }, onEvent, signal)));
  const good = looks.filter((look): look is Access => !(look instanceof ImporterError));
  const access = good.find(({ mayRead, mayWrite }) => mayRead && mayWrite) ?? good[0];
  const [refused] = looks.filter((look) => look instanceof ImporterError);
  if (access === undefined) throw refused ?? new Error('no key was looked at');
  const writing = good.filter(({ mayWrite }) => mayWrite).length;
  const findings = looks.flatMap((look, at) => keyFinding(look, `Key ${at + 1} of ${keys.length}`) ?? []);
  return { findings: [...findings, await workspaceFinding(api, keys, Math.max(writing, 1), access.apiUrl)], access };
}

/** What a key may do, or that Clarky does not take it. */
async function accessOf(
  api: ApiOptions,
  onEvent: ImportListener,
  signal: AbortSignal,
): Promise<Access | ImporterError> {
  try {
    return await findAccess({ ...api, rereadKeys: undefined, onEvent }, signal);
  } catch (error) {
    if (error instanceof ImporterError && error.code === 'unauthorized') return error;
    throw error;
  }
}

function keyFinding(look: Access | ImporterError, key: string): DoctorFinding | undefined {
  if (look instanceof ImporterError) {
    const what = `${key} is not taken by Clarky: an import does without it`;
    return { check: 'key', state: 'warning', what, next: 'Take it out, or put a new one in its place.' };
  }
  if (look.mayWrite) return undefined;
  const what = `${key} may not write: an import does without it`;
  return { check: 'key', state: 'warning', what, next: 'Give it the scope write, or take it out.' };
}

async function workspaceFinding(
  api: ApiOptions,
  keys: readonly string[],
  good: number,
  apiUrl: string,
): Promise<DoctorFinding> {
  try {
    await checkOneWorkspace({ ...api, apiUrl, keys });
    const what = good === 1 ? '1 key is left to import with' : `${good} keys of one workspace share an import`;
    return { check: 'key', state: good === 1 ? 'warning' : 'ok', what };
  } catch (error) {
    if (!(error instanceof ImporterError)) throw error;
    // Which goes without saying here.
    return { check: 'key', state: 'bad', what: error.message.replace(/\.? Nothing was sent\.$/, ''), next: error.next };
  }
}
