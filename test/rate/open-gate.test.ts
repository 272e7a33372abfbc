import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { RateEvent } from '../../src/rate/events.js';
import { openGate } from '../../src/rate/open-gate.js';
import { privateFolder } from '../support/folder.js';

async function tokenFiles(folder: string): Promise<number> {
  return (await readdir(folder, { recursive: true })).filter((name) => /(^|\/)\d{3,}\./.test(name)).length;
}

describe('a budget in the state folder', () => {
  it('is counted by the process alone once the server announces more than files can hold', async () => {
    const stateDir = await privateFolder();
    const events: RateEvent[] = [];
    const rate = { limit: 20, windowMs: 60_000 };
    const gate = await openGate({
      apiUrl: 'http://127.0.0.1:1',
      key: 'k',
      kind: 'writes',
      rate,
      stateDir,
      onEvent: (event) => events.push(event),
    });
    const send = (): Promise<void> =>
      gate.run(async (attempt) =>
        attempt.answered({ window: { limit: 50_000, remaining: 49_000 }, retryAfterMs: undefined }, false),
      );
    await send();
    for (let n = 0; n < 60; n++) await send();
    await gate.close();
    expect(events.map(({ type }) => type)).toContain('unshared');
    expect(await tokenFiles(stateDir)).toBeLessThanOrEqual(64);
  });

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

  it('is shared by files where it is no larger', async () => {
    const stateDir = await privateFolder();
    const events: RateEvent[] = [];
    const rate = { limit: 20, windowMs: 60_000 };
    const gate = await openGate({
      apiUrl: 'http://127.0.0.1:1',
      key: 'k',
      kind: 'writes',
      rate,
      stateDir,
      onEvent: (event) => events.push(event),
    });
    await gate.run(async (attempt) =>
      attempt.answered({ window: { limit: 40, remaining: 39 }, retryAfterMs: undefined }, false),
    );
    await gate.close();
    expect(events.map(({ type }) => type)).not.toContain('unshared');
    expect(await tokenFiles(stateDir)).toBeGreaterThanOrEqual(40);
  });
});
