/** A cell that holds a number has no decimal mark to be in doubt about; a text that looks like one has. */
import { utils, write, type BookType } from '@e965/xlsx';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

function book(bookType: BookType, amounts: readonly (number | string)[]): Buffer {
  const sheet = utils.aoa_to_sheet([
    ['Email', 'Deal value', 'Note'],
    ...amounts.map((amount, n) => [`p${String(n)}@example.com`, amount, 'x']),
  ]);
  const made = utils.book_new();
  utils.book_append_sheet(made, sheet, 'People');
  return write(made, { bookType, type: 'buffer' }) as Buffer;
}

it.each(['xlsx', 'ods', 'xls', 'xlml', 'xlsb'] as const)('numbers of %s are sent as they are', async (form) => {
  const { write: put, here, sandbox } = await workplace();
  await put('c.book', book(form, [1.234, -12.345, 234.567]));
  const { stdout } = await here('plan', 'c.book');
  expect(stdout).not.toContain('two ways');
  expect((await here('import', 'c.book', ...UNLIMITED)).code).toBe(0);
  expect(new Set(sandbox.contacts().map(({ deal_value: value }) => value))).toEqual(new Set([1.234, -12.345, 234.567]));
});

it('numbers of JSON, too', async () => {
  const { write: put, here, sandbox } = await workplace();
  await put('c.json', JSON.stringify([{ email: 'a@example.com', deal_value: 1.234 }]));
  expect((await here('import', 'c.json', ...UNLIMITED)).code).toBe(0);
  expect(sandbox.contacts()).toMatchObject([{ deal_value: 1.234 }]);
});

it('beside them, texts are read by their column, or asked about', async () => {
  const { write: put, here, sandbox } = await workplace();
  await put('c.xlsx', book('xlsx', ['1.234,50', 12.345, '2.345']));
  expect((await here('import', 'c.xlsx', ...UNLIMITED)).code).toBe(0);
  expect(new Set(sandbox.contacts().map(({ deal_value: value }) => value))).toEqual(new Set([1234.5, 12.345, 2345]));
  await put('d.xlsx', book('xlsx', ['1.234', 12.345]));
  const { code, stdout } = await here('plan', 'd.xlsx');
  expect([code, stdout]).toEqual([3, expect.stringContaining('1 value can be read in two ways')]);
});
