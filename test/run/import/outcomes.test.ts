import { describe, expect, it } from 'vitest';
import type { ImportEvent } from '../../../src/run/events.js';
import { Outcomes } from '../../../src/run/import/outcomes.js';
import { plannedContact, plannedRejection } from './workshop.js';

const ADA = plannedContact({ emails: ['ada@x.com'] }, 2, 5);

describe('the outcomes of a run', () => {
  it('count a rejected row only once it is with the rejects file', async () => {
    let letGo = (): void => undefined;
    const written: number[] = [];
    const outcomes = new Outcomes(() => undefined);
    outcomes.begin(
      { rows: 3, contacts: 1 },
      {
        write: ({ line }) => {
          written.push(line);
          return new Promise((resolve) => (letGo = resolve));
        },
      },
    );
    const rejecting = outcomes.rejected(plannedRejection(3));
    expect(written).toEqual([3]);
    expect(outcomes.counts().rejected).toBe(0);
    letGo();
    await rejecting;
    expect(outcomes.counts().rejected).toBe(1);
  });

  it('count as a request what has left, a retry as well, and not what never did', () => {
    const outcomes = new Outcomes(() => undefined);
    outcomes.attempted({ method: 'POST', attempt: 1, status: undefined });
    outcomes.attempted({ method: 'PATCH', attempt: 2, status: 429 });
    outcomes.attempted({ method: 'GET', attempt: 1, status: 200 });
    outcomes.attempted({ method: 'POST', attempt: 1, status: undefined, isUnsent: true });
    expect(outcomes.counts()).toMatchObject({ requests: 2, retries: 1, throttled: 1 });
  });

  it('write each row of a contact that Clarky rejected, and tell it once', async () => {
    const events: ImportEvent[] = [];
    const written: number[] = [];
    const outcomes = new Outcomes(
      (event) => events.push(event),
      () => 0,
    );
    outcomes.begin({ rows: 2, contacts: 1 }, { write: ({ line }) => Promise.resolve(void written.push(line)) });
    await outcomes.rejectedContact(ADA, { code: 'conflict', message: 'no' }, { status: 409, attempts: 2, ms: 7 });
    expect(written).toEqual([2, 5]);
    expect(outcomes.counts()).toMatchObject({ rejected: 2, merged: 0, pending: 0 });
    expect(events.filter(({ type }) => type === 'contact')).toMatchObject([
      { outcome: 'rejected', status: 409, attempts: 2, problems: [{ code: 'conflict' }] },
    ]);
  });

  it('keep one row of a contact pending, and its others merged', () => {
    const outcomes = new Outcomes(() => undefined);
    outcomes.begin({ rows: 2, contacts: 1 }, { write: () => Promise.resolve() });
    outcomes.leftPending(ADA);
    expect(outcomes.counts()).toMatchObject({ pending: 1, merged: 1 });
  });

  it('tell the progress at most ten times a second', () => {
    let nowMs = 0;
    let told = 0;
    const outcomes = new Outcomes(
      ({ type }) => (told += type === 'progress' ? 1 : 0),
      () => nowMs,
    );
    outcomes.begin({ rows: 100, contacts: 100 }, { write: () => Promise.resolve() });
    for (let n = 0; n < 100; n++) {
      nowMs += 10;
      outcomes.unchanged(ADA);
    }
    expect(told).toBe(10);
  });
});
