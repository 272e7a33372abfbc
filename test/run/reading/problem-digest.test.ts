import { expect, it } from 'vitest';
import { ProblemDigest } from '../../../src/run/reading/problem-digest.js';
import { rejectionsSection, remarksSection } from '../../../src/cli/views/problem-words.js';

const changed = (column: string, was: string, now: string) => ({
  code: 'spreadsheet_put_back',
  column,
  message: `a spreadsheet changed ${was} to ${now}: read as it was.`,
  hint: 'Look at them.',
});

it('tells what a spreadsheet changed once for each column, with the number of cells', () => {
  const digest = new ProblemDigest();
  digest.add({ line: 2 }, [changed('PLZ', '01067', '1067'), changed('Code', '3-4', '03. Apr')]);
  for (let line = 3; line < 14; line++) digest.add({ line }, [changed('PLZ', '01069', '1069')]);
  const [kind] = digest.kinds();
  expect(kind?.count).toBe(12);
  const words = remarksSection(digest.kinds(), 80).replace(/\s+/g, ' ');
  expect(words).toContain(
    'Line 2, PLZ: a spreadsheet changed 01067 to 1067: read as it was. Likewise 11 more cells of PLZ. ' +
      'Line 2, Code: a spreadsheet changed 3-4 to 03. Apr: read as it was.',
  );
  expect(words).not.toContain('line 3');
});

it('shows the advice that helps most, and says once what is the same of several rows', () => {
  const digest = new ProblemDigest();
  const shared = (hint: string) => ({ code: 'shared_phone', message: 'one phone: lines 2 and 3.', hint });
  digest.add({ line: 2 }, [shared('Give each their own.')]);
  digest.add({ line: 3 }, [shared('Give each their own, or use --shared-phone omit.')]);
  const words = rejectionsSection(digest.kinds(), 80, 2);
  expect(words).toContain('2 × One phone, different names or e-mails (shared_phone)\n      lines 2 and 3: one phone');
  expect(words).toContain('→ Give each their own, or use --shared-phone omit.');
});

it('tells of several files which one an example is of', () => {
  const digest = new ProblemDigest();
  const problem = { code: 'invalid_email', column: 'Email', message: 'It is none.' };
  digest.add({ line: 2, file: 'a.csv' }, [problem]);
  digest.add({ line: 2, file: 'b.csv' }, [problem]);
  expect(rejectionsSection(digest.kinds(), 80, 2)).toContain('a.csv line 2 and b.csv line 2, Email: It is none.');
});
