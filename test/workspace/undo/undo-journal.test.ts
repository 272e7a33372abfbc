import { describe, expect, it } from 'vitest';
import { UndoJournal } from '../../../src/workspace/undo/undo-journal.js';
import { privateFolder } from '../../support/folder.js';

describe('the journal of an import', () => {
  it('is not there under a name that is too long, nor in what is no folder', async () => {
    const folder = await privateFolder();
    expect(await UndoJournal.exists(`${folder}/${'n'.repeat(256)}`)).toBe(false);
    expect(await UndoJournal.exists(`${folder}/none/none.jsonl`)).toBe(false);
    const journal = await UndoJournal.open(`${folder}/one.jsonl`, 'all');
    await journal.begin({ api: 'http://localhost', bot: 'bot' }, '2026-11-26T00:00:00Z');
    await journal.close();
    expect(await UndoJournal.exists(`${folder}/one.jsonl`)).toBe(true);
    expect(await UndoJournal.exists(`${folder}/one.jsonl/other.jsonl`)).toBe(false);
    expect(await UndoJournal.headerOf(`${folder}/one.jsonl`)).toMatchObject({
      scope: { api: 'http://localhost', bot: 'bot' },
    });
    expect(await UndoJournal.headerOf(`${folder}/gone.jsonl`), 'removed in this moment').toBeUndefined();
  });

  it('keeps from the first time that a contact was sent what undo goes back to', async () => {
    const path = `${await privateFolder()}/one.jsonl`;
    const journal = await UndoJournal.open(path, 'all');
    await journal.begin({ api: 'http://localhost', bot: 'bot' }, '2026-11-26T00:00:00Z');
    const identity = 'a'.repeat(22);
    const sending = { kind: 'sending', identity, line: 2, wrote: { company: 'New' } } as const;
    await journal.append({ ...sending, id: undefined, before: {}, restores: true });
    // Stopped in between: the next run finds the contact that was made.
    await journal.append({ ...sending, id: 'ct_1', before: { company: 'New' } });
    await journal.close();
    const { entries } = await UndoJournal.open(path, 'all');
    expect(entries).toMatchObject([{ id: 'ct_1', wasThere: false, restores: true }]);
  });
});
