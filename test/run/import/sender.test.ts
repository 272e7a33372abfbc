import { describe, expect, it } from 'vitest';
import type { UpsertResult } from '../../../src/api/calls.js';
import type { Contact } from '../../../src/contact/contact.js';
import { ImporterError } from '../../../src/errors.js';
import type { ImportEvent } from '../../../src/run/events.js';
import { Outcomes } from '../../../src/run/import/outcomes.js';
import type { SenderParts } from '../../../src/run/import/flight/sender-parts.js';
import { SecondContacts } from '../../../src/run/import/answers/second-contacts.js';
import { UnchangedNotes } from '../../../src/run/import/rows/unchanged-notes.js';
import { Sender } from '../../../src/run/import/sender.js';
import { logLineOf } from '../../../src/run/outputs/log-lines.js';
import { StopControl } from '../../../src/run/stop.js';
import { accepted, memoryCheckpoint, plannedContact, refused, senderDefaults } from './workshop.js';

type Answer = (payload: object, at: number) => UpsertResult | Promise<UpsertResult>;

function workers(rows: number, answer: Answer, parts: Partial<SenderParts> = {}) {
  const events: ImportEvent[] = [];
  const outcomes = new Outcomes((event) => void events.push(event));
  outcomes.begin({ rows, contacts: rows }, { write: () => Promise.resolve() });
  const { checkpoint, facts } = memoryCheckpoint();
  const stop = new StopControl({});
  const sent: object[] = [];
  const sender = new Sender({
    target: {
      upsert: async (payload, { departing } = {}) => {
        await departing?.();
        return answer(payload, sent.push(payload));
      },
      patchContact: async (id, changes, { departing } = {}) => {
        await departing?.();
        return answer({ id, ...changes }, sent.push({ id, ...changes }));
      },
    },
    checkpoint,
    unchanged: new UnchangedNotes(checkpoint),
    outcomes,
    stop,
    ...senderDefaults(),
    concurrency: 4,
    ...parts,
  });
  return { sender, outcomes, checkpoint, facts, stop, sent, events };
}

const people = Array.from({ length: 30 }, (_, n) => plannedContact({ emails: [`p${n}@x.com`] }, n + 2));

describe('the sender', () => {
  it('counts a contact once its acceptance is recorded', async () => {
    const { sender, outcomes, checkpoint, sent } = workers(2, (_, at) => accepted(`con_${at}`, at === 1));
    for (const planned of people.slice(0, 2)) await sender.send(planned);
    await sender.drain();
    expect(sent).toEqual([
      { bot_id: 'bot', emails: ['p0@x.com'] },
      { bot_id: 'bot', emails: ['p1@x.com'] },
    ]);
    expect(outcomes.counts()).toMatchObject({ created: 1, updated: 1, pending: 0 });
    for (const planned of people.slice(0, 2)) expect(checkpoint.state.isUnchanged(planned)).toBe(true);
  });

  it('rejects whom Clarky has made a second time, knows them by the first id, and stops where it finds nobody', async () => {
    const seconds = new SecondContacts((id) => Promise.resolve({ id, emails: [`p${id.slice(4)}@x.com`] }));
    const { sender, outcomes, checkpoint, stop } = workers(3, (_, at) => accepted(`new_${at}`, true), { seconds });
    const known = people.slice(0, 3);
    await checkpoint.accepted(...known.map((contact, n) => ({ contact, id: `was_${n}` })));
    for (const planned of known) await sender.send({ ...planned, payload: new Uint8Array(16).fill(1) });
    await sender.drain();
    expect(outcomes.reasons()).toEqual({ second_in_clarky: 3 });
    expect(stop.reason?.code).toBe('second_contacts');
    for (const n of [0, 1, 2]) expect(checkpoint.state.idUnder('email', `p${n}@x.com`)).toBe(`was_${n}`);
  });

  it('knows in later runs whom Clarky has twice, whatever the row says by then, and under which id', async () => {
    const seconds = new SecondContacts((id) => Promise.resolve({ id, emails: ['p0@x.com'] }));
    const { sender, checkpoint, facts } = workers(1, () => accepted('new', true), { seconds });
    const [first] = people;
    if (!first) throw new Error('no people');
    // As with --live: the workspace has it, and this checkpoint does not know it.
    await sender.send(first, { contactId: 'was' });
    await sender.drain();
    const changed = { ...first, payload: new Uint8Array(16).fill(1) };
    expect(checkpoint.state.refusalOf(changed)).toBe('second_in_clarky');
    expect(facts.at(-1)).toMatchObject({ kind: 'refused', id: 'was' });
    expect(checkpoint.state.idUnder('email', 'p0@x.com')).toBe('was');
  });

  it.each<[string, Contact, object, string[]]>([
    ['a phone', { emails: ['a@x.com'], phone_numbers: ['+442079460101'] }, { phone_numbers: [] }, ['Phone']],
    ['notes, cut short', { emails: ['a@x.com'], notes: 'Met at the fair' }, { notes: 'Met at…' }, ['Notes']],
    [
      'a custom field',
      { emails: ['a@x.com'], custom_fields: { Plan: 'A' } },
      { custom_fields: {} },
      ['Custom field: Plan'],
    ],
    [
      'nothing',
      { emails: ['a@x.com'], notes: 'Met. ', country: 'Spain', tags: ['a'] },
      { notes: 'met', country: 'S' },
      [],
    ],
  ])('says which contacts arrived without %s, by their lines', async (_, contact, shown, columns) => {
    const answer = { id: 'con_1', emails: ['a@x.com'], ...shown };
    const { sender, outcomes, events } = workers(1, () => ({ ...accepted('con_1', true), contact: answer }));
    for (const line of [2, 3]) {
      await sender.send(plannedContact(contact, line));
      await sender.drain();
    }
    // The second is answered with an id that is known by then.
    expect(outcomes.counts()).toMatchObject({ created: 1, updated: 1, rejected: 0 });
    const code = 'dropped_by_clarky';
    expect(outcomes.files().leftOut ?? []).toEqual(columns.map((column) => ({ column, code, contacts: 2 })));
    const warned = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warned.map((message) => /of line (\d+) it shows (.*) empty/.exec(message)?.slice(1))).toEqual(
      columns.map((column) => ['2', column]),
    );
    const logged = events.map(logLineOf).flatMap((line) => line?.fields['omitted'] ?? []);
    expect(logged).toEqual(columns.flatMap((column) => [2, 3].map((line) => ({ line, code, column }))));
  });

  it.each([
    ['phone', 'emails', 'shared_phone', { emails: ['p@x.com'] }],
    ['e-mail', 'phone_numbers', 'shared_email', { phone_numbers: ['+442079460101'] }],
  ] as const)('rejects whose %s can be added by no change of the contact itself', async (what, foundBy, code, rest) => {
    const contact = { emails: ['p@x.com'], phone_numbers: ['+442079460101'] };
    const { sender, outcomes, sent, checkpoint } = workers(1, (payload) => {
      return 'id' in payload ? refused('conflict', 409) : { ...accepted('con_1'), contact: { id: 'con_1', ...rest } };
    });
    const planned = plannedContact(contact, 7);
    await sender.send(planned, { foundBy });
    await sender.drain();
    // A change names all of the row: what becomes of the rest is not documented.
    expect(sent).toEqual([
      { bot_id: 'bot', ...rest },
      { id: 'con_1', ...contact },
    ]);
    expect(outcomes.reasons()).toEqual({ [code]: 1 });
    expect(checkpoint.state.isUnchanged(planned)).toBe(false);
    expect(what).toBe(foundBy === 'emails' ? 'phone' : 'e-mail');
  });

  it('gives nothing to a contact that is another', async () => {
    const { sender, outcomes, sent } = workers(1, () => ({
      ...accepted('con_1'),
      contact: { id: 'con_1', emails: ['else@x.com'], first_name: 'Zoe', last_name: 'Kay' },
    }));
    const contact = { first_name: 'Ann', last_name: 'Lee', emails: ['p@x.com'], phone_numbers: ['+442079460101'] };
    await sender.send(plannedContact(contact), { foundBy: 'emails' });
    await sender.drain();
    expect(sent).toHaveLength(1);
    expect(outcomes.reasons()).toEqual({ merged_in_clarky: 1 });
  });

  it('notes before each contact that it is about to be sent, and when', async () => {
    const { sender, facts } = workers(2, () => accepted('con_1', true), { wallClock: () => 1_000 });
    const [first] = people;
    if (!first) throw new Error('no people');
    await sender.send(first);
    await sender.send({ ...first, payload: new Uint8Array(16) });
    await sender.drain();
    expect(facts.map(({ kind }) => kind)).toEqual(['sending', 'accepted', 'sending', 'accepted']);
    expect(facts[0]).toMatchObject({ atMs: 1_000 });
  });

  it('never has two writes of one phone in flight together', async () => {
    let inFlight = 0;
    let most = 0;
    const { sender } = workers(10, async () => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight--;
      return accepted('con_1');
    });
    for (let n = 0; n < 10; n++) {
      await sender.send(plannedContact({ emails: [`q${n}@x.com`], phone_numbers: ['+442079460001'] }));
    }
    await sender.drain();
    expect(most).toBe(1);
  });

  it('rejects the rows that Clarky rejects, once another answer shows that it is not the settings', async () => {
    const { sender, outcomes } = workers(12, (_, at) => (at === 12 ? accepted('con') : refused(`code_${at % 2}`)));
    for (const planned of people.slice(0, 12)) await sender.send(planned);
    await sender.drain();
    expect(outcomes.counts()).toMatchObject({ rejected: 11, pending: 0 });
  });

  it('rejects them as well where Clarky has others of the file, and does not stop for their sake', async () => {
    for (const at of [0, 11, 25]) {
      const { sender, outcomes, stop } = workers(30, () => refused('validation_error'));
      for (const [n, planned] of people.entries()) {
        if (n === at) await sender.seen(planned);
        else await sender.send(planned);
      }
      await sender.drain();
      expect([stop.reason, outcomes.counts().rejected]).toEqual([undefined, 29]);
    }
  });

  it('leaves nothing under way of what was refused, where the refusals are not recorded', async () => {
    const { sender, outcomes, checkpoint, stop } = workers(30, () => refused('validation_error'));
    for (const planned of people) await sender.send(planned);
    await sender.drain();
    expect([stop.reason?.code, outcomes.counts().pending]).toEqual(['all_rejected', 30]);
    checkpoint.state.beginRun();
    for (const planned of people) expect(checkpoint.state.underWay(planned)).toBeUndefined();
  });

  it('leaves pending what an error keeps from being answered, and stops', async () => {
    const gone = new ImporterError('unauthorized', 'The key is not known.', { next: 'Make another.' });
    const { sender, outcomes, stop } = workers(30, (_, at) => {
      if (at > 5) throw gone;
      return accepted(`con_${at}`);
    });
    for (const planned of people) await sender.send(planned);
    await sender.drain();
    expect(stop.reason).toBe(gone);
    const { created, updated, pending } = outcomes.counts();
    expect(created + updated).toBe(5);
    expect(pending).toBe(25);
  });

  it('throws what is a bug', async () => {
    const { sender } = workers(1, () => {
      throw new TypeError('a bug');
    });
    await sender.send(plannedContact({ emails: ['a@x.com'] }));
    await expect(sender.drain()).rejects.toThrow('a bug');
  });
});
