import { expect, it } from 'vitest';
import { statusInWords } from '../../../src/cli/views/status-words.js';
import type { StatusResult } from '../../../src/run/status.js';

const CUT_OFF: StatusResult = {
  file: 'c.csv',
  checkpoint: 'c.csv.checkpoint.jsonl',
  scopes: [
    {
      api: 'https://api.clarky.ai',
      bot: 'b',
      accepted: 3,
      setBack: 0,
      rejected: 0,
      evenPace: false,
      lastRun: { start: '2026-11-26T10:00:00.000Z', rows: 9, live: true },
      sheets: [],
      undone: undefined,
      isUndoable: false,
      undoEndsFor: 0,
      beyondUndo: 3,
      ofRejects: undefined,
    },
  ],
  settings: {},
};

it('counts the rows of an import as its summary did', () => {
  const [scope] = CUT_OFF.scopes;
  const counts = { created: 0, updated: 0, unchanged: 74, correctedRows: 8, merged: 1, rejected: 0, pending: 0 };
  const lastRun = { start: '2026-11-26T10:00:00.000Z', rows: 75, live: true, exit: 0, counts };
  const scopes = scope === undefined ? [] : [{ ...scope, lastRun }];
  expect(statusInWords({ ...CUT_OFF, scopes })).toContain('            66 unchanged, 8 corrected, 1 merged\n');
});

it('tells an import that runs from one that was ended from outside', () => {
  expect(statusInWords(CUT_OFF, { owner: { pid: 512, host: 'here', start: '1' }, file: 'a.lock-1' })).toContain(
    '            not ended: process 512 is at work on it\n',
  );
  expect(statusInWords(CUT_OFF)).toContain('            was ended from outside: run the same import again to go on\n');
});
