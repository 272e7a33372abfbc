import { leftCountsFrom } from '../../src/wording/left-as-is.js';
import { describe, expect, it } from 'vitest';
import {
  correctedInWords,
  inAllTakenBackInWords,
  sendingInWords,
  takenBackInWords,
  undoPlanInWords,
  verdictOf,
  verifyVerdict,
} from '../../src/wording/results.js';
import { leftOutInWords } from '../../src/wording/left-out.js';

const COUNTS = [0, 1, 2, 1000];

const FOUND = {
  checked: 0,
  same: 0,
  withoutValues: 0,
  corrected: 0,
  different: 0,
  missing: 0,
  notSent: 0,
  takenBack: 0,
  setBack: 0,
  unknown: 0,
  rejected: 0,
  corrections: 0,
};

const REASONS = [
  'changed',
  'unclear',
  'not_known_before',
  'unanswered',
  'not_taken',
  'merged',
  'in_another_file',
  'refused',
] as const;

/** Every sentence with every count in each of its places. */
function everySentence(): string[] {
  const told = (counts: Partial<Record<'rows' | 'rejected' | 'pending', number>>, stopped?: string): string =>
    verdictOf({ counts: { rows: 0, rejected: 0, pending: 0, ...counts }, stopped });
  return COUNTS.flatMap((one) => [
    correctedInWords(Math.max(1, one)),
    correctedInWords(one + 1, one),
    leftOutInWords({ column: 'E-mail', code: 'invalid_email', contacts: Math.max(1, one) }),
    ...COUNTS.flatMap((other) => [
      told({ rows: one + other, rejected: other }),
      told({ rows: one + other, pending: other }),
      told({ rows: one + other, pending: other }, 'why'),
      sendingInWords(one, Math.max(1, one + other), other),
      takenBackInWords({ deleted: one, setBack: other, left: 0, pending: 0 }),
      ...REASONS.map((reason) => {
        const leftBecause = { [reason]: one };
        return takenBackInWords({ deleted: 0, setBack: 0, left: one, leftBecause, pending: other });
      }),
      undoPlanInWords({ toDelete: one, toSetBack: other, left: 0 }),
      inAllTakenBackInWords({ done: Math.max(1, one), of: Math.max(2, one + other) }),
      undoPlanInWords({ toDelete: 0, toSetBack: other, left: one, leftBecause: { merged: one } }),
      ...(['same', 'corrected', 'different', 'missing', 'unknown'] as const).flatMap((name) => [
        verifyVerdict({ ...FOUND, checked: one + other, [name]: one, same: name === 'same' ? one + other : other }),
        verifyVerdict({ ...FOUND, checked: one, [name]: one, rejected: other, corrections: other }),
        verifyVerdict({ ...FOUND, checked: one + other, same: one, different: other, withoutValues: one }),
      ]),
      verifyVerdict({ ...FOUND, checked: one + other, missing: one + other, notSent: one }),
    ]),
  ]);
}

describe('the sentences on what came of it', () => {
  it('have one and many right, say no zero, and group thousands, for every count', () => {
    const sentences = [...new Set(everySentence())];
    expect(sentences.length).toBeGreaterThan(100);
    // "0 of 5 rows are done" is a beginning; every other zero says nothing.
    const wrong = sentences.filter((sentence) => {
      const words = sentence.replace(/^Sending: 0 of/, '').replace(/(\d rows?) of [\d,]+/, '$1');
      return (
        /(^|\s)0\s/.test(words) ||
        /\b1 (rows|contacts|corrections|were|are)\b/.test(words) ||
        /\b(2|1,000|2,000) (row|contact|correction|was|is)\b/.test(words) ||
        /\b\d{4,}\b/.test(words) ||
        /\ball 1 /i.test(words) ||
        !/^[A-Z1-9t].*[.a-z]$/.test(words.trim())
      );
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    [{ rows: 10, rejected: 0, pending: 0 }, undefined, 'Finished: all 10 rows are in Clarky.'],
    [{ rows: 1, rejected: 0, pending: 0 }, undefined, 'Finished: the only row is in Clarky.'],
    [
      { rows: 1200, rejected: 1, pending: 0 },
      undefined,
      'Finished: 1,199 rows of 1,200 are in Clarky, 1 was rejected.',
    ],
    [{ rows: 3, rejected: 3, pending: 0 }, undefined, 'Finished: all 3 rows were rejected; nothing was sent.'],
    [{ rows: 0, rejected: 0, pending: 0 }, undefined, 'Finished: the file has no rows.'],
    [{ rows: 10, rejected: 2, pending: 4 }, undefined, 'Stopped: 6 of 10 rows are done, 4 are still to be sent.'],
    [{ rows: 10, rejected: 0, pending: 10 }, 'why', 'Stopped: all 10 rows are still to be sent.'],
    [{ rows: 10, rejected: 0, pending: 0 }, 'why', 'Stopped: all 10 rows are done.'],
    [{ rows: 1, rejected: 0, pending: 1 }, 'why', 'Stopped: the only row is still to be sent.'],
  ])('tell of an import: %j', (counts, stopped, words) => {
    expect(verdictOf({ counts, stopped })).toBe(words);
  });

  it.each([
    [{ checked: 3, same: 3 }, 'All 3 contacts are in Clarky as the file says.'],
    [
      { checked: 3, same: 3, withoutValues: 1 },
      'All 3 contacts are in Clarky as the file says, 1 of them without a value that was left out.',
    ],
    [
      { checked: 2, same: 2, withoutValues: 2 },
      'All 2 contacts are in Clarky as the file says, without values that were left out.',
    ],
    [
      { checked: 4, same: 3, withoutValues: 2, missing: 1 },
      'Of 4 contacts, 3 are as the file says, 2 of them without values that were left out, 1 is not in Clarky.',
    ],
    [
      { checked: 1, same: 1, rejected: 2 },
      "The only contact is in Clarky as the file says. 2 rows can't be sent as they stand.",
    ],
    [
      { checked: 12, missing: 12, notSent: 12, takenBack: 12 },
      'Nothing of the file is in Clarky any more: all 12 contacts were taken back.',
    ],
    [{ checked: 12, missing: 12, notSent: 12, takenBack: 10 }, 'Of 12 contacts, 10 are taken back, 2 are not sent.'],
    [
      { checked: 2, different: 1, setBack: 1, missing: 1, notSent: 1, takenBack: 1 },
      'Of 2 contacts, 1 is set back to what it was, 1 is taken back.',
    ],
    [{ checked: 12, missing: 12, notSent: 12 }, 'Nothing of the file is in Clarky: none of its 12 contacts was sent.'],
    [
      { checked: 9, same: 4, different: 2, missing: 3, notSent: 1 },
      'Of 9 contacts, 4 are as the file says, 2 are in Clarky with other values, 2 are not in Clarky, 1 is not sent.',
    ],
    [{ checked: 2, different: 2 }, 'All 2 contacts are in Clarky with other values.'],
    [{ checked: 0, rejected: 1 }, "There is no contact to compare. 1 row can't be sent as it stands."],
  ])('tell calmly of a verify: %j', (counts, words) => {
    expect(verifyVerdict({ ...FOUND, ...counts })).toBe(words);
  });

  it.each([
    [{ checked: 3, same: 3 }, 'All 3 contacts are in Clarky as the sheet North says.'],
    [
      { checked: 2, same: 1, different: 1 },
      'Of 2 contacts, 1 is as the sheet North says, 1 is in Clarky with other values.',
    ],
    [
      { checked: 1, missing: 1, notSent: 1, takenBack: 1 },
      'Nothing of the sheet North is in Clarky any more: the only contact was taken back.',
    ],
  ])('tell of the sheet where one of several was compared: %j', (counts, words) => {
    expect(verifyVerdict({ ...FOUND, ...counts }, 'the sheet North')).toBe(words);
  });

  it.each([
    [{ deleted: 3, setBack: 0, left: 0, pending: 0 }, '3 contacts deleted.'],
    [
      { deleted: 0, setBack: 1, left: 1, leftBecause: { changed: 1 }, pending: 0 },
      '1 contact set back to what it was, 1 left as it is, since it was changed in Clarky meanwhile.',
    ],
    [
      { deleted: 0, setBack: 0, left: 3, leftBecause: { changed: 2, merged: 1 }, pending: 0 },
      '3 contacts left as they are (2 since they were changed in Clarky meanwhile, 1 since Clarky has it under another id: it may have been merged with another contact).',
    ],
    [
      { deleted: 0, setBack: 0, left: 1, leftBecause: leftCountsFrom({ other: 1 }), pending: 0 },
      '1 contact left as it is.',
    ],
    [{ deleted: 0, setBack: 0, left: 0, pending: 0 }, 'there was nothing to do.'],
  ])('tell of an undo: %j', (counts, words) => {
    expect(takenBackInWords(counts)).toBe(words);
  });
});
