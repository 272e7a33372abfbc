/** Who holds a lock, also as seen from another container or another machine. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { bootedAtMs, holderIsAlive, holderName, thisPlace, type Place } from './process-identity.js';

export interface Owner extends Partial<Place> {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own ticks since boot; 0 where the system does not tell. */
  readonly start: string;
}

/** The process that runs this. */
export function thisProcess(): Owner {
  const [, start = '0'] = holderName().split('-');
  return { pid: process.pid, host: hostname(), start, ...thisPlace() };
}

/**
 * True unless `owner` is certainly gone: after a kill -9, a reboot, or when its number was given to another process. A
 * process of another container of this machine can't be looked up by its number; it is asked at its door. One of another
 * machine can't be asked, and counts as alive.
 * @param lockFile what it laid down
 * @param laidMs when, by the file system's clock
 */
export async function isAlive(owner: Owner, lockFile: string, laidMs: number): Promise<boolean> {
  const here = thisPlace();
  const isSameHost = owner.host === hostname();
  if ((owner.boot ?? '') === '' || here.boot === '') return !isSameHost || holderIsAlive(`${owner.pid}-${owner.start}`);
  // Of an earlier start of this machine, or of another machine with the same name.
  if (owner.boot !== here.boot) return !isSameHost || laidMs >= bootedAtMs();
  if (owner.container === here.container) return holderIsAlive(`${owner.pid}-${owner.start}`);
  return answersAt(lockFile);
}

/** How long a process needs at most to write its name into a file that it has just made. */
const NAMELESS_MS = 60_000;

/** True where whoever was about to lay down this lock file is gone: it was killed before its name stood in it. */
export async function isGivenUp(lockFile: string, laidMs: number): Promise<boolean> {
  return Date.now() - laidMs > NAMELESS_MS || !(await answersAt(lockFile));
}

/** A socket beside the lock file, at which nobody answers once its process is gone, however it ended. */
export interface Door {
  close(): Promise<void>;
}

const DOOR = '.door';

export function isDoor(name: string): boolean {
  return name.endsWith(DOOR);
}

/** The name of a socket may have 107 bytes (sun_path, unix(7)), of which the way to its folder takes some: a longer one is cut off unsaid. */
const LONGEST_DOOR_BYTES = 80;

/** The door's file: called as the lock file is, or by a digest of that name where it would be too long. */
export function doorOf(lockFile: string): string {
  const name = basename(lockFile);
  if (Buffer.byteLength(`${name}${DOOR}`) <= LONGEST_DOOR_BYTES) return `${lockFile}${DOOR}`;
  return join(dirname(lockFile), `.clarky-${createHash('sha256').update(name).digest('hex').slice(0, 24)}${DOOR}`);
}

/** Opens the door; where there can be none (another system, some network drives), it just stays shut. */
export async function openDoor(lockFile: string): Promise<Door> {
  if (process.platform !== 'linux') return { close: () => Promise.resolve() };
  const server = createServer((caller) => caller.destroy()).unref();
  const isOpen = await atShortPath(lockFile, (path) => listening(server, path));
  return { close: () => (isOpen === true ? closed(server) : Promise.resolve()) };
}

function listening(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    // Later ones as well: a caller that can't be let in is no reason to end.
    server.on('error', () => resolve(false));
    server.listen(path, () => resolve(true));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Whether somebody is at a door, so far as can be told. */
export async function answersAt(lockFile: string): Promise<boolean> {
  const answers = await atShortPath(
    lockFile,
    (path) =>
      new Promise<boolean>((resolve) => {
        const call = connect(path);
        call.once('connect', () => {
          call.destroy();
          resolve(true);
        });
        // Refused: it is gone. Anything else (no permission, no such thing here) tells nothing.
        call.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
      }),
  );
  return answers ?? true;
}

/** Through its opened folder, however long the path to that is. */
async function atShortPath<T>(lockFile: string, use: (path: string) => Promise<T>): Promise<T | undefined> {
  const folder = await open(dirname(lockFile), 'r').catch(() => undefined);
  if (folder === undefined) return undefined;
  try {
    return await use(join('/proc/self/fd', String(folder.fd), basename(doorOf(lockFile))));
  } finally {
    await folder.close();
  }
}
