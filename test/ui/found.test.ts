import { expect, it } from 'vitest';
import type { Finding } from '../../src/run/verify/finding.js';
import { foundOf } from '../../src/ui/jobs/found.js';

const contact = { emails: ['a@example.com'] };
const NOT_SENT: Finding = { kind: 'missing', lines: [2], contact, isNotSent: true };
const TAKEN_BACK: Finding = { ...NOT_SENT, lines: [3], isTakenBack: true };
const MISSING: Finding = { kind: 'missing', lines: [4], contact };

it('says of each contact that is not there why it is not', () => {
  const counts = { takenBack: 1, setBack: 0, differences: undefined };
  const { rows } = foundOf({ ...counts, findings: [NOT_SENT, TAKEN_BACK, MISSING] });
  expect(rows.map(({ what }) => what)).toEqual(['not_sent', 'taken_back', 'missing']);
});

it.each([
  [0, 0, false],
  [1, 0, true],
  [0, 1, true],
])('knows whether something was taken back: %i deleted, %i set back', (takenBack, setBack, isKnown) => {
  const counts = { findings: [], differences: undefined };
  expect(foundOf({ ...counts, takenBack, setBack }).hasTakenBack).toBe(isKnown);
});

it('says why a row is rejected, of whom and what to press, and never an option', () => {
  const shared = {
    code: 'shared_phone',
    message: 'One phone number, different names: lines 2 and 3. Clarky would make them one contact.',
    hint: 'Give each their own number, or use --shared-phone omit to send without it.',
  };
  const wrong = {
    code: 'invalid_phone',
    column: 'Mobil',
    message: '"12" is no number',
    hint: 'Use --on-invalid omit.',
  };
  const findings: Finding[] = [
    { kind: 'rejected', lines: [2], problems: [shared], contact: { first_name: 'Ann', phone_numbers: ['+4930'] } },
    { kind: 'rejected', lines: [4], problems: [wrong], contact: { first_name: 'Bea', last_name: 'Bo' } },
  ];
  const { rows } = foundOf({ takenBack: 0, setBack: 0, differences: undefined, findings });
  expect(rows.map(({ who }) => who)).toEqual(['+4930', 'Bea Bo']);
  const said = rows.map(({ expected }) => expected);
  expect(said.join(' ')).not.toContain('--');
  expect(said[0]).toContain(
    'lines 2 and 3. Clarky would make them one contact. If it is one person, write both e-mails into one cell; if not, give each their own number.',
  );
  expect(said[1]).toContain('Mobil: "12" is no number. Correct');
});
