import { rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ImporterError } from '../../../../src/errors.js';
import { createColumnProfile, profiledColumns } from '../../../../src/mapping/compile/profile.js';
import { adoptFromOrigin } from '../../../../src/run/reading/of-origin/decided.js';
import { planContacts } from '../../../../src/run/plan/plan.js';
import { OpenedFile } from '../../../../src/run/reading/reading.js';
import { temporaryFolder } from '../../../source/reading.js';

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

it('a source that can not be read to its end decides nothing, and keeps no rejects from being imported', async () => {
  const file = folder.path('cut.csv.rejected.csv');
  const header = 'Email;Deal value;import_line;import_error;import_message';
  await writeFile(file, `${header}\nb@example.com;2.000;3;invalid_email;"x"\n`);
  const rejects = await OpenedFile.open({ file });
  const isClosed = new Array<string>();
  const cut = (path: string) => ({
    dialect: { header: ['Email', 'Deal value'] },
    forEachRecord: () => Promise.reject(new ImporterError('file_unreadable', 'It ends too soon.')),
    close: () => Promise.resolve(void isClosed.push(basename(path))),
  });
  try {
    const own = createColumnProfile(profiledColumns(rejects.mapping, 'ignore'));
    own.observe(0, ['b@example.com', '2.000']);
    await adoptFromOrigin(rejects, own, (path) => Promise.resolve(cut(path)), undefined);
    expect([[...own.ambiguousOrdinals()], isClosed]).toEqual([[0], ['cut.csv']]);
  } finally {
    await rejects.close();
  }
});

it('a custom column of a rejected row is what it is in its source: a date, a yes, or a text', async () => {
  const row = (email: string, since: string, vip: string, code: string): string => `${email},${since},${vip},${code}\n`;
  const header = 'Email,Since,VIP,Code';
  const source = row('a@example.com', '13/02/2024', 'yes', 'B-7') + row('broken', '03/04/2024', 'no', '01/02/2024');
  await writeFile(folder.path('c.csv'), `${header}\n${source}`);
  const file = folder.path('c.csv.rejected.csv');
  const added = ',import_line,import_error,import_message';
  const mended = row('b@example.com', '03/04/2024', 'no', '01/02/2024').replace('\n', ',3,invalid_email,x\n');
  await writeFile(file, `${header}${added}\n${mended}`);
  const opened = await OpenedFile.open({ file, unmapped: 'custom' });
  try {
    const contacts = [];
    for await (const { contact } of (await opened.read(undefined)).contacts()) contacts.push(contact.custom_fields);
    expect(contacts).toEqual([{ Since: '2024-04-03', VIP: false, Code: '01/02/2024' }]);
  } finally {
    await opened.close();
  }
});

it('a custom column of dates that one slip makes text is said to be so, and one whose order nothing decides', async () => {
  const dates = Array.from({ length: 9 }, (_, at) => `0${at + 1}/03/1975`);
  const file = folder.path('slip.csv');
  const write = (all: readonly string[]): Promise<void> =>
    writeFile(file, `Email,Since\n${all.map((date, at) => `p${at}@example.com,${date}\n`).join('')}`);
  const said = async (): Promise<string[]> => {
    const { notes } = await planContacts({ file, unmapped: 'custom' });
    return notes.filter((note) => note.includes('as text'));
  };
  await write([...dates, '31/02/1975']);
  expect(await said()).toEqual([
    '"Since" is sent as text: no date stands on line 11, and 9 values are dates. To send them as dates, correct it, or decide so with the map command.',
  ]);
  await write(dates);
  expect(await said()).toEqual([
    '"Since" is sent as text: its 9 dates can be read in two ways. Decide with the map command.',
  ]);
  await write([...dates, '31/03/1975']);
  expect(await said()).toEqual([]);
  await write([...dates.slice(0, 3), 'soon']);
  expect(await said()).toEqual([]);
});
