/** What a call of the library reads, and by which mapping: as a command takes it, and as code has it. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  forgetFiles,
  importContacts,
  planContacts,
  readStatus,
  undoImport,
  verifyContacts,
  type ImportEvent,
} from '../../src/index.js';
import { workbench, type Workbench } from './workbench.js';

async function lists(): Promise<Workbench & { readonly files: readonly [string, string] }> {
  const bench = await workbench('');
  const folder = join(bench.folder, 'lists');
  await mkdir(folder);
  const files = [join(folder, 'a.csv'), join(folder, 'b.csv')] as const;
  await writeFile(files[0], 'Email,First name\nann@x.com,Ann\nbob@x.com,Bob\n');
  await writeFile(files[1], 'Mail,Vorname\nann@x.com,Ann\ncy@x.com,Cy\n');
  return { ...bench, files };
}

it('several files are one list in every call', async () => {
  const { files, api, sandbox } = await lists();
  expect(await planContacts({ files, apiUrl: api.apiUrl })).toMatchObject({ rows: 4, contacts: 3 });
  const { summary } = await importContacts({ files, ...api, live: true });
  expect(summary).toMatchObject({ rows: 4, created: 3, merged: 1, file: join(files[0], '../a.csv+b.csv') });
  expect(await verifyContacts({ files, ...api })).toMatchObject({ same: 3 });
  expect((await readStatus(files)).scopes).toMatchObject([{ accepted: 3 }]);
  expect(await undoImport({ files: [...files].reverse(), ...api })).toMatchObject({ deleted: 3 });
  expect(sandbox.contacts()).toEqual([]);
  expect((await forgetFiles(files, { all: true })).removed.join()).toContain('a.csv+b.csv.checkpoint.jsonl');
});

it('a folder is its files, by itself and among others, and its rows go through mapRow', async () => {
  const { files, api, sandbox } = await lists();
  const folder = join(files[0], '..');
  expect(await planContacts({ file: folder, apiUrl: api.apiUrl })).toMatchObject({ rows: 4, contacts: 3 });
  expect(await planContacts({ files: [folder], apiUrl: api.apiUrl })).toMatchObject({ rows: 4, contacts: 3 });
  const mapRow = (row: object): object => ({ ...row, Company: 'Acme' });
  expect((await importContacts({ file: folder, ...api, mapRow })).summary).toMatchObject({ created: 3, merged: 1 });
  expect(sandbox.contacts().map(({ company }) => company)).toEqual(['Acme', 'Acme', 'Acme']);
});

it.each([
  ['both', { file: 'a.csv', files: ['b.csv'] }, 'file and files are both there.'],
  ['none', { files: [] }, 'files: a list is not what it takes.'],
  ['a text', { files: 'b.csv' }, 'files: "b.csv" is not what it takes.'],
] as const)('what can be meant in two ways is asked, and not guessed: %s', async (_, given, message) => {
  const { api } = await workbench('');
  for (const call of [importContacts, planContacts, verifyContacts, undoImport]) {
    await expect(call({ ...given, ...api } as never)).rejects.toMatchObject({ code: 'usage', message });
  }
});

it('what was kept under a name is found by it: status, undo, forget', async () => {
  const { folder: workDir, api, sandbox } = await workbench('');
  const place = { name: 'crm', workDir };
  await importContacts({ rows: [{ email: 'ann@x.com' }], ...place, ...api, live: true });
  expect((await readStatus('crm', { workDir })).scopes).toMatchObject([{ accepted: 1 }]);
  expect(await undoImport({ ...place, ...api })).toMatchObject({ deleted: 1 });
  expect(sandbox.contacts()).toEqual([]);
  await forgetFiles('crm', { workDir, all: true });
  expect(await readdir(workDir)).toEqual(['contacts.csv']);
});

const SHAPE = {
  first_name: 'Ann',
  emails: [
    { email: 'second@x.com', is_primary: false },
    { email: 'ann@x.com', is_primary: true },
  ],
  phone_numbers: [{ phone_number: '+442079460001', is_primary: true }],
  tags: ['one', 'two'],
  custom_fields: { plan: 'gold' },
};

it('rows in the shape that Clarky itself has are what they say, without fields that nobody asked for', async () => {
  const { api, sandbox } = await workbench('');
  const { summary } = await importContacts({ rows: [SHAPE], ...api, unmapped: 'custom' });
  expect(summary).toMatchObject({ created: 1, rejected: 0 });
  expect(sandbox.contacts()).toMatchObject([
    {
      first_name: 'Ann',
      emails: ['ann@x.com', 'second@x.com'],
      phone_numbers: ['+442079460001'],
      tags: ['one', 'two'],
      custom_fields: { plan: 'gold' },
    },
  ]);
  expect(Object.keys(sandbox.contacts()[0]?.custom_fields ?? {})).toEqual(['plan']);
});

it.each([
  ['a name that is near', { 'E-mail Address': 'emails' }, 'E-mail Address', 'Did you mean "E-mail Adress"?'],
  ['one that is not', { Kontakt: 'emails' }, 'Kontakt', 'The columns are "Nme", "E-mail Adress".'],
  ['one of a phone', { Phone: 'phone_numbers' }, 'Phone', 'The columns are "Nme", "E-mail Adress".'],
] as const)(
  'a mapping in code that names a column that there is not is told by that name: %s',
  async (_, mapping, named, next) => {
    const bench = await workbench('');
    const rows = [{ Nme: 'Ann', 'E-mail Adress': 'ann@x.com' }];
    await expect(importContacts({ rows, mapping, ...bench.api })).rejects.toMatchObject({
      code: 'bad_mapping',
      message: `\`mapping\` names a column "${named}" that there is not.`,
      next,
    });
    const known = [{ Nme: 'Ann', Email: 'ann@x.com' }];
    const warned: string[] = [];
    const onEvent = (event: ImportEvent): void => void (event.type === 'warning' && warned.push(event.message));
    await importContacts({ rows: known, mapping: { Emial: 'notes' }, ...bench.api, onEvent });
    expect(warned).toContain('`mapping` names a column "Emial" that there is not. Did you mean "Email"?');
  },
);

it('a mapping is given in code: what it names is so, whatever lies beside the file, and the rest is mapped as ever', async () => {
  const { file, api, sandbox } = await workbench('Wohin,First name,Budget,Plan,Junk\nann@x.com,Ann,"1.234,5",gold,x\n');
  await writeFile(`${file}.mapping.json`, JSON.stringify({ version: 1, columns: { Wohin: 'notes' } }));
  const mapping = {
    Wohin: 'emails',
    Budget: { to: 'deal_value', decimal: 'comma' },
    Plan: 'custom:plan',
    Junk: 'ignore',
    Gone: 'notes',
  } as const;
  const plan = await planContacts({ file, apiUrl: api.apiUrl, mapping });
  expect(plan.mapping).toMatchObject({ Wohin: 'emails', 'First name': 'first_name', Junk: null });
  const events: ImportEvent[] = [];
  await importContacts({ file, ...api, mapping, unmapped: 'custom', onEvent: (event) => events.push(event) });
  expect(sandbox.contacts()).toMatchObject([
    { emails: ['ann@x.com'], first_name: 'Ann', deal_value: 1234.5, custom_fields: { plan: 'gold' } },
  ]);
  expect(sandbox.contacts()[0]?.notes ?? null).toBeNull();
  const said = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  expect(said).toContain('`mapping` names a column "Gone" that there is not.');
  // Code says it with each call: what another call is told is not this.
  expect((await readStatus(file)).settings).not.toHaveProperty('mapping');
});

it.each([
  [{ Mail: 'emial' }, 'mapping of "Mail": to: "emial" is no field: did you mean emails?'],
  [{ Mail: { to: 'emails', decimal: 'comma' } }, 'mapping of "Mail": decimal: decimal is only for deal_value.'],
  [{ Mail: 7 }, 'mapping of "Mail": to: expected the name of a field, in quotes.'],
])('a mapping in code that says nothing is told by its column: %j', async (mapping, message) => {
  const { file, api } = await workbench('Mail\nann@x.com\n');
  await expect(importContacts({ file, ...api, mapping: mapping as never })).rejects.toMatchObject({
    code: 'usage',
    message,
    next: expect.stringContaining("{ Mail: 'emails'") as string,
  });
});
