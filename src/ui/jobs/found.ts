/** What a verify found, as the page shows it: row by row as the differences file has it, the first of them. */
import { isSomebodyWithout } from '../../run/plan/sent-without.js';
import { messageOnPage } from '../../wording/on-page.js';
import { remedyOnPage } from '../../wording/remedies.js';
import { differenceRows } from '../../run/outputs/differences.js';
import type { Finding } from '../../run/verify/finding.js';
import type { VerifyResult } from '../../run/verify/verify-result.js';
import type { FoundView } from '../wire.js';

const MOST_ROWS = 50;

export function foundOf({
  findings,
  differences,
  takenBack,
  setBack,
}: Pick<VerifyResult, 'findings' | 'differences' | 'takenBack' | 'setBack'>): FoundView {
  const rows: FoundView['rows'][number][] = [];
  let total = 0;
  for (const finding of findings) {
    for (const { line, what, email, phone, field, expected, found } of differenceRows(finding)) {
      total++;
      if (rows.length >= MOST_ROWS) continue;
      const said = finding.kind === 'rejected' ? whyRejected(finding) : expected;
      const who = email || phone || nameIn(finding);
      rows.push({ line, what: whyNotThere(finding) ?? what, who, field, expected: said, found });
    }
  }
  const hasFile = differences !== undefined;
  return { rows, total, hasFile, hasTakenBack: takenBack + setBack > 0 };
}

/** What is wrong with a row, and what helps there: without what is said of options. */
function whyRejected({ problems, contact }: Extract<Finding, { kind: 'rejected' }>): string {
  const canDoWithout = isSomebodyWithout({ contact, problems });
  return problems
    .map(({ column, code, message }) => {
      const what = messageOnPage(message).replace(/(?<![.!?…])$/, '.');
      return `${column === undefined ? '' : `${column}: `}${what} ${remedyOnPage(code, canDoWithout)}`.trim();
    })
    .join(' ');
}

function nameIn(finding: Finding): string {
  if (!('contact' in finding)) return '';
  const { first_name, last_name } = finding.contact;
  return [first_name, last_name].filter((part) => part !== undefined).join(' ');
}

function whyNotThere(finding: Finding): string | undefined {
  if (finding.kind !== 'missing') return undefined;
  return finding.isTakenBack === true ? 'taken_back' : finding.isNotSent === true ? 'not_sent' : undefined;
}
