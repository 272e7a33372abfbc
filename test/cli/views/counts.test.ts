/** What is said of 0, 1, 2 and 1,000: each sentence agrees with its count. */
import { describe, expect, it } from 'vitest';
import { undoPlanInFacts, undoResultInWords } from '../../../src/cli/views/undo-words.js';
import { summaryInWords } from '../../../src/cli/views/words.js';
import { verifyInWords } from '../../../src/cli/views/verify-words.js';
import type { UndoPlan } from '../../../src/run/undo/undo-plan.js';
import type { UndoResult } from '../../../src/run/undo/undo-result.js';
import type { VerifyResult } from '../../../src/run/verify/verify-result.js';
import type { Summary } from '../../../src/run/tally.js';
import {
  correctedInWords,
  inAllTakenBackInWords,
  sendingInWords,
  takenBackInWords,
  takingBackInWords,
  undoPlanInWords,
  verdictOf,
  verifyVerdict,
} from '../../../src/wording/results.js';
import { rowsLeftOutInWords } from '../../../src/wording/rows/corrections.js';
import { beyondUndoInWords } from '../../../src/wording/left-as-is.js';

const COUNTS = [0, 1, 2, 1000];

const ENDED = {
  file: 'c.csv',
  api: 'https://clarky.ai/api/v1',
  bot: 'b',
  start: '2026-11-26T10:00:00.000Z',
  end: '2026-11-26T10:01:00.000Z',
  exit: 0,
};

/** A noun, a verb or a pronoun of the other number. */
const NOUNS = 'row|contact|write|value|correction|column|reason|phone|file|import';
const WRONG_OF_ONE = new RegExp(
  `(?<![\\d,] |of |[\\d,])\\b1 (?:more |rejected )?(?:(?:${NOUNS})s\\b|(?:\\w+ )?(?:are|were|have)\\b)|\\b1 {2}(?:rows|were|have)\\b`,
);
const WRONG_OF_MANY = new RegExp(`\\b(?:0|2|1,000) (?:more |rejected )?(?:(?:${NOUNS})\\b|(?:is|was|has)\\b)`);

function summaryOf(count: number, rows: number): string {
  const counts = { created: count, updated: count, unchanged: 2 * count, merged: count, rejected: count, pending: 0 };
  const summary: Summary = {
    ...ENDED,
    ...counts,
    ...{ rows, contacts: rows, correctedRows: count, metThere: count, absent: count, omittable: count },
    ...{ requests: count, throttled: count, retries: 0, seconds: 3, reasons: { invalid_email: count } },
    ...{ complete: true, undoable: true, checkpoint: 'k', rejects: 'r.csv', log: 'l', report: '' },
  };
  return summaryInWords(summary, {}, count);
}

const VERIFIED = {
  isImportKnown: true,
  wasLive: false,
  readBy: 'list',
  differences: undefined,
  seed: undefined,
} as const;

function verified(count: number): string {
  const result: VerifyResult = {
    ...ENDED,
    ...VERIFIED,
    ...{
      rows: 9 * count,
      contacts: 9 * count,
      checked: 9 * count,
      same: count,
      normalised: count,
      withoutValues: count,
    },
    ...{ corrected: count, corrections: count, different: count, setBack: count, missing: count, notSent: count },
    ...{ takenBack: count, unknown: count, rejected: count, allSame: false, findings: [], exitStatus: 0 },
  };
  return verifyInWords(result);
}

const LEFT = { line: 2, contactId: 'c', reason: 'changed', fields: [] };

/** @param pending where there are any, one more is done */
function undone(count: number, pending: number): string {
  const result: UndoResult = {
    ...ENDED,
    ...{
      contacts: 4 * count + pending + (pending > 0 ? 1 : 0),
      deleted: count,
      setBack: count,
      nothingToDo: count,
      pending,
    },
    ...{ left: Array.from({ length: count }, () => LEFT), confirmed: true, beyondUndo: count },
    ...{ otherSheets: [], laterSheets: [], ofRejects: [], stoppedBy: undefined, exitStatus: 0 },
  } as unknown as UndoResult;
  return undoResultInWords(result);
}

const SENTENCES: Readonly<Record<string, (count: number) => string>> = {
  'a summary': (count) => summaryOf(count, 6 * count),
  'the verdict on an import': (count) => {
    const counts = { rows: count + 3, rejected: count, pending: 0 };
    const stopped = { rows: count + 3, rejected: 0, pending: count };
    return [verdictOf({ counts, stopped: undefined }), verdictOf({ counts: stopped, stopped: {} })].join(' ');
  },
  'what was found': verified,
  'the verdict on what was found': (count) =>
    verifyVerdict({
      ...{ checked: 7 * count, same: count, withoutValues: count, corrected: count, different: 2 * count },
      ...{ setBack: count, missing: 2 * count, notSent: count, takenBack: 0, unknown: count, rejected: count },
      corrections: count,
    }),
  'what was undone': (count) => undone(count, 0),
  'an undo that was stopped': (count) => undone(count, 3),
  'corrections that were used': (count) => correctedInWords(count, count),
  'rows that were left out': (count) => rowsLeftOutInWords(count),
  'what no undo reaches': (count) => beyondUndoInWords(count),
  'how far it is': (count) => [sendingInWords(count, 5000), takingBackInWords(count, 5000)].join(' '),
  'what was taken back': (count) =>
    [
      takenBackInWords({ deleted: count, setBack: count, left: count, pending: count }),
      undoPlanInWords({ toDelete: count, toSetBack: count, left: count }),
      inAllTakenBackInWords({ done: count, of: count }),
    ].join(' '),
};

describe.each(Object.entries(SENTENCES))('of %s', (_name, words) => {
  it.each(COUNTS)('what is said of %i agrees with it', (count) => {
    const said = words(count);
    expect(WRONG_OF_ONE.exec(said)?.[0]).toBeUndefined();
    expect(WRONG_OF_MANY.exec(said)?.[0]).toBeUndefined();
  });
});

it('counts beside their meanings agree, of one and of several', () => {
  const [one, two] = [summaryOf(1, 6), summaryOf(2, 12)];
  for (const [ofOne, ofTwo] of [
    ['1  was there, and has the new values', '2  were there, and have the new values'],
    ['1  row folded into another', '2  rows folded into another'],
    ['1  rejected row, in Clarky as it was corrected', '2  rejected rows, in Clarky as they were corrected'],
  ] as const) {
    expect(one).toContain(ofOne);
    expect(two).toContain(ofTwo);
  }
  expect(verified(1)).toContain('1  rejected row, in Clarky as it was corrected');
  expect(verified(1)).toContain('1  row that an import would reject');
  expect(undone(1, 0)).toContain('1  has the old values again');
  expect(undone(2, 0)).toContain('2  have the old values again');
  expect(undone(0, 2)).toContain('Stopped: 1 of 3 contacts is undone or left.');
  const plan = { ...ENDED, contacts: 1, toDelete: 0, toSetBack: 0, left: [LEFT], nothingToDo: 0, seconds: 0 };
  expect(undoPlanInFacts(plan as unknown as UndoPlan, new Date(0))).toMatchObject({
    msg: 'Undoing 1 contact: 0 to delete, 0 to set back, 1 left as it is.',
  });
});
