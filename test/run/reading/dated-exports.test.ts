import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planContacts } from '../../../src/run/plan/plan.js';
import { knownElsewhereNote, datedName } from '../../../src/run/reading/dated-exports.js';
import { temporaryFolder } from '../../source/reading.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => (folder = await temporaryFolder()));
afterAll(() => folder.dispose());

it.each([
  ['Kunden-2026-11-30.csv', 'Kunden-2026-12-31.csv'],
  ['Kunden_20261130_0300.csv', 'Kunden_20261231_0315.csv'],
  ['Kunden 30.11.2026.csv', 'Kunden 31.12.2026.csv'],
  ['Kunden-2026-11.csv', 'Kunden-2026-12.csv'],
  ['Kunden_202611.csv', 'Kunden_202612.csv'],
  ['Kunden_11.2026.csv', 'Kunden_12.2026.csv'],
  ['Kunden_12.2026.csv', 'Kunden_01.2027.csv'],
  ['Kunden Nov 2026.csv', 'Kunden Dez 2026.csv'],
  ['Kunden 2026 March.csv', 'Kunden 2026 November.csv'],
  ['clients février 2026.csv', 'clients août 2026.csv'],
  ['Kunden 30. November 2026.xlsx', 'Kunden 31. Dezember 2026.xlsx'],
  ['Kunden-2026-KW48.csv', 'Kunden-2026-KW49.csv'],
  ['Kunden Q4 2026.csv', 'Kunden Q1 2027.csv'],
  ['contacts_november.csv', 'contacts_december.csv'],
])('%s and %s are exports of one kind, the second later', (earlier, later) => {
  const [one, other] = [datedName(earlier), datedName(later)];
  expect(one?.undated).toBe(other?.undated);
  expect((one?.date ?? '') < (other?.date ?? '')).toBe(true);
});

it.each(['Kunden.csv', 'Kunden-2026.csv', 'Kunden 12.csv', 'set.csv', 'Kunden-2026-13.csv', 'id-12026112.csv'])(
  '%s has no date in its name',
  (name) => expect(datedName(name)).toBeUndefined(),
);

it('an export of a month is told by which checkpoint and mapping file the newest one before it went', async () => {
  const file = folder.path('Kunden-2026-12.csv');
  await writeFile(file, 'E-Mail\na@example.com\n');
  const [checkpoint, mapping] = ['checkpoint.jsonl', 'mapping.json'].map((ending) =>
    folder.path(`Kunden-2026-11.csv.${ending}`),
  );
  await writeFile(mapping ?? '', '{"version":1,"columns":{"E-Mail":"emails"}}');
  const mapped = `Kunden-2026-11.csv was mapped before. With --mapping ${mapping} this one is mapped as it was.`;
  expect((await planContacts({ file })).notes).toEqual([mapped]);
  await writeFile(checkpoint ?? '', '');
  await writeFile(folder.path('Kunden-2026-10.csv.checkpoint.jsonl'), '');
  const [note = ''] = (await planContacts({ file })).notes;
  expect(note).toContain('Kunden-2026-11.csv was imported before. With ');
  expect(note).toContain(` --checkpoint ${checkpoint} --mapping ${mapping} only what changed`);
  // Who has one already needs no other.
  await writeFile(`${file}.mapping.json`, '{"version":1,"columns":{"E-Mail":"emails"}}');
  expect((await knownElsewhereNote({ file }))?.message).not.toContain('--mapping');
  expect(await knownElsewhereNote({ file, name: 'kunden' })).toBeUndefined();
});

it('a list that has gained a file is told by a word of its own', async () => {
  await writeFile(folder.path('l1.csv.checkpoint.jsonl'), '');
  const files = ['l1.csv', 'l2.csv'].map((name) => folder.path(name));
  const note = await knownElsewhereNote({ file: folder.path('l1.csv+l2.csv'), files });
  expect(note).toEqual({
    code: 'grown_list',
    message: expect.stringContaining('l1.csv was imported before') as string,
  });
});
