import { expect, it } from 'vitest';
import { toHtml } from '../../../src/report/markup.js';
import { undoReportPart, verifyReportPart } from '../../../src/run/outputs/later-report.js';
import type { UndoResult } from '../../../src/run/undo/undo-result.js';
import type { Finding } from '../../../src/run/verify/finding.js';
import type { VerifyResult } from '../../../src/run/verify/verify-result.js';

const contact = { emails: ['a@example.com'] };
const GONE: Finding = { kind: 'missing', lines: [5], contact, isNotSent: true };
const DIFFERENT: Finding = {
  kind: 'different',
  lines: [7],
  contactId: 'c',
  contact,
  differences: [{ field: 'company', expected: 'Acme', found: 'Zeta' }],
};

/** The report on two contacts that are not in Clarky, and `different` that differ. */
function reportOf(takenBack: number, different: number, setBack = 0, sheet?: string): string {
  const counts = { checked: 2 + different, contacts: 2 + different, rows: 2 + different, different, missing: 2 };
  const zero = { same: 0, normalised: 0, withoutValues: 0, corrected: 0, corrections: 0, unknown: 0, rejected: 0 };
  const result: VerifyResult = {
    ...zero,
    ...counts,
    file: 'c.csv',
    api: 'https://api.clarky.ai',
    bot: 'b',
    start: '2026-11-26T10:00:00.000Z',
    end: '2026-11-26T10:01:00.000Z',
    notSent: 2,
    takenBack,
    isImportKnown: true,
    wasLive: false,
    setBack,
    seed: undefined,
    readBy: 'list',
    allSame: false,
    differences: undefined,
    findings: [GONE, GONE, ...Array<Finding>(different).fill(DIFFERENT)],
    exit: 1,
    exitStatus: 1,
  };
  return toHtml(verifyReportPart(result, { file: 'c.csv', sheet }, result.end, false).content);
}

it('names the lines of what differs alone, and does not lead to bring back what was taken back', () => {
  const report = reportOf(2, 1);
  expect(report).toContain('Line 7 of the file.');
  expect(report).not.toContain('--resend');
  expect(reportOf(0, 1)).toContain('--resend');
  expect(reportOf(0, 1, 1)).not.toContain('--resend');
  expect(reportOf(0, 59)).toMatch(/Lines 7, .*7 and 9 more of the file\./);
});

it('names the sheet of a workbook, and not the file, for what was compared', () => {
  const report = reportOf(0, 1, 0, 'North');
  expect(report).toContain('Verified: <b>c.csv, sheet North</b>');
  expect(report).toContain('Line 7 of the sheet North.');
  expect(report).not.toContain('the file');
  expect(reportOf(0, 1)).toContain('Verified: <b>c.csv</b>');
});

const UNDONE: UndoResult = {
  file: 'c.csv',
  api: 'https://api.clarky.ai',
  bot: 'b',
  start: '2026-11-26T10:00:00.000Z',
  end: '2026-11-26T10:01:00.000Z',
  contacts: 42,
  deleted: 41,
  setBack: 0,
  left: [{ line: 7, contactId: 'c', reason: 'changed', fields: [] }],
  nothingToDo: 0,
  beyondUndo: 0,
  pending: 0,
  otherSheets: [],
  laterSheets: [],
  ofRejects: [],
  confirmed: true,
  complete: true,
  exit: 1,
  exitStatus: 1,
  stoppedBy: undefined,
};

it('tells of an undo in two halves what both have taken back', () => {
  const report = (of: number, sheet?: string): string =>
    toHtml(undoReportPart(UNDONE, { file: 'c.csv', sheet }, UNDONE.start, { done: of - 1, of }).content);
  const both = 'With what was taken back before, 58 of 59 contacts of this import are taken back.';
  expect(report(59)).toContain(both);
  expect(report(42)).not.toContain('With what was taken back before');
  expect(report(42)).toContain('Undo of <b>c.csv</b>');
  expect(report(42, 'West')).toContain('Undo of <b>c.csv, sheet West</b>');
  expect(report(42, 'West')).toContain('Left as it is: line 7 of the sheet West.');
});

it('says of how many contacts of the file an undo takes nothing back', () => {
  const result = { ...UNDONE, beyondUndo: 2 };
  const html = toHtml(undoReportPart(result, { file: 'c.csv', sheet: undefined }, result.start, undefined).content);
  expect(html).toContain('2 more contacts that the file has or had are in Clarky by other imports, or from before');
  const none = undoReportPart(UNDONE, { file: 'c.csv', sheet: undefined }, result.start, undefined).content;
  expect(toHtml(none)).not.toContain('by other imports');
});
