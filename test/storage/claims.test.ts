import { hostname } from 'node:os';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimName, FolderClaims, LANDING_MS } from '../../src/storage/claims.js';
import { privateFolder } from '../support/folder.js';

const API = 'https://clarky.ai/api/v1';
const never = new AbortController().signal;

/** A clock that goes on as it is slept by, and at each sleep what is to happen then. */
function clockWith(onSleep: () => Promise<void> = () => Promise.resolve()) {
  let nowMs = 0;
  return {
    now: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
      await onSleep();
    },
  };
}

describe('a claim', () => {
  it('is had by one at a time, whatever e-mail or phone two have in common', async () => {
    const folder = await privateFolder();
    const release = await new FolderClaims(folder, API, clockWith()).take(['a', 'b'], never);
    let waited = 0;
    const second = new FolderClaims(
      folder,
      API,
      clockWith(async () => {
        waited++;
        if (waited === 3) await release();
      }),
    );
    const done = await second.take(['b', 'c'], never);
    expect(waited).toBeGreaterThanOrEqual(3);
    await done();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is never held by two of many who come at once, in whatever order they name it', async () => {
    const folder = await privateFolder();
    let holders = 0;
    let most = 0;
    const real = { now: () => performance.now(), sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) };
    const one = async (n: number): Promise<void> => {
      const claims = new FolderClaims(folder, API, real);
      const release = await claims.take(n % 2 === 0 ? ['x', 'y'] : ['y', 'x', 'z'], never);
      most = Math.max(most, ++holders);
      await new Promise((resolve) => setImmediate(resolve));
      holders--;
      await release();
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => one(n)));
    expect(most).toBe(1);
  });

  it('of a process that was killed is waited for as long as its write may be under way', async () => {
    const folder = await privateFolder();
    const dead = JSON.stringify({ pid: 4_194_304, host: hostname(), start: '1' });
    await writeFile(join(folder, claimName(API, 'a')), dead);
    const clock = clockWith();
    const release = await new FolderClaims(folder, API, clock).take(['a'], never);
    expect(clock.now()).toBeGreaterThanOrEqual(LANDING_MS);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not waited for once the run stops, and nothing stays behind', async () => {
    const folder = await privateFolder();
    const held = await new FolderClaims(folder, API, clockWith()).take(['b'], never);
    const stop = new AbortController();
    const clock = clockWith(() => Promise.resolve(stop.abort(new Error('stopped'))));
    await expect(new FolderClaims(folder, API, clock).take(['a', 'b'], stop.signal)).rejects.toThrow('stopped');
    await held();
    expect(await readdir(folder)).toEqual([]);
  });
});
