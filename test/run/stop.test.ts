import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImporterError } from '../../src/errors.js';
import { StopControl } from '../../src/run/stop.js';

describe('a stop', () => {
  afterEach(() => void vi.useRealTimers());

  it('keeps the first reason', () => {
    const stop = new StopControl({});
    const first = new ImporterError('interrupted', 'first', { next: '' });
    stop.stop(first);
    stop.stop(new ImporterError('internal', 'second', { next: '' }));
    expect(stop.reason).toBe(first);
  });

  it('comes with the signal of the caller, whose own reason is kept where it is ours', () => {
    const aborted = new AbortController();
    aborted.abort(new Error('whatever'));
    expect(new StopControl({ signal: aborted.signal }).reason?.code).toBe('interrupted');
    const later = new AbortController();
    const stop = new StopControl({ signal: later.signal });
    later.abort(new ImporterError('terminated', 'SIGTERM', { next: '' }));
    expect(stop.reason?.code).toBe('terminated');
  });

  it('comes at the deadline of a wall clock that is set forward in the meantime', () => {
    vi.useFakeTimers();
    let wallMs = 0;
    const stop = new StopControl({ deadline: new Date(3_600_000), wallNow: () => wallMs, monotonicNow: () => 0 });
    vi.advanceTimersByTime(60_000);
    expect(stop.reason).toBeUndefined();
    wallMs = 3_600_000;
    vi.advanceTimersByTime(20_000);
    expect(stop.reason?.code).toBe('deadline');
  });

  it('comes after a duration by the clock that nobody sets', () => {
    vi.useFakeTimers();
    let monotonicMs = 0;
    const stop = new StopControl({ maxDurationMs: 30_000, wallNow: () => 0, monotonicNow: () => monotonicMs });
    monotonicMs = 20_000;
    vi.advanceTimersByTime(20_000);
    expect(stop.reason).toBeUndefined();
    monotonicMs = 30_000;
    vi.advanceTimersByTime(10_000);
    expect(stop.reason?.code).toBe('deadline');
  });

  it('lets go of the timer and of the caller’s signal', () => {
    vi.useFakeTimers();
    const caller = new AbortController();
    const stop = new StopControl({ signal: caller.signal, maxDurationMs: 10, monotonicNow: () => 0 });
    stop.close();
    caller.abort();
    expect(vi.getTimerCount()).toBe(0);
    expect(stop.reason).toBeUndefined();
  });
});
