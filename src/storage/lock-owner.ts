/** Who holds a lock, also as seen from another container or another machine. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { holderName, thisPlace, type Place } from './process-identity.js';

export interface Owner extends Partial<Place> {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own ticks since boot; 0 where the system does not tell. */
  readonly start: string;
  /** False of an earlier version, which doesn't touch what it has laid down. */
  readonly touches?: boolean;
  /** Where it sends to, of the lock of a checkpoint: others count along by it. */
  readonly scope?: OwnerScope | undefined;
}

/** The API and the bot that whoever holds a checkpoint works with. */
export interface OwnerScope {
  readonly api: string;
  readonly bot: string;
}

/** The process that runs this. */
export function thisProcess(): Owner {
  const [, start = '0'] = holderName().split('-');
  return { pid: process.pid, host: hostname(), start, touches: true, ...thisPlace() };
}

/** How long a process needs at most to write its name into a file that it has just made. */
const NAMELESS_MS = 60_000;

/** True where whoever was about to lay down this lock file is gone: it was killed before its name stood in it. */
export async function isGivenUp(lockFile: string, laidMs: number): Promise<boolean> {
  return Date.now() - laidMs > NAMELESS_MS || (await answersAt(lockFile)) === false;
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

/** Whether somebody is at a door; undefined where that can't be told. */
export async function answersAt(lockFile: string): Promise<boolean | undefined> {
  return atShortPath(
    lockFile,
    (path) =>
      new Promise<boolean | undefined>((resolve) => {
        const call = connect(path);
        call.once('connect', () => {
          call.destroy();
          resolve(true);
        });
        call.once('error', ({ code }: NodeJS.ErrnoException) => resolve(ANSWERS[code ?? '']));
      }),
  );
}

/** Refused: it is gone. Too many callers at once: it is there. Anything else (no permission, no such thing here) tells nothing. */
const ANSWERS: Readonly<Record<string, boolean>> = { ECONNREFUSED: false, EAGAIN: true };

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
