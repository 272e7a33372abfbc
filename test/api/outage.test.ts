import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

describe('a server that never answered', () => {
  const failing = (reached: { ever: boolean }, atMs: number): (() => void) => {
    let nowMs = 0;
    const options = { maxMs: 300_000, maxUnreachedMs: 15_000, reached, now: () => nowMs, random: () => 1 };
    const outage = new Outage(options);
    return () => {
      outage.failed({ kind: 'network', startedMs: 0, description: 'h takes no connection (ECONNREFUSED).' });
      nowMs = atMs;
      expect(outage.endsInMs).toBe((reached.ever ? 300_000 : 15_000) - atMs);
      outage.failed({ kind: 'network', startedMs: atMs, description: 'h takes no connection (ECONNREFUSED).' });
    };
  };

  it('is given up sooner, where that is asked for', () => {
    expect(failing({ ever: false }, 14_999)).not.toThrow();
    expect(failing({ ever: false }, 15_000)).toThrow(
      /^h takes no connection \(ECONNREFUSED\)\. Nothing .* for 15 s\.$/,
    );
    expect(failing({ ever: true }, 15_000)).not.toThrow();
  });

  it('that keeps silent is named after a while, with the time that it has left', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const reached = { ever: false };
    const outage = new Outage({ maxMs: 300_000, maxUnreachedMs: 15_000, reached, now: () => 0, random: () => 1 });
    const silentFor = async (ms: number): Promise<readonly (number | undefined)[]> => {
      const told: (number | undefined)[] = [];
      const sent = outage.firstAnswer(
        (firstAnswerMs) =>
          new Promise<void>((resolve) => setTimeout(resolve, ms)).then(() => void told.push(firstAnswerMs)),
        (endsInMs) => void told.push(endsInMs),
      );
      await vi.advanceTimersByTimeAsync(ms);
      await sent;
      return told;
    };
    expect(await silentFor(2999)).toEqual([15_000]);
    expect(await silentFor(3001)).toEqual([12_000, 15_000]);
    reached.ever = true;
    expect(await silentFor(3001)).toEqual([undefined]);
  });
});
