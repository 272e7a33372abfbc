import { expect, it } from 'vitest';
import { newTo } from '../../../src/run/known/others/whom.js';
import { unseenClaim } from '../../../src/run/known/unseen.js';
import { memoryCheckpoint, plannedContact } from '../import/workshop.js';

const RULES = { sharedEmail: 'reject', sharedPhone: 'reject' } as const;
const smith = (courtesy: string) => plannedContact({ courtesy, last_name: 'Smith', emails: ['smith@x.com'] });

it('somebody whom Clarky refused is in nobody’s way, and one who has left and may arrive is', async () => {
  const { checkpoint } = memoryCheckpoint();
  await checkpoint.refused(smith('Mr'), 'validation_error');
  expect(unseenClaim(smith('Mrs'), checkpoint.state, RULES)).toBeUndefined();
  await checkpoint.sending(smith('Mr'), 0);
  expect(unseenClaim(smith('Mrs'), checkpoint.state, RULES)).toEqual({ kind: 'email', value: 'smith@x.com' });
});

it('what somebody has left with is their own, though no answer was heard', async () => {
  const { checkpoint } = memoryCheckpoint();
  const ann = plannedContact({ last_name: 'Lee', emails: ['ann@x.com'], phone_numbers: ['+14155551001'] });
  const { state } = checkpoint;
  await checkpoint.accepted({ contact: plannedContact({ last_name: 'Lee', emails: ['ann@x.com'] }), id: 'ct_1' });
  const wentOut = (): unknown => state.names.wentOutWith(state.numberOf(ann), ann.contact, '+14155551001');
  expect(wentOut()).toBe(false);
  await checkpoint.sending(ann, 0);
  expect(wentOut()).toBe(true);
});

it('whom a checkpoint knows is asked for among other lists under another name alone', async () => {
  const { checkpoint } = memoryCheckpoint();
  const others = memoryCheckpoint().checkpoint.state;
  const named = (first: string) => ({ first_name: first, last_name: 'Lee', emails: ['ann@x.com'] });
  await checkpoint.accepted({ contact: plannedContact(named('Ann')), id: 'ct_1' });
  expect(newTo(checkpoint.state, named('Ann'), others)).toBeUndefined();
  expect(newTo(checkpoint.state, named('A.'), others)).toMatchObject({ emails: ['ann@x.com'] });
});
