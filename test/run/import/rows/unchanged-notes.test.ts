import { expect, it } from 'vitest';
import { UnchangedNotes } from '../../../../src/run/import/rows/unchanged-notes.js';
import { memoryCheckpoint, plannedContact } from '../workshop.js';

const ann = plannedContact({ first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'] });

it('notes at once what the rows have that were folded into one: of them one may be left alone', async () => {
  const { checkpoint } = memoryCheckpoint();
  await checkpoint.accepted({ contact: ann, id: 'ct_ann' });
  const notes = new UnchangedNotes(checkpoint);
  await notes.take({ ...ann, foldedAway: { emails: ['annie@x.com'] } });
  const { state } = checkpoint;
  expect(state.ownerOf('email', 'annie@x.com')).toBe(state.numberOf(ann));
});

it('notes nothing again that is known, and nothing of who was not accepted', async () => {
  const { checkpoint, facts } = memoryCheckpoint();
  const notes = new UnchangedNotes(checkpoint);
  await notes.take({ ...ann, foldedAway: { emails: ['annie@x.com'] } });
  await notes.flush();
  expect(facts).toEqual([]);
  await checkpoint.accepted({ contact: ann, id: 'ct_ann' });
  const before = facts.length;
  await notes.take({ ...ann, foldedAway: { emails: ['ann@x.com'] } });
  await notes.flush();
  expect(facts).toHaveLength(before);
});
