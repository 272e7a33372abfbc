/** What a terminal of so many columns shows: words whole, and commands that can be copied. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord } from '../../src/wording/shell.js';
import { reflowed } from '../../src/wording/wrapped.js';

const COMMAND = "clarky-contacts import 'Kundenliste 2025.xlsx.rejected.csv' --on-invalid omit --live";

it('a command that is longer than the line goes on in the next, as a shell takes it', () => {
  const shown = "    clarky-contacts import 'Kundenliste 2025.xlsx.rejected.csv' \\\n      --on-invalid omit --live";
  expect(reflowed(`    ${COMMAND}`, 80, '\\')).toBe(shown);
  expect(reflowed(`  or 3 of them without these values: ${COMMAND}`, 80, '\\')).toBe(
    `  or 3 of them without these values:\n${shown}`,
  );
  // Where that can't be said it stays whole.
  expect(reflowed(`    ${COMMAND}`, 80)).toBe(`    ${COMMAND}`);
  // A name that is longer than the line is not broken, and what calls the program not left alone.
  const long = 'z'.repeat(80);
  expect(reflowed(`  clarky-contacts undo ${long} --yes`, 80, '\\')).toBe(
    `  clarky-contacts undo \\\n    ${long} \\\n    --yes`,
  );
});

it('a command within a sentence is broken as its words are', () => {
  expect(reflowed('  Run "clarky-contacts bots" for the ids that the key can see, then give one.', 40, '\\')).toBe(
    '  Run "clarky-contacts bots" for the ids\n    that the key can see, then give one.',
  );
  expect(reflowed('  What a live import made, clarky-contacts undo FILE takes back.', 41, '\\')).toBe(
    '  What a live import made,\n    clarky-contacts undo FILE takes back.',
  );
});

it('means the same to a shell, whatever the file is called and however narrow the terminal', () => {
  const argument = fc.oneof(
    fc.string({ unit: fc.constantFrom(...' -=!$\\"\'&;.:,aé'), minLength: 1, maxLength: 30 }),
    fc.constantFrom('contacts.csv', 'list 1.csv', "Ann's list of people.csv"),
  );
  const flags = fc.array(fc.constantFrom('--live', '--country GB', '--on-invalid omit'), { maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(argument, { minLength: 1, maxLength: 3 }),
      flags,
      fc.integer({ min: 20, max: 80 }),
      (...of) => {
        const [files, said, columns] = of;
        const words = ['clarky-contacts', 'import', ...files.map(shellWord), ...said].join(' ');
        const run = (text: string): string =>
          execFileSync('sh', ['-c', text.replace('clarky-contacts', "printf '%s\\n'")], { encoding: 'utf8' });
        const shown = reflowed(`    ${words}`, columns, '\\');
        if (!shown.includes('\n') || shown.includes('\\\n')) expect(run(shown.trim())).toBe(run(words));
      },
    ),
    { numRuns: 60 },
  );
});
