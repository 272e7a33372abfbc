import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { leftOutInWords } from '../../src/wording/left-out.js';
import { remedyInReport, remedyOf, remedyOnPage, waysOut } from '../../src/wording/remedies.js';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

/** The codes of problems and remarks that the pure core gives to a row. */
function codesOfRows(): string[] {
  return ['contact', 'mapping', 'plan'].flatMap((folder) =>
    readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(SOURCE, folder, name), 'utf8').matchAll(
          /(?<=\bcode: '|\borProblem\([^']*')[a-z]+_[a-z_]+(?=')/g,
        ),
      ])
      .map(([code]) => code),
  );
}

it('whatever is said of a row has a title of its own, and is not laid on Clarky', () => {
  const codes = codesOfRows();
  expect(codes.length).toBeGreaterThan(25);
  expect(codes.filter((code) => remedyOf(code).title.startsWith('Clarky rejected it'))).toEqual([]);
});

it('a number that is none is left out as a phone would be, and a title that names Clarky keeps its capital', () => {
  expect(remedyOf('invalid_number').flag).toBe('--on-invalid omit');
  const without = (code: string): string => leftOutInWords({ column: 'Note', code, contacts: 2 });
  expect(without('invalid_number')).toBe("2 contacts without Note: the number can't be read");
  expect(without('validation_error')).toBe('2 contacts without Note: Clarky rejected a value');
});

it('tells all three ways out where people share an e-mail, on the page those that they have', () => {
  const control = 'under “What to send”.';
  expect(remedyOnPage('shared_email')).toBe(
    `Give each their own address. Or send them as one contact, or without the address: choose so ${control}`,
  );
  expect(remedyOnPage('shared_email', false)).toBe(
    `Give each their own address. Or send them as one contact: choose so ${control}`,
  );
  expect(remedyInReport('shared_email')).toBe(
    'Give each their own address. Or send them as one contact, or without the address.',
  );
  expect(waysOut('shared_email').map(({ words, option }) => [words, option])).toEqual([
    ['Or send them as one contact.', '--shared-email merge'],
    ['Or send them without the address.', '--shared-email omit'],
  ]);
});
