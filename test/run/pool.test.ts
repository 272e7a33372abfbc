import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LanePool } from '../../src/run/pool.js';

/** A job that is done when it is told to, so that no test sleeps. */
function controlled(): { job: () => Promise<void>; hasStarted: () => boolean; finish: () => void } {
  let finish = (): void => undefined;
  let started = false;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return {
    job: () => {
      started = true;
      return done;
    },
    hasStarted: () => started,
    finish: () => finish(),
  };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('the workers', () => {
  it('never let two jobs of one lane overlap, and keep their order', async () => {
    const pool = new LanePool(10);
    const [first, second, other] = [controlled(), controlled(), controlled()];
    await pool.add(['ada@x.com', '+1'], first.job);
    await pool.add(['+1'], second.job);
    await pool.add(['bob@x.com'], other.job);
    await settled();
    expect([first, second, other].map((job) => job.hasStarted())).toEqual([true, false, true]);
    first.finish();
    await settled();
    expect(second.hasStarted()).toBe(true);
    second.finish();
    other.finish();
    await pool.drain();
  });

  it('take no more than they have room for', async () => {
    const pool = new LanePool(1);
    const jobs = [controlled(), controlled(), controlled()];
    let taken = 0;
    const adding = (async () => {
      for (const { job } of jobs) {
        await pool.add([], job);
        taken++;
      }
    })();
    await settled();
    expect(taken).toBe(2);
    for (const { finish } of jobs) finish();
    await adding;
    await pool.drain();
    expect(taken).toBe(3);
  });

  it('let in all who wait for room at once, in their order', async () => {
    const pool = new LanePool(1);
    const jobs = [controlled(), controlled()];
    for (const { job } of jobs) await pool.add([], job);
    const taken: string[] = [];
    const waiting = ['first', 'second', 'third'].map((name) =>
      pool.add([], async () => undefined).then(() => taken.push(name)),
    );
    for (const { finish } of jobs) finish();
    await Promise.all(waiting);
    await Promise.all([pool.drain(), pool.drain()]);
    expect(taken).toEqual(['first', 'second', 'third']);
  });

  it('pass on what a job threw, and take no more', async () => {
    const pool = new LanePool(2);
    await pool.add([], async () => Promise.reject(new Error('boom')));
    await expect(pool.drain()).rejects.toThrow('boom');
    await expect(pool.add([], async () => undefined)).rejects.toThrow('boom');
  });

  it('run every job once, whatever the lanes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'), { maxLength: 3 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        async (lanesOfJobs, concurrency) => {
          const pool = new LanePool(concurrency);
          const inFlight = new Map<string, number>();
          const order = new Map<string, number[]>();
          let most = 0;
          let running = 0;
          for (const [n, lanes] of lanesOfJobs.entries()) {
            await pool.add(lanes, async () => {
              most = Math.max(most, ++running);
              for (const lane of lanes) {
                expect(inFlight.get(lane) ?? 0).toBe(0);
                inFlight.set(lane, 1);
                order.set(lane, [...(order.get(lane) ?? []), n]);
              }
              await settled();
              for (const lane of lanes) inFlight.set(lane, 0);
              running--;
            });
          }
          await pool.drain();
          expect(most).toBeLessThanOrEqual(concurrency);
          for (const [lane, seen] of order) {
            expect(seen).toEqual([...lanesOfJobs.keys()].filter((n) => lanesOfJobs[n]?.includes(lane)));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
