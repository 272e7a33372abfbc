import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statusInWords } from '../../src/cli/views/status-words.js';
import { undoResultInWords } from '../../src/cli/views/undo-words.js';
import { forgetFiles } from '../../src/run/forget.js';
import type { ImportEvent } from '../../src/run/events.js';
import { importContacts, type ImportResult } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import type { ImportOptions } from '../../src/run/settings.js';
import { readStatus } from '../../src/run/status.js';
import { undoImport, type UndoOptions } from '../../src/run/undo/undo.js';
import type { UndoResult } from '../../src/run/undo/undo-result.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { workbook } from '../support/workbook.js';
import { workbench, type Workbench } from './workbench.js';

const HEADER = ['Email', 'First name', 'Company'];
const person = (name: string): string[] => [`${name}@x.com`, name, 'Acme'];

interface Book extends Workbench {
  readonly book: string;
  readonly send: (sheet: string, options?: Partial<ImportOptions>) => Promise<ImportResult>;
  readonly undo: (options?: Partial<UndoOptions>) => Promise<UndoResult>;
  /** Who is in the workspace. */
  readonly names: () => unknown[];
}

async function workbookBench(workDir?: string): Promise<Book> {
  const bench = await workbench('');
  const book = join(bench.folder, 'messe.xlsx');
  const sheets = {
    People: [HEADER, person('ann'), person('bob')],
    Guests: [HEADER, person('cy')],
    Press: [HEADER, person('di')],
  };
  await writeFile(book, workbook(sheets));
  const where = workDir === undefined ? {} : { workDir: join(bench.folder, workDir) };
  return {
    ...bench,
    book,
    send: (sheet, more = {}) => importContacts({ file: book, ...bench.api, live: true, sheet, ...where, ...more }),
    undo: (more = {}) => undoImport({ file: book, ...bench.api, ...where, ...more }),
    names: () => bench.sandbox.contacts().map(({ first_name: name }) => name),
  };
}

const journalsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.undo.jsonl')).sort();

it('takes the import of each sheet of a workbook back, whichever was sent last, and says which are left', async () => {
  const { book, folder, send, undo, names } = await workbookBench();
  await send('People');
  const first = await readFile(`${book}.undo.jsonl`);
  await send('Guests');
  await send('Press');
  // What is written of one sheet is in a file of its own: a run that is killed there costs the others nothing.
  expect(await readFile(`${book}.undo.jsonl`)).toEqual(first);
  expect(await journalsIn(folder)).toHaveLength(3);

  const newest = await undo();
  expect(newest).toMatchObject({ contacts: 1, deleted: 1, otherSheets: ['People', 'Guests'] });
  expect(names()).toEqual(['ann', 'bob', 'cy']);
  const commands = ['People', 'Guests'].map((sheet) => `  clarky-contacts undo ${book} --sheet ${sheet}`);
  expect(undoResultInWords(newest).split('\n')).toEqual(expect.arrayContaining(commands) as unknown);

  await expect(undo({ sheet: 'Staff' })).rejects.toMatchObject({
    code: 'usage',
    next: expect.stringContaining('"People"') as unknown,
  });
  expect(await undo({ sheet: ' people' })).toMatchObject({ contacts: 2, deleted: 2, otherSheets: ['Guests'] });
  expect(names()).toEqual(['cy']);
  const status = await readStatus(book);
  expect(status.scopes[0]).toMatchObject({
    undone: { of: 1, done: 1 },
    sheets: [
      { sheet: { name: 'People' }, undone: { of: 2, done: 2 }, isUndoable: false },
      { sheet: { name: 'Guests' }, undone: undefined, isUndoable: true },
      { sheet: { name: 'Press' }, undone: { of: 1, done: 1 }, isUndoable: false },
    ],
  });
  expect(statusInWords(status)).toContain('  sheet     Guests: 1 created; can be undone\n');
  expect(statusInWords(status)).toContain('  sheet     Press: 1 created; 1 of 1 undone\n');

  // What is sent again of a sheet is taken back anew; of the others nothing is told otherwise.
  await send('People');
  expect((await readStatus(book)).scopes[0]?.sheets.map(({ undone }) => undone?.done)).toEqual([
    undefined,
    1,
    undefined,
  ]);
  expect(await undo()).toMatchObject({ deleted: 2, otherSheets: ['Guests'] });
  expect(await undo({ sheet: 'Guests' })).toMatchObject({ deleted: 1, otherSheets: [] });
  expect(names()).toEqual([]);
});

it('goes on with the journal of a sheet that was stopped, though another was sent meanwhile, and counts it as the newest', async () => {
  const { send, undo, names } = await workbookBench();
  const stop = new AbortController();
  const onEvent = ({ type }: ImportEvent): void => (type === 'contact' ? stop.abort() : undefined);
  await send('People', { concurrency: 1, signal: stop.signal, onEvent });
  expect(names()).toHaveLength(1);
  await send('Guests');
  expect((await send('People')).summary).toMatchObject({ created: 1, pending: 0 });
  expect(await undo()).toMatchObject({ deleted: 2, otherSheets: ['Guests'] });
  expect(names()).toEqual(['cy']);
});

it('keeps all of them in the folder of the state, and forgets all of them', async () => {
  const { book, folder, send, undo } = await workbookBench('state');
  const workDir = join(folder, 'state');
  for (const sheet of ['People', 'Guests']) await send(sheet);
  expect(await journalsIn(folder)).toEqual([]);
  expect(await journalsIn(workDir)).toHaveLength(2);
  const { removed } = await forgetFiles(book, { workDir });
  expect(removed.filter((path) => path.endsWith('.undo.jsonl'))).toHaveLength(2);
  expect(await journalsIn(workDir)).toEqual([]);
  await expect(undo({ sheet: 'Guests' })).rejects.toMatchObject({ code: 'usage' });
});

it('counts whom it has set back as there, and says of who stands on two sheets why he stays', async () => {
  const { book, undo, send, sandbox } = await workbookBench();
  const kim = 'kim@x.com';
  await writeFile(
    book,
    workbook({ North: [HEADER, person('ann'), [kim, 'Kim', 'Acme']], South: [HEADER, [kim, 'Kim', 'Zeta']] }),
  );
  await send('North');
  await send('South');
  const first = await undo({ sheet: 'North' });
  expect(first).toMatchObject({ deleted: 1, left: [{ reason: 'changed' }], laterSheets: ['South'] });
  expect(undoResultInWords(first).replace(/\s+/g, ' ')).toContain(
    'The import of the sheet “South” has written to some of it since: take that back first, or this one once more after it.',
  );
  expect(await undo({ sheet: 'South' })).toMatchObject({ setBack: 1, laterSheets: [] });
  const scope = async (): Promise<unknown> => (await readStatus(book)).scopes[0];
  expect(await scope()).toMatchObject({ accepted: 0, setBack: 1 });
  expect(statusInWords(await readStatus(book))).toContain('  set back  1, in Clarky as before the import\n');
  // Without a look at Clarky too, he is nobody new; with one, what was taken back is told row by row.
  expect(await planContacts({ file: book, sheet: 'South', apiUrl: sandbox.url })).toMatchObject({ updated: 1 });
  const { key, url: apiUrl } = sandbox;
  const where = { file: book, key, apiUrl, stateDir: false } as const;
  expect(await verifyContacts({ ...where, sheet: 'South' })).toMatchObject({ different: 1, setBack: 1, missing: 0 });
  expect(await verifyContacts({ ...where, sheet: 'North' })).toMatchObject({ same: 1, notSent: 1, takenBack: 1 });
  expect(sandbox.contacts()).toMatchObject([{ first_name: 'Kim', company: 'Acme' }]);
});

it.each([
  ['the newest first', ['South', 'North']],
  ['the oldest first, and once more at the end', ['North', 'South', 'North']],
])('takes back who stands on two sheets, %s', async (_, order) => {
  const { book, undo, send, sandbox } = await workbookBench();
  const sheets = { North: [HEADER, ['kim@x.com', 'Kim', 'Acme']], South: [HEADER, ['kim@x.com', 'Kim', 'Zeta']] };
  await writeFile(book, workbook(sheets));
  await send('North');
  await send('South');
  let last: UndoResult | undefined;
  for (const sheet of order) {
    if (sheet === 'North' && last !== undefined) expect(last.otherSheets).toEqual(['North']);
    last = await undo({ sheet });
  }
  expect(last).toMatchObject({ deleted: 1, left: [], otherSheets: [] });
  expect(sandbox.contacts()).toEqual([]);
  expect((await readStatus(book)).scopes[0]).toMatchObject({ accepted: 0, setBack: 0, isUndoable: false });
  for (const sheet of ['South', 'North'])
    expect(await planContacts({ file: book, sheet, apiUrl: sandbox.url })).toMatchObject({ created: 1, updated: 0 });
});

it('leaves who stands on two sheets where somebody worked with him in between', async () => {
  const { book, undo, send, sandbox } = await workbookBench();
  const sheets = { North: [HEADER, ['kim@x.com', 'Kim', 'Acme']], South: [HEADER, ['kim@x.com', 'Kim', 'Zeta']] };
  await writeFile(book, workbook(sheets));
  await send('North');
  const [kim] = sandbox.contacts();
  const headers = { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ notes: 'called' });
  await fetch(`${sandbox.url}/contacts/${kim?.id ?? ''}`, { method: 'PATCH', headers, body });
  await send('South');
  expect(await undo({ sheet: 'South' })).toMatchObject({ setBack: 1 });
  expect(await undo({ sheet: 'North' })).toMatchObject({ deleted: 0, left: [{ reason: 'changed' }] });
  expect(sandbox.contacts()).toMatchObject([{ first_name: 'Kim', company: 'Acme', notes: 'called' }]);
});

it('leads to the rejects of the sheet that is taken back, and to those of no other', async () => {
  const { book, send, undo, api } = await workbookBench();
  const rejects = `${book}.rejected.csv`;
  await writeFile(
    book,
    workbook({ North: [HEADER, person('ann'), ['bob-at-x', 'Bob', 'Acme']], South: [HEADER, person('cy')] }),
  );
  const no = { confirm: () => false };
  await send('South');
  await send('North');
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('bob-at-x', 'bob@x.com'));
  await importContacts({ file: rejects, ...api, live: true });
  expect(await undo({ ...no, sheet: 'South' })).toMatchObject({ ofRejects: [] });
  expect(await undo({ ...no, sheet: 'North' })).toMatchObject({ ofRejects: [rejects] });
  await writeFile(book, workbook({ North: [HEADER, person('ann')], South: [HEADER, person('cy'), person('dee')] }));
  await send('South');
  expect(await undo({ ...no, sheet: 'South' })).toMatchObject({ ofRejects: [] });
  expect(await undo({ sheet: 'North' })).toMatchObject({ deleted: 1, ofRejects: [rejects] });
});
