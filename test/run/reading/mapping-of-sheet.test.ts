import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OpenedFile } from '../../../src/run/reading/reading.js';
import type { ReadingOptions } from '../../../src/run/settings.js';
import { saveMapping } from '../../../src/ui/files/columns.js';
import { privateFolder } from '../../support/folder.js';
import { workbook } from '../../support/workbook.js';

async function columnsOf(options: ReadingOptions): Promise<{ columns: unknown; notes: readonly string[] }> {
  const opened = await OpenedFile.open(options);
  await opened.close();
  const columns = opened.mapping.columns.map(({ header, target }) => [
    header,
    target.kind === 'field' ? target.field : target.kind,
  ]);
  return { columns: Object.fromEntries(columns) as unknown, notes: opened.mappingNotes.map(({ message }) => message) };
}

test('what was decided for one sheet does not keep another from being read, and both are kept', async () => {
  const file = join(await privateFolder(), 'book.xlsx');
  const clients = [
    ['Name', 'Email', 'Phone', 'Company'],
    ['Ada Byron', 'ada@example.com', '+442079460000', 'Acme'],
  ];
  const suppliers = [
    ['Full name', 'Mail', 'Tel', 'Company'],
    ['Bo Diaz', 'bo@example.com', '+442079460001', 'Bolts'],
  ];
  await writeFile(file, workbook({ Clients: clients, Suppliers: suppliers }));
  const [first, second] = [
    { file, sheet: 'Clients' },
    { file, sheet: 'Suppliers' },
  ];
  await saveMapping(first, [{ index: 3, to: 'ignore', decimal: null, dates: null }]);
  const afresh = await columnsOf(second);
  expect(afresh.columns).toMatchObject({ Mail: 'emails', Tel: 'phone_numbers', Company: 'company' });
  expect(afresh.notes).toEqual([
    `The columns of the sheet "Suppliers" are read afresh: the mapping file ${file}.mapping.json was decided for the sheet "Clients".`,
  ]);

  await saveMapping(second, [{ index: 0, to: 'last_name', decimal: null, dates: null }]);
  expect(await columnsOf(second)).toMatchObject({ columns: { 'Full name': 'last_name', Mail: 'emails' }, notes: [] });
  expect(await columnsOf(first)).toMatchObject({ columns: { Email: 'emails', Phone: 'phone_numbers' }, notes: [] });
  // One that was asked for by its name, and says nothing of a sheet, is for this file or it is wrong.
  const named = join(await privateFolder(), 'mapping.json');
  await writeFile(
    named,
    (await readFile(`${file}.mapping.json`, 'utf8'))
      .replace('"Mail"', '"Post"')
      .replace('"Tel"', '"Ring"')
      .replace('"Email"', '"E"')
      .replace('"Phone"', '"P"'),
  );
  await expect(columnsOf({ ...first, mapping: named })).rejects.toMatchObject({ code: 'bad_mapping' });
});

test('of a sheet whose e-mails have the header of another, the columns that nobody decided are read as they would be alone', async () => {
  const file = join(await privateFolder(), 'book.xlsx');
  const sheets = {
    Clients: [
      ['First name', 'Last name', 'Email'],
      ['Ada', 'Byron', 'ada@example.com'],
    ],
    Suppliers: [
      ['Full name', 'Email', 'Phone'],
      ['Bo Diaz', 'bo@example.com', '+442079460001'],
    ],
  };
  await writeFile(file, workbook(sheets));
  const alone = await columnsOf({ file, sheet: 'Suppliers' });
  await saveMapping({ file, sheet: 'Clients' }, []);
  expect(await columnsOf({ file, sheet: 'Suppliers' })).toEqual(alone);
  expect(alone.columns).toEqual({ 'Full name': 'name', Email: 'emails', Phone: 'phone_numbers' });
});
