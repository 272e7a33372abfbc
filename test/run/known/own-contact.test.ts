import { expect, it } from 'vitest';
import type { PlannedRejection } from '../../../src/plan/planned.js';
import { withOwnContact } from '../../../src/run/known/live/own-contact.js';
import { memoryCheckpoint, plannedContact } from '../import/workshop.js';

it('what was decided for the first of several rows of one person holds for all, whoever is sent meanwhile', async () => {
  const { checkpoint } = memoryCheckpoint();
  const ann = plannedContact({ first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: ['+442079461001'] }, 2, 4);
  await checkpoint.accepted({ contact: ann, id: 'con_1' });
  const { contact, records } = ann;
  const problems = [{ code: 'shared_phone', message: 'somebody has it' }];
  const together = { contact, records };
  const [first, last] = records.map((record): PlannedRejection => ({
    kind: 'rejection',
    record,
    problems,
    contact,
    heldBy: [7],
    together,
  }));
  const options = {
    checkpoint: checkpoint.state,
    live: { compare: () => Promise.resolve(undefined), numberOf: () => Promise.resolve(7) },
    others: undefined,
    isInFile: () => Promise.resolve(false),
  };
  if (first === undefined || last === undefined) throw new Error('there are two rows');
  expect(await withOwnContact(first, options)).toBeUndefined();
  // The row between them gives the e-mail to somebody else.
  await checkpoint.accepted({ contact: plannedContact({ first_name: 'Zoe', emails: ['ann@x.com'] }, 3), id: 'con_1' });
  expect(await withOwnContact(last, options)).toMatchObject({ kind: 'contact', external: 7, records });
});
