import { expect, it } from 'vitest';
import { verifyInWords } from '../../../src/cli/views/verify-words.js';
import type { VerifyResult } from '../../../src/run/verify/verify-result.js';

const RESULT: VerifyResult = {
  file: 'c.csv',
  api: 'https://api.clarky.ai',
  bot: 'b',
  start: '2026-11-26T10:00:00.000Z',
  end: '2026-11-26T10:01:00.000Z',
  rows: 3,
  contacts: 3,
  checked: 3,
  same: 3,
  normalised: 0,
  withoutValues: 0,
  corrected: 0,
  corrections: 0,
  different: 0,
  setBack: 0,
  missing: 0,
  notSent: 0,
  takenBack: 0,
  isImportKnown: true,
  wasLive: false,
  unknown: 0,
  rejected: 0,
  seed: undefined,
  readBy: 'list',
  allSame: true,
  differences: undefined,
  findings: [],
  exit: 0,
  exitStatus: 0,
};

it('leads to an import where none is known, and not to what sends the deleted again', () => {
  const found = { isImportKnown: false, missing: 3 };
  expect(ledTo(found)).toEqual([`${HOW} --live`]);
  expect(verifyInWords({ ...RESULT, allSame: false, ...found })).toContain('  import what is missing: clarky');
});

const HOW = 'clarky-contacts import c.csv --name monthly';

/** The commands that it leads to. */
function ledTo(found: Partial<VerifyResult>): string[] {
  const words = verifyInWords({ ...RESULT, allSame: false, ...found }, 80, 'c.csv --name monthly');
  return words.split('\n').flatMap((line) => /clarky-contacts .*/.exec(line)?.[0] ?? []);
}

it('names the sheet of a workbook', () => {
  const words = verifyInWords({ ...RESULT, file: 'b.xlsx', sheet: 'North' });
  expect(words).toContain('Verified: 3 contacts of b.xlsx, sheet North, are in Clarky as the sheet says.');
});

it('leads to what mends what it found, and to nothing where all is right', () => {
  expect(ledTo({ allSame: true })).toEqual([]);
  expect(ledTo({ same: 2, different: 1 })).toEqual([`${HOW} --live --resend`]);
  expect(ledTo({ same: 2, different: 1, setBack: 1 })).toEqual([]);
  expect(ledTo({ same: 2, missing: 1, notSent: 1 })).toEqual([`${HOW} --live`]);
  expect(ledTo({ same: 1, missing: 2, notSent: 1 })).toEqual([`${HOW} --live`, `${HOW} --live --restore-deleted`]);
  expect(ledTo({ same: 2, missing: 1, notSent: 1, takenBack: 1 })).toEqual([]);
  expect(ledTo({ file: '-', same: 2, different: 1 })).toEqual([]);
});

it('leads from rejected rows to their correction, or to what helps, and names what it wrote', () => {
  const found = { ...RESULT, allSame: false, same: 2, rejected: 1, report: 'c.csv.report.html' };
  expect(verifyInWords(found)).toMatch(
    /\nReport: c\.csv\.report\.html\n\nNext\n {2}see what helps the rejected rows: clarky-contacts plan c\.csv\n$/,
  );
  const words = verifyInWords(found, 80, 'c.csv', {
    path: 'c.csv.rejected.csv',
    told: ' --live',
    plan: 'c.csv',
    unsent: [],
  });
  expect(words).toContain('correct c.csv.rejected.csv, then:\n    clarky-contacts import c.csv.rejected.csv --live\n');
});

it('says why a row is rejected without cutting it', () => {
  const message =
    'One phone number, one name, different e-mails: lines 2 and 3, "Zoe Zeal". Clarky would make them one contact.';
  const problems = [{ code: 'shared_phone', message, hint: 'Give each their own number.' }];
  const words = verifyInWords({
    ...RESULT,
    allSame: false,
    rejected: 1,
    findings: [{ kind: 'rejected', lines: [2], problems, contact: {} }],
  });
  expect(words.split('\n').slice(0, 3).join('\n')).toMatch(
    /^! line 2 {2}rejected: One phone number.*\n {4}.*one contact\.\n$/,
  );
});

it('of many rejected rows shows the first, and where all of them stand; what differs is shown whole', () => {
  const problems = [{ code: 'invalid_email', message: '"x" is not an email address.', column: 'Email' }];
  const rejected = Array.from({ length: 70 }, (_, at) => ({
    kind: 'rejected' as const,
    lines: [at + 2],
    problems,
    contact: {},
  }));
  const missing = { kind: 'missing' as const, lines: [90], contact: {} };
  const result = { ...RESULT, allSame: false, rejected: 70, findings: [...rejected, missing] };
  const shown = (path?: string): string[] =>
    verifyInWords(result, 80, 'c.csv', { path, told: '', plan: 'c.csv', unsent: [] }).split('\n');
  expect(shown().filter((line) => line.startsWith('! line'))).toHaveLength(20);
  expect(shown().filter((line) => line.startsWith('+ line 90'))).toHaveLength(1);
  expect(shown('c.csv.rejected.csv').join(' ')).toContain(
    '! and 50 more rejected rows: all of them, with what helps, are in c.csv.rejected.csv',
  );
  expect(shown().join(' ')).toContain('are in the plan: clarky-contacts plan c.csv');
});

it('gives the name of somebody the room that is there', () => {
  const contact = { emails: ['maximiliane.musterfrau-schmidt@example.com'] };
  const of = (kind: 'missing' | 'rejected', columns: number): string | undefined =>
    verifyInWords({ ...RESULT, findings: [{ kind, lines: [3], contact, problems: [] }] }, columns).split('\n')[0];
  expect(of('missing', 80)).toBe('+ line 3, maximiliane.musterfrau-schmidt@example.com  missing');
  expect(of('rejected', 80)).toContain('! line 3, maximiliane.musterfrau-schmidt@example.com  rejected');
  expect(of('missing', 40)).toBe('+ line 3, maximiliane.musterfr…  missing');
});

it('names whom a rejected row is about, so far as it can be read', () => {
  const problems = [{ code: 'invalid_email', message: '"zoe(at)x" is not an email address.', column: 'Email' }];
  const of = (contact: object): string | undefined =>
    verifyInWords({ ...RESULT, findings: [{ kind: 'rejected', lines: [2], problems, contact }] }, 120).split('\n')[0];
  const why = 'rejected: Email: "zoe(at)x" is not an email address.';
  expect(of({ first_name: 'Zoe', last_name: 'Zeal' })).toBe(`! line 2, Zoe Zeal  ${why}`);
  expect(of({ phone_numbers: ['+442079460958'] })).toBe(`! line 2, +442079460958  ${why}`);
  expect(of({})).toBe(`! line 2  ${why}`);
});
