import { hostname } from 'node:os';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimName, type HasLanded } from '../../../src/storage/claims/claim.js';
import { FolderClaims } from '../../../src/storage/claims/folder-claims.js';
import { privateFolder } from '../../support/folder.js';

const API = 'https://clarky.ai/api/v1';
const never = new AbortController().signal;

const FLIGHT_MS = 20_000;

/** A clock that goes on as it is slept by, and at each sleep what is to happen then. */
function clockWith(onSleep: () => Promise<void> = () => Promise.resolve()) {
  let nowMs = 0;
  return {
    now: () => nowMs,
    longestFlightMs: () => FLIGHT_MS,
    sleep: async (ms: number) => {
      nowMs += ms;
      await onSleep();
    },
  };
}

/** What is claimed in a folder; by its door a process is only told to live. */
async function claimed(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.endsWith('.door'));
}

describe('a claim', () => {
  it('is had by one at a time, whatever e-mail or phone two have in common', async () => {
    const folder = await privateFolder();
    const first = await new FolderClaims(folder, API, clockWith()).take(['a', 'b'], never);
    let waited = 0;
    const second = new FolderClaims(
      folder,
      API,
      clockWith(async () => {
        waited++;
        if (waited === 3) await first.giveUp();
      }),
    );
    const claim = await second.take(['b', 'c'], never);
    expect(waited).toBeGreaterThanOrEqual(3);
    await claim.giveUp();
    expect(await claimed(folder)).toEqual([]);
  });

  it('of another that takes long is told once, with whose it is', async () => {
    const folder = await privateFolder();
    const first = await new FolderClaims(folder, API, clockWith()).take(['a'], never);
    const told: unknown[] = [];
    let waits = 0;
    const clock = clockWith(async () => {
      if (++waits === 200) await first.giveUp();
    });
    const claims = new FolderClaims(folder, API, { ...clock, onWait: (holder) => told.push(holder) });
    await (await claims.take(['a'], never)).giveUp();
    expect(told).toEqual([{ pid: process.pid, isStopped: false }]);
  });

  it('of another that takes too long ends the wait, in which nothing else was told or kept', async () => {
    const folder = await privateFolder();
    const first = await new FolderClaims(folder, API, clockWith()).take(['b'], never);
    const clock = clockWith();
    const sleep = (ms: number): Promise<void> => clock.sleep(ms * 100);
    const claims = new FolderClaims(folder, API, { ...clock, sleep, patienceMs: 150_000 });
    const taking = claims.take(['a', 'b'], never);
    await expect(taking).rejects.toMatchObject({
      code: 'unreachable',
      message: `Process ${process.pid} has been writing a contact of this file for 150 s.`,
    });
    await first.giveUp();
    expect(await claimed(folder)).toEqual([]);
  });

  it('is done without, and that is told once, where the folder can not be written any more', async () => {
    const folder = await privateFolder();
    const told: unknown[] = [];
    const claims = new FolderClaims(folder, API, { ...clockWith(), onAlone: (error) => told.push(error) });
    const claim = await claims.take(['a', 'b'], never);
    await rm(folder, { recursive: true });
    await claim.departs('makes');
    await claim.giveUp();
    await (await claims.take(['c'], never)).giveUp();
    expect(told).toHaveLength(1);
  });

  it('is never held by two of many who come at once, in whatever order they name it', async () => {
    const folder = await privateFolder();
    let holders = 0;
    let most = 0;
    const real = {
      ...clockWith(),
      now: () => performance.now(),
      sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
    };
    const one = async (n: number): Promise<void> => {
      const claims = new FolderClaims(folder, API, real);
      const claim = await claims.take(n % 2 === 0 ? ['x', 'y'] : ['y', 'x', 'z'], never);
      most = Math.max(most, ++holders);
      await new Promise((resolve) => setImmediate(resolve));
      holders--;
      await claim.giveUp();
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => one(n)));
    expect(most).toBe(1);
  });

  const DEAD = JSON.stringify({ pid: 4_194_304, host: hostname(), start: '1' });

  /** The claim of a process that is gone, in what its file held then; how long another waits for it. */
  async function waitFor(text: string, hasLanded?: HasLanded): Promise<number> {
    const folder = await privateFolder();
    const file = join(folder, claimName(API, 'a'));
    await writeFile(file, text);
    // By its file's time it is new, however long this takes here.
    const tomorrow = Date.now() / 1000 + 86_400;
    await utimes(file, tomorrow, tomorrow);
    const clock = clockWith();
    const claim = await new FolderClaims(folder, API, clock).take(['a'], never, hasLanded);
    await claim.giveUp();
    expect(await claimed(folder)).toEqual([]);
    return clock.now();
  }

  it('of a process that was killed is waited for as long as its write may be under way, and no longer', async () => {
    expect(await waitFor(`${DEAD}\ndeparted`)).toBeGreaterThanOrEqual(FLIGHT_MS);
    expect(await waitFor(DEAD), 'nothing had left').toBeLessThan(1000);
    let asked = 0;
    const landed = await waitFor(`${DEAD}\ndeparted`, () => Promise.resolve(++asked === 3));
    expect([landed < 1000, asked]).toEqual([true, 3]);
    const madeSomebody: HasLanded = (write) => Promise.resolve(write === 'makes');
    expect(await waitFor(`${DEAD}\ndeparted`, madeSomebody)).toBeLessThan(1000);
    expect(await waitFor(`${DEAD}\ndeparted to change`, madeSomebody)).toBeGreaterThanOrEqual(FLIGHT_MS);
    expect(await waitFor(''), 'nobody has put a name in').toBeGreaterThanOrEqual(2000);
  });

  it('that another has just made its own is not removed, even before a name stands in it', async () => {
    const folder = await privateFolder();
    const file = join(folder, claimName(API, 'a'));
    await writeFile(file, `${DEAD}\ndeparted`);
    // Between the look at what is left behind and its removal.
    const another = async (): Promise<boolean> => {
      await rm(file);
      await writeFile(file, '');
      return true;
    };
    const stop = new AbortController();
    const clock = clockWith(() => Promise.resolve(stop.abort(new Error('stopped'))));
    await expect(new FolderClaims(folder, API, clock).take(['a'], stop.signal, another)).rejects.toThrow('stopped');
    expect(await claimed(folder)).toEqual([claimName(API, 'a')]);
  });

  it('says when its write leaves', async () => {
    const folder = await privateFolder();
    const claim = await new FolderClaims(folder, API, clockWith()).take(['a'], never);
    const text = (): Promise<string> => readFile(join(folder, claimName(API, 'a')), 'utf8');
    expect(await text()).not.toContain('departed');
    await claim.departs('makes');
    expect(await text()).toMatch(/\ndeparted$/);
    await claim.departs('changes');
    expect(await text()).toContain('departed to change');
  });

  it('of processes that were killed is swept, with what they had begun to remove; nobody else’s is', async () => {
    const folder = await privateFolder();
    const [dead, departed, living, nameless] = [
      claimName(API, 'a'),
      claimName(API, 'b'),
      claimName(API, 'c'),
      claimName(API, 'd'),
    ];
    await writeFile(join(folder, dead), DEAD);
    await writeFile(join(folder, departed), `${DEAD}\ndeparted`);
    await writeFile(join(folder, nameless), '');
    await writeFile(join(folder, `${departed}.removal.lock-0123456789abcdef01.tmp`), DEAD);
    await writeFile(join(folder, `${departed}.removal.lock-0123456789abcdef02`), DEAD);
    // Killed before its name stood in it, so long ago that it is surely no more at it.
    const half = join(folder, `${departed}.removal.lock-0123456789abcdef03.tmp`);
    await writeFile(half, '');
    await utimes(half, 1, 1);
    const claims = new FolderClaims(folder, API, clockWith());
    await claims.take(['c'], never);
    await claims.sweep();
    expect((await claimed(folder)).sort()).toEqual([departed, living, nameless].sort());
  });

  it('is not waited for once the run stops, and nothing stays behind', async () => {
    const folder = await privateFolder();
    const held = await new FolderClaims(folder, API, clockWith()).take(['b'], never);
    const stop = new AbortController();
    const clock = clockWith(() => Promise.resolve(stop.abort(new Error('stopped'))));
    await expect(new FolderClaims(folder, API, clock).take(['a', 'b'], stop.signal)).rejects.toThrow('stopped');
    await held.giveUp();
    expect(await claimed(folder)).toEqual([]);
  });
});
