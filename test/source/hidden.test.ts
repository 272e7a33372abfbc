/** Rows and columns that a sheet hides are data all the same, and are said. */
import { utils, write, type BookType, type WorkSheet } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { RowCollector } from '../../src/source/workbook/row-collector.js';
import { cellsOf, readBytes } from './reading.js';
import { zipOf } from './zip.js';

const ROWS_SAID =
  '2 rows that the sheet hides are read like the others: to leave them out, copy what is shown into a sheet of its own.';
const COLUMN_SAID = {
  code: 'hidden_columns',
  message: 'The column that the sheet hides is read like the others: "Notes".',
};

function sheet(): WorkSheet {
  const people = [
    ['Name', 'Notes', 'Email'],
    ['Ada', 'a', 'ada@example.com'],
    ['Ben', 'b', 'ben@example.com'],
    ['Cat', 'c', 'cat@example.com'],
  ];
  return {
    ...utils.aoa_to_sheet(people),
    '!rows': [{}, {}, { hidden: true }, { hidden: true }],
    '!cols': [{}, { hidden: true }],
  };
}

function book(bookType: BookType): Buffer {
  return write({ SheetNames: ['People'], Sheets: { People: sheet() } }, { bookType, type: 'buffer' }) as Buffer;
}

const EXCEL_2003 =
  '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">' +
  '<Worksheet ss:Name="People"><Table><Column/><Column ss:Hidden="1"/><Column/>' +
  ['Name|Notes|Email', 'Ada|a|ada@example.com', 'Ben|b|ben@example.com', 'Cat|c|cat@example.com']
    .map(
      (row, at) =>
        `<Row${at > 1 ? ' ss:Hidden="1"' : ''}>${row
          .split('|')
          .map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`)
          .join('')}</Row>`,
    )
    .join('') +
  '</Table></Worksheet></Workbook>';

function openDocument(): Buffer {
  const cell = (text: string): string =>
    `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
  const row = (texts: string, visibility = ''): string =>
    `<table:table-row${visibility}>${texts.split('|').map(cell).join('')}</table:table-row>`;
  return zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml':
      '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="People">' +
      '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>' +
      row('Name|Notes|Email') +
      row('Ada|a|ada@example.com') +
      row('Ben|b|ben@example.com', ' table:visibility="filter"') +
      row('Cat|c|cat@example.com', ' table:visibility="collapse"') +
      '</table:table></office:spreadsheet></office:body></office:document-content>',
  });
}

describe('what a sheet hides is read, and said', () => {
  it.each([
    ['.xlsx', book('xlsx')],
    ['Excel 2003', Buffer.from(EXCEL_2003)],
    ['.ods', openDocument()],
    ['.xlsb', book('xlsb')],
  ] as const)('%s', async (_, bytes) => {
    const read = await readBytes(bytes);
    expect(cellsOf(read.records)).toEqual([
      ['Ada', 'a', 'ada@example.com'],
      ['Ben', 'b', 'ben@example.com'],
      ['Cat', 'c', 'cat@example.com'],
    ]);
    expect(read.notes).toContain(ROWS_SAID);
    expect(read.dialect.warnings).toEqual([COLUMN_SAID]);
  });
});

it('columns of .xls are told as well', async () => {
  const { dialect } = await readBytes(book('biff8'));
  expect(dialect.warnings).toEqual([COLUMN_SAID]);
});

it('columns that a file hides again and again are each hidden once', () => {
  const collector = new RowCollector({ displayName: 'x.xlsx', size: 1000 });
  for (let time = 0; time < 10_000; time += 1) collector.hideColumns(1, 16_383);
  collector.hideColumns(Number.NaN, 5);
  expect(collector.hiddenColumns.length).toBeLessThan(1000);
  expect(collector.hiddenColumns.slice(0, 2)).toEqual([1, 2]);
});
