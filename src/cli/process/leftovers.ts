/** The private copy of standard input does not outlive the process, however it ends; only a kill -9 leaves it to the next start. */
import { hasPrivateFolders, removePrivateFoldersNow, sweepPrivateFolders } from '../../storage/private-folder.js';

/** What ends a process where nobody listens. */
const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGUSR2'] as const;

/** What else is put away where a signal ends the process. */
const putAway = new Set<() => void>();

/**
 * Has this done before a signal ends the process, where no run listens for it.
 * @returns takes that back
 */
export function beforeSignalEnds(task: () => void): () => void {
  putAway.add(task);
  return () => void putAway.delete(task);
}

/** The same before a second signal ends the process at once. */
export function putAwayNow(): void {
  for (const task of putAway) task();
}

let swept: readonly string[] = [];

/** What this process removed at its start that earlier ones had left. */
export function leftoversRemoved(): readonly string[] {
  return swept;
}

/** Resolves once what earlier processes left is removed. */
export async function leaveNothingBehind(): Promise<void> {
  process.on('exit', removePrivateFoldersNow);
  for (const name of NAMES) {
    const onSignal = (): void => {
      // A run that listens ends in its own time, and removes it then.
      if (process.listenerCount(name) > 1) return;
      putAwayNow();
      if (hasPrivateFolders()) removePrivateFoldersNow();
      process.off(name, onSignal);
      process.kill(process.pid, name);
    };
    process.on(name, onSignal);
  }
  swept = await sweepPrivateFolders();
}
