import { expect, it } from 'vitest';
import { join } from 'node:path';
import { reachOf, whatUndoWouldLose } from '../../../src/run/undo/reach.js';
import { journalPathFor } from '../../../src/workspace/undo/journals.js';
import { UndoJournal } from '../../../src/workspace/undo/undo-journal.js';
import { privateFolder } from '../../support/folder.js';

const SCOPE = { api: 'http://localhost/api/v1', bot: 'bot' };

/** The import of a sheet that has sent so many contacts, and came to its end. */
async function importedSheet(checkpoint: string, sheet: string, contacts: number): Promise<UndoJournal> {
  const journal = await UndoJournal.open(await journalPathFor(checkpoint, { scope: SCOPE, sheet }), 'all');
  await journal.begin(SCOPE, '2026-11-26T00:00:00Z', sheet);
  for (let n = 0; n < contacts; n++) await send(journal, n);
  await journal.append({ kind: 'ended' });
  return journal;
}

async function send(journal: UndoJournal, n: number): Promise<void> {
  const identity = String(n).padStart(22, '0');
  await journal.append({ kind: 'sending', identity, line: n + 2, id: undefined, before: {}, wrote: {} });
  await journal.append({ kind: 'accepted', identity, id: `ct_${n}`, created: true, after: undefined });
}

it('tells of the sheet that is imported again what no undo takes back from then on, and of no other', async () => {
  const checkpoint = join(await privateFolder(), 'c.jsonl');
  for (const [sheet, contacts] of Object.entries({ Spring: 3, Summer: 1 }))
    await (await importedSheet(checkpoint, sheet, contacts)).close();
  const lost = async (sheet?: string): Promise<string[]> =>
    (await whatUndoWouldLose({ ...SCOPE, checkpoint, sheet })).map(({ message }) => message);
  expect(await lost('Spring')).toEqual([expect.stringContaining('3 contacts')]);
  expect(await lost('Summer')).toEqual([expect.stringContaining('1 contact')]);
  expect(await lost('Autumn')).toEqual([]);
  expect(await lost()).toEqual([]);
});

it('loses nothing where the import goes on that has not come to its end', async () => {
  const checkpoint = join(await privateFolder(), 'c.jsonl');
  const journal = await importedSheet(checkpoint, 'Spring', 1);
  // A later run of it has sent more, and was stopped.
  await send(journal, 1);
  await journal.close();
  expect(await whatUndoWouldLose({ ...SCOPE, checkpoint, sheet: 'Spring' })).toEqual([]);
  expect(await reachOf(checkpoint, SCOPE)).toMatchObject([{ hasEnded: false, left: { size: 2 } }]);
  expect(await reachOf(checkpoint, { ...SCOPE, bot: 'other' })).toEqual([]);
});
