/** What a form holds and a table has no place for is said with its rows, and an import says it under a code of its own. */
import { expect, it } from 'vitest';
import { readingWarnings } from '../../src/run/reading/reading-warnings.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import type { Dialect } from '../../src/source/dialect.js';
import { readBytes, temporaryFolder } from './reading.js';
import { openFileSet } from '../../src/source/several/file-set.js';
import { detectDialect } from '../../src/source/dialect.js';
import { writeFile } from 'node:fs/promises';

const leftOut = (message: string): Dialect['warnings'][number] => ({ code: 'left_out_values', message });

/** A record with so many orders. */
const customer = (name: string, orders: number): object => ({
  name,
  email: `${name}@example.com`,
  orders: Array.from({ length: orders }, (_, at) => ({ number: at + 1, sum: 10 })),
});

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', 'N:Moss;Ada', ...lines, 'END:VCARD', ''].join('\r\n');

it('cards in words of a program’s own are read by them; beside a name of the standard they are told of', async () => {
  const own = 'BEGIN:VCARD\nFirst name:Eric\nHome phone:04 72 00 01 23\nE-Mail 2:eric@example.com\nEND:VCARD\n';
  const { dialect, records } = await readBytes(own);
  expect(dialect.header).toEqual(['FIRST NAME', 'HOME PHONE', 'E-MAIL 2']);
  expect(records.map(({ cells }) => cells)).toEqual([['Eric', '04 72 00 01 23', 'eric@example.com']]);
  const both = await readBytes(card('EMAIL:ada@example.com', 'His phone:04 72 00 01 23'));
  expect(both.dialect.header).not.toContain('HIS PHONE');
  expect(both.dialect.warnings).toEqual([leftOut('Of the cards these properties are left out: HIS PHONE.')]);
});

it('objects behind the tenth of a list are told of by the places of their rows', async () => {
  const people = [customer('ada', 10), customer('ben', 11), customer('cat', 2), customer('dan', 40)];
  const { dialect } = await readBytes(JSON.stringify(people));
  expect(dialect.warnings).toEqual([
    leftOut('Of "orders" what stands behind its 10th object is left out, in rows 2 and 4.'),
  ]);
  expect(dialect.header).toContain('orders 10.sum');
});

it('in JSON Lines rows are lines, and a few of many are named', async () => {
  const people = Array.from({ length: 9 }, (_, at) => JSON.stringify(customer(`p${at}`, 12)));
  const { dialect } = await readBytes(`\n${people.join('\n')}`);
  expect(dialect.warnings).toEqual([
    leftOut('Of "orders" what stands behind its 10th object is left out, in rows 2, 3, 4, 5, 6 and 4 more.'),
  ]);
});

it('nothing is said where all is read', async () => {
  const { dialect } = await readBytes(JSON.stringify([customer('ada', 10), customer('ben', 1)]));
  expect(dialect.warnings).toEqual([]);
  const cards = await readBytes(card('EMAIL:a@example.com', 'UID:1', 'X-ABLABEL:x', 'PHOTO;ENCODING=b:AAAA'));
  expect(cards.dialect.warnings).toEqual([]);
});

it('a card of more lines than are read is rejected, and lines that say nothing do not count', async () => {
  const notes = (count: number, name: string): string[] =>
    Array.from({ length: count }, (_, at) => `${name}:line ${at}`);
  const long = card(...notes(2001, 'NOTE'), 'EMAIL:late@example.com');
  const technical = card(...notes(2500, 'X-MS-OL-DESIGN'), 'EMAIL:ada@example.com');
  const { records } = await readBytes(long + technical);
  expect(records.map(({ problem }) => problem?.message)).toEqual(['The card has more than 2000 lines.', undefined]);
  expect(records[1]?.cells).toContain('ada@example.com');
});

it('a second company and properties without a column are told of', async () => {
  const cards = card('EMAIL:a@example.com', 'ORG:Acme', 'ORG:Moss Ltd', 'ROLE:Boss', 'IMPP:xmpp:a@example.com');
  const { dialect } = await readBytes(cards + card('EMAIL:b@example.com', 'ORG:Acme'));
  expect(dialect.warnings).toEqual([
    leftOut('Behind the first "Company" of a card each other one is left out, in row 1.'),
    leftOut('Of the cards these properties are left out: ROLE, IMPP.'),
  ]);
});

it('of several files each says it by its name', async () => {
  const folder = await temporaryFolder();
  try {
    await writeFile(folder.path('a.vcf'), card('EMAIL:a@example.com', 'ROLE:Boss'));
    await writeFile(folder.path('b.csv'), 'Name,Email\nBen,b@example.com\n');
    const set = await openFileSet({ file: 'set', files: [folder.path('a.vcf'), folder.path('b.csv')] }, {});
    const dialect = await detectDialect(set.source, { rows: set.rows });
    expect(dialect.warnings).toEqual([leftOut('a.vcf: Of the cards these properties are left out: ROLE.')]);
    await set.source.dispose();
  } finally {
    await folder.dispose();
  }
});

it('an import says each under its own code, and never in its log', async () => {
  const { dialect } = await readBytes(
    JSON.stringify({ customers: [customer('ada', 11), customer('ben', 1)], staff: [customer('cat', 1)] }),
  );
  const mapping = inferMapping({ header: dialect.header, samples: dialect.sampleRecords });
  const none = { fillRates: [], placeholders: [], notes: [], repaired: [], remarks: { kinds: () => [] } };
  const said = readingWarnings({ dialect, mapping, mappingNotes: [], settings: { unmapped: 'custom' } } as never, none);
  expect(said.map(({ code, isPersonal }) => [code, isPersonal])).toEqual([
    ['other_lists', true],
    ['left_out_values', true],
  ]);
});

it('a plan has each with its code', async () => {
  const folder = await temporaryFolder();
  try {
    const file = folder.path('a.vcf');
    await writeFile(file, card('EMAIL:a@example.com', 'ROLE:Boss'));
    const { warnings } = await planContacts({ file });
    expect(warnings).toEqual([leftOut('Of the cards these properties are left out: ROLE.')]);
  } finally {
    await folder.dispose();
  }
});
