import { describe, expect, it } from 'vitest';
import { eventInWords, Troubles } from '../../src/cli/follow/event-words.js';
import { lineFor, plainLineFor } from '../../src/cli/follow/progress-words.js';
import { RunState } from '../../src/run/run-state.js';
import type { Counts } from '../../src/run/tally.js';
import { fitted, widthOf } from '../../src/wording/width.js';

const NOW = new Date(2026, 10, 25, 14, 0).getTime();

const NONE: Counts = {
  rows: 0,
  contacts: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  merged: 0,
  rejected: 0,
  pending: 0,
  requests: 0,
  throttled: 0,
  retries: 0,
};

/** A run of so many contacts that has just begun. */
function begun(contacts: number, writes = 60): RunState {
  const state = new RunState('Reading c.csv');
  const counts = { ...NONE, rows: contacts, contacts, pending: contacts };
  state.take(
    { type: 'started', file: 'c.csv', start: '', api: '', bot: '', counts, limit: { writes, seconds: 60 } },
    NOW,
  );
  return state;
}

/** One that has had its first answer. */
function writing(contacts: number): RunState {
  const state = begun(contacts);
  const answered = {
    type: 'request',
    method: 'POST',
    route: 'POST /contacts/upsert',
    status: 201,
    attempt: 1,
  } as const;
  state.take({ ...answered, ms: 5, sinceAnswerMs: 0, rate: undefined, serverMs: undefined }, NOW);
  return state;
}

function end(state: RunState, outcome: 'created' | 'unchanged' | 'rejected', atMs: number, rows = 1): void {
  const records = Array.from({ length: rows }, (_, at) => ({ line: at + 2, cells: [] }));
  state.take({ type: 'contact', outcome, records, remarks: [], attempts: 1, ms: 5, problems: [] }, atMs);
}

describe('how far a run is', () => {
  it('tells while the window is spent when it goes on, and never that nothing is left', () => {
    const state = begun(117);
    for (let at = 0; at < 60; at++) end(state, 'created', NOW + at * 10);
    state.take({ type: 'waiting', untilMs: NOW + 60_000 }, NOW + 600);
    for (const [afterMs, seconds] of [
      [1_000, 59],
      [17_000, 43],
      [58_000, 2],
    ] as const) {
      const line = lineFor(state, 0, NOW + afterMs, 80);
      expect(line).toContain(`next writes in ${seconds} s`);
      expect(line).not.toMatch(/\b0 s left/);
    }
  });

  it('says why it waits, where it has not sent as much itself as the limit allows', () => {
    const ownFew = begun(117);
    end(ownFew, 'created', NOW);
    ownFew.take({ type: 'waiting', untilMs: NOW + 50_000 }, NOW);
    expect(lineFor(ownFew, 0, NOW, 80)).toContain('next writes in 50 s, earlier writes count');
    expect(lineFor(ownFew, 0, NOW + 50_000, 80)).not.toContain('earlier');

    // What was rejected, or was asked again, was a write as well.
    const answered = { type: 'request', route: 'POST /contacts/upsert', attempt: 1, ms: 5, sinceAnswerMs: 0 } as const;
    const ownAll = begun(117);
    for (let at = 0; at < 60; at++)
      ownAll.take({ ...answered, method: 'POST', status: 422, rate: undefined, serverMs: undefined }, NOW + at * 10);
    ownAll.take({ type: 'waiting', untilMs: NOW + 60_400 }, NOW + 600);
    expect(ownAll.waitsForEarlier(NOW + 600)).toBe(false);

    // Nor are those another's that have no answer yet, before and after it comes.
    const underWay = begun(117);
    const answer = { ...answered, method: 'POST', status: 201, rate: undefined, serverMs: undefined } as const;
    for (let at = 0; at < 52; at++) underWay.take(answer, NOW + at * 10);
    underWay.take({ type: 'waiting', untilMs: NOW + 60_400, underWay: 8 }, NOW + 600);
    expect(underWay.waitsForEarlier(NOW + 600)).toBe(false);
    for (let at = 0; at < 8; at++) {
      underWay.take(answer, NOW + 700 + at);
      expect(underWay.waitsForEarlier(NOW + 700 + at)).toBe(false);
    }
    expect(ownAll.waitsForEarlier(NOW + 60_300)).toBe(false);

    // Clarky asked to wait, or the writes are spaced evenly: that is said by itself.
    const paused = begun(117);
    paused.take({ type: 'throttled', waitMs: 20_000 }, NOW);
    paused.take({ type: 'waiting', untilMs: NOW + 20_000 }, NOW);
    expect(paused.waitsForEarlier(NOW + 1)).toBe(false);
    const even = begun(117);
    even.take({ type: 'pace', even: true, reason: 'so' }, NOW);
    even.take({ type: 'waiting', untilMs: NOW + 1000 }, NOW);
    expect(even.waitsForEarlier(NOW)).toBe(false);
  });

  it('never says more than the minute that a window has', () => {
    const state = begun(117);
    state.take({ type: 'waiting', untilMs: NOW + 60_400 }, NOW);
    expect(lineFor(state, 0, NOW, 80)).toContain('next writes in 1 min');
    expect(lineFor(state, 0, NOW + 60_100, 80)).toContain('next writes in 1 s');
  });

  it('counts down to when a server that never answered is given up, until it answers', () => {
    const state = new RunState('Asking Clarky what the key may do');
    const retrying = { type: 'retrying', reason: 'network', attempt: 1, waitMs: 500, message: 'no.' } as const;
    const more = { route: 'GET /pipelines', serverMs: undefined };
    state.take({ ...retrying, neverAnswered: true, endsMs: NOW + 15_000 }, NOW);
    expect(lineFor(state, 0, NOW + 3000, 80)).toBe('Asking Clarky what the key may do  giving up in 12 s');
    expect(plainLineFor(state, NOW + 3000)).toContain('giving up in 12 s');
    state.take(
      { type: 'request', method: 'GET', status: 500, attempt: 2, ms: 5, sinceAnswerMs: 0, rate: undefined, ...more },
      NOW,
    );
    expect(lineFor(state, 0, NOW + 3000, 80)).toBe('Asking Clarky what the key may do');
  });

  it('shows no rate while nothing gets through, and says once why that is, and that it goes on', () => {
    const state = begun(100);
    for (let at = 0; at < 30; at++) end(state, 'created', NOW + at * 1000);
    expect(lineFor(state, 0, NOW + 40_000, 80)).toContain('/min');
    const message = 'h.example takes no connection (ECONNREFUSED).';
    const refused = {
      type: 'retrying',
      reason: 'network',
      attempt: 2,
      waitMs: 500,
      message,
      neverAnswered: false,
    } as const;
    const retrying = { ...refused, endsMs: Date.now() + 300_000 };
    const more = { route: 'POST /contacts', serverMs: undefined, ms: 5, sinceAnswerMs: 0, rate: undefined, attempt: 3 };
    const answered = (status: number) => ({ type: 'request', method: 'POST', status, ...more }) as const;
    const troubles = new Troubles();
    state.take(retrying, NOW + 40_000);
    expect(lineFor(state, 0, NOW + 40_000, 80)).not.toContain('/min');
    expect(troubles.take({ ...retrying, attempt: 1 })).toBeUndefined();
    expect(troubles.take(retrying)).toMatch(/^h\.example takes no connection \(ECONNREFUSED\)\. Trying for .* more\.$/);
    expect([troubles.take(retrying), troubles.take(answered(503)), troubles.take(retrying)]).toEqual(Array(3));
    expect(troubles.take({ type: 'answering', again: true })).toBe('Clarky answers again: going on.');
    expect(troubles.take(answered(201))).toBeUndefined();
    expect(troubles.take(retrying)).toBeDefined();
    const never = new Troubles();
    never.take({ ...retrying, neverAnswered: true });
    expect(never.take({ type: 'answering', again: false })).toBe('Clarky answers: going on.');
  });

  it('tells how long an answer is waited for, and not where it waits for the window or gives the server up', () => {
    const state = begun(117);
    expect(lineFor(state, 0, NOW, 80, 1_900)).not.toContain('no answer');
    expect(lineFor(state, 0, NOW, 80, 9_000)).toContain('0/117  no answer for 9 s');
    state.take({ type: 'waiting', untilMs: NOW + 50_000 }, NOW);
    expect(lineFor(state, 0, NOW, 80, 9_000)).not.toContain('no answer');
    // While the question of an undo stood there nobody owed an answer.
    const undoing = new RunState('Reading what was imported');
    undoing.enterWriting('Undoing', 3, NOW);
    expect(lineFor(undoing, 0, NOW + 1_000, 80, 60_000)).toBe('Undoing: 0 of 3');
    expect(lineFor(undoing, 0, NOW + 5_000, 80, 60_000)).toBe('Undoing: 0 of 3  no answer for 5 s');
  });

  it('says in a narrow window as well when it goes on', () => {
    const state = begun(117);
    for (let at = 0; at < 60; at++) end(state, 'created', NOW + at * 10);
    state.take({ type: 'waiting', untilMs: NOW + 60_000 }, NOW + 600);
    expect(lineFor(state, 0, NOW + 17_000, 40)).toBe('██░░░ 60/117  next writes in 43 s');
  });

  it('counts what is unchanged at once, whatever else is still to come', () => {
    const state = begun(5000);
    for (let at = 0; at < 3400; at++) end(state, 'unchanged', NOW);
    expect(lineFor(state, 0, NOW + 1, 80)).toMatch(/3,400\/5,000 .*3,400 unchanged/);
  });

  it('counts what needs no write further on in the file, once', () => {
    const state = writing(1000);
    state.take({ type: 'ahead', contacts: 0, rows: 0, isWhole: false }, NOW);
    // As long as nobody knows how much of it is there already, nothing is said of an end.
    expect(lineFor(state, 0, NOW, 80)).not.toContain('left');
    state.take({ type: 'ahead', contacts: 80, rows: 90, isWhole: true }, NOW);
    expect(state.counts).toMatchObject({ unchanged: 80, merged: 10, pending: 910 });
    expect(lineFor(state, 0, NOW, 80)).toContain('90/1,000  15 min left (14:15), 80 unchanged');
    end(state, 'unchanged', NOW, 11);
    for (let at = 0; at < 79; at++) end(state, 'unchanged', NOW);
    expect(state.counts).toMatchObject({ unchanged: 80, merged: 10, pending: 910 });
    // More than is left is never done.
    state.take({ type: 'ahead', contacts: 2000, rows: 2000, isWhole: true }, NOW);
    expect(state.counts).toMatchObject({ unchanged: 990, pending: 0 });
  });

  it('counts rows that are folded into one contact, and those that are rejected', () => {
    const state = begun(10);
    end(state, 'created', NOW, 3);
    end(state, 'rejected', NOW, 2);
    expect(state.counts).toMatchObject({ created: 1, merged: 2, rejected: 2, pending: 5 });
  });

  it('tells when reads go on, and blames no server for a pause of its own', () => {
    const state = new RunState('Reading');
    state.enterWriting('Undoing', 70, NOW);
    const quiet = (atMs: number): string => lineFor(state, 60_000, NOW + atMs, 80, 12_000);
    expect(quiet(12_000)).toContain('no answer for 12 s');
    state.take({ type: 'reads_waiting', untilMs: NOW + 50_000 }, NOW + 12_000);
    expect(quiet(12_000)).toContain('next reads in 38 s');
    expect(quiet(12_000)).not.toContain('no answer');
    expect(quiet(50_000)).toContain('no answer');
    state.take({ type: 'warning', code: 'reads_behind', message: 'So.', untilMs: NOW + 60_000 }, NOW + 50_000);
    expect(quiet(50_000)).not.toContain('no answer');
  });

  it('says when a long run ends', () => {
    expect(lineFor(writing(5000), 0, NOW, 80)).toContain('1 h 23 min left (15:23)');
    expect(lineFor(writing(200_000), 0, NOW, 80)).toContain('(2026-11-27 ');
    // Before the first answer much of it may be there already.
    expect(lineFor(begun(5000), 0, NOW, 80)).not.toContain('left');
  });

  it('never shows a rate above the limit', () => {
    const state = begun(5000);
    for (let at = 0; at < 120; at++) end(state, 'created', NOW + 50_000 + at * 100);
    expect(state.perMinute(NOW + 62_000)).toBe(60);
  });

  it.each([20, 40, 60, 80, 120])('fits %d columns', (columns) => {
    const state = begun(123_456);
    for (let at = 0; at < 60; at++) end(state, 'created', NOW);
    end(state, 'rejected', NOW);
    state.take({ type: 'waiting', untilMs: NOW + 60_000 }, NOW);
    expect(widthOf(fitted(lineFor(state, 0, NOW, columns), columns - 1))).toBeLessThan(columns);
  });

  it('names its phase before anything is sent, with the time that it takes', () => {
    const state = new RunState('Reading c.csv');
    expect(lineFor(state, 100, NOW, 80)).toBe('Reading c.csv');
    expect(lineFor(state, 12_000, NOW, 80)).toBe('Reading c.csv  12 s');
    state.take({ type: 'workspace', known: 1200, total: 50_000 }, NOW);
    expect(plainLineFor(state, NOW)).toBe('Reading the workspace: 1,200 of 50,000.');
    state.take({ type: 'workspace', known: 1300, total: undefined }, NOW);
    expect(plainLineFor(state, NOW)).toBe('Reading the workspace: 1,300.');
  });

  it('counts what is asked as the run does', () => {
    const state = begun(2);
    const by = { type: 'request', method: 'POST', route: '/contacts/upsert' } as const;
    const asked = { ...by, ms: 5, sinceAnswerMs: 0, rate: undefined, serverMs: undefined };
    state.take({ ...asked, attempt: 1, status: 429 }, NOW);
    state.take({ ...asked, attempt: 2, status: 201 }, NOW);
    expect(state.counts).toMatchObject({ requests: 2, throttled: 1, retries: 1 });
  });

  it('knows what undoing takes', () => {
    const state = new RunState('Reading');
    state.enterWriting('Undoing', 61, NOW);
    expect(plainLineFor(state, NOW)).toBe('Undoing: 0 of 61; 1 min left.');
  });
});

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['李华', 4],
    ['e\u0301', 1],
    ['🌱', 2],
  ])('%s takes %d columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
    expect(widthOf(fitted(text.repeat(50), 20))).toBeLessThanOrEqual(20);
  });
});

it('speaks of another Ctrl-C to whoever stopped the run, and to nobody else', () => {
  const [asked, forced] = [true, false].map((isAsked) => eventInWords({ type: 'finishing', requests: 3, isAsked }));
  expect(asked).toBe('Finishing 3 requests; Ctrl-C again to quit at once.');
  expect(forced).toBe('Finishing 3 requests.');
  const terminated = eventInWords({ type: 'finishing', requests: 1, isAsked: true, code: 'terminated' });
  expect(terminated).toBe('Finishing 1 request; a second signal quits at once.');
});
