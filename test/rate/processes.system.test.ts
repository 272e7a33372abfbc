import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RateEvent } from '../../src/rate/telling/rate-event.js';
import { openGate } from '../../src/rate/open-gate.js';
import { type Referee, startReferee } from './referee.js';
import { compileWriters, type Writers } from './writer-processes.js';
import { writeAll } from './writer.js';

const RATE = { limit: 60, windowMs: 2000 };

let writers: Writers;
beforeAll(() => {
  writers = compileWriters();
});
afterAll(() => writers.remove());

let stateDir: string;
let referee: Referee;
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'budget-'));
  referee = await startReferee({ ...RATE, latencyMs: [20, 60] });
});
afterEach(async () => {
  await referee.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const order = (count: number) => ({ url: referee.url, count, ...RATE, stateDir });

describe('processes on one machine and one key', () => {
  // Two windows must pass. How near to that they come is the benchmark's to measure, on a machine that does nothing else;
  // the bound here shows that no token is lost and nobody starves.
  test.each([
    [2, 90],
    [5, 36],
  ])('%i of them keep one limit together, none starving', async (processes, each) => {
    const ends = await Promise.all(Array.from({ length: processes }, () => writers.run(order(each))));
    expect(ends.map((end) => end.accepted)).toEqual(Array.from({ length: processes }, () => each));
    expect(ends.map((end) => end.output).join('')).not.toContain('unshared');
    expect(referee.counts()).toEqual({ accepted: 180, refused: 0 });
    expect(referee.peak()).toBeLessThanOrEqual(60);
  });

  test('kill -9 in the middle of a burst and a new start: never refused, no token lost', async () => {
    const killed = await writers.run(order(120), 20);
    expect(killed.output).not.toContain('seconds');
    const next = await writers.run(order(120));
    expect(next.accepted).toBe(120);
    expect(referee.counts().refused).toBe(0);
    expect(referee.peak()).toBeLessThanOrEqual(60);
  });
});

test('a limit that is lower than the usual one is kept by the process that comes after, too', async () => {
  const lower = await startReferee({ ...RATE, limit: 20 });
  try {
    for (let run = 0; run < 2; run++) await writers.run({ ...order(20), url: lower.url });
    expect(lower.counts()).toEqual({ accepted: 40, refused: 0 });
  } finally {
    await lower.close();
  }
});

describe('openGate', () => {
  const key = 'ck_live_secret';
  const open = (stateDirUsed: string, events: RateEvent[] = []) =>
    openGate({
      apiUrl: referee.url,
      key,
      kind: 'writes',
      rate: RATE,
      stateDir: stateDirUsed,
      onEvent: (event) => events.push(event),
    });

  test('goes on alone, and says so, where the state folder can’t be used', async () => {
    const events: RateEvent[] = [];
    const gate = await open('/proc/nowhere', events);
    await writeAll(gate, referee.url, 5);
    expect(referee.counts().accepted).toBe(5);
    expect(events.filter((event) => event.type === 'unshared')).toHaveLength(1);
    await gate.close();
  });

  test('goes on alone from what was spent where the state folder fails midway', async () => {
    const events: RateEvent[] = [];
    const gate = await open(stateDir, events);
    await writeAll(gate, referee.url, 40);
    const [budget = ''] = readdirSync(join(stateDir, 'clarky-contacts', 'budget'));
    const folder = join(stateDir, 'clarky-contacts', 'budget', budget);
    rmSync(folder, { recursive: true });
    // A file in its place, as even a privileged user can't list it.
    writeFileSync(folder, '');
    await writeAll(gate, referee.url, 30);
    expect(referee.counts()).toEqual({ accepted: 70, refused: 0 });
    expect(events.filter((event) => event.type === 'unshared')).toHaveLength(1);
    await gate.close();
  });

  test('the key is nowhere in the state folder', async () => {
    await (await open(stateDir)).close();
    const names = readdirSync(stateDir, { recursive: true }).map(String);
    expect(names.length).toBeGreaterThan(60);
    expect(names.join('\n')).not.toContain(key);
  });

  test('without a limit nothing waits', async () => {
    const gate = await openGate({
      apiUrl: referee.url,
      key,
      kind: 'writes',
      rate: { limit: Infinity, windowMs: 1000 },
    });
    const ran = await Promise.all(Array.from({ length: 200 }, (_, at) => gate.run(async () => at)));
    expect(ran).toHaveLength(200);
  });
});
