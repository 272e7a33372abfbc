import { statSync } from 'node:fs';
import { chmod, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { beginningRate, writesInUse } from '../../src/rate/budget-place.js';
import { openGate } from '../../src/rate/open-gate.js';
import type { RateEvent } from '../../src/rate/telling/rate-event.js';
import type { OpenGate } from '../../src/rate/rate.js';
import { machineFolder } from '../../src/storage/state-folder.js';
import { privateFolder } from '../support/folder.js';
import { onPosix } from '../support/posix.js';

async function tokenFiles(folder: string): Promise<number> {
  return (await readdir(folder, { recursive: true })).filter((name) => /(^|\/)\d{3,}\./.test(name)).length;
}

describe('a budget in the state folder', () => {
  it('is one, however the address is spelled and whatever blanks are around the key', async () => {
    const stateDir = await privateFolder();
    for (const [apiUrl, key] of [
      ['http://LOCALHOST:80/api/', ' ck_1\r\n'],
      ['http://localhost/api', 'ck_1'],
    ] as const) {
      const gate = await openGate({ apiUrl, key, kind: 'writes', rate: { limit: 20, windowMs: 60_000 }, stateDir });
      await gate.close();
    }
    expect(await tokenFiles(stateDir)).toBe(64);
  });

  onPosix('is shared with those for whom the folder above is', async () => {
    const stateDir = await privateFolder();
    await chmod(stateDir, 0o1777);
    const gate = await openGate({
      apiUrl: 'http://localhost',
      key: 'k',
      kind: 'writes',
      rate: { limit: 20, windowMs: 60_000 },
      stateDir,
    });
    await gate.close();
    const modes = (await readdir(stateDir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mode & 0o7777);
    // Whoever made the outer two keeps them; in the inner ones everybody takes what is free.
    expect(modes).toEqual([0o1777, 0o1777, 0o777, 0o777]);
  });

  onPosix.each(['clarky-contacts', 'clarky-contacts/budget'])(
    'is made nowhere else where somebody put a link at %s',
    async (link) => {
      const [stateDir, theirs] = [await privateFolder(), await privateFolder()];
      await chmod(stateDir, 0o1777);
      await mkdir(join(theirs, 'budget'));
      if (link.includes('/')) await mkdir(join(stateDir, 'clarky-contacts'));
      await symlink(theirs, join(stateDir, link));
      const events: RateEvent[] = [];
      const rate = { limit: 20, windowMs: 60_000 };
      const gate = await openGate({
        ...{ apiUrl: 'http://localhost', key: 'k', kind: 'writes', rate, stateDir },
        onEvent: (event) => events.push(event),
      });
      await gate.close();
      expect(await readdir(theirs, { recursive: true })).toEqual(['budget']);
      expect(events).toEqual([
        { type: 'unshared', reason: expect.stringContaining(`${link} is a symbolic link`) as unknown },
      ]);
    },
  );
});

describe('a limit that was announced to whoever used the key before', () => {
  const budget = { apiUrl: 'http://localhost', key: 'k', kind: 'writes' } as const;
  const MINUTE = { limit: 60, windowMs: 60_000 };
  const answered = (gate: OpenGate, limit: number): Promise<void> =>
    gate.run(async (attempt) => {
      attempt.answered({ window: { limit, remaining: 1 }, retryAfterMs: undefined }, false);
    });

  it('is the one to begin with, is told, and is known without opening anything', async () => {
    const stateDir = await privateFolder();
    const keys = { apiUrl: budget.apiUrl, keys: ['k', 'other'], stateDir };
    const first = await openGate({ ...budget, rate: MINUTE, stateDir });
    await answered(first, 20);
    await first.close();
    const events: RateEvent[] = [];
    const onEvent = (event: RateEvent): unknown => events.push(event);
    const second = await openGate({ ...budget, key: ['k', 'other'], rate: MINUTE, stateDir, onEvent });
    expect(second.limit).toBe(80);
    expect(events).toEqual([{ type: 'limit', from: 60, to: 20, total: 80 }]);
    expect(beginningRate({ ...keys, rate: MINUTE })).toEqual({ limit: 80, windowMs: 60_000 });
    const [waitMs = 0, ...others] = writesInUse({ ...keys, rate: MINUTE });
    expect(others).toEqual([]);
    expect(waitMs > 0 && waitMs < 2 * MINUTE.windowMs).toBe(true);
    expect(writesInUse({ ...keys, rate: MINUTE, stateDir: false })).toEqual([]);
    expect(beginningRate({ ...keys, rate: { limit: 5, windowMs: 1000 } }).limit).toBe(10);
    expect(beginningRate({ ...keys, rate: MINUTE, stateDir: false }).limit).toBe(120);
    await second.close();
  });

  it('is told once for several keys, and again for those that are left where one is dropped', async () => {
    const stateDir = await privateFolder();
    const key = ['k', 'second', 'third'];
    for (const one of key) {
      const gate = await openGate({ ...budget, key: one, rate: MINUTE, stateDir });
      await answered(gate, 20);
      await gate.close();
    }
    const events: RateEvent[] = [];
    const gate = await openGate({ ...budget, key, rate: MINUTE, stateDir, onEvent: (event) => events.push(event) });
    expect(events).toEqual([{ type: 'limit', from: 60, to: 20, total: 60 }]);
    gate.drop(1);
    expect(events.slice(1)).toEqual([{ type: 'limit', from: 20, to: 20, total: 40 }]);
    expect(gate.limit).toBe(40);
    await gate.close();
  });

  it('is no more than where to begin: the next answer’s holds, and one above what was asked for is not reached for', async () => {
    const stateDir = await privateFolder();
    for (const [announced, before] of [
      [20, 60],
      [60, 20],
      [600, 60],
      [60, 60],
    ] as const) {
      const gate = await openGate({ ...budget, rate: MINUTE, stateDir });
      expect(gate.limit).toBe(before);
      await answered(gate, announced);
      await vi.waitFor(() => expect(gate.limit).toBe(Math.min(60, announced)));
      await gate.close();
    }
  });
});

describe('several keys without a limit', () => {
  const rate = { limit: Infinity, windowMs: 60_000 };

  it('take turns, and one that is refused for the rate is passed over', async () => {
    const gate = await openGate({ apiUrl: 'http://localhost', key: ['a', 'b', 'c'], kind: 'writes', rate });
    const used = async (refused?: number): Promise<number> =>
      gate.run((attempt) => {
        attempt.answered({ window: undefined, retryAfterMs: 60_000 }, attempt.account === refused);
        return Promise.resolve(attempt.account);
      });
    const turns: number[] = [];
    for (let n = 0; n < 3; n++) turns.push(await used());
    expect(turns).toEqual([0, 1, 2]);
    while ((await used(1)) !== 1);
    turns.length = 0;
    for (let n = 0; n < 6; n++) turns.push(await used());
    expect([...new Set(turns)].sort()).toEqual([0, 2]);
    // Where all are, there is none to turn to.
    for (const account of [0, 2]) while ((await used(account)) !== account);
    expect([0, 1, 2]).toContain(await used());
  });
});

describe('where it is, by default', () => {
  const shared = (): boolean => true;
  const own = (): boolean => false;

  it.each([
    ['where the user says', { XDG_STATE_HOME: '/x' }, 'linux', shared, '/x'],
    ['for all users of a machine that has a place for them', {}, 'linux', shared, '/dev/shm'],
    ["else the user's own", { XDG_STATE_HOME: '' }, 'linux', own, join('/home/a/.local/state')],
    ['and elsewhere, too', {}, 'darwin', shared, join('/home/a/.local/state')],
    ['on Windows', { LOCALAPPDATA: '/l' }, 'win32', shared, '/l'],
    ['not by what is no whole path', { XDG_STATE_HOME: 'state' }, 'linux', shared, '/dev/shm'],
    [
      'nor on a system without such a place',
      { XDG_STATE_HOME: './state' },
      'darwin',
      shared,
      join('/home/a/.local/state'),
    ],
    ['nor on Windows', { LOCALAPPDATA: 'l' }, 'win32', shared, join('/home/a/AppData/Local')],
  ])('%s', (_, env, platform, isShared, folder) => {
    expect(machineFolder(env, platform, '/home/a', isShared)).toBe(folder);
  });
});
