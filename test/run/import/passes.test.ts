import { describe, expect, it } from 'vitest';
import type { DecideOptions } from '../../../src/plan/decide.js';
import type { Planned, PlannedContact } from '../../../src/plan/planned.js';
import { ImporterError } from '../../../src/errors.js';
import { Outcomes } from '../../../src/run/import/outcomes.js';
import { Passes, type PassesParts } from '../../../src/run/import/passes.js';
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
        return Promise.resolve(refuses.has(email) ? refused(`no_${email}`) : accepted(`con_${email}`, true));
      },
    },
    checkpoint,
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
  const decisions = { records: all.length } as PassesParts['decisions'];
  const passes = new Passes({ reading, decisions, checkpoint, sender, live: undefined, outcomes, stop, options });
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
