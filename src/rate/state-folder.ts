import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where a program keeps a user's state: XDG Base Directory's `XDG_STATE_HOME`, `%LOCALAPPDATA%` on Windows. */
export function userStateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const named = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_STATE_HOME'];
  if (named !== undefined && named !== '') return named;
  return platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.local', 'state');
}

/** Names the budget of one key at one API, in reads or writes, so that the key can't be read from it. */
export function budgetName(apiBase: string, key: string, kind: 'reads' | 'writes'): string {
  const digest = createHash('sha256').update(`${apiBase}\n${key}`).digest('hex');
  return `${digest.slice(0, 32)}-${kind}`;
}

/** A budget's folder. The host is part of it: a state folder on a network drive is shared, a monotonic clock isn't. */
export function budgetFolder(stateDir: string, name: string, host: string, windowMs: number): string {
  const safeHost = createHash('sha256').update(host).digest('hex').slice(0, 8);
  return join(stateDir, 'clarky-contacts', 'budget', `${name}-${safeHost}-${String(windowMs)}ms`);
}
