import { describe, expect, it } from 'vitest';
import { MixUps } from '../../../src/run/import/mix-up.js';
import { mergedInClarky } from '../../../src/run/import/not-sent.js';
import { memoryCheckpoint, plannedContact } from './workshop.js';

const ann = plannedContact({ first_name: 'Ann', emails: ['ann@x.com'] }, 2);
const bea = plannedContact({ first_name: 'Bea', emails: ['bea@x.com'] }, 3);

describe('an answer that is of somebody else', () => {
  it('is one with an id that another answer holds, which is yet to be recorded', () => {
    const mixUps = new MixUps(memoryCheckpoint().checkpoint.state, 'bot_1');
    expect(mixUps.find(ann, ann.contact, { id: 'ct_1' })).toBeUndefined();
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' })).toEqual(mergedInClarky('ct_1', 2));
    expect(mixUps.find(bea, bea.contact, { id: 'ct_2' })).toBeUndefined();
  });

  it('is one with the id of a contact that is in the checkpoint', async () => {
    const { checkpoint } = memoryCheckpoint();
    await checkpoint.accepted({ contact: ann, id: 'ct_1' });
    const mixUps = new MixUps(checkpoint.state, 'bot_1');
    mixUps.seen(ann);
    expect(mixUps.find(bea, bea.contact, { id: 'ct_1' })).toEqual(mergedInClarky('ct_1', 2));
  });

  it('is one that shows another address, or another name', () => {
    const mixUps = new MixUps(memoryCheckpoint().checkpoint.state, 'bot_1');
    for (const shown of [{ emails: ['bea@x.com'] }, { emails: ['ann@x.com'], first_name: 'Bea' }]) {
      expect(mixUps.find(ann, ann.contact, { id: 'ct_1', ...shown })).toEqual(mergedInClarky('ct_1', undefined));
    }
    expect(mixUps.find(ann, ann.contact, { id: 'ct_1', emails: ['ANN@x.com'], first_name: 'Ann' })).toBeUndefined();
  });
});
