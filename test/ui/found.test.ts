import { expect, it } from 'vitest';
import type { Finding } from '../../src/run/verify/finding.js';
import { foundOf } from '../../src/ui/jobs/found.js';

const contact = { emails: ['a@example.com'] };
const NOT_SENT: Finding = { kind: 'missing', lines: [2], contact, isNotSent: true };
const TAKEN_BACK: Finding = { ...NOT_SENT, lines: [3], isTakenBack: true };
const MISSING: Finding = { kind: 'missing', lines: [4], contact };

it('says of each contact that is not there why it is not', () => {
  const counts = { same: 0, corrected: 0, takenBack: 1, setBack: 0, differences: undefined };
  const { rows } = foundOf({ ...counts, findings: [NOT_SENT, TAKEN_BACK, MISSING] });
  expect(rows.map(({ what }) => what)).toEqual(['not_sent', 'taken_back', 'missing']);
});

it.each([
  [0, 0, false],
  [1, 0, true],
  [0, 1, true],
])('knows whether something was taken back: %i deleted, %i set back', (takenBack, setBack, isKnown) => {
  const counts = { same: 1, corrected: 0, findings: [], differences: undefined };
  expect(foundOf({ ...counts, takenBack, setBack }).hasTakenBack).toBe(isKnown);
});
