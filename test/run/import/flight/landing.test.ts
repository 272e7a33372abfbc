import { describe, expect, it } from 'vitest';
import { longestFlightMs } from '../../../../src/api/patience.js';
import { digestText } from '../../../../src/contact/identity.js';
import { Landing } from '../../../../src/run/import/flight/landing.js';
import { plannedContact } from '../workshop.js';

const ADA = plannedContact({ emails: ['ada@x.com'] });
const SAME = digestText(ADA.payload);
const STARTED_MS = 1_000_000;
const LONGEST_MS = 10_000;

/** A clock that goes on as it is slept by, and a server that has the contact from `landsAtMs` on. */
function landingAt(landsAtMs = Infinity) {
  const seen = { nowMs: STARTED_MS, asked: 0, told: [] as number[] };
  const landing = new Landing({
    lookUp: () => Promise.resolve((seen.asked++, seen.nowMs - STARTED_MS >= landsAtMs ? { id: 'con' } : undefined)),
    sleep: (ms) => Promise.resolve(void (seen.nowMs += ms)),
    wallClock: () => seen.nowMs,
    longestFlightMs: () => LONGEST_MS,
    onWait: (ms) => seen.told.push(ms),
  });
  const waited = (): number => seen.nowMs - STARTED_MS;
  return { landing, seen, waited };
}

describe('what an earlier run sent', () => {
  it('is waited for until Clarky has it', async () => {
    const { landing, waited, seen } = landingAt(3000);
    await landing.ofEarlierRun(ADA, { sentMs: STARTED_MS - 100, payload: SAME }, false);
    expect(waited()).toBeGreaterThanOrEqual(3000);
    expect(waited()).toBeLessThan(LONGEST_MS);
    expect([seen.asked < 8, seen.told]).toEqual([true, [LONGEST_MS - 100]]);
  });

  it('is waited for until its time has passed, counted from when it left', async () => {
    const { landing, waited } = landingAt();
    await landing.ofEarlierRun(ADA, { sentMs: STARTED_MS - 4000, payload: SAME }, false);
    expect(waited()).toBe(LONGEST_MS - 4000);
    const { landing: later, seen } = landingAt();
    await later.ofEarlierRun(ADA, { sentMs: STARTED_MS - LONGEST_MS, payload: SAME }, false);
    expect([seen.asked, seen.nowMs]).toEqual([0, STARTED_MS]);
  });

  it('is not waited for where Clarky has the contact, and it held the same', async () => {
    const { landing, waited, seen } = landingAt();
    await landing.ofEarlierRun(ADA, { sentMs: STARTED_MS, payload: SAME }, true);
    expect([waited(), seen.asked]).toEqual([0, 0]);
  });

  it.each(['another', undefined])('is waited for to the end where it held something else (%s)', async (payload) => {
    const { landing, waited, seen } = landingAt(0);
    await landing.ofEarlierRun(ADA, { sentMs: STARTED_MS, payload }, true);
    expect([waited(), seen.asked]).toEqual([LONGEST_MS, 0]);
  });

  it('may arrive all the same where it held something else, until no server may take so long', async () => {
    const { landing } = landingAt(0);
    const sentMs = STARTED_MS - 20_000;
    expect(await landing.ofEarlierRun(ADA, { sentMs, payload: 'another' }, true)).toBe(false);
    expect(await landing.ofEarlierRun(ADA, { sentMs, payload: SAME }, false)).toBe(true);
    expect(await landing.ofEarlierRun(ADA, { sentMs: STARTED_MS - 30_000, payload: 'another' }, true)).toBe(true);
  });

  it('is never waited for longer, whatever the clock says', async () => {
    const { landing, waited } = landingAt();
    await landing.ofEarlierRun(ADA, { sentMs: STARTED_MS + 9e9, payload: SAME }, false);
    expect(waited()).toBe(LONGEST_MS);
  });
});

describe('what this run sent, and nobody waits for any more', () => {
  it('is waited for as long after a time-out as anything, and a little where the connection broke', async () => {
    const [timeout, broke] = [landingAt(), landingAt()];
    await timeout.landing.ofThisRun(ADA, true);
    await broke.landing.ofThisRun(ADA, false);
    expect([timeout.waited(), broke.waited()]).toEqual([LONGEST_MS, 2000]);
  });
});

describe('how long that is', () => {
  it.each([
    ['as long as an answer is waited for', undefined, 30_000],
    ['less where the server was seen to be fast', 20, 5000],
    ['more where it was seen to be slow', 250, 25_000],
    ['never longer than an answer is waited for', 9000, 30_000],
  ])('is %s', (_, slowestMs, expected) => {
    expect(longestFlightMs(slowestMs)).toBe(expected);
  });
});
