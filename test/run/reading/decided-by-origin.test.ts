import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planContacts } from '../../../src/run/plan/plan.js';
import { temporaryFolder } from '../../source/reading.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => (folder = await temporaryFolder()));
afterAll(() => folder.dispose());

it('an amount of a rejected row is read as the column of its source decided, while that is there', async () => {
  await writeFile(folder.path('a.csv'), 'Email;Deal value\na@example.com;1.234,50\nbroken;2.000\n');
  const rejects = 'Email;Deal value;import_line;import_error;import_message\nb@example.com;2.000;3;invalid_email;"x"\n';
  const file = folder.path('a.csv.rejected.csv');
  await writeFile(file, rejects);
  expect(await planContacts({ file })).toMatchObject({ contacts: 1, rejected: 0 });
  // What the row says for itself goes first.
  await writeFile(file, rejects.replace('2.000', '2.50'));
  expect(await planContacts({ file })).toMatchObject({ contacts: 1, rejected: 0 });
  await writeFile(file, rejects);
  await rm(folder.path('a.csv'));
  expect(await planContacts({ file })).toMatchObject({ contacts: 0, rejected: 1 });
});
