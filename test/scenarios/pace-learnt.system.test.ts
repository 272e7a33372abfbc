import { describe, expect, it } from 'vitest';
import type { ImportEvent } from '../../src/run/events.js';
import { type Workbench, workbench } from './workbench.js';

const people = (count: number, of = 'a'): string =>
  `Email\n${Array.from({ length: count }, (_, n) => `${of}${n}@x.example\n`).join('')}`;
const WRITES = { limit: 20, windowMs: 1500 };
const RATE = { writes: WRITES.limit, seconds: WRITES.windowMs / 1000 };

async function told(bench: Workbench): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  await bench.import({ live: false, rate: RATE, onEvent: (event) => events.push(event) });
  return events.filter(({ type }) => type === 'pace' || type === 'limit');
}

describe('one stray 429', () => {
  it('makes neither this run slow nor the next', async () => {
    const faults = { on: 'writes', at: [{ request: 5, kind: '429' }], retryAfterSeconds: 0 } as const;
    const bench = await workbench(people(15), { writes: WRITES, faults });
    expect(await told(bench)).toEqual([]);
    await bench.write(people(15, 'b'));
    expect(await told(bench)).toEqual([]);
    expect(bench.sandbox.stats()).toMatchObject({ contacts: 30, writes: 31 });
  });
});

describe('a limit that is announced higher', () => {
  it('lifts no rate that was asked for', async () => {
    const bench = await workbench(people(60), { writes: { limit: 1000, windowMs: 60_000 } });
    expect(await told(bench)).toEqual([]);
    expect(bench.sandbox.stats().contacts).toBe(60);
    const times = bench.sandbox.requests.filter(({ method }) => method === 'POST').map(({ atMs }) => atMs);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2 * WRITES.windowMs);
  });
});
