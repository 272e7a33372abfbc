/** The file that says whose a lock is: laid down whole, read with its age. */
import { constants } from 'node:fs';
import { link, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { hasErrno, notWritable } from '../failures.js';
import { parseObject } from '../json-lines.js';
import { thisProcess, type Owner, type OwnerScope } from '../lock-owner.js';
import { notAFile, PRIVATE_MODE } from '../private-file.js';

/** The file appears with its content or not at all, so that nobody reads half an owner. */
export async function layDown(file: string, path: string, scope?: OwnerScope): Promise<void> {
  const temporary = `${file}.tmp`;
  const owner = JSON.stringify({ ...thisProcess(), scope } satisfies Owner);
  try {
    // Exclusive: what somebody else put there is neither followed nor written into.
    await writeFile(temporary, owner, { mode: PRIVATE_MODE, flag: 'wx' });
    await link(temporary, file).catch(async (error: unknown) => {
      // File systems without hard links: an exclusive write is the next best.
      if (!hasErrno(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw error;
      await writeFile(file, owner, { mode: PRIVATE_MODE, flag: 'wx' });
    });
  } catch (error) {
    throw notWritable(path, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

export interface Found {
  readonly owner: Owner;
  /** When it was laid down or touched last; Infinity where that can't be seen. */
  readonly touchedMs: number;
}

/** Of a lock file that can't be read, or that a crash of the machine has emptied. */
export const NAMELESS: Owner = { pid: 0, host: 'unknown', start: '' };

/** Undefined where it has just gone. @throws ImporterError `not_writable` where it is no file */
export async function readOwner(path: string): Promise<Found | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => error);
  if (hasErrno(file, 'ENOENT')) return undefined;
  if (file instanceof Error || !isHandle(file)) return { owner: NAMELESS, touchedMs: Infinity };
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw notAFile(path, entry);
    return { owner: parseOwner(await file.readFile('utf8')) ?? NAMELESS, touchedMs: entry.mtimeMs };
  } finally {
    await file.close();
  }
}

function isHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && 'fd' in value;
}

/** Who wrote a lock file; undefined where that can't be read. */
export function parseOwner(text: string): Owner | undefined {
  const { pid, host, start, touches = false, boot, container, scope } = parseObject(text) ?? {};
  if (typeof pid !== 'number') return undefined;
  const place = typeof boot === 'string' && typeof container === 'string' ? { boot, container } : {};
  const { api, bot } = Object(scope) as { api?: unknown; bot?: unknown };
  const work = typeof api === 'string' && typeof bot === 'string' ? { scope: { api, bot } } : {};
  return { pid, host: String(host), start: String(start), touches: touches === true, ...place, ...work };
}
