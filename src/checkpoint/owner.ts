/** Who a process is, told apart from a later one that was given the same pid. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own ticks since boot; '' where the system does not tell, or it has ended. */
  readonly start: string;
}

/** The process that runs this. */
export function thisProcess(): Owner {
  return { pid: process.pid, host: hostname(), start: startOf(process.pid) };
}

/**
 * True unless `owner` is certainly gone: a process of another machine can't be looked up from here and counts as alive.
 * After a kill -9, a reboot or a pid given to another program it is gone.
 */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' && owner.start === startOf(owner.pid);
  }
  return owner.start === startOf(owner.pid);
}

function startOf(pid: number): string {
  try {
    // proc(5): the command name, field 2, may hold spaces and brackets; the start time is field 22.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process keeps its number until its parent has asked for it.
    return state === 'Z' || state === 'X' ? '' : (rest[18] ?? '');
  } catch {
    return '';
  }
}
