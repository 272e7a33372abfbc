/** Who holds a lock, also as seen from another machine. */
import { hostname } from 'node:os';
import { holderIsAlive, holderName } from './process-identity.js';

export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own ticks since boot; 0 where the system does not tell. */
  readonly start: string;
}

/** The process that runs this. */
export function thisProcess(): Owner {
  const [, start = '0'] = holderName().split('-');
  return { pid: process.pid, host: hostname(), start };
}

/**
 * True unless `owner` is certainly gone: a process of another machine can't be looked up from here and counts as alive.
 * After a kill -9, a reboot or a pid given to another program it is gone.
 */
export function isAlive({ pid, host, start }: Owner): boolean {
  return host !== hostname() || holderIsAlive(`${pid}-${start}`);
}
