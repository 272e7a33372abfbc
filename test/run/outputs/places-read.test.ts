import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../../src/run/import/import.js';
import { planContacts } from '../../../src/run/plan/plan.js';
import { undoImport } from '../../../src/run/undo/undo.js';
import { openStoreFile } from '../../../src/sandbox/contacts/store-file.js';
import { privateFolder } from '../../support/folder.js';

const KEY = 'ck_live_abcdefghijklmnopqrstuvwxyz0123';

async function listIn(folder: string): Promise<string> {
  const file = join(folder, 'a.csv');
  await writeFile(file, 'Email\nann@x.com\nbad\n');
  return file;
}

it.each([
  ['rejects', 'a.csv.mapping.json', 'is where its mapping file is looked for'],
  ['rejects', 'a.csv.edits.json', 'is where its corrections are looked for'],
  ['log', 'a.csv.mapping.json', 'is where its mapping file is looked for'],
  ['report', 'a.csv.edits.json', 'is where its corrections are looked for'],
])('%s is not %s, where nothing is yet and the next run would look', async (option, name, what) => {
  const folder = await privateFolder();
  const file = await listIn(folder);
  const run = importContacts({ file, key: KEY, apiUrl: 'http://127.0.0.1:1/api/v1', [option]: join(folder, name) });
  await expect(run).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(what) as unknown,
  });
  expect(await readdir(folder)).toEqual(['a.csv']);
});

it('a folder of the state that is a file is told as that', async () => {
  const file = await listIn(await privateFolder());
  await expect(planContacts({ file, workDir: file })).rejects.toMatchObject({
    code: 'usage',
    message: `--work-dir ${file} is no folder.`,
  });
});

it('undo says what its checkpoint is, where it is none', async () => {
  const folder = await privateFolder();
  const file = await listIn(folder);
  const checkpoint = join(folder, 'state');
  await mkdir(checkpoint);
  const undone = (at: string): Promise<unknown> => undoImport({ file, key: KEY, checkpoint: at });
  await expect(undone(checkpoint)).rejects.toThrow('is a folder, not a file');
  await expect(undone(file)).rejects.toThrow('is not a checkpoint');
  await expect(undone(join(folder, 'none'))).rejects.toThrow('There is no import');
});

it('a store that is a folder is told as that', async () => {
  const store = await privateFolder();
  expect(() => openStoreFile(store)).toThrow('is no file: name another with --store.');
});
