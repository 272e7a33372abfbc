/** What a verify found, as the page shows it: row by row as the differences file has it, the first of them. */
import { differenceRows } from '../../run/outputs/differences.js';
import type { Finding } from '../../run/verify/finding.js';
import type { VerifyResult } from '../../run/verify/verify-result.js';
import type { FoundView } from '../wire.js';

const MOST_ROWS = 50;

export function foundOf({
  findings,
  differences,
  same,
  corrected,
  takenBack,
  setBack,
}: Pick<VerifyResult, 'findings' | 'differences' | 'same' | 'corrected' | 'takenBack' | 'setBack'>): FoundView {
  const rows: FoundView['rows'][number][] = [];
  let total = 0;
  for (const finding of findings) {
    for (const { line, what, email, phone, field, expected, found } of differenceRows(finding)) {
      total++;
      if (rows.length >= MOST_ROWS) continue;
      rows.push({ line, what: whyNotThere(finding) ?? what, who: email || phone, field, expected, found });
    }
  }
  const hasFile = differences !== undefined;
  return { asTheFileSays: same + corrected, rows, total, hasFile, hasTakenBack: takenBack + setBack > 0 };
}

function whyNotThere(finding: Finding): string | undefined {
  if (finding.kind !== 'missing') return undefined;
  return finding.isTakenBack === true ? 'taken_back' : finding.isNotSent === true ? 'not_sent' : undefined;
}
