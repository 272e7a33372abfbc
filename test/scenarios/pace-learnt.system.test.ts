import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ImportEvent } from '../../src/run/events.js';
import { workplace } from '../support/cli.js';
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

describe('a limit that is announced lower', () => {
  it('is what a plan with that key reckons with, and what the next import begins with', async () => {
    const place = await workplace({ writes: { limit: 20, windowMs: 60_000 } });
    await place.write('a.csv', people(2));
    const many = await place.write('b.csv', people(50, 'b'));
    const planned = async (env: Record<string, string | undefined> = {}): Promise<unknown> =>
      JSON.parse((await place.hereWith({ env }, 'plan', many, '--json')).stdout);
    expect(await planned()).toMatchObject({ rate: { writes: 60, seconds: 60 }, seconds: 0 });
    await place.here('import', place.path('a.csv'));
    expect(await planned()).toMatchObject({ rate: { writes: 20, seconds: 60 }, seconds: 120 });
    expect(await planned({ CLARKY_KEY: undefined })).toMatchObject({ rate: { writes: 60, seconds: 60 } });
    await place.write('a.csv', people(2, 'c'));
    const again = await place.here('import', place.path('a.csv'));
    expect(again.stderr).toContain('the limit is now 20 writes in any 1 min');
    const report = await readFile(place.path('a.csv.report.html'), 'utf8');
    expect(report).toContain('20 writes in any 1 min');
  });
});
