import { expect, it } from 'vitest';
import type { Finding } from '../../src/run/verify/finding.js';
import { foundOf } from '../../src/ui/jobs/found.js';

const NOT_SENT: Finding = { kind: 'missing', lines: [2], contact: { emails: ['a@example.com'] }, isNotSent: true };
const MISSING: Finding = { kind: 'missing', lines: [3], contact: { emails: ['b@example.com'] } };

it.each([
  [2, 0, 'not_sent'],
  [2, 2, 'taken_back'],
  [2, 1, 'not_sent_or_taken_back'],
])('says of %i contacts that are not there, of which %i were taken back, why', (notSent, takenBack, why) => {
  const findings = [NOT_SENT, NOT_SENT, MISSING];
  const counts = { same: 0, corrected: 0, notSent, takenBack };
  const { rows, hasTakenBack } = foundOf({ ...counts, findings, differences: undefined });
  expect(rows.map(({ what }) => what)).toEqual([why, why, 'missing']);
  expect(hasTakenBack).toBe(takenBack > 0);
});
