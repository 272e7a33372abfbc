import fc from 'fast-check';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { longestFlightMs } from '../../src/api/patience.js';
import { Checkpoint, readCheckpoint } from '../../src/checkpoint/checkpoint.js';
import type { Neighbour } from '../../src/checkpoint/neighbours.js';
import type { CheckpointState, Sendable } from '../../src/checkpoint/state.js';
import { LONGEST_FLIGHT_MS } from '../../src/checkpoint/unanswered.js';
import type { Contact } from '../../src/contact/contact.js';
import { digest, digestText, identityOf } from '../../src/contact/identity.js';
import { payloadDigest } from '../../src/contact/payload.js';
import { privateFolder } from '../support/folder.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };
const ALONE = { stateDir: false } as const;
const PHONE = '+442079460001';
const OTHER_PHONE = '+442079460002';

function sendable(contact: Contact): Sendable {
  const identity = identityOf(contact);
  if (!identity) throw new Error('neither e-mail nor phone');
  return { contact, identity: digest(identity.kind, identity.value), payload: payloadDigest(contact) };
}

const ANN = sendable({
  first_name: 'Ann',
  last_name: 'Archer',
  emails: ['ann@x.com', 'a@y.com'],
  phone_numbers: [PHONE],
});
const BOB = sendable({ first_name: 'Bob', last_name: 'Baker', emails: ['bob@x.com'] });

/** What a next run finds after these notes, and what this run sees at once. */
async function afterwards(
  note: (checkpoint: Checkpoint) => Promise<void>,
): Promise<[CheckpointState, CheckpointState]> {
  const path = join(await privateFolder(), 'c.jsonl');
  const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
  await note(checkpoint);
  await checkpoint.close();
  const loaded = await readCheckpoint(path, SCOPE);
  if (!loaded) throw new Error('no checkpoint');
  checkpoint.state.beginRun();
  return [checkpoint.state, loaded];
}

describe('who went out with what', () => {
  it('is known by every e-mail and phone, and by the id that was answered, in this run and the next', async () => {
    const states = await afterwards((checkpoint) =>
      checkpoint.accepted({ contact: ANN, id: 'ct_ann' }, { contact: BOB, id: 'ct_bob' }),
    );
    for (const state of states) {
      const ann = state.numberOf(ANN);
      expect(ann).toBeGreaterThanOrEqual(0);
      expect(state.ownerOf('email', 'ANN@x.com')).toBe(ann);
      expect(state.ownerOf('email', 'a@y.com')).toBe(ann);
      expect(state.ownerOf('phone', PHONE)).toBe(ann);
      expect(state.ownerOf('phone', OTHER_PHONE)).toBe(-1);
      expect(state.ownerOfId('ct_ann')).toBe(ann);
      expect(state.ownerOfId('ct_bob')).toBe(state.numberOf(BOB));
      expect(state.ownerOfId('ct_nobody')).toBe(-1);
    }
  });

  it('is nobody’s any more once it was taken back', async () => {
    const states = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      await checkpoint.forgotten(digestText(ANN.identity));
    });
    for (const state of states) expect(state.ownerOfId('ct_ann')).toBe(-1);
  });

  it('claims nothing once it was taken back and deleted, until it is sent again', async () => {
    const bob = { ...BOB.contact, emails: ['bob@x.com'], phone_numbers: [PHONE] };
    for (const [now, isSentAgain, isClaimed] of [
      ['deleted', false, false],
      ['there', false, true],
      [undefined, false, true],
      ['deleted', true, true],
    ] as const) {
      const [, state] = await afterwards(async (checkpoint) => {
        await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
        await checkpoint.forgotten(digestText(ANN.identity), now);
        if (isSentAgain) await checkpoint.accepted({ contact: ANN, id: 'ct_ann2' });
      });
      expect(state.isSomebodyElse(state.numberOf(ANN), bob)).toBe(isClaimed);
    }
  });

  it('tells clearly other people from the same, by names of which no one can be found', async () => {
    const [, state] = await afterwards((checkpoint) => checkpoint.accepted({ contact: ANN, id: undefined }));
    const relation = (points: Contact, first_name?: string, last_name?: string): string => {
      const contact = { ...points, ...(first_name && { first_name }), ...(last_name && { last_name }) };
      return state.isSomebodyElse(state.numberOf(ANN), contact) ? 'different' : 'same';
    };
    const mails = [{ emails: ['ANN@x.com'] }, { emails: ['b@x.com', 'a@y.com'], phone_numbers: [PHONE] }];
    for (const points of [...mails, { phone_numbers: [PHONE] }]) {
      expect(relation(points, 'Ann', 'Archer')).toBe('same');
      expect(relation(points, 'ANN MARY', 'Árcher')).toBe('same');
      expect(relation(points, 'A.', 'Archer')).toBe('same');
      expect(relation(points, 'Archer', 'Ann')).toBe('same');
      expect(relation(points, 'Annie', 'Acher'), 'a nickname and a slip').toBe('same');
      expect(relation(points)).toBe('same');
      expect(relation(points, 'Mary', 'Archer')).toBe('different');
      expect(relation(points, 'Bob', 'Baker')).toBe('different');
    }
    for (const points of mails) expect(relation(points, 'Ann', 'Miller'), 'a marriage').toBe('same');
    expect(relation({ phone_numbers: [PHONE] }, 'Ann', 'Miller'), 'one phone of two').toBe('different');
    expect(relation({ phone_numbers: [OTHER_PHONE] }, 'Bob', 'Baker'), 'nothing in common').toBe('same');
  });

  it('keeps no name that is the same for two contacts, nor one for whoever has only the file', async () => {
    const lines: string[] = [];
    const checkpoint = Checkpoint.inMemory(SCOPE, (line) => lines.push(line));
    const namesake = sendable({ ...ANN.contact, emails: ['ann@z.com'], phone_numbers: [OTHER_PHONE] });
    await checkpoint.accepted({ contact: ANN, id: 'ct_1' }, { contact: namesake, id: 'ct_2' });
    const names = lines.map((line) => (JSON.parse(line) as { w: string }).w);
    const parts = names.flatMap((name, at) => {
      const bytes = Buffer.from(name, 'base64url');
      const length = bytes.length / (at === 0 ? 3 : 2);
      expect(length).toBeLessThan(12);
      return Array.from({ length: at === 0 ? 3 : 2 }, (_, part) =>
        bytes.toString('hex', part * length, (part + 1) * length),
      );
    });
    expect(new Set(parts).size).toBe(parts.length);
  });

  it('stays one contact when its e-mails change places, where Clarky answers with the same id', async () => {
    const swapped = sendable({ ...ANN.contact, emails: ['a@y.com', 'ann@x.com'] });
    const states = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      await checkpoint.accepted({ contact: swapped, id: 'ct_ann' });
    });
    for (const state of states) {
      expect(state.numberOf(swapped)).toBe(state.numberOf(ANN));
      expect(state.acceptedCount).toBe(1);
      expect(state.isUnchanged(swapped)).toBe(true);
      expect(state.isUnchanged(ANN), 'a contact set back is sent').toBe(false);
    }
  });

  it('may be found by another e-mail where it went out under several, or Clarky was seen to lead it with another', async () => {
    const byOther = sendable({ ...ANN.contact, emails: ['a@y.com'] });
    const states = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' }, { contact: BOB, id: 'ct_bob', ledElsewhere: true });
    });
    const swapped = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      await checkpoint.accepted({ contact: byOther, id: 'ct_ann' });
    });
    for (const state of states) {
      expect([ANN, BOB].map((one) => state.mayBeLedElsewhere(state.numberOf(one)))).toEqual([false, true]);
    }
    expect(states[1].idUnder('email', 'bob@x.com')).toBe('ct_bob');
    for (const state of swapped) expect(state.mayBeLedElsewhere(state.numberOf(ANN))).toBe(true);
  });

  it('is known by its id without a name as well', async () => {
    const nameless = sendable({ emails: ['n@x.com'] });
    const [, state] = await afterwards((checkpoint) => checkpoint.accepted({ contact: nameless, id: 'ct_n' }));
    expect(state.idUnder('email', 'n@x.com')).toBe('ct_n');
  });

  it('leaves a phone that two people have to the one who is known by it, and else gives it to the last', async () => {
    const withPhone = sendable({ ...BOB.contact, phone_numbers: [PHONE] });
    const byPhone = sendable({ first_name: 'Cy', phone_numbers: [OTHER_PHONE] });
    const withOther = sendable({ ...BOB.contact, phone_numbers: [PHONE, OTHER_PHONE] });
    const states = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' }, { contact: byPhone, id: 'ct_cy' });
      await checkpoint.accepted({ contact: withPhone, id: 'ct_bob' }, { contact: withOther, id: 'ct_bob' });
    });
    for (const state of states) {
      expect(state.ownerOf('phone', PHONE)).toBe(state.numberOf(BOB));
      expect(state.ownerOf('phone', OTHER_PHONE)).toBe(state.numberOf(byPhone));
      expect(state.isUnchanged(byPhone)).toBe(true);
      expect(state.ownersOf(withOther)).toEqual([state.numberOf(BOB), state.numberOf(byPhone)]);
    }
  });

  it('reads a checkpoint of 1.0.0, which names no e-mails and phones but identities', async () => {
    const [, state] = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: { ...ANN, contact: {} }, id: 'ct_ann' });
    });
    expect(state.ownerOf('email', 'ann@x.com')).toBe(state.numberOf(ANN));
    expect(state.ownerOf('phone', PHONE)).toBe(-1);
    expect(state.isUnchanged(ANN)).toBe(true);
  });
});

describe('what was sent and not answered', () => {
  it('is remembered with its time, for new contacts as well, until an answer is recorded', async () => {
    const [, killed] = await afterwards((checkpoint) => checkpoint.sending(ANN, 1_000));
    expect(killed.underWay(ANN)).toMatchObject({ sentMs: 1_000, payload: digestText(ANN.payload) });
    expect(killed.underWay(sendable({ phone_numbers: [PHONE] }))?.sentMs, 'who has its phone').toBe(1_000);
    expect(killed.underWay(BOB)).toBeUndefined();
    const [, answered] = await afterwards(async (checkpoint) => {
      await checkpoint.sending(ANN, 1_000);
      await checkpoint.sending(BOB, 1_000);
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      await checkpoint.refused(BOB, 'conflict');
    });
    expect(answered.underWay(ANN)).toBeUndefined();
    expect(answered.underWay(BOB)).toBeUndefined();
  });

  it('stays open beside what was sent after it and accepted, where it may have arrived after that and holds something else', async () => {
    const changed = { ...ANN, payload: new Uint8Array(16) };
    const after = (first: Sendable, laterMs: number): Promise<readonly CheckpointState[]> =>
      afterwards(async (checkpoint) => {
        await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
        await checkpoint.sending(first, 1_000);
        await checkpoint.sending(ANN, 1_000 + laterMs);
        await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      });
    const open = { sentMs: 1_000, payload: digestText(changed.payload) };
    for (const state of await after(changed, LONGEST_FLIGHT_MS - 1)) {
      expect([state.underWay(ANN), state.isUnchanged(ANN)]).toMatchObject([open, false]);
    }
    for (const state of [...(await after(changed, LONGEST_FLIGHT_MS)), ...(await after(ANN, 1))]) {
      expect([state.underWay(ANN), state.isUnchanged(ANN)]).toEqual([undefined, true]);
    }
    expect(longestFlightMs(undefined)).toBe(LONGEST_FLIGHT_MS);
  });

  it('does not stay open for longer where the clock was set back', async () => {
    const changed = { ...ANN, payload: new Uint8Array(16) };
    const states = await afterwards(async (checkpoint) => {
      await checkpoint.sending(changed, 10 * LONGEST_FLIGHT_MS);
      for (const atMs of [0, LONGEST_FLIGHT_MS]) {
        await checkpoint.sending(ANN, atMs);
        await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      }
    });
    for (const state of states) expect(state.underWay(ANN)).toBeUndefined();
  });

  it('is told from what this run sends by who sent it, and not by a clock that may have been set back', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const killed = await Checkpoint.open(path, SCOPE, ALONE);
    await killed.sending(ANN, 2_000);
    await killed.close();
    const next = await Checkpoint.open(path, SCOPE, ALONE);
    await next.sending(BOB, 1_000);
    expect(next.state.underWay(BOB)).toBeUndefined();
    expect(next.state.underWay(ANN)?.sentMs).toBe(2_000);
    await next.sending(ANN, 1_000, true);
    expect(next.state.underWay(ANN)).toBeUndefined();
    await next.close();
  });

  it('stays open when only what was sent after it is refused', async () => {
    const [, state] = await afterwards(async (checkpoint) => {
      await checkpoint.accepted({ contact: ANN, id: 'ct_ann' });
      await checkpoint.sending(ANN, 1_000);
      await checkpoint.sending(ANN, 2_000);
      await checkpoint.refused(ANN, 'conflict');
    });
    expect(state.underWay(ANN)).toBeDefined();
    expect(state.isUnchanged(ANN)).toBe(false);
  });

  it('is one send however often it was tried, with the time of the newest; and of no known content where that differs', async () => {
    const [, again] = await afterwards(async (checkpoint) => {
      await checkpoint.sending(ANN, 1_000);
      await checkpoint.sending(ANN, 9_000, true);
    });
    expect(again.underWay(ANN)).toMatchObject({ sentMs: 9_000, payload: digestText(ANN.payload) });
    const states = await afterwards(async (checkpoint) => {
      await checkpoint.sending(ANN, 1_000);
      await checkpoint.sending(ANN, 9_000, true);
      await checkpoint.refused(ANN, 'conflict');
      await checkpoint.sending(BOB, 1_000);
      await checkpoint.sending({ ...BOB, payload: new Uint8Array(16) }, 2_000);
    });
    for (const state of states) {
      expect(state.underWay(ANN)).toBeUndefined();
      expect(state.underWay(BOB)).toMatchObject({ sentMs: 2_000, payload: undefined });
    }
  });
});

describe('compaction', () => {
  const people = fc.record({
    kind: fc.constantFrom('accepted', 'refused', 'sending', 'sending again', 'answered', 'forgotten'),
    emails: fc.uniqueArray(fc.constantFrom('a@x.com', 'b@x.com', 'c@x.com'), { minLength: 1, maxLength: 2 }),
    phones: fc.uniqueArray(fc.constantFrom(PHONE, OTHER_PHONE), { maxLength: 2 }),
    name: fc.constantFrom('Ann', 'Bob'),
    id: fc.constantFrom('ct_1', 'ct_2', 'ct_3', 'ct_4'),
  });

  const NOW = { ct_1: 'deleted', ct_2: 'there', ct_3: 'missing', ct_4: undefined } as const;

  it('keeps that somebody is missing again whom an import had restored', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    const ann = sendable({ emails: ['a@x.com'], phone_numbers: [PHONE], first_name: 'Ann' });
    await checkpoint.accepted({ contact: ann, id: 'ct_1' });
    const bob = sendable({ emails: ['b@x.com'] });
    await checkpoint.accepted({ contact: bob, id: 'ct_2' });
    for (const { identity } of [ann, bob])
      await checkpoint.forgotten(Buffer.from(identity).toString('base64url'), 'missing');
    const was = checkpoint.state.refusalOf(ann);
    await checkpoint.accepted({ contact: sendable({ emails: ['filler@x.com'] }), id: 'ct_f' });
    await checkpoint.close();
    const said = (await readFile(path, 'utf8')).split('\n').at(-2) ?? '';
    await appendFile(path, `${said}\n`.repeat(2500));
    const before = (await stat(path)).size;
    const reopened = await Checkpoint.open(path, SCOPE, ALONE);
    await reopened.close();
    expect((await stat(path)).size).toBeLessThan(before / 4);
    const { state } = await Checkpoint.open(path, SCOPE, ALONE).then(async (again) => (await again.close(), again));
    expect([was, reopened.state.refusalOf(ann), state.refusalOf(ann)]).toEqual(Array(3).fill('deleted_in_clarky'));
    expect([state.isKnown(bob), state.ownerOfId('ct_2'), state.acceptedCount]).toEqual([true, state.numberOf(bob), 3]);
    expect(state.refusalOf(sendable({ emails: [], phone_numbers: [PHONE], first_name: 'Ann' }))).toBe(
      'deleted_in_clarky',
    );
  });

  it('changes nothing of what is known', async () => {
    const all = ['a@x.com', 'b@x.com', 'c@x.com'];
    await fc.assert(
      fc.asyncProperty(fc.array(people, { maxLength: 30 }), async (notes) => {
        const path = join(await privateFolder(), 'c.jsonl');
        const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
        for (const [at, { kind, emails, phones, name, id }] of notes.entries()) {
          const contact = sendable({ emails, phone_numbers: phones, first_name: name });
          if (kind === 'accepted') await checkpoint.accepted({ contact, id });
          if (kind === 'refused') await checkpoint.refused(contact, 'conflict');
          if (kind === 'sending') await checkpoint.sending(contact, at);
          if (kind === 'sending again') await checkpoint.sending(contact, at, true);
          if (kind === 'answered') await checkpoint.answered(contact);
          if (kind === 'forgotten')
            await checkpoint.forgotten(Buffer.from(contact.identity).toString('base64url'), NOW[id]);
        }
        await checkpoint.accepted({ contact: sendable({ emails: ['filler@x.com'] }), id: 'ct_f' });
        const was = checkpoint.state;
        was.beginRun();
        await checkpoint.close();
        // Enough of what is replaced to be worth it: the same acceptance once more, and again.
        const said = (await readFile(path, 'utf8')).split('\n').at(-2) ?? '';
        await appendFile(path, `${said}\n`.repeat(2500));
        const before = (await stat(path)).size;
        const reopened = await Checkpoint.open(path, SCOPE, ALONE);
        const is = reopened.state;
        await reopened.close();
        expect((await stat(path)).size).toBeLessThan(before / 4);
        expect(is.acceptedCount).toBe(was.acceptedCount);
        expect(is.setBackCount).toBe(was.setBackCount);
        for (const value of [PHONE, OTHER_PHONE]) {
          const point = { kind: 'phone', value } as const;
          expect(is.names.wasAnothers(point)).toBe(was.names.wasAnothers(point));
        }
        for (const email of all) {
          for (const first_name of ['Ann', 'Bob']) {
            for (const phone_numbers of [[], [PHONE], [OTHER_PHONE]]) {
              const contact = sendable({ emails: [email], phone_numbers, first_name });
              expect(is.isKnown(contact)).toBe(was.isKnown(contact));
              expect(is.takenBack(contact)).toBe(was.takenBack(contact));
              expect(is.isUnchanged(contact)).toBe(was.isUnchanged(contact));
              expect(is.refusalOf(contact)).toBe(was.refusalOf(contact));
              expect(is.underWay(contact)?.sentMs).toBe(was.underWay(contact)?.sentMs);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('who of the workspace kept rows back', () => {
  const eve: Neighbour = { id: 'ct_eve', emails: ['eve@x.com'], phones: [PHONE], name: 'Eve Ray' };
  const NOBODY = { emails: [], phones: [] };

  it('is known in the next run, so long as it is there, and by what it has', async () => {
    const [, { neighbours }] = await afterwards(async (checkpoint) => {
      await checkpoint.sawNeighbours([eve, { ...eve, id: 'ct_gone', phones: [OTHER_PHONE] }]);
      await checkpoint.sawNeighbours([{ ...eve, emails: ['eve@x.com', 'e@y.com'] }]);
    });
    expect([...neighbours.ids()]).toEqual(['ct_eve']);
    expect(neighbours.takenFrom({ emails: ['bob@x.com'], phone_numbers: [PHONE] }, () => false)).toEqual({
      ...NOBODY,
      phones: [PHONE],
    });
    expect(neighbours.takenFrom({ emails: ['E@y.com'], first_name: 'Bob' }, () => false)).toEqual({
      ...NOBODY,
      emails: ['E@y.com'],
    });
    expect(
      neighbours.takenFrom({ emails: ['e@y.com'], phone_numbers: [PHONE], first_name: 'Eve' }, () => false),
    ).toEqual(NOBODY);
    expect(neighbours.takenFrom({ phone_numbers: [OTHER_PHONE], first_name: 'Bob' }, () => false)).toEqual(NOBODY);
  });

  it('is kept when a checkpoint is written anew, and one who is gone is not', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const checkpoint = await Checkpoint.open(path, SCOPE, ALONE);
    await checkpoint.sawNeighbours([eve, { ...eve, id: 'ct_gone' }]);
    await checkpoint.sawNeighbours([eve]);
    await checkpoint.accepted(...Array.from({ length: 2100 }, () => ({ contact: BOB, id: 'ct_bob' })));
    await checkpoint.close();
    const before = await stat(path);
    const again = await Checkpoint.open(path, SCOPE, ALONE);
    expect([...again.state.neighbours.ids()]).toEqual(['ct_eve']);
    expect(again.state.neighbours.takenFrom({ phone_numbers: [PHONE], first_name: 'Bob' }, () => false).phones).toEqual(
      [PHONE],
    );
    expect((await stat(path)).size).toBeLessThan(before.size / 100);
    expect(await readFile(path, 'utf8')).not.toContain('ct_gone');
    await again.close();
  });
});
