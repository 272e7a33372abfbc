import { expect, it } from 'vitest';
import { FIELD_NAMES } from '../../src/mapping/mapping.js';
import {
  askCountryInWords,
  fieldInWords,
  goesOnInWords,
  limitSharedInWords,
  otherSheetsInWords,
  restInWords,
  sheetInWords,
  undoOfOneInWords,
  wayBackInWords,
  noUndoInWords,
  rowInWords,
} from '../../src/ui/page/words.js';
import type { PastRun } from '../../src/ui/wire.js';
import { messageOnPage, noteOnPage } from '../../src/wording/on-page.js';
import { linesInWords } from '../../src/wording/rows/lines.js';

it.each([
  ['file', 'What else stands in the file speaks for Germany: are they from there?'],
  ['chosen', 'You chose Germany before: are these from there as well?'],
  ['language', "Your browser's language is that of Germany: are they from there?"],
] as const)('the country of phones is asked for with what speaks for it, and not claimed: %s', (because, asked) => {
  expect(askCountryInWords({ country: 'DE', because })).toBe(
    `The phone numbers without + do not say their country. ${asked}`,
  );
});

it('every field has words of its own on the page', () => {
  const words = FIELD_NAMES.map(fieldInWords);
  expect(words.filter((word) => /_|^[a-z]/.test(word))).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

it.each([
  [
    'The sheet "A" is read, one of 2; contacts stand on "B" too: --sheet names another.',
    'The sheet "A" is read, one of 2; contacts stand on "B" too.',
  ],
  ['The sheet "A" is read, one of 2; --sheet names another.', 'The sheet "A" is read, one of 2.'],
  [
    'That the key sees the bot b1 is not checked without --live; an import checks it before its first write.',
    "That the key sees the bot b1 is not checked where “Read Clarky's contacts first” is unticked; an import checks it before its first write.",
  ],
  ['The encoding is a guess: look at the sample values, or say --encoding.', ''],
  [
    'The header is on line 3; 2 lines of text before it are skipped.',
    'The header is on line 3; 2 lines of text before it are skipped.',
  ],
])('no note on the page names an option: %s', (note, shown) => {
  expect(noteOnPage(note)).toBe(shown);
});

it('says of each sheet what goes on with it, and of the others what came of them', () => {
  const sentence = 'Stopped: 9 of 10 contacts of the last import are taken back, 1 still to be looked at.';
  const run = { at: '', toldAt: '', counts: null, sentence, mood: 'stopped', sheet: 'South' } as const;
  const undo = { kind: 'undo', sheet: 'South', undoing: { done: 9, of: 10 } } as const;
  const sending = { kind: 'import', sheet: 'South', undoing: null } as const;
  expect(sheetInWords('South', run, undo)).toBe('Being taken back');
  expect(sheetInWords('South', run, { ...undo, undoing: null })).toBe(sentence);
  expect(sheetInWords('South', run, sending)).toBe('Being sent');
  expect(sheetInWords('South', run, undefined)).toBe(sentence);
  for (const now of [undo, sending]) expect(sheetInWords('North', run, now)).toBe(sentence);
  expect(sheetInWords('North', undefined, undo)).toBe('Not sent yet');
});

it('calls nothing taken back that nobody has agreed to yet', () => {
  const undo = { kind: 'undo', undoing: { done: 1, of: 2 } } as const;
  const asking = { kind: 'undo', undoing: null } as const;
  const words = [undo, asking, undefined].map(restInWords);
  expect(words).toEqual(['being taken back', 'still to be taken back', 'undo again to go on']);
  expect(goesOnInWords(undo)).toBe('the undo goes on');
  expect(goesOnInWords(asking)).toBe('nothing is taken back before you have answered');
  expect(goesOnInWords({ kind: 'import', undoing: null })).toBe('the import goes on');
});

it('names the sheets that are not sent yet behind what is said of one', () => {
  expect(otherSheetsInWords(['South'], 'North', 'import')).toBe(' That was the sheet North; not sent yet: South.');
  expect(otherSheetsInWords(['South'], 'North', 'verify')).toBe(' Not sent yet: South.');
  expect(otherSheetsInWords(['A', 'B', 'C', 'D'], 'North', 'verify')).toBe(' Not sent yet: A, B, C and 1 more.');
});

it('leads back to the page through the terminal only where Enter is heard', () => {
  expect(wayBackInWords(true)).toBe('To come back, press Enter in the terminal.');
  expect(wayBackInWords(false)).toBe('To come back, start clarky-contacts ui again.');
});

it('says why there is nothing to undo', () => {
  expect([
    noUndoInWords(0, true),
    noUndoInWords(1, true),
    noUndoInWords(0, true, { hasMore: true }),
    noUndoInWords(1, true, { isUndoable: true }),
  ]).toEqual([
    'It is taken back already: there is nothing more to undo.',
    'It is taken back already, but for what was left as it is: there is nothing more to undo.',
    'It is taken back already: there is nothing more to undo. What else of the file is in Clarky stays: only the newest import can be taken back.',
    'It is taken back already, but for what was left as it is. Undo looks at that once more.',
  ]);
  expect(noUndoInWords(0, false)).toContain("It can't be taken back");
});

it.each([
  [[], ''],
  [['plan', 'verify'], ''],
  [['import', 'verify'], 'the other import under way uses it as well.'],
  [['undo'], 'the other undo under way uses it as well.'],
  [['undo', 'undo'], 'the other undos under way use it as well.'],
  [['undo', 'import'], 'the other import and undo under way use it as well.'],
] as const)('who shares the limit is named as what it is: %j', (kinds, said) => {
  expect(limitSharedInWords(kinds)).toBe(said === '' ? '' : `The limit is that of the key: ${said}`);
});

it('an undo of the newest of several imports says that it takes no other', () => {
  const run = (created: number, pending = 0, isHere = true): PastRun => ({
    ...{ kind: 'import', at: '2026-11-26T10:00:00.000Z', sheet: null, place: 'a.example', isHere },
    ...{ created, updated: 0, unchanged: 0, merged: 0, rejected: 0, pending, isCutOff: false },
  });
  const undone: PastRun = {
    ...{ kind: 'undo', at: '2026-11-26T10:00:00.000Z', sheet: null, place: null, isHere: true },
    ...{ deleted: 3, setBack: 0, left: 0, pending: 0, leftBecause: {} },
  };
  const told = 'Undo takes back the newest import alone: what was sent before it stays in Clarky.';
  expect(undoOfOneInWords([run(2), run(5)])).toBe(told);
  expect(undoOfOneInWords([run(2), run(1, 4), run(5)])).toBe(told);
  expect(undoOfOneInWords([run(2), run(5, 0, false), run(5)])).toBe(told);
  // What went to another Clarky is none of it; what went on after a stop is one import; what sent nothing, or was taken back, is none that stays.
  for (const runs of [
    [],
    [run(5)],
    [run(2), run(3, 2)],
    [run(2), run(0)],
    [run(2), undone, run(5)],
    [run(2), run(5, 0, false)],
  ]) {
    expect(undoOfOneInWords(runs)).toBeUndefined();
  }
});

it('shows of a row of a rejects file what is of the contact, and where it was', () => {
  const header = ['Name', 'Email', 'import_line', 'import_error', 'import_message'];
  const row = rowInWords(header, ['Bob', 'bob(at)x.com', '32', 'invalid_email', 'Email: "bob(at)x.com" is wrong']);
  expect(row).toBe('Bob · bob(at)x.com · it was line 32');
  expect(rowInWords(['Name', 'Email'], ['Bob', ''])).toBe('Bob');
});

it('of a crowd each row names a few, however many there are', () => {
  const crowd = 'lines 2, 3, 4, 5 and 1,995 more have one phone.';
  expect(messageOnPage(crowd)).toBe('Lines 2, 3, 4 and 1,996 more have one phone.');
  expect(linesInWords([{ line: 2 }, { line: 3 }], 1995)).toBe('lines 2, 3 and 1,995 more');
});
