import { describe, expect, it, vi, onTestFinished } from 'vitest';
import { StopControl } from '../../src/run/stop.js';
import { TokenLedger } from '../../src/rate/token-ledger.js';
import { FolderStore } from '../../src/rate/token-store.js';
import { privateFolder } from '../support/folder.js';

/** Timers that the test moves; the two clocks are moved by hand, each for itself. */
function clocks(): { wall: number; monotonic: number; advance(ms: number): void } {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const at = {
    wall: Date.UTC(2026, 0, 1),
    monotonic: 5000,
    // In steps: a timer that fires must not see a clock that is half an hour on.
    advance: (ms: number) => {
      for (let leftMs = ms; leftMs > 0; leftMs -= 1000) {
        const stepMs = Math.min(leftMs, 1000);
        at.wall += stepMs;
        at.monotonic += stepMs;
        vi.advanceTimersByTime(stepMs);
      }
    },
  };
  return at;
}

const HOUR_MS = 3_600_000;

describe('a wall clock that is set while an import runs', () => {
  it('neither shortens nor lengthens --max-duration', () => {
    const at = clocks();
    const options = { maxDurationMs: HOUR_MS, wallNow: () => at.wall, monotonicNow: () => at.monotonic };
    const stop = new StopControl(options);
    at.wall += 5 * HOUR_MS;
    at.advance(HOUR_MS / 2);
    expect(stop.signal.aborted).toBe(false);
    at.wall -= 50 * HOUR_MS;
    at.advance(HOUR_MS / 2 - 1);
    expect(stop.signal.aborted).toBe(false);
    at.advance(1);
    expect(stop.reason?.code).toBe('deadline');
  });

  it('moves --deadline along: it is a time of that clock, and noticed within half a minute', () => {
    const at = clocks();
    const stop = new StopControl({
      deadline: new Date(at.wall + 2 * HOUR_MS),
      wallNow: () => at.wall,
      monotonicNow: () => at.monotonic,
    });
    at.wall -= HOUR_MS;
    at.advance(2 * HOUR_MS);
    expect(stop.signal.aborted).toBe(false);
    at.wall += HOUR_MS;
    at.advance(30_000);
    expect(stop.reason?.code).toBe('deadline');
  });

  it('gives a budget no token early: it is counted by the clock that nobody sets', async () => {
    const folder = await privateFolder();
    let nowMs = 1_000_000;
    const open = (): TokenLedger =>
      new TokenLedger({ store: new FolderStore(folder), rate: { limit: 3, windowMs: 60_000 }, now: () => nowMs });
    const ledger = open();
    const { tokens } = await ledger.claim({ wanted: 3, reserve: 0, spacingMs: undefined });
    for (const token of tokens) await ledger.answered(token, nowMs);
    vi.setSystemTime(Date.now() + 24 * HOUR_MS);
    onTestFinished(() => void vi.useRealTimers());
    const next = open();
    expect((await next.claim({ wanted: 3, reserve: 0, spacingMs: undefined })).tokens).toHaveLength(0);
    nowMs += 60_500;
    expect((await next.claim({ wanted: 3, reserve: 0, spacingMs: undefined })).tokens).toHaveLength(3);
  });
});
