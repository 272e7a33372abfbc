import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Planned } from '../../../src/plan/planned.js';
import { OpenedFile } from '../../../src/run/reading/reading.js';
import { openRejects } from '../../../src/run/outputs/rejects.js';
import { privateFolder } from '../../support/folder.js';

const text = (value: string): string => `<Cell><Data ss:Type="String">${value}</Data></Cell>`;
const FORMULA = '<Cell ss:Formula="=A1"/>';
const ROWS = [
  ['Name', 'Email', 'Phone', 'City'].map(text),
  [...['Anna', 'anna@example.com'].map(text), FORMULA, FORMULA],
  [...['Bob', 'bob@example.com', '030 1234567'].map(text), FORMULA],
];
const WORKBOOK = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>${ROWS.map(
   (cells) => `<Row>${cells.join('')}</Row>`,
 ).join('')}</Table></Worksheet></Workbook>`;

/** What becomes of each row of a file; its rejects lie at the second path afterwards. */
async function rejected(path: string, to: string): Promise<string[]> {
  const file = await OpenedFile.open({ file: path, country: 'DE' });
  const planned: Planned[] = [];
  try {
    const rejects = await openRejects(to, file.dialect, file.isRejectsFile, 'DE');
    const reading = await file.read(undefined);
    for await (const batch of reading.planned(reading.decide())) planned.push(...batch);
    for (const one of planned) if (one.kind === 'rejection') await rejects.write(one.record, one.problems);
    await rejects.finish();
  } finally {
    await file.close();
  }
  return planned.map((one) =>
    one.kind === 'contact' ? 'sent' : one.problems.map(({ code, column = '' }) => `${code} ${column}`.trim()).join(),
  );
}

it('a cell that could not be read is not left out in silence when its row comes back blank there', async () => {
  const folder = await privateFolder();
  const [source = '', first = '', second = '', third = ''] = ['a.xml', '1.csv', '2.csv', '3.csv'].map((name) =>
    join(folder, name),
  );
  await writeFile(source, WORKBOOK);
  expect(await rejected(source, first)).toEqual(['formula_without_result', 'formula_without_result']);
  expect(await rejected(first, second)).toEqual([
    'cell_still_blank Phone,cell_still_blank City',
    'cell_still_blank City',
  ]);
  // One is typed in, the other row is to go without.
  const typed = (await readFile(second, 'utf8')).replace('anna@example.com;;', 'anna@example.com;030 7654321;Berlin');
  expect(typed).toContain('Berlin');
  await writeFile(second, typed);
  expect(await rejected(second, third)).toEqual(['sent', 'cell_still_blank City']);
  const without = (await readFile(third, 'utf8')).replace(/cell_still_blank;[^\r]*/, 'cell_still_blank;');
  await writeFile(third, without);
  expect(await rejected(third, second)).toEqual(['sent']);
});
