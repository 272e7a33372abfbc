import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/contact/contact.js';
import { MixUps } from '../../../src/run/import/mix-up.js';
import { mergedInClarky, notKept, putAway, sameInClarky } from '../../../src/run/import/not-sent.js';
import { isShownEmail, isShownPhone } from '../../../src/run/import/answers/shown-point.js';
import { memoryCheckpoint, plannedContact } from './workshop.js';

const ann = plannedContact({ first_name: 'Ann', emails: ['ann@x.com'] }, 2);
const bea = plannedContact({ first_name: 'Bea', emails: ['bea@x.com'] }, 3);

describe('an answer that is of somebody else', () => {
  it('is one with an id that another answer holds, which is yet to be recorded', () => {
    const mixUps = new MixUps(memoryCheckpoint().checkpoint.state, 'bot_1');
    expect(mixUps.find(ann, ann.contact, { id: 'ct_1' })).toBeUndefined();
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' })).toEqual(mergedInClarky('ct_1', { line: 2 }));
    expect(mixUps.find(bea, bea.contact, { id: 'ct_2' })).toBeUndefined();
  });

  it('is one with the id of a contact that is in the checkpoint', async () => {
    const { checkpoint } = memoryCheckpoint();
    await checkpoint.accepted({ contact: ann, id: 'ct_1' });
    const mixUps = new MixUps(checkpoint.state, 'bot_1');
    mixUps.seen(ann);
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' })).toEqual(mergedInClarky('ct_1', { line: 2 }));
  });

  it('is none where that one has its name: they are one person by that, which only Clarky knows', async () => {
    const { checkpoint } = memoryCheckpoint();
    await checkpoint.accepted({ contact: ann, id: 'ct_1' });
    const mixUps = new MixUps(checkpoint.state, 'bot_1');
    mixUps.seen(ann);
    const twin = plannedContact({ first_name: 'Ann', emails: ['ann@y.com'] }, 7);
    expect(mixUps.find(twin, twin.contact, { id: 'ct_1' })).toEqual(sameInClarky('ct_1', { line: 2 }));
    const nobody = plannedContact({ emails: ['ann@y.com'] }, 7);
    expect(mixUps.find(nobody, nobody.contact, { id: 'ct_1' })).toEqual(mergedInClarky('ct_1', { line: 2 }));
  });

  it('is none of a row that came to one of an earlier run, and is known as its contact', async () => {
    const { checkpoint } = memoryCheckpoint();
    await checkpoint.accepted({ contact: ann, id: 'ct_1' });
    const mixUps = new MixUps(checkpoint.state, 'bot_1');
    mixUps.seen(ann);
    const twin = plannedContact({ first_name: 'Ann', emails: ['ann@y.com'] }, 7);
    expect(mixUps.find(twin, twin.contact, { id: 'ct_1' }, { knownAs: ['ct_1'] })).toBeUndefined();
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' }, { knownAs: ['ct_1'] })).toMatchObject({
      code: 'merged_in_clarky',
    });
  });

  it('is none with the id that it was known as, unless it, or who had that id, has a place of their own', async () => {
    const asked = async (isBeaKnown: boolean, isAnnInFile: boolean) => {
      const { checkpoint } = memoryCheckpoint();
      await checkpoint.accepted({ contact: ann, id: 'ct_1' });
      if (isBeaKnown) await checkpoint.accepted({ contact: bea, id: 'ct_2' });
      const mixUps = new MixUps(checkpoint.state, 'bot_1');
      if (isAnnInFile) mixUps.seen(ann);
      return mixUps.find(bea, bea.contact, { id: 'ct_1' }, { knownAs: [undefined, 'ct_1'] });
    };
    expect(await asked(false, false)).toBeUndefined();
    expect(await asked(true, false)).toEqual(mergedInClarky('ct_1', undefined));
    expect(await asked(false, true)).toEqual(mergedInClarky('ct_1', { line: 2 }));
  });

  it('is none of two rows that are both known as that contact, unless their names are of two people', async () => {
    const asked = async (second: typeof bea, isRecorded: boolean) => {
      const { checkpoint } = memoryCheckpoint();
      const mixUps = new MixUps(checkpoint.state, 'bot_1');
      expect(mixUps.find(ann, ann.contact, { id: 'ct_1' }, { knownAs: ['ct_1'] })).toBeUndefined();
      if (isRecorded) {
        await checkpoint.accepted({ contact: ann, id: 'ct_1' });
        mixUps.recorded(ann, 'ct_1');
      }
      return mixUps.find(second, second.contact, { id: 'ct_1' }, { knownAs: ['ct_1'] });
    };
    const again = plannedContact({ first_name: 'Ann', phone_numbers: ['+442079461001'] }, 3);
    for (const isRecorded of [true, false]) {
      expect(await asked(again, isRecorded)).toBeUndefined();
      expect(await asked(bea, isRecorded)).toEqual(mergedInClarky('ct_1', { line: 2 }));
    }
  });

  it('is one with an id that the import of another file got for somebody else, unless it was made just now', () => {
    const others = { isSomebodyElses: (id: string) => id === 'ct_1' };
    const mixUps = new MixUps(memoryCheckpoint().checkpoint.state, 'bot_1', others);
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' }, { status: 200 })).toEqual(
      mergedInClarky('ct_1', 'another file'),
    );
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' }, { status: 201 })).toBeUndefined();
    expect(mixUps.find(ann, ann.contact, { id: 'ct_2' }, { status: 200 })).toBeUndefined();
  });

  it('is one that shows another address, or another name', () => {
    const mixUps = new MixUps(memoryCheckpoint().checkpoint.state, 'bot_1');
    for (const shown of [{ emails: ['bea@x.com'] }, { emails: ['ann@x.com'], first_name: 'Bea' }]) {
      expect(mixUps.find(ann, ann.contact, { id: 'ct_1', ...shown })).toEqual(mergedInClarky('ct_1', undefined));
    }
    expect(mixUps.find(ann, ann.contact, { id: 'ct_1', emails: ['ANN@x.com'], first_name: 'Ann' })).toBeUndefined();
  });
});

describe('an answer that is of the contact, and no arrival', () => {
  const find = (contact: Contact, shown: object) =>
    new MixUps(memoryCheckpoint().checkpoint.state, 'bot_1').find(plannedContact(contact, 2), contact, {
      id: 'ct_1',
      ...shown,
    });
  const cy = { first_name: 'Cy', phone_numbers: ['+442079460103'] };

  it('is one that shows none of the e-mails and phones that were sent', () => {
    expect(find(cy, { first_name: 'Cy', phone_numbers: [] })).toEqual(notKept('ct_1', cy));
    expect(find({ ...cy, emails: ['cy@x.com'] }, { emails: ['cy@x.com'], phone_numbers: [] })).toBeUndefined();
    expect(find(cy, { first_name: 'Cy' })).toBeUndefined();
  });

  it.each([
    { deleted_at: '2026-01-01T00:00:00Z' },
    { archived: true },
    { status: 'archived', phone_numbers: ['+442079460103'] },
  ])('is one that Clarky has put away: %j', (shown) => {
    expect(find(cy, shown)).toEqual(putAway('ct_1'));
  });

  it.each([{ deleted_at: null }, { archived: false }, { status: 'active' }])('is none of these: %j', (shown) => {
    expect(find(cy, shown)).toBeUndefined();
  });
});

const isShown = (sent: string, shown: string): boolean =>
  sent.includes('@') ? isShownEmail(sent, shown) : isShownPhone(sent, shown);

describe('an answer that writes an e-mail or phone in a way of its own is of the same contact', () => {
  it.each([
    ['ann@x.com', ' Ann@x.com '],
    ['ann@x.com', 'mailto:ann@x.com'],
    ['ann@x.com', '"X" <ann@x.com>'],
    ['ann@x.com', 'a***@x.com'],
    ['jo.e+x@gmail.com', 'joe@googlemail.com'],
    ['+442079460103', '+44 (0)20 7946 0103'],
    ['+442079460103', 'tel:+44-20-7946-0103'],
    ['+442079460103', '+44******0103'],
  ])('%s as %s', (sent, shown) => {
    expect(isShown(sent, shown)).toBe(true);
  });

  it.each([
    ['jo.e@x.com', 'joe@x.com'],
    ['ann@x.com', 'b***@x.com'],
    ['ann@x.com', '***'],
    ['+442079460103', '+44******0104'],
    ['+442079460103', '+442079460104'],
  ])('%s is not %s', (sent, shown) => {
    expect(isShown(sent, shown)).toBe(false);
  });
});
