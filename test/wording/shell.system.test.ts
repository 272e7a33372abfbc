import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord } from '../../src/wording/shell.js';

it.each([
  ['contacts.csv', 'contacts.csv'],
  ['-', '-'],
  ['lists/Büro 2.csv', "'lists/Büro 2.csv'"],
  ['Büro.csv', 'Büro.csv'],
  ['Kunden & Lieferanten.xlsx', "'Kunden & Lieferanten.xlsx'"],
  ["Ann's.csv", "'Ann'\\''s.csv'"],
  ['-rf.csv', './-rf.csv'],
  ['~.csv', "'~.csv'"],
  ['=ls', "'=ls'"],
  ['', "''"],
  ['a\u001b[2J.csv', "'a\\x1b[2J.csv'"],
])('%j is written %j', (path, word) => {
  expect(shellWord(path)).toBe(word);
});

it('is one word to a shell, whatever the file is called', () => {
  const names = fc.array(fc.string({ unit: fc.constantFrom(...' -~=!$`\\"\'&|;<>()*?[]{}#^%,aé'), maxLength: 6 }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(names, (paths) => {
      const asked = paths.map((path) => (path.startsWith('-') && path !== '-' ? `./${path}` : path));
      const said = execFileSync('sh', ['-c', `printf '%s\\n' ${paths.map(shellWord).join(' ')}`], { encoding: 'utf8' });
      expect(said).toBe(`${asked.join('\n')}\n`);
    }),
    { numRuns: 10 },
  );
});
