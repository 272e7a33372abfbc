/** Workbooks of before Unicode, read by what is built: the library that reads them brings its code pages only to the sources. */
import { utils, write } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { workplace } from '../support/cli.js';

interface Page {
  readonly number: number;
  /** What iconv calls it. */
  readonly codec: string;
}

/** As Excel 95 wrote it: SheetJS writes Latin letters alone, so that each text is put in the place of as many of those. */
function excel95(rows: readonly (readonly string[])[], { number, codec }: Page): Buffer {
  const standIns = new Map<string, string>();
  const standInOf = (text: string): string => {
    const length = iconv.encode(text, codec).length;
    const standIn = standIns.get(text) ?? String.fromCharCode(97 + standIns.size).repeat(length);
    standIns.set(text, standIn);
    return standIn;
  };
  const sheet = utils.aoa_to_sheet(rows.map((row) => row.map(standInOf)));
  const book = utils.book_new(sheet, 'S');
  const bytes = write(book, { bookType: 'biff5', type: 'buffer' }) as Buffer;
  for (const [text, standIn] of standIns) {
    const encoded = iconv.encode(text, codec);
    for (let at = bytes.indexOf(standIn); at >= 0; at = bytes.indexOf(standIn)) encoded.copy(bytes, at);
  }
  // The record that names the code page: its number, and two bytes of content.
  bytes.writeUInt16LE(number, bytes.indexOf(Buffer.from([0x42, 0, 2, 0])) + 4);
  return bytes;
}

it.each([
  ['Cyrillic of Windows', { number: 1251, codec: 'windows-1251' }, ['Имя', 'Иван', 'Мария']],
  ['Japanese', { number: 932, codec: 'shift_jis' }, ['名前', '山田花子', '佐藤']],
  ['a Macintosh', { number: 0x8000, codec: 'macroman' }, ['Prénom', 'Zoë', 'José']],
])('a workbook of before Unicode, in %s, is read as it was written', async (_what, page, [header, ...names]) => {
  const place = await workplace();
  const rows = names.map((name, at) => [name, `${'xyz'.charAt(at).repeat(at + 3)}@example.com`]);
  await place.write('old.xls', excel95([[header ?? '', 'Email'], ...rows], page));
  const { stdout, code } = await place.here('plan', 'old.xls');
  expect([code, stdout]).toEqual([0, expect.stringContaining(header ?? '')]);
  expect(stdout).toContain(names.join(' · '));
});
