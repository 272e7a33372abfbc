import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { columnReason, fieldInWords, namelessReason } from '../../src/wording/fields.js';
import { FIELD_NAMES } from '../../src/mapping/mapping.js';

const MAPPING = join(import.meta.dirname, '../../src/mapping');

it('has words for every field of Clarky, and for those of one’s own', () => {
  for (const field of FIELD_NAMES) expect([field, fieldInWords(field)]).not.toEqual([field, field]);
  expect(fieldInWords('custom:Plan')).toBe('Custom field: Plan');
  expect(fieldInWords('custom_fields.Plan')).toBe('Custom field: Plan');
  expect(fieldInWords('constructor')).toBe('constructor');
});

it('says what a column’s values look like in words, and never by the name of the API', () => {
  expect(columnReason('looks like emails or phone_numbers, but is not called so')).toBe(
    'its values look like E-mail or Phone, its name does not',
  );
});

it('speaks of no name where the file gives none', () => {
  const reasons = ['its name', 'no field of Clarky has this name', 'looks like emails, but is not called so'];
  expect(reasons.map(namelessReason)).toEqual([
    'its values',
    'the file gives it no name, and its values do not tell',
    'its values look like E-mail',
  ]);
  expect(namelessReason('the mapping file says so')).toBe('it was decided so');
});

it('gives no reason for a column that speaks of an option or a mapping file', async () => {
  const files = (await readdir(MAPPING, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const reasons = (await Promise.all(files.map((name) => readFile(join(MAPPING, name), 'utf8')))).flatMap((text) =>
    [
      ...text.matchAll(
        /(?:why|reason|because\([^)]*)[:,=][^'`\n]*(?:\? )?['`]([^'`\n]{4,})['`](?:[^'`\n]*: ['`]([^'`\n]{4,})['`])?/g,
      ),
    ].flatMap(([, one = '', other = '']) => [one, other]),
  );
  expect(reasons.filter((reason) => /--|mapping file/.test(reason)).length).toBeGreaterThan(4);
  expect(reasons.map(columnReason).filter((reason) => /--[a-z]|mapping file/.test(reason))).toEqual([]);
});
