import { describe, expect, it } from 'vitest';
import type { DecideOptions } from '../../../src/plan/decide.js';
import type { Planned, PlannedContact } from '../../../src/plan/planned.js';
import { ImporterError } from '../../../src/errors.js';
import { placesToProbe } from '../../../src/run/import/judge.js';
import { Outcomes } from '../../../src/run/import/outcomes.js';
import { Passes, type PassesParts } from '../../../src/run/import/passes.js';
import { UnchangedNotes } from '../../../src/run/import/rows/unchanged-notes.js';
import { Sender } from '../../../src/run/import/sender.js';
import { StopControl } from '../../../src/run/stop.js';
import { accepted, memoryCheckpoint, plannedContact, plannedRejection, refused, senderDefaults } from './workshop.js';

function passesOver(all: readonly Planned[], options: DecideOptions, refuses: ReadonlySet<string> = new Set()) {
  const { checkpoint } = memoryCheckpoint();
  const outcomes = new Outcomes(() => undefined);
  outcomes.begin({ rows: all.length, contacts: all.length }, { write: () => Promise.resolve() });
  const stop = new StopControl({});
  const sent: string[] = [];
  const sender = new Sender({
    target: {
      upsert: (payload) => {
        const [email = ''] = (payload as { emails: string[] }).emails;
        sent.push(email);
        if (email.startsWith('bad')) return Promise.resolve(refused('bad'));
        return Promise.resolve(refuses.has(email) ? refused(`no_${email}`) : accepted(`con_${email}`, true));
      },
      patchContact: () => Promise.resolve(undefined),
    },
    checkpoint,
    unchanged: new UnchangedNotes(checkpoint),
    outcomes,
    stop,
    ...senderDefaults(),
    concurrency: 1,
  });
  const reading = {
    file: { settings: { sharedEmail: 'reject', sharedPhone: 'reject' }, mapping: { columns: [] } },
    async *planned() {
      await Promise.resolve();
      yield all;
    },
  } as unknown as PassesParts['reading'];
  const counts = { rows: all.length, contacts: all.length, merged: 0 };
  const decisions = { counts: () => counts, nameDoubts: () => [] } as unknown as PassesParts['first']['decisions'];
  const first = { decisions, isWanted: undefined };
  const passes = new Passes({ reading, first, checkpoint, sender, live: undefined, outcomes, stop, options });
  return { passes, checkpoint, outcomes, stop, sent };
}

const named = (name: string): PlannedContact => plannedContact({ emails: [`${name}@x.com`] });

describe('the passes over a file', () => {
  it('send what was rejected earlier last, once, and nothing again that this run rejects', async () => {
    const [old, fresh, good] = [named('old'), named('fresh'), named('good')];
    const bench = passesOver([old, fresh, good], { retryRejected: true }, new Set(['old@x.com', 'fresh@x.com']));
    await bench.checkpoint.refused(old, 'conflict');
    await bench.passes.sendAll();
    expect(bench.sent).toEqual(['fresh@x.com', 'good@x.com', 'old@x.com']);
    expect(bench.outcomes.counts()).toMatchObject({ created: 1, rejected: 2, pending: 0 });
  });

  it('reject without asking what was rejected earlier', async () => {
    const old = named('old');
    const bench = passesOver([old, plannedRejection(3), named('good')], {});
    await bench.checkpoint.refused(old, 'conflict');
    await bench.passes.sendAll();
    expect(bench.sent).toEqual(['good@x.com']);
    expect(bench.outcomes.counts()).toMatchObject({ created: 1, rejected: 2, pending: 0 });
  });

  it('send nothing more once the run stops, and go on counting what needs no write', async () => {
    const bench = passesOver([named('a'), plannedRejection(3)], {});
    bench.stop.stop(new ImporterError('interrupted', 'Stopped.', { next: 'Go on.' }));
    await bench.passes.sendAll();
    expect(bench.sent).toEqual([]);
    expect(bench.outcomes.counts()).toMatchObject({ rejected: 1, pending: 1 });
  });
});

describe('where the first rows are all rejected alike', () => {
  const rows = (bad: number, good: number): PlannedContact[] => [
    ...Array.from({ length: bad }, (_, n) => named(`bad${n}`)),
    ...Array.from({ length: good }, (_, n) => named(`good${n}`)),
  ];

  it.each([
    [200, 100],
    [650, 330],
    [40, 1],
    [10, 1],
  ])('%i of them and %i good ones behind: all are sent', async (bad, good) => {
    const bench = passesOver(rows(bad, good), {});
    await bench.passes.sendAll();
    expect(bench.stop.reason).toBeUndefined();
    expect(bench.outcomes.counts()).toMatchObject({ created: good, rejected: bad, pending: 0 });
  });

  it('a few from all over the file are asked, and the run stops with all of them open', async () => {
    const bench = passesOver(rows(500, 0), {});
    await bench.passes.sendAll();
    expect(bench.stop.reason?.code).toBe('all_rejected');
    expect(bench.outcomes.counts()).toMatchObject({ rejected: 0, pending: 500 });
    expect(bench.sent.length).toBeLessThanOrEqual(16);
    expect(bench.sent.at(-1)).toBe('bad499@x.com');
  });

  it('every row of the file is asked in some run', () => {
    for (const [from, to] of [
      [10, 10],
      [10, 14],
      [16, 39],
      [10, 1000],
    ] as const) {
      const asked = new Set<number>();
      for (let turn = 0; turn < 1000; turn++) {
        const places = placesToProbe(from, to, 1_700_000_000_000 + turn);
        expect([places.length <= 5, places.at(-1)]).toEqual([true, to]);
        for (const place of places) asked.add(place);
      }
      expect(asked.size).toBe(to - from + 1);
    }
  });
});
