import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { planContacts } from '../../../../src/run/plan/plan.js';
import { OpenedFile } from '../../../../src/run/reading/reading.js';
import { hasLostLetters } from '../../../../src/run/reading/of-origin/lost-letters.js';
import { privateFolder } from '../../../support/folder.js';

const HEADER = 'First name;Last name;Email;Notes';
const ADDED = ';import_line;import_error;import_message';

/** A list, and its rejects as a spreadsheet saved them in Windows-1252. */
async function savedBack(source: string, rejects: string, encoding = 'windows-1252') {
  const folder = await privateFolder();
  const list = join(folder, 'Kunden.csv');
  const file = `${list}.rejected.csv`;
  await writeFile(list, source);
  await writeFile(file, iconv.encode(rejects, encoding));
  return { list, file };
}

async function readOf(file: string) {
  const opened = await OpenedFile.open({ file });
  try {
    const reading = await opened.read(undefined);
    const contacts = [];
    for await (const { contact } of reading.contacts()) contacts.push(contact);
    return { contacts, remarks: reading.remarks, warnings: reading.warnings };
  } finally {
    await opened.close();
  }
}

const SOURCE = `${HEADER}\nAnn;Ash;ann@example.com;\nMüşerref;Yılmaz;broken;Who?\nJürgen;Łoś;alsobroken;\n`;
const row = (cells: string, line: number): string => `${cells};${line};invalid_email;"It is wrong."\n`;

it('letters that the encoding of saved rejects lacks are put back from the list, and that is said', async () => {
  const rejects =
    row('Müşerref;Yılmaz;mus@example.com;Who?', 3) + row('Jürgen;Łoś;jurgen@example.com;', 4).replace('wrong', 'bad');
  const { file } = await savedBack(SOURCE, `${HEADER}${ADDED}\n${rejects}`);
  const { contacts, warnings } = await readOf(file);
  expect(contacts).toMatchObject([
    { first_name: 'Müşerref', last_name: 'Yılmaz' },
    { first_name: 'Jürgen', last_name: 'Łoś' },
  ]);
  expect(warnings.map(({ message }) => message).join('\n')).toContain(
    'Line 3, First name: a spreadsheet changed Müşerref to Mü?erref: read as it was.',
  );
  expect(warnings.filter(({ code }) => code === 'letters_lost')).toEqual([]);
  // What is shown of the columns is what is sent.
  const { columns } = await planContacts({ file });
  expect(columns.map(({ samples }) => samples).slice(0, 2)).toEqual([
    ['Müşerref', 'Jürgen'],
    ['Yılmaz', 'Łoś'],
  ]);
});

it('letters are put back where the saved rejects have nothing beyond ASCII left, too', async () => {
  const { file } = await savedBack(
    SOURCE.replace('Müşerref', 'Işıl'),
    `${HEADER}${ADDED}\n${row('Işıl;Yılmaz;isil@example.com;', 3)}`,
  );
  expect((await readOf(file)).contacts).toMatchObject([{ first_name: 'Işıl', last_name: 'Yılmaz' }]);
});

it('a letter is put back behind an apostrophe that was put before the cell', async () => {
  const source = SOURCE.replace('Who?', '-ı=1');
  const { file } = await savedBack(source, `${HEADER}${ADDED}\n${row("Müşerref;Yılmaz;m@example.com;'-ı=1", 3)}`);
  expect((await readOf(file)).contacts).toMatchObject([{ notes: "'-ı=1" }]);
});

it.each(['without its list', 'with another name now'])('a row %s that may have lost a letter is named', async (how) => {
  const isGone = how === 'without its list';
  const name = isGone ? 'Müşerref;Yılmaz' : 'Müşerref Ayşe;Yilmaz';
  const { list, file } = await savedBack(SOURCE, `${HEADER}${ADDED}\n${row(`${name};mus@example.com;`, 3)}`);
  if (isGone) await rm(list);
  const { contacts, warnings } = await readOf(file);
  expect(contacts).toHaveLength(1);
  const said = warnings.filter(({ code }) => code === 'letters_lost').map(({ message }) => message);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^Line 3, First name: "\?" in Mü\?erref.* may stand for a letter that was lost/);
  expect((await planContacts({ file })).remarks.map(({ code }) => code)).toContain('letters_lost');
});

it('a question mark that stood there before, in UTF-8, or in a row whose message was emptied is left alone', async () => {
  const source = SOURCE.replace('Yılmaz', 'Y?lmaz').replace('Müşerref', 'Mürre');
  const rejects = `${HEADER}${ADDED}\n${row('Mürre;Y?lmaz;mus@example.com;Who?', 3)}`;
  const { remarks } = await readOf((await savedBack(source, rejects)).file);
  expect(remarks).toEqual([]);
  const marked = await savedBack(SOURCE, `\ufeff${HEADER}${ADDED}\n${row('M?;Y?lmaz;m@example.com;', 3)}`, 'utf-8');
  expect(await readOf(marked.file)).toMatchObject({ contacts: [{ first_name: 'M?' }], remarks: [] });
  const emptied = row('Müşerref;Yılmaz;mus@example.com;', 3).replace('"It is wrong."', '');
  const { contacts } = await readOf((await savedBack(SOURCE, `${HEADER}${ADDED}\n${emptied}`)).file);
  expect(contacts).toMatchObject([{ last_name: 'Y?lmaz' }]);
});

it.each([
  ['Yılmaz', 'Y?lmaz', true],
  ['Müşerref', 'Mü?erref', true],
  ['Müşerref', 'M??erref', true],
  ['A😀b', 'A??b', true],
  ['A😀b', 'A?b', true],
  ['Yılmaz', 'Yılmaz', false],
  ['Yilmaz', 'Y?lmaz', false],
  ['Yılmaz', 'Y?lmazer', false],
  ['Yılmaz', 'Y?lma', false],
])('of %s and %s it is %s that the second lost letters', (was, now, expected) => {
  expect(hasLostLetters(was, now)).toBe(expected);
});
