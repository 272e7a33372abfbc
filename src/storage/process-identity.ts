/**
 * Who a process is, told apart from a later one that was given the same number, and whether it still runs. Numbers are given
 * anew after a reboot, and each container has numbers of its own: the start time (in clock ticks since the kernel came up)
 * tells the first apart, the name of the numbers' namespace the second.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** State and start time (clock ticks since boot) of a process from Linux's proc(5); undefined where it can't be read. */
function processStat(pid: number): { readonly state: string; readonly startTicks: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The second field is the command in parentheses and may hold anything, so the rest is counted from its end.
    const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, startTicks: rest[18] ?? '0' };
  } catch {
    return undefined;
  }
}

/** The numbers that a machine gives outside of all containers: the same on every Linux, at every start. */
const OUTERMOST = 'pid:[4026531836]';

/**
 * Names the machine, or the container, whose processes `holderName` names: folders may be shared among several, and so may
 * the name of the host be.
 */
export function machineName(): string {
  const { container } = thisPlace();
  const numbers = container === '' || container === OUTERMOST ? '' : `\n${container}`;
  return createHash('sha256').update(`${hostname()}${numbers}`).digest('hex').slice(0, 8);
}

/** Names a process so that another one which later gets its number is told apart: `<pid>-<start>`, start 0 if unknown. */
export function holderName(pid: number = process.pid): string {
  return `${String(pid)}-${processStat(pid)?.startTicks ?? '0'}`;
}

/** Whether the process that `holderName` named, on this kernel and in this container, still runs. In doubt it does. */
export function holderIsAlive(holder: string): boolean {
  const [pid = 0, start = 0] = holder.split('-').map(Number);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const stat = processStat(pid);
  if (stat === undefined) return true;
  // A killed process whose parent hasn't asked for it yet still has its number.
  if (stat.state === 'Z' || stat.state === 'X') return false;
  return start === 0 || Number(stat.startTicks) === start;
}

/** Whether the process of this number, of this container, is known to be stopped: by Ctrl-Z, SIGSTOP, a debugger. */
export function isStopped(pid: number): boolean {
  return /^[Tt]$/.test(processStat(pid)?.state ?? '');
}

/** The kernel that runs since its last start, and the container in it; '' where the system does not tell. */
export interface Place {
  readonly boot: string;
  readonly container: string;
}

export function thisPlace(): Place {
  return {
    boot: quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
    container: quietly(() => readlinkSync('/proc/self/ns/pid')),
  };
}

/** When this kernel came up, in ms since the epoch; 0 where the system does not tell. */
export function bootedAtMs(): number {
  const stat = quietly(() => readFileSync('/proc/stat', 'latin1'));
  return Number(/^btime (\d+)$/m.exec(stat)?.[1] ?? 0) * 1000;
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
