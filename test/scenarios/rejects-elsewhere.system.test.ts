import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { ImportEvent } from '../../src/index.js';
import { importContacts } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { workbench, type Workbench } from './workbench.js';

const [ANN, BOB, CID] = ['Ann Lee,team@x.com,,ann', 'Bob Stone,team@x.com,,bob', 'Cid Moor,cid@x.com,,c'] as const;
const listOf = (...these: readonly string[]): string => `Name,Email,Phone,Notes\n${these.join('\n')}\n`;

interface Bench extends Pick<Workbench, 'file' | 'folder' | 'api' | 'sandbox'> {
  readonly write: (text: string) => Promise<void>;
  readonly send: (file: string, more?: Parameters<Workbench['import']>[0]) => ReturnType<typeof importContacts>;
  readonly anns: () => number;
}

/** Ann and Bob share an e-mail, and are rejected. */
async function rejectedAnn(): Promise<Bench> {
  const bench = await workbench(listOf(ANN, BOB, CID));
  const api = { ...bench.api, stateDir: join(bench.folder, 'state'), live: false };
  const send: Bench['send'] = (file, told) => importContacts({ file, ...api, ...told });
  expect((await send(bench.file)).summary).toMatchObject({ created: 1, rejected: 2 });
  const anns = (): number => bench.sandbox.contacts().filter(({ last_name: name }) => name === 'Lee').length;
  return { ...bench, write: (text) => bench.write(text), api, send, anns };
}

/** Ann is given an e-mail of her own in the file to which the rejects are brought. */
async function correctedAt(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  const lines = (await readFile(to, 'utf8')).split('\n').filter((line) => !line.startsWith('Bob'));
  await writeFile(to, lines.join('\n').replace('Ann Lee,team@x.com', 'Ann Lee,ann@x.com'));
}

it.each([
  ['saved under another name', 'fixed.csv', undefined],
  ['moved', 'done/contacts.csv.rejected.csv', undefined],
  ['moved and renamed', 'done/fixed.csv', undefined],
  ['imported under a checkpoint of its own', 'done/fixed.csv', 'done/own.jsonl'],
  ['imported under the checkpoint of its list', 'fixed.csv', 'contacts.csv.checkpoint.jsonl'],
])('who was corrected in a rejects file is known where that was %s', async (_, name, checkpoint) => {
  const { folder, file, send, write, api, anns } = await rejectedAnn();
  const fixed = join(folder, name);
  await correctedAt(`${file}.rejected.csv`, fixed);
  const told = checkpoint === undefined ? {} : { checkpoint: join(folder, checkpoint) };
  expect((await send(fixed, told)).summary).toMatchObject({ created: 1, rejected: 0 });
  expect((await send(file)).summary).toMatchObject({ correctedRows: 1, rejected: 1 });
  expect(await verifyContacts({ file, ...api })).toMatchObject({ corrected: 1, rejected: 1 });
  await write(listOf(ANN, CID));
  expect(await planContacts({ file, apiUrl: api.apiUrl, stateDir: api.stateDir })).toMatchObject({
    created: 0,
    correctedRows: 1,
  });
  expect((await send(file)).summary).toMatchObject({ created: 0, correctedRows: 1, exit: 0 });
  expect(anns()).toBe(1);
});

it('where the rejects were told to be is remembered', async () => {
  const { folder, file, send, write, api } = await rejectedAnn();
  const out = join(folder, 'out', 'today.csv');
  await mkdir(dirname(out));
  expect((await send(file, { rejects: out })).summary).toMatchObject({ rejected: 2 });
  await correctedAt(out, out);
  // Nothing else tells of it.
  await rm(String(api.stateDir), { recursive: true });
  expect((await send(out, { stateDir: false })).summary).toMatchObject({ created: 1 });
  await write(listOf(ANN, CID));
  for (const run of [1, 2])
    expect([run, (await send(file)).summary]).toMatchObject([run, { created: 0, correctedRows: 1, exit: 0 }]);
});

it('a rejects file under another name is imported with what its list was told', async () => {
  const bench = await workbench(
    'Name,Email,Phone,Kind\nAnn Lee,ann@x.com,07911 123036,new\nBob Stone,bob@@x.com,,old\n',
  );
  const api = { ...bench.api, stateDir: join(bench.folder, 'state'), live: false };
  const told = { country: 'GB', unmapped: 'custom' } as const;
  expect((await importContacts({ file: bench.file, ...api, ...told })).summary).toMatchObject({ rejected: 1 });
  const fixed = join(bench.folder, 'fixed.csv');
  await rename(`${bench.file}.rejected.csv`, fixed);
  await writeFile(fixed, (await readFile(fixed, 'utf8')).replace('bob@@x.com,', 'bob@x.com,07911 123037'));
  const events: ImportEvent[] = [];
  const { summary } = await importContacts({ file: fixed, ...api, onEvent: (event) => events.push(event) });
  expect(summary).toMatchObject({ created: 1, rejected: 0 });
  expect(bench.byEmail('bob@x.com')).toMatchObject({
    phone_numbers: ['+447911123037'],
    custom_fields: { Kind: 'old' },
  });
  const said = events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])).join('\n');
  expect(said).toContain('Lines are numbered as in contacts.csv');
  expect(await verifyContacts({ file: bench.file, ...api })).toMatchObject({ same: 1, corrected: 1, different: 0 });
});

it('rows of another list that stand on the same lines are no corrections of this one', async () => {
  const { folder, file, send, sandbox } = await rejectedAnn();
  const other = join(folder, 'other.csv');
  await writeFile(other, 'Name,Email,Phone,Notes\nEve Hall,,,e\nFay Gray,fay@@x.com,,f\n');
  expect((await send(other)).summary).toMatchObject({ rejected: 2 });
  const fixed = join(folder, 'fixed.csv');
  await rename(`${other}.rejected.csv`, fixed);
  await writeFile(fixed, (await readFile(fixed, 'utf8')).replace('Eve Hall,,', 'Eve Hall,eve@x.com,'));
  expect((await send(fixed)).summary).toMatchObject({ created: 1, rejected: 1 });
  expect((await send(file)).summary).toMatchObject({ rejected: 2, unchanged: 1 });
  expect((await send(other)).summary).toMatchObject({ correctedRows: 1, rejected: 1 });
  expect(sandbox.contacts()).toHaveLength(2);
});

it('a list on a drive that is away while another is imported keeps what is noted of its rejects', async () => {
  const { folder, file, send, anns } = await rejectedAnn();
  const [drive, away, fixed] = [join(folder, 'drive'), join(folder, 'away'), join(folder, 'fixed.csv')];
  await mkdir(drive);
  const list = join(drive, 'list.csv');
  await writeFile(list, listOf(ANN.replaceAll('team', 'crew'), BOB.replaceAll('team', 'crew'), CID));
  expect((await send(list)).summary).toMatchObject({ rejected: 2 });
  await rename(`${list}.rejected.csv`, fixed);
  await rename(drive, away);
  expect((await send(file)).summary).toMatchObject({ rejected: 2 });
  await rename(away, drive);
  await writeFile(fixed, (await readFile(fixed, 'utf8')).replace('Ann Lee,crew@x.com', 'Ann Lee,ann@x.com'));
  expect((await send(fixed)).summary).toMatchObject({ created: 2, rejected: 0 });
  expect((await send(list)).summary).toMatchObject({ created: 0, correctedRows: 2, rejected: 0 });
  expect(anns()).toBe(1);
});

/** Both are given e-mails of their own in the rejects, those are imported under this name, and thrown away. */
async function correctedAndGone({ file, folder, send }: Bench, name: string, withState: boolean): Promise<void> {
  const fixed = join(folder, name);
  await rename(`${file}.rejected.csv`, fixed);
  const text = await readFile(fixed, 'utf8');
  await writeFile(
    fixed,
    text.replace('Ann Lee,team@x.com', 'Ann Lee,ann@x.com').replace('Bob Stone,team@x.com', 'Bob Stone,bob@x.com'),
  );
  expect((await send(fixed)).summary).toMatchObject({ created: 2 });
  for (const each of withState ? [fixed, `${fixed}.checkpoint.jsonl`] : [fixed]) await rm(each);
}

it.each([
  ['contacts.csv.rejected.csv', false],
  ['fixed.csv', false],
  ['fixed.csv', true],
])('who was corrected is known where %s was thrown away since, with its state: %s', async (name, withState) => {
  const bench = await rejectedAnn();
  const { file, send, write, api, anns } = bench;
  await correctedAndGone(bench, name, withState);
  expect(await planContacts({ file, apiUrl: api.apiUrl, stateDir: api.stateDir })).toMatchObject({ correctedRows: 2 });
  expect(await verifyContacts({ file, ...api })).toMatchObject({ same: 1, corrected: 2, rejected: 0, exit: 0 });
  // One leaves the list, and the others stand on other lines, day after day.
  await write(listOf(BOB, CID, ANN));
  expect((await send(file)).summary).toMatchObject({ created: 0, correctedRows: 2 });
  for (const rows of [
    [CID, ANN],
    ['Dan Day,dan@x.com,,d', ANN, CID],
    [CID, 'Dan Day,dan@x.com,,d', ANN],
  ]) {
    await write(listOf(...rows));
    expect((await send(file)).summary).toMatchObject({ correctedRows: 1, exit: 0 });
    expect(await verifyContacts({ file, ...api })).toMatchObject({ same: rows.length - 1, corrected: 1, exit: 0 });
  }
  expect(anns()).toBe(1);
  // What was changed in the list since is not what Clarky has of it.
  await write(listOf('Ann Lee,lee@x.com,,ann', CID));
  expect((await send(file)).summary).toMatchObject({ created: 0, reasons: { corrected_elsewhere: 1 } });
  expect(anns()).toBe(1);
});

it('who was rejected all along is nobody who was corrected, wherever their row stands', async () => {
  const bench = await rejectedAnn();
  const { file, send, write } = bench;
  const eve = 'Eve Hall,eve@@x.com,,e';
  await write(listOf(ANN, BOB, CID, eve));
  expect((await send(file)).summary).toMatchObject({ rejected: 3 });
  await correctedAndGone(bench, 'fixed.csv', false);
  for (const rows of [
    [eve, ANN, CID],
    [ANN, eve, CID],
    [CID, eve],
  ]) {
    await write(listOf(...rows));
    const { created, rejected, correctedRows = 0 } = (await send(file)).summary;
    expect([created, rejected, correctedRows]).toEqual([0, 1, rows.length - 2]);
  }
});

it('who was corrected, and taken back once the file was thrown away, is sent again', async () => {
  const { sandbox, write, here, path } = await workplace();
  await write('contacts.csv', listOf(ANN, BOB, CID));
  await here('import', 'contacts.csv', ...UNLIMITED);
  await correctedAt(path('contacts.csv.rejected.csv'), path('fixed.csv'));
  expect((await here('import', 'fixed.csv', '--live', ...UNLIMITED)).code).toBe(0);
  expect((await here('undo', 'fixed.csv', '--yes', ...UNLIMITED)).code).toBe(0);
  await rm(path('fixed.csv'));
  const checked = await here('verify', 'contacts.csv', '--json');
  expect(JSON.parse(checked.stdout)).toMatchObject({ same: 1, corrected: 0, rejected: 2 });
  await write('contacts.csv', listOf(ANN, CID));
  const done = await here('import', 'contacts.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(done.stdout)).toMatchObject({ created: 1, unchanged: 1 });
  expect(sandbox.contacts()).toHaveLength(2);
});

it('a rehearsal of a correction says nothing of another workspace', async () => {
  const bench = await rejectedAnn();
  await correctedAndGone(bench, 'fixed.csv', true);
  const real = await workbench('');
  const told = { apiUrl: real.api.apiUrl, key: real.api.key };
  expect((await bench.send(bench.file, told)).summary).toMatchObject({ created: 1, rejected: 2 });
  await bench.write(listOf(ANN, CID));
  expect((await bench.send(bench.file, told)).summary).toMatchObject({ created: 1, unchanged: 1 });
});

it('undo and forget name rejects that were imported under another name', async () => {
  const { sandbox, write, here, path } = await workplace();
  await write('contacts.csv', listOf(ANN, BOB, CID));
  expect((await here('import', 'contacts.csv', '--live', ...UNLIMITED)).code).toBe(3);
  await correctedAt(path('contacts.csv.rejected.csv'), path('done/fixed.csv'));
  expect((await here('import', 'done/fixed.csv', '--live', ...UNLIMITED)).code).toBe(0);
  const undone = await here('undo', 'contacts.csv', '--yes', '--json', ...UNLIMITED);
  expect(JSON.parse(undone.stdout)).toMatchObject({ ofRejects: [path('done/fixed.csv')] });
  expect((await here('forget', 'contacts.csv', '--yes')).stdout).toContain('done/fixed.csv');
  expect(sandbox.contacts()).toHaveLength(1);
});
