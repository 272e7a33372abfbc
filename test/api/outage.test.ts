import { expect, it } from 'vitest';
import { Outage } from '../../src/api/outage.js';

/** How long an outage makes the next attempt wait, with the longest of the random waits. */
async function waitAfter(failures: readonly { startedMs: number; failedMs: number }[]): Promise<number> {
  let nowMs = 0;
  let waitedMs = 0;
  const outage = new Outage({
    maxMs: 300_000,
    now: () => nowMs,
    random: () => 1,
    sleep: async (ms) => void (waitedMs += ms),
  });
  for (const { startedMs, failedMs } of failures) {
    nowMs = failedMs;
    outage.failed({ kind: 'server', startedMs, description: 'It failed.' });
  }
  await outage.attempt(() => Promise.resolve(), undefined);
  return waitedMs;
}

it('a blip that ten workers meet together is waited out like one failure', async () => {
  const together = Array.from({ length: 10 }, (_, n) => ({ startedMs: 0, failedMs: 50 + n }));
  expect(await waitAfter(together)).toBe(500);
});

it('failures one after the other are waited for ever longer', async () => {
  const oneByOne = Array.from({ length: 8 }, (_, n) => ({ startedMs: n * 100, failedMs: n * 100 + 50 }));
  expect(await waitAfter(oneByOne)).toBe(4000);
});
