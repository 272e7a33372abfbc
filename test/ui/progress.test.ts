import { expect, it } from 'vitest';
import type { ImportEvent } from '../../src/run/events.js';
import type { Counts } from '../../src/run/tally.js';
import { JobProgress } from '../../src/ui/jobs/progress.js';

const START: Counts = {
  rows: 5,
  contacts: 4,
  created: 0,
  updated: 0,
  unchanged: 0,
  merged: 0,
  rejected: 0,
  pending: 5,
  requests: 0,
  throttled: 0,
  retries: 0,
};

function contact(outcome: 'created' | 'rejected', lines: readonly number[]): ImportEvent {
  const records = lines.map((line) => ({ line, cells: [] }));
  return { type: 'contact', outcome, records, remarks: [], attempts: 1, ms: 1, problems: [] };
}

it('tells at every moment how far a run is, with numbers that add up, and what is left of its time', () => {
  let nowMs = 1_000_000;
  const clock = (): number => nowMs;
  const progress = new JobProgress('a', 'import', () => undefined, clock, clock);
  const started = { file: 'a.csv', api: 'https://api.clarky.ai', bot: 'b' };
  progress.listener({ type: 'started', ...started, counts: START, limit: { writes: 2, windowMs: 60_000 } });
  progress.listener(contact('created', [2]));
  progress.listener(contact('created', [3, 4]));
  progress.listener({ type: 'waiting', untilMs: nowMs + 60_000 });
  // No event tells of progress while the window is waited for.
  const { counts, sentence, secondsLeft } = progress.view();
  expect(counts).toMatchObject({ rows: 5, created: 2, merged: 1, pending: 2 });
  expect([sentence, secondsLeft]).toEqual(['Sending: 3 of 5 rows are done, about 1 min left.', 60]);
  nowMs += 45_000;
  expect(progress.view().sentence).toBe('Sending: 3 of 5 rows are done, about 15 s left.');
  progress.listener(contact('rejected', [5]));
  const now = progress.view();
  const { rows = 0, created, updated, unchanged, merged, rejected, pending } = now.counts ?? START;
  expect(created + updated + unchanged + merged + rejected + pending).toBe(rows);
  expect(now.sentence).toBe('Sending: 4 of 5 rows are done, about 15 s left.');
});
