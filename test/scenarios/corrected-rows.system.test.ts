import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { ImportEvent } from '../../src/index.js';
import { importContacts } from '../../src/run/import/import.js';
import { namedInput } from '../../src/run/reading/named-input.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { workbench, type Workbench } from './workbench.js';

const FILE = `Name,Email,Phone,Notes
Frank Price,frank@r1.com,+44 7911 123035,first
Frank Price,frank@r1.com,07911 999111,later
Nobody,,,
Ann Lee,ann@r1.com,+44 7911 123036,
`;

it('import and verify take the same rows for corrected, and count the row of a contact that others are once', async () => {
  const bench = await workbench(FILE);
  expect((await bench.import({ country: 'GB' })).summary).toMatchObject({ created: 2, rejected: 2 });
  const rejects = `${bench.file}.rejected.csv`;
  const written = await readFile(rejects, 'utf8');
  const mended = written.replace('07911 999111', '07400 999111').replace('Nobody,,', 'Nora Con,nora@r1.com,');
  await writeFile(rejects, mended);
  const sent = await importContacts({ file: rejects, ...bench.api, live: true, country: 'GB' });
  expect(sent.summary).toMatchObject({ created: 1, updated: 1, rejected: 0 });

  const found = await verifyContacts({ file: bench.file, ...bench.api });
  expect(found).toMatchObject({ same: 2, corrected: 2, different: 0, rejected: 0, checked: 3, contacts: 3, exit: 0 });
  const again = await bench.import({ country: 'GB' });
  expect(again.summary).toMatchObject({ unchanged: 4, correctedRows: 2, rejected: 0, requests: 0, exit: 0 });
});

it('a row whose source has changed besides is corrected for neither', async () => {
  const bench = await workbench(FILE);
  await bench.import({ country: 'GB' });
  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('07911 999111', '07400 999111'));
  await importContacts({ file: rejects, ...bench.api, live: true, country: 'GB' });
  await bench.write(FILE.replace('later', 'newest'));
  expect(await verifyContacts({ file: bench.file, ...bench.api })).toMatchObject({ corrected: 0, rejected: 2 });
  expect((await bench.import({ country: 'GB' })).summary).toMatchObject({ rejected: 2 });
});

it('a correction that was itself rejected is not taken for what the file says', async () => {
  const file = 'Name,Email\nFinn Adams,finn@r2.com\nAda Foster,ada@@r2\n';
  const bench = await workbench(file);
  await bench.import();
  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('Ada Foster,ada@@r2', 'Ada Foster,finn@r2.com'));
  const sent = await importContacts({ file: rejects, ...bench.api, live: true });
  expect(sent.summary).toMatchObject({ created: 0, updated: 0, rejected: 1 });

  const found = await verifyContacts({ file: bench.file, ...bench.api });
  expect(found).toMatchObject({ same: 1, corrected: 0, different: 0, rejected: 1 });
});

const AMOUNTS = `Vorname;Nachname;E-Mail;Mobil;Land;Auftragswert;Seit
Uta;Uhl;uta@uhl.de;4,91512E+11;;1237,50;31.12.2025
Tom;Thal;tom@thal.de;0151 5555555;Schweiz;99,90;30.11.2025
`;

it('what differs in a corrected row beside the complaint is no matter where its source row stands as it did', async () => {
  const bench = await workbench(AMOUNTS);
  expect((await bench.import({ country: 'DE' })).summary).toMatchObject({ created: 0, rejected: 2 });
  const rejects = `${bench.file}.rejected.csv`;
  // As a spreadsheet saves it, and as somebody mends what the country is the fault of.
  const saved = (await readFile(rejects, 'utf8'))
    .replace(';4,91512E+11;;1237,50;', ';0151 23456789;;1237,5;')
    .replace('Schweiz;99,90', 'Deutschland;99,9')
    .replace('0151 5555555', '0151 55555551');
  await writeFile(rejects, saved);
  const sent = await importContacts({ file: rejects, ...bench.api, live: true, country: 'DE' });
  expect(sent.summary).toMatchObject({ created: 2, rejected: 0 });

  expect(await verifyContacts({ file: bench.file, ...bench.api })).toMatchObject({
    corrected: 2,
    rejected: 0,
    exit: 0,
  });
  for (const run of [1, 2]) {
    const again = await bench.import({ country: 'DE' });
    expect([run, again.summary]).toMatchObject([run, { unchanged: 2, correctedRows: 2, rejected: 0, exit: 0 }]);
  }
  await bench.write(AMOUNTS.replace('99,90', '100,00'));
  expect(await bench.plan()).toMatchObject({ rejected: 1 });
  expect((await bench.import({ country: 'DE' })).summary).toMatchObject({ correctedRows: 1, rejected: 1 });
  // A correction of the row as it was before is none of the row as it was rejected since.
  expect((await bench.import({ country: 'DE' })).summary).toMatchObject({ correctedRows: 1, rejected: 1 });
});

it.each([false, true])(
  'who was corrected is not stored a second time once what made the row rejected is gone, with live: %s',
  async (live) => {
    const rows = ['Ann Lee,team@x.com,,ann', 'Bob Stone,team@x.com,,bob', 'Cid Moor,cid@x.com,,c'];
    const fileOf = (...these: (string | undefined)[]): string => `Name,Email,Phone,Notes\n${these.join('\n')}\n`;
    const bench = await workbench(fileOf(...rows));
    expect((await bench.import({ live })).summary).toMatchObject({ created: 1, rejected: 2 });
    const rejects = `${bench.file}.rejected.csv`;
    const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => !line.startsWith('Bob'));
    await writeFile(rejects, lines.join('\n').replace('Ann Lee,team@x.com', 'Ann Lee,ann@x.com'));
    expect((await importContacts({ file: rejects, ...bench.api, live })).summary).toMatchObject({ created: 1 });
    for (const bob of [undefined, 'Bob Stone,bob@x.com,,bob']) {
      await bench.write(fileOf(...[rows[0], bob, rows[2]].filter((row) => row !== undefined)));
      const plan = await planContacts({
        file: bench.file,
        apiUrl: bench.sandbox.url,
        ...(live && { live: bench.api }),
      });
      const { summary } = await bench.import({ live });
      expect(summary).toMatchObject({ created: bob === undefined ? 0 : 1, correctedRows: 1, exit: 0 });
      expect([plan.created, plan.unchanged]).toEqual([summary.created, summary.unchanged]);
    }
    expect(bench.sandbox.contacts().filter(({ last_name: name }) => name === 'Lee')).toHaveLength(1);
  },
);

it('an amount that a spreadsheet wrote otherwise is sent as the list has it', async () => {
  const bench = await workbench(
    'Name;E-Mail;Umsatz;Auftragswert\nUta Uhl;uta@@uhl.de;1.234,50;10,00\nTom Thal;tom@thal.de;1237,50;1,234\nIda Ohm;ida@ohm.de;5,00;12,50\n',
  );
  const told = { live: false, unmapped: 'custom' } as const;
  expect((await bench.import({ ...told, onInvalid: 'reject' })).summary).toMatchObject({ rejected: 1, created: 2 });
  const rejects = `${bench.file}.rejected.csv`;
  const saved = (await readFile(rejects, 'utf8')).replace('uta@@uhl.de;1.234,50;10,00', 'uta@uhl.de;1234,5;11');
  await writeFile(rejects, saved);
  const events: ImportEvent[] = [];
  const onEvent = (event: ImportEvent): unknown => events.push(event);
  const { summary } = await importContacts({ file: rejects, ...bench.api, live: false, onEvent });
  expect(summary).toMatchObject({ created: 1, rejected: 0 });
  expect(bench.byEmail('uta@uhl.de')?.custom_fields).toEqual({ Umsatz: '1.234,50' });
  expect(JSON.stringify(events)).toContain('a spreadsheet changed 1.234,50 to 1234,5: read as it was.');
});

const TEAM = ['Ann Lee,team@x.com,,ann', 'Bob Stone,team@x.com,,bob', 'Cid Moor,cid@x.com,,c'] as const;
const listOf = (...these: readonly string[]): string => `Name,Email,Phone,Notes\n${these.join('\n')}\n`;

/** Ann and Bob share an e-mail; Ann was given her own in the rejects file, which was imported. */
async function correctedAnn(live = false): Promise<Workbench & { readonly anns: () => number }> {
  const bench = await workbench(listOf(...TEAM));
  expect((await bench.import({ live })).summary).toMatchObject({ created: 1, rejected: 2 });
  const rejects = `${bench.file}.rejected.csv`;
  const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => !line.startsWith('Bob'));
  await writeFile(rejects, lines.join('\n').replace('Ann Lee,team@x.com', 'Ann Lee,ann@x.com'));
  expect((await importContacts({ file: rejects, ...bench.api, live })).summary).toMatchObject({ created: 1 });
  const anns = (): number => bench.sandbox.contacts().filter(({ last_name: name }) => name === 'Lee').length;
  return { ...bench, anns };
}

const [ANN, BOB, CID] = TEAM;
const ZOE = 'Zoe Nu,zoe@x.com,,z';

it.each([false, true])('who was corrected is known where the row has moved since, with live: %s', async (live) => {
  const bench = await correctedAnn(live);
  await bench.write(listOf(ZOE, ANN, BOB, CID));
  expect((await bench.import({ live })).summary).toMatchObject({ created: 1, correctedRows: 1, rejected: 1 });
  await bench.write(listOf(CID, ZOE, ANN));
  const plan = await planContacts({ file: bench.file, apiUrl: bench.sandbox.url, ...(live && { live: bench.api }) });
  expect(plan).toMatchObject({ created: 0, rejected: 0 });
  expect((await bench.import({ live })).summary).toMatchObject({ created: 0, correctedRows: 1, exit: 0 });
  expect(bench.anns()).toBe(1);
});

it.each([
  ['on its line', ['Ann Lee,team@x.com,,n2', CID]],
  ['on another line', [ZOE, CID, 'Ann Lee,team@x.com,,n2']],
  ['and the phone as well', [ZOE, CID, 'Ann Lee,team@x.com,+14155551009,n2']],
])(
  'who was corrected is not made a second time where another cell changed %s, until the file is corrected',
  async (_, rows) => {
    const bench = await correctedAnn();
    await bench.write(listOf(...rows));
    for (const run of [1, 2]) {
      const plan = await planContacts({ file: bench.file, apiUrl: bench.sandbox.url });
      const { summary } = await bench.import({ live: false });
      expect([run, plan.rejected, summary]).toMatchObject([run, 1, { rejected: 1, exit: 3 }]);
      expect(bench.anns()).toBe(1);
    }
    expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toContain('corrected_elsewhere');
    await bench.write(listOf(...rows).replace('team@x.com', 'ann@x.com'));
    expect((await bench.import({ live: false })).summary).toMatchObject({ rejected: 0, exit: 0 });
    expect(bench.anns()).toBe(1);
  },
);

it('who was corrected is known where the rejects file was imported under the checkpoint of the list', async () => {
  const bench = await workbench(listOf(...TEAM));
  const checkpoint = `${bench.folder}/own.jsonl`;
  const send = async (file: string) => (await importContacts({ file, checkpoint, ...bench.api, live: false })).summary;
  expect(await send(bench.file)).toMatchObject({ created: 1, rejected: 2 });
  const rejects = `${bench.file}.rejected.csv`;
  const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => !line.startsWith('Bob'));
  await writeFile(rejects, lines.join('\n').replace('Ann Lee,team@x.com', 'Ann Lee,ann@x.com'));
  expect(await send(rejects)).toMatchObject({ created: 1, rejected: 0 });
  expect(await send(bench.file)).toMatchObject({ correctedRows: 1, rejected: 1 });
  await bench.write(listOf(ANN, CID));
  expect(await send(bench.file)).toMatchObject({ created: 0, correctedRows: 1, exit: 0 });
});

it('who was corrected is known where the rejects file is elsewhere', async () => {
  const bench = await workbench(listOf(...TEAM));
  const rejects = `${bench.folder}/out.csv`;
  const send = async () => (await bench.import({ live: false, rejects })).summary;
  expect(await send()).toMatchObject({ created: 1, rejected: 2 });
  const lines = (await readFile(rejects, 'utf8')).split('\n').filter((line) => !line.startsWith('Bob'));
  await writeFile(rejects, lines.join('\n').replace('Ann Lee,team@x.com', 'Ann Lee,ann@x.com'));
  const sent = await importContacts({ file: rejects, ...bench.api, live: false });
  expect(sent.summary).toMatchObject({ created: 1, rejected: 0 });
  expect(await send()).toMatchObject({ correctedRows: 1, rejected: 1 });
  await bench.write(listOf(ANN, CID));
  expect(await send()).toMatchObject({ created: 0, correctedRows: 1, exit: 0 });
});

it('somebody whose row was corrected in another cell is sent as the row says by then', async () => {
  const bench = await workbench('Name,Email,Phone,Notes\nAnn Lee,ann@x.com,+1415,n1\n');
  expect((await bench.import({ live: false })).summary).toMatchObject({ rejected: 1 });
  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('+1415,', '+14155551001,'));
  await importContacts({ file: rejects, ...bench.api, live: false });
  await bench.write('Name,Email,Phone,Notes\nAnn Lee,ann@x.com,+14155551001,n2\n');
  expect((await bench.import({ live: false })).summary).toMatchObject({ rejected: 0, exit: 0 });
  expect(bench.sandbox.contacts()).toMatchObject([{ phone_numbers: ['+14155551001'], notes: 'n2' }]);
});

it('of several files, each is told which of its rows are in Clarky as they were corrected', async () => {
  const bench = await workbench('Name,Email\nAnn Lee,ann@r9.com\nBob Oh,bob(at)r9.com\n');
  const other = `${bench.file}.more.csv`;
  await writeFile(other, 'Name,Email\nCid Ek,cid@r9.com\n');
  const both = await namedInput([bench.file, other]);
  const { summary } = await importContacts({ ...both, ...bench.api });
  await writeFile(summary.rejects, (await readFile(summary.rejects, 'utf8')).replace('(at)', '@'));
  expect((await importContacts({ file: summary.rejects, ...bench.api })).summary).toMatchObject({ created: 1 });
  const again = (await importContacts({ ...both, ...bench.api })).summary;
  const planned = await planContacts({ ...both, apiUrl: bench.sandbox.url });
  for (const told of [again.files, planned.files]) {
    expect(told).toMatchObject([
      { rows: 2, unchanged: 2, correctedRows: 1 },
      { rows: 1, unchanged: 1 },
    ]);
    expect(told?.[1]).not.toHaveProperty('correctedRows');
  }
});
