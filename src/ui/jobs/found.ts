/** What a verify found, as the page shows it: row by row as the differences file has it, the first of them. */
import { differenceRows } from '../../run/outputs/differences.js';
import type { VerifyResult } from '../../run/verify/verify-result.js';
import type { FoundView } from '../wire.js';

const MOST_ROWS = 50;

export function foundOf({
  findings,
  differences,
  same,
  corrected,
  notSent,
  takenBack,
}: Pick<VerifyResult, 'findings' | 'differences' | 'same' | 'corrected' | 'notSent' | 'takenBack'>): FoundView {
  const whyNotThere = takenBack === 0 ? 'not_sent' : takenBack === notSent ? 'taken_back' : 'not_sent_or_taken_back';
  const rows: FoundView['rows'][number][] = [];
  let total = 0;
  for (const finding of findings) {
    const isNotSent = finding.kind === 'missing' && finding.isNotSent === true;
    for (const { line, what, email, phone, field, expected, found } of differenceRows(finding)) {
      total++;
      if (rows.length >= MOST_ROWS) continue;
      rows.push({ line, what: isNotSent ? whyNotThere : what, who: email || phone, field, expected, found });
    }
  }
  const hasFile = differences !== undefined;
  return { asTheFileSays: same + corrected, rows, total, hasFile, hasTakenBack: takenBack > 0 };
}
