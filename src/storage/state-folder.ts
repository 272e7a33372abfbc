import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a program keeps a user's state: XDG Base Directory's `XDG_STATE_HOME`, `%LOCALAPPDATA%` on Windows. */
function userStateFolder(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  const named = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_STATE_HOME'];
  if (named !== undefined && named !== '') return named;
  return platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.local', 'state');
}

/**
 * What the processes of this machine share. @param stateDir a folder instead of the user's; false for none
 * @returns undefined where nothing is shared
 */
export function sharedFolder(stateDir: string | false | undefined): string | undefined {
  if (stateDir === false) return undefined;
  return join(stateDir ?? userStateFolder(process.env, process.platform, homedir()), 'clarky-contacts');
}

/** Makes a folder and those above it. Node's `recursive` loops for ever in places like /proc. */
export function makeFolder(folder: string, mode = 0o700): void {
  try {
    mkdirSync(folder, { mode });
    // What the process's umask took from those who share it.
    if (mode !== 0o700) chmodSync(folder, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder), mode);
    makeFolder(folder, mode);
  }
}
