import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OpenedFile } from '../../../src/run/reading/reading.js';
import { openRejects, spreadsheetDelimiter } from '../../../src/run/outputs/rejects.js';
import { privateFolder } from '../../support/folder.js';

it.each([
  ['DE', ';'],
  ['AT', ';'],
  ['FR', ';'],
  ['BR', ';'],
  ['GB', ','],
  ['US', ','],
  ['MX', ','],
])('a spreadsheet of %s takes %s between cells', (country, delimiter) => {
  expect(spreadsheetDelimiter(country)).toBe(delimiter);
});

it.each([
  ['', 'DE', 'Name;Mail;import_line;'],
  ['', 'GB', 'Name,Mail,import_line,'],
  [',', 'DE', 'Name,Mail,import_line,'],
])('the rejects of a source with %j, of %s, begin with %s', async (delimiter, country, begin) => {
  const path = join(await privateFolder(), 'r.csv');
  const rejects = await openRejects(path, { header: ['Name', 'Mail'], delimiter }, false, country);
  await rejects.write({ cells: ['Ann', 'x'], line: 2 }, []);
  await rejects.finish();
  expect((await readFile(path, 'utf8')).slice(1)).toMatch(new RegExp(`^${begin}`));
});

it.each([
  ['', 'DE', `'01067;'12.5;2;;An apostrophe was put before column Zip, Value.`],
  ['', 'GB', `'01067,12.5,2,,An apostrophe was put before column Zip.`],
  [
    ';',
    'DE',
    '01067;12.5;2;;Nothing to do in column Zip (01067), Value (12.5): what a spreadsheet makes of it is put back.',
  ],
  [',', 'DE', '01067,12.5,2,,Nothing to do in column Zip (01067): what a spreadsheet makes of it is put back.'],
])('of a source with %j, of %s, a cell is what it was when a spreadsheet has saved the file', async (...given) => {
  const [delimiter, country, row] = given;
  const path = join(await privateFolder(), 'r.csv');
  const rejects = await openRejects(path, { header: ['Zip', 'Value'], delimiter }, false, country);
  await rejects.write({ cells: ['01067', '12.5'], line: 2 }, []);
  await rejects.finish();
  expect(
    (await readFile(path, 'utf8'))
      .split('\r\n')[1]
      ?.replaceAll('"', '')
      .replace(/([;,]) (An|Nothing)/, '$1$2'),
  ).toBe(row);
});

it('the names of columns that a spreadsheet would run are as they were when the file is read', async () => {
  const path = join(await privateFolder(), 'r.csv');
  const header = ['Email', '=Evil', "'+Plus", 'a;=b'];
  const rejects = await openRejects(path, { header, delimiter: ',' }, false);
  await rejects.write({ cells: ['ann@x', '=1', 'b', 'c'], line: 2 }, []);
  await rejects.finish();
  expect(await readFile(path, 'utf8')).toContain("'=Evil");
  const file = await OpenedFile.open({ file: path });
  expect(file.dialect.header.slice(0, 4)).toEqual(header);
  await file.close();
});
