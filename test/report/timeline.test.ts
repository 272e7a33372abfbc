import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineChart, timelineInWords } from '../../src/report/charts/timeline-chart.js';
import { toHtml } from '../../src/report/markup.js';
import { MOST_BINS, Timeline } from '../../src/report/timeline.js';

const LIMIT = { limit: 60, windowMs: 60_000 };

describe('the timeline', () => {
  it('has every write, and the fullest window, in at most 240 bins', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400_000), { minLength: 1, maxLength: 300 }), (times) => {
        times.sort((a, b) => a - b);
        const timeline = new Timeline(LIMIT);
        for (const atMs of times) timeline.write(atMs, atMs % 7 === 0);
        const { bins, binMs, endMs } = timeline.data((times.at(-1) ?? 0) + 10);
        const fullest = Math.max(
          ...times.map((end, at) => times.slice(0, at + 1).filter((t) => t > end - 60_000).length),
        );
        expect(bins.length).toBeLessThanOrEqual(MOST_BINS);
        expect(bins.length * binMs).toBeGreaterThan(endMs);
        expect(bins.reduce((sum, bin) => sum + bin.writes, 0)).toBe(times.length);
        expect(bins.reduce((sum, bin) => sum + bin.throttled, 0)).toBe(times.filter((t) => t % 7 === 0).length);
        expect(Math.max(...bins.map((bin) => bin.peak))).toBe(fullest);
      }),
    );
  });

  it('shows no window fuller than it was where an answer is told of late', () => {
    const timeline = new Timeline({ limit: 2, windowMs: 500 });
    for (const atMs of [100, 90, 595, 605]) timeline.write(atMs, false);
    expect(timeline.data(1000).bins.map(({ peak }) => peak)).toEqual([2, 2, 2, 2, 2]);
  });

  it('joins pauses that overlap, and says all of it in words', () => {
    const timeline = new Timeline(LIMIT);
    timeline.write(100, false);
    timeline.write(200, true);
    timeline.pause(200, 5000);
    timeline.pause(3000, 4000);
    timeline.mark({ atMs: 9000, kind: 'even' });
    timeline.mark({ atMs: 9500, kind: 'limit', limit: 30 });
    timeline.mark({ atMs: 10_000, kind: 'stopped' });
    const data = timeline.data(10_000);
    expect(data.pauses).toEqual([{ fromMs: 200, toMs: 7000 }]);
    expect(timelineInWords(data)).toBe(
      '2 writes in 10 s; at most 2 in any 1 min, of 60 allowed. Once over the limit (429).',
    );
    const drawn = toHtml(timelineChart(data));
    for (const kind of ['pause', 'mark throttled', 'mark even', 'mark stopped', 'limit']) {
      expect(drawn).toContain(`class="${kind}"`);
    }
    expect(drawn).toContain('role="img"');
    // Whoever looks can read the counts off it, and the limit as it begins and ends.
    const numbers = [...drawn.matchAll(/<text class="y"[^>]*>([^<]*)</g)].map(([, number]) => number);
    expect(numbers).toEqual(['0', '20', '40', '60']);
    const limits = [...drawn.matchAll(/<text class="limit-label"[^>]*>([^<]*)</g)].map(([, limit]) => limit);
    expect(limits).toEqual(['limit 60', 'limit 30']);
    expect(drawn).toContain('the limit, 60, later 30');
  });

  it('draws a run without a limit and a run without a write', () => {
    const timeline = new Timeline({ limit: Infinity, windowMs: 60_000 });
    const drawn = toHtml(timelineChart(timeline.data(0)));
    expect(drawn).not.toContain('class="limit"');
    expect(drawn).not.toContain('NaN');
    expect(drawn).not.toContain('Infinity');
    expect(drawn.match(/<text class="/g)).toHaveLength(2);
  });
});
