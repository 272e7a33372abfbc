import { expect, it } from 'vitest';
import { moodOf } from '../../src/report/import-part.js';
import type { ImportEvent } from '../../src/run/events.js';
import type { Counts } from '../../src/run/tally.js';
import { timelineOf } from '../../src/ui/jobs/jobs.js';
import { behindTeller } from '../../src/run/connection/behind.js';
import { waitTeller } from '../../src/run/import/flight/waiting.js';
import { JobProgress } from '../../src/ui/jobs/progress.js';
import { endInWords } from '../../src/wording/times.js';

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
  const progress = new JobProgress('a', 'import', () => undefined, { now: clock, wallNow: clock });
  const started = { file: 'a.csv', start: '2026-11-26T10:00:00.000Z', api: 'https://api.clarky.ai', bot: 'b' };
  progress.listener({ type: 'started', ...started, counts: START, limit: { writes: 2, seconds: 60 } });
  progress.listener(contact('created', [2]));
  progress.listener(contact('created', [3, 4]));
  progress.listener({ type: 'waiting', untilMs: nowMs + 60_000 });
  // No event tells of progress while the window is waited for.
  const { counts, sentence, secondsLeft } = progress.view();
  expect(counts).toMatchObject({ rows: 5, created: 2, merged: 1, pending: 2 });
  expect([sentence, secondsLeft]).toEqual(['Sending: 3 of 5 rows are done, about 1 min left.', 60]);
  expect(progress.view().waitsForEarlier).toBe(false);
  expect(progress.view().limitSaid).toBeNull();
  progress.listener({ type: 'limit', writes: 3, seconds: 60 });
  expect(progress.view()).toMatchObject({
    limit: { writes: 3, windowMs: 60_000 },
    limitSaid: 'As Clarky announces, the limit is now 3 writes in any 1 min.',
  });
  expect(progress.view().waitsForEarlier).toBe(true);
  progress.listener({ type: 'limit', writes: 2, seconds: 60 });
  nowMs += 45_000;
  expect(progress.view().sentence).toBe('Sending: 3 of 5 rows are done, about 15 s left.');
  progress.listener(contact('rejected', [5]));
  const now = progress.view();
  const { rows = 0, created, updated, unchanged, merged, rejected, pending } = now.counts ?? START;
  expect(created + updated + unchanged + merged + rejected + pending).toBe(rows);
  expect(now.sentence).toBe('Sending: 4 of 5 rows are done, about 15 s left.');
});

it('tells how far taking back is once it was agreed to, and that it stops', () => {
  let nowMs = 1_000_000;
  const clock = (): number => nowMs;
  const progress = new JobProgress('a', 'undo', () => undefined, { now: clock, wallNow: clock });
  expect(progress.view()).toMatchObject({ sentence: 'Looking at what was imported…', undoing: null });
  progress.answered(3);
  expect(progress.view().sentence).toBe('Taking back: 0 of 3 contacts are taken back.');
  progress.listener({ type: 'undone', line: 2, contactId: 'c', outcome: 'deleted', fields: [] });
  progress.listener({ type: 'undone', line: 3, contactId: 'd', outcome: 'left', fields: [] });
  expect(progress.view().undoing).toEqual({ done: 1, of: 3 });
  progress.listener({ type: 'waiting', untilMs: (nowMs += 20_000) + 60_000 });
  expect(progress.view().sentence).toBe('Taking back: 1 of 3 contacts is taken back, about 1 min left.');
  progress.stopping();
  expect(progress.view().sentence).toMatch(/^Stopping/);
});

it('says that Clarky does not answer, and until when it is tried, until it answers again', () => {
  let nowMs = Date.parse('2026-11-24T12:00:00Z');
  const clock = (): number => nowMs;
  const progress = new JobProgress('a', 'import', () => undefined, { now: clock, wallNow: clock });
  const endsMs = nowMs + 300_000;
  const gone = {
    type: 'retrying',
    reason: 'network',
    waitMs: 500,
    message: 'a.b takes no connection.',
    endsMs,
  } as const;
  const until = `a.b takes no connection. Trying again until ${endInWords(endsMs, nowMs)}.`;
  progress.listener({ type: 'asking', what: 'access' });
  expect(progress.view().sentence).toBe('Asking Clarky what the key may do…');
  progress.listener({ ...gone, attempt: 1, neverAnswered: true });
  expect(progress.view().sentence).toBe(`Asking Clarky what the key may do… ${until}`);
  const answered = { method: 'GET', route: 'GET /pipelines', attempt: 2, ms: 5, sinceAnswerMs: 0 } as const;
  progress.listener({ type: 'request', ...answered, status: 200, rate: undefined, serverMs: undefined });
  const started = { file: 'a.csv', start: '2026-11-26T10:00:00.000Z', api: 'https://api.clarky.ai', bot: 'b' };
  progress.listener({ type: 'started', ...started, counts: START, limit: { writes: 2, seconds: 60 } });
  progress.listener(contact('created', [2]));
  progress.listener({ ...gone, attempt: 1, neverAnswered: false });
  expect(progress.view().sentence).not.toContain('takes no connection');
  progress.listener({ ...gone, attempt: 2, neverAnswered: false });
  const nowhere = { method: 'POST', route: 'POST /contacts/upsert', status: undefined, isUnsent: true } as const;
  const nothing = { attempt: 2, ms: 5, sinceAnswerMs: 0, rate: undefined, serverMs: undefined };
  progress.listener({ type: 'request', ...nowhere, ...nothing });
  // What reached nobody is no write, and how long it takes can't be said.
  expect(progress.view().inWindow).toBe(0);
  const { sentence, secondsLeft } = progress.view();
  expect([sentence, secondsLeft]).toEqual([`Sending: 1 of 5 rows is done. ${until}`, null]);
  // It goes on a little longer than it was said: a time that is past is no help.
  nowMs = endsMs + 1;
  expect(progress.view().sentence).toBe('Sending: 1 of 5 rows is done. a.b takes no connection. Trying again.');
  progress.listener({ type: 'request', ...answered, status: 201, rate: undefined, serverMs: undefined });
  expect(progress.view().sentence).toMatch(/^Sending: 1 of 5 rows is done, about .* left\.$/);
});

it('shows what somebody stopped on purpose as no failure, and how to begin where nothing was sent', () => {
  const progress = new JobProgress('a', 'import', () => undefined);
  const next = 'The rest is pending: send it again to go on where it stopped.';
  progress.failed({ code: 'interrupted', message: 'It was stopped.', next });
  expect(progress.view()).toMatchObject({
    sentence: 'Stopped before the first contact was sent.',
    mood: 'mixed',
    error: { next: 'Send it again when you want to begin.' },
  });
  const counts = { rows: 5, pending: 3, rejected: 0 };
  expect(moodOf({ counts, stopped: { isAsked: true } })).toBe('mixed');
  expect(moodOf({ counts, stopped: { isAsked: false } })).toBe('stopped');
  expect(moodOf({ counts: { ...counts, pending: 0 }, stopped: undefined })).toBe('good');
  expect(moodOf({ counts: { rows: 0, pending: 0, rejected: 0 }, stopped: undefined })).toBe('mixed');
});

it('keeps the drawing of the writes beside a comparison of the same sheet alone', () => {
  const progress = new JobProgress('a', 'import', () => undefined);
  progress.isOf('South');
  const started = { file: 'a.xlsx', start: '2026-11-26T10:00:00.000Z', api: 'https://api.clarky.ai', bot: 'b' };
  progress.listener({ type: 'started', ...started, counts: START, limit: { writes: 2, seconds: 60 } });
  const ofSouth = progress.view();
  expect(ofSouth.timeline).not.toBeNull();
  expect(timelineOf(ofSouth, 'South')).toBe(ofSouth.timeline);
  expect(timelineOf(ofSouth, 'North')).toBeNull();
  expect(timelineOf(null, 'North')).toBeNull();
});

it('says what is waited for where a write was not answered, for as long as that is so', () => {
  let nowMs = 1_000_000;
  const clock = (): number => nowMs;
  const progress = new JobProgress('a', 'import', () => undefined, { now: clock, wallNow: clock });
  const started = { file: 'a.csv', start: '2026-11-26T10:00:00.000Z', api: 'https://api.clarky.ai', bot: 'b' };
  const limit = { writes: 60, seconds: 60 };
  progress.listener({ type: 'started', ...started, counts: START, limit });
  const tell = waitTeller(progress.listener, 'what it was for is sent when that is over', clock);
  const told = (): unknown => [progress.view().sentence, (progress.view().nextOut?.atMs ?? nowMs) - nowMs];
  const far = 'Sending: 0 of 5 rows are done.';
  const why = `${far} A write whose answer was not heard may still arrive: that is waited for first.`;
  tell(20_000);
  expect(told()).toEqual([why, 20_000]);
  nowMs += 20_000;
  expect(progress.view().sentence).toBe(far);
  // What ends with it is not told of again; a later one is.
  tell(1000);
  expect(progress.view().sentence).toBe(far);
  tell(10_000);
  expect(told()).toEqual([why, 10_000]);
  progress.listener(contact('created', [2]));
  expect(progress.view().sentence).toBe('Sending: 1 of 5 rows is done.');
});

it('says that reads wait, be it for their limit or since what they show is old, and when they go on', () => {
  let nowMs = 1_000_000;
  const clock = (): number => nowMs;
  const progress = new JobProgress('a', 'import', () => undefined, { now: clock, wallNow: clock });
  progress.listener({ type: 'workspace', known: 12_000, total: 50_000 });
  const far = "Reading Clarky's contacts: 12,000 of 50,000 contacts.";
  const told = (): unknown => [progress.view().sentence, progress.view().nextOut];
  expect(told()).toEqual([far, null]);
  progress.listener({ type: 'reads_waiting', untilMs: nowMs + 38_000 });
  const spent = 'Clarky lets a key read 120 times a minute, and that is spent: it goes on as they come back.';
  expect(told()).toEqual([`${far} ${spent}`, { of: 'reads', atMs: nowMs + 38_000 }]);
  // The writes that wait are what the time hangs on.
  progress.listener({ type: 'waiting', untilMs: nowMs + 20_000 });
  expect(told()).toEqual([far, { of: 'writes', atMs: nowMs + 20_000 }]);
  nowMs += 38_000;
  expect(told()).toEqual([far, null]);
  behindTeller(progress.listener, clock)(9000);
  const behind = 'Clarky does not show yet all that it answered: it is asked again.';
  expect(told()).toEqual([`${far} ${behind}`, null]);
  nowMs += 9000;
  expect(told()).toEqual([far, null]);
});

it.each([
  [true, 'about 4 min left'],
  [false, 'about 11 min left'],
])('reckons with the limit that Clarky announces where it is taken up (%s): %s', (isRaised, left) => {
  const clock = (): number => 1_000_000;
  const progress = new JobProgress('a', 'import', () => undefined, { isRaised, now: clock, wallNow: clock });
  const started = { file: 'a.csv', start: '2026-11-26T10:00:00.000Z', api: 'https://api.clarky.ai', bot: 'b' };
  const counts = { ...START, rows: 700, contacts: 700, pending: 700 };
  progress.listener({ type: 'started', ...started, counts, limit: { writes: 60, seconds: 60 } });
  const answered = { method: 'POST', route: 'POST /contacts/upsert', status: 201, attempt: 1, ms: 5 } as const;
  const rate = { window: { limit: 240, remaining: 180 }, retryAfterMs: undefined };
  for (let line = 2; line < 62; line++) {
    progress.listener({ type: 'request', ...answered, sinceAnswerMs: 0, rate, serverMs: undefined });
    progress.listener(contact('created', [line]));
  }
  progress.listener({ type: 'waiting', untilMs: clock() + 59_000 });
  expect(progress.view().sentence).toContain(left);
});
