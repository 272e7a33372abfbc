import { readdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimName, FolderClaims } from '../../src/storage/claims.js';
import { thisProcess } from '../../src/storage/lock-owner.js';
import { privateFolder } from '../support/folder.js';

const API = 'https://clarky.ai/api/v1';

describe('a claim', () => {
  it('of a process in another container is over where nobody is at its door any more', async () => {
    const folder = await privateFolder();
    const owner = JSON.stringify({ ...thisProcess(), container: 'another' });
    const door = join(folder, `${claimName(API, owner)}.door`);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'open'), resolve));
    await rename(join(folder, 'open'), door);
    await writeFile(join(folder, claimName(API, 'a')), owner);
    let waits = 0;
    const sleep = async (): Promise<void> => {
      waits++;
      // Killed: what it listened at stays, and nobody answers.
      if (waits === 3) await new Promise<void>((resolve) => server.close(() => resolve()));
    };
    const claims = new FolderClaims(folder, API, { sleep, now: () => 0, longestFlightMs: () => 0 });
    await (await claims.take(['a'], new AbortController().signal)).giveUp();
    expect(waits).toBeGreaterThanOrEqual(3);
    // As long as what it sent may arrive, it must be seen that it is gone.
    await writeFile(join(folder, claimName(API, 'b')), `${owner}\ndeparted`);
    await new FolderClaims(folder, API, { sleep, now: () => 0, longestFlightMs: () => 60_000 }).sweep();
    expect(await readdir(folder)).toContain(`${claimName(API, owner)}.door`);
    await claims.sweep();
    await claims.close();
    expect(await readdir(folder)).toEqual([]);
  });
});
