import { statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

/** A file system in memory: real files, and what is synced there is waited for by nobody. */
const MEMORY = '/dev/shm';

/** More than all tests at once write; a container often has 64 MB. */
const ROOM_BYTES = 2 * 1024 ** 3;

const hasMemory = isRoomIn(MEMORY);

function isRoomIn(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

/** What becomes of a list is the same wherever its files are; what is about files themselves stays where a user's are. */
function parentFolder(): string {
  const isOfLists = /[\\/]test[\\/]scenarios[\\/]/.test(expect.getState().testPath ?? '');
  return isOfLists && hasMemory ? MEMORY : tmpdir();
}

/** A private folder for one test, removed when the test ends. */
export async function privateFolder(): Promise<string> {
  const folder = await mkdtemp(join(parentFolder(), 'clarky-contacts-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
