/** Asking whoever holds a lock to stop, as a terminal would: only a process that is surely the one that is meant, and of the same user. */
import { hostname } from 'node:os';
import type { Owner } from '../lock-owner.js';
import { holderIsAlive, thisPlace } from '../process-identity.js';

/** Whether a process can be asked from here to stop, or what is in the way. */
export type Reach = 'here' | 'other_user' | 'other_machine' | 'no_signals';

/** A process of another machine, or of another container, has a number that means another one here. */
export function reachOf({ pid, host, start, boot = '', container = '' }: Owner): Reach {
  const here = thisPlace();
  // There a signal ends a process in the midst of what it does.
  if (process.platform === 'win32') return 'no_signals';
  const isHere = host === hostname() && boot === here.boot && container === here.container;
  if (!isHere || pid <= 0 || !holderIsAlive(`${pid}-${start}`)) return 'other_machine';
  try {
    process.kill(pid, 0);
    return 'here';
  } catch {
    return 'other_user';
  }
}

/** Asks a process to stop: what it has in flight is let finish. Returns whether it could be asked. */
export function askToStop(owner: Owner): boolean {
  if (reachOf(owner) !== 'here') return false;
  try {
    return process.kill(owner.pid, 'SIGTERM');
  } catch {
    // It has ended just now.
    return false;
  }
}
