/** Text that was garbled before, through plan and import of the built command. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

it('is read back and said where it is sure; a mixed column only with --repair-text; never in the log', async () => {
  const { write, here, sandbox, path } = await workplace();
  await write('a.csv', 'Name,City,Email\nPÃ¢mela Luz,Ã‰vora,p@example.com\nJosé Gil,Rome,j@example.com\n');
  const plan = await here('plan', 'a.csv');
  expect(plan.stdout.replace(/\s+/g, ' ')).toContain('"PÃ¢mela Luz" was "Pâmela Luz" once? --repair-text reads it so');
  const first = await here('import', 'a.csv', ...UNLIMITED);
  expect(first.code).toBe(0);
  expect(first.stderr.replace(/\s+/g, ' ')).toContain('"Ã‰vora" was "Évora" once, and is read so.');
  // Two writes at once arrive in any order.
  const cities = (): unknown[] =>
    sandbox
      .contacts()
      .map((contact) => [contact.first_name, contact.city])
      .sort();
  expect(cities()).toEqual([
    ['José', 'Rome'],
    ['PÃ¢mela', 'Évora'],
  ]);
  await here('import', 'a.csv', '--repair-text', ...UNLIMITED);
  expect(cities()).toEqual([
    ['José', 'Rome'],
    ['Pâmela', 'Évora'],
  ]);
  expect(await readFile(path('a.csv.log.jsonl'), 'utf8')).not.toContain('vora');
});

it('contacts on other sheets are said by the import', async () => {
  const { utils, write: writeBook } = await import('@e965/xlsx');
  const { write, here } = await workplace();
  const book = utils.book_new();
  for (const year of ['2022', '2023']) {
    const rows = [
      ['Name', 'Email'],
      ['Ada', `ada${year}@example.com`],
    ];
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), year);
  }
  await write('a.xlsx', writeBook(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  const { stderr, code } = await here('import', 'a.xlsx', ...UNLIMITED);
  expect(code).toBe(0);
  expect(stderr.replace(/\s+/g, ' ')).toContain('The sheet "2022" is read, one of 2; contacts stand on "2023" too');
});
