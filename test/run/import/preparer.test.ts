import { describe, expect, it } from 'vitest';
import type { WireContact } from '../../../src/api/wire.js';
import { arrivedFinder, type FindArrived } from '../../../src/run/import/flight/arrived.js';
import { Whereabouts } from '../../../src/run/import/flight/whereabouts.js';
import { Preparer } from '../../../src/run/import/preparer.js';
import type { StoredContact } from '../../../src/workspace/stored.js';
import { memoryCheckpoint, plannedContact } from './workshop.js';

const ADA = plannedContact({ emails: ['ada@x.com'], company: 'New', tags: ['new'] });
const STORED: StoredContact = {
  id: 'con_1',
  emails: ['ada@x.com'],
  phone_numbers: [],
  tags: ['vip'],
  notes: 'kept',
  custom_fields: { shoe: 41 },
};

function preparerWith(
  found: StoredContact | undefined,
  live = false,
  clears = false,
  readBack?: WireContact,
  arrived?: FindArrived,
) {
  const told: string[][] = [];
  let asked = 0;
  const lookUp = (): Promise<StoredContact | undefined> => Promise.resolve((asked++, found));
  const preparer = new Preparer({
    lists: 'join',
    keepExisting: false,
    known: live ? () => lookUp().then((stored) => stored && { stored, passedOn: [], isShared: undefined }) : undefined,
    whereabouts: new Whereabouts({
      lookUp,
      arrived: arrived ?? (() => Promise.resolve(undefined)),
      readBack: () => Promise.resolve(readBack),
      reads: { mayRead: true, isOlder: () => false, isDoubted: () => false },
      mostLooks: 0,
      bot: 'bot_1',
      rules: { sharedEmail: 'reject', sharedPhone: 'reject' },
    }),
    idOf: () => undefined,
    emptiedBefore: [],
    onEmptied: () => Promise.resolve(),
    readBack: () => Promise.resolve(readBack),
    listed: () => Promise.resolve(undefined),
    clears,
    onClearing: (fields) => Promise.resolve(void told.push([...fields])),
  });
  return { preparer, told, asked: () => asked };
}

async function* pagesOf(items: WireContact[]) {
  await Promise.resolve();
  yield { page: 1, items, total: items.length, end: 'whole' } as const;
}

describe('what is sent for a contact', () => {
  it('is what the file says where Clarky has nothing, and nobody is asked', async () => {
    const { preparer, asked } = preparerWith(STORED);
    expect((await preparer.prepare(ADA, false, {})).contact).toEqual(ADA.contact);
    expect(asked()).toBe(0);
  });

  it('goes to who came of what was in flight, though the row has nothing left by which Clarky finds that one', async () => {
    const { checkpoint } = memoryCheckpoint();
    await checkpoint.sending(plannedContact({ first_name: 'Ann', emails: ['ann@x.com', 'ann2@x.com'] }), Date.now());
    checkpoint.state.beginRun();
    const row = plannedContact({ first_name: 'Ann', emails: ['ann2@x.com'], notes: 'new' });
    const underWay = checkpoint.state.underWay(row);
    const prepared = async (...items: WireContact[]): Promise<unknown> => {
      const client = { contactPages: () => pagesOf(items) };
      const arrived = arrivedFinder(client, checkpoint.state, new AbortController().signal);
      const { preparer } = preparerWith(undefined, false, false, undefined, arrived);
      return (await preparer.prepare(row, false, { mustLookUp: true, underWay })).contact.emails;
    };
    const other = { id: 'con_1', emails: ['bob@x.com'], first_name: 'Bob' };
    expect(await prepared(other, { id: 'con_2', emails: ['Ann@x.com'] })).toEqual(['Ann@x.com', 'ann2@x.com']);
    expect(await prepared(other, { id: 'con_2', emails: ['ann@x.com'], first_name: 'Zoe' })).toEqual(['ann2@x.com']);
    expect(await prepared(other)).toEqual(['ann2@x.com']);
  });

  it('joins what Clarky has, and shows once that the server keeps what is left out', async () => {
    const { preparer, told, asked } = preparerWith(STORED);
    const first = await preparer.prepare(ADA, true, {});
    expect(first.contact).toMatchObject({ emails: ['ada@x.com'], tags: ['vip', 'new'], company: 'New' });
    expect(await preparer.check(first, { id: 'con_1', notes: 'kept', tags: ['vip', 'new'] })).toBeUndefined();
    preparer.settled(first);
    expect((await preparer.prepare(ADA, true, {})).isProof).toBe(false);
    expect([asked(), told]).toEqual([1, []]);
  });

  it('is read back where the answer to the first update shows nothing of what was left out', async () => {
    const read = { id: 'con_1', emails: ['ada@x.com'], company: 'New', tags: ['vip', 'new'] };
    for (const live of [true, false]) {
      const cleared = preparerWith(STORED, live, false, read);
      const first = await cleared.preparer.prepare(ADA, true, {});
      const loss = await cleared.preparer.check(first, { id: 'con_1' });
      expect(loss?.again.contact).toMatchObject({ notes: 'kept', custom_fields: { shoe: 41 } });
      expect(cleared.told).toHaveLength(1);
      const kept = preparerWith(STORED, live, false, { ...read, notes: 'kept', custom_fields: { shoe: 41 } });
      const proof = await kept.preparer.prepare(ADA, true, {});
      expect(await kept.preparer.check(proof, { id: 'con_1' })).toBeUndefined();
      kept.preparer.settled(proof);
      expect((await kept.preparer.prepare(ADA, true, {})).isProof).toBe(false);
    }
  });

  it('is sent again with everything where the answer shows something lost, and so is every later one', async () => {
    const { preparer, told } = preparerWith(STORED, true);
    const first = await preparer.prepare(ADA, true, {});
    const loss = await preparer.check(first, { id: 'con_1', notes: null, tags: ['vip', 'new'], custom_fields: {} });
    expect([...(loss?.lost ?? [])]).toEqual([
      ['notes', 'kept'],
      ['custom_fields.shoe', 41],
    ]);
    expect(loss?.again.contact).toMatchObject({ notes: 'kept', custom_fields: { shoe: 41 }, company: 'New' });
    preparer.settled(first);
    expect((await preparer.prepare(ADA, true, {})).contact).toMatchObject({ notes: 'kept' });
    expect(told).toEqual([['notes', 'custom_fields.shoe']]);
  });

  it('is everything at once where it is known that the server clears what is left out', async () => {
    const { preparer, told } = preparerWith(STORED, false, true);
    const { contact, isProof } = await preparer.prepare(ADA, true, {});
    expect(contact).toMatchObject({ notes: 'kept', custom_fields: { shoe: 41 }, company: 'New' });
    expect([isProof, told]).toEqual([false, []]);
  });

  it('is not asked about for ever where nothing is shown', async () => {
    const { preparer, asked } = preparerWith(undefined);
    for (let n = 0; n < 20; n++) preparer.settled(await preparer.prepare(ADA, true, {}));
    expect(asked()).toBe(5);
  });

  it('waits for the update that is to show it', async () => {
    const { preparer } = preparerWith(STORED);
    const first = await preparer.prepare(ADA, true, {});
    let isReady = false;
    const second = preparer.prepare(ADA, true, {}).then((prepared) => {
      isReady = true;
      return prepared;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isReady).toBe(false);
    preparer.settled(first);
    preparer.settled(await second);
    expect(isReady).toBe(true);
  });
});
