import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { FileEntry, UiState } from '../../src/ui/wire.js';
import { workbook } from '../support/workbook.js';
import { uiDesk, type UiDesk } from './desk.js';
import { inBrowser, violationsOf, visit } from './tab.js';

const HEADER = 'Name,Email\n';
const entryOf = async (desk: UiDesk): Promise<FileEntry | undefined> =>
  (JSON.parse((await desk.ask('GET', '/api/state')).text) as UiState).files[0];

async function deskWithImport(): Promise<UiDesk> {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  await writeFile(file, `${HEADER}Ada,ada@x.com\nBob,bob@x.com\nCy,not one\n`);
  await importContacts({ file, key, apiUrl, bot, live: true, stateDir: false });
  return desk;
}

it('of a workbook it is the sheet that another import would take from undo; what goes on takes nothing', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'book.xlsx');
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  const of = (...emails: string[]): string[][] => [['Email'], ...emails.map((email) => [email])];
  await writeFile(file, workbook({ North: of('a@x.com', 'b@x.com'), South: of('c@x.com') }));
  const send = (sheet: string, signal?: AbortSignal) =>
    importContacts({ file, key, apiUrl, bot, sheet, live: true, stateDir: false, signal });
  for (const sheet of ['North', 'South']) await send(sheet);
  expect((await entryOf(desk))?.sheets.map(({ name, undoEndsFor }) => [name, undoEndsFor])).toEqual([
    ['North', 2],
    ['South', 1],
  ]);
});

it('an import that was stopped is gone on with: the next takes nothing from undo', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  await writeFile(file, `${HEADER}Ada,ada@x.com\nBob,bob@x.com\n`);
  const stop = new AbortController();
  await importContacts({
    ...{ file, key, apiUrl, bot, live: true, stateDir: false, concurrency: 1, signal: stop.signal },
    onEvent: (event) => event.type === 'contact' && stop.abort(),
  });
  expect(await entryOf(desk)).toMatchObject({ isUndoable: true, undoEndsFor: 0, lastRun: { counts: { pending: 1 } } });
});

it('an undo says what came in by the rejects of its file, which is in Clarky still', async () => {
  const desk = await deskWithImport();
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  const rejects = join(desk.folder, 'people.csv.rejected.csv');
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('not one', 'cy@x.com'));
  const { summary } = await importContacts({ file: rejects, key, apiUrl, bot, live: true, stateDir: false });
  expect(summary).toMatchObject({ created: 1 });
  const { id = '' } = (await entryOf(desk)) ?? {};
  expect((await desk.ask('POST', `/api/files/${id}/undo`, {})).status).toBe(200);
  const state = async () => (JSON.parse((await desk.ask('GET', '/api/state')).text) as UiState).jobs[0];
  await expect.poll(async () => (await state())?.undoPlan?.contacts).toBe(2);
  await desk.ask('POST', `/api/files/${id}/undo/answer`, { contacts: 2 });
  await expect
    .poll(async () => (await state())?.sentence)
    .toContain('What came in by its rejects (“people.csv.rejected.csv”) is in Clarky still: open that file');
  expect(desk.sandbox.contacts().map(({ emails }) => emails)).toEqual([['cy@x.com']]);
});

inBrowser('the plan step', (openTab) => {
  it('says beside Send whom of the import before no undo takes back once it is pressed', async () => {
    const desk = await deskWithImport();
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    const said = page.getByText("the 2 contacts of the import before it can't be taken back any more");
    const edit = { line: 4, column: 'Email', was: 'not one', value: 'cy@x.com' };
    const { id = '' } = (await entryOf(desk)) ?? {};
    await page.getByRole('heading', { name: 'Row by row' }).waitFor();
    // Nothing would be sent: nothing is lost.
    expect(await said.count()).toBe(0);
    await desk.ask('PUT', `/api/files/${id}/edits`, { corrections: [edit] });
    await page.getByRole('button', { name: 'Send 1 contact' }).waitFor();
    await said.waitFor();
    if (process.env.SHOT !== undefined) await page.screenshot({ path: process.env.SHOT, fullPage: true });
    expect(await violationsOf(page)).toEqual([]);
    await page.getByText('What to send').click();
    await page
      .getByLabel("Read Clarky's contacts first, so that nobody there is overwritten and this import can be undone")
      .uncheck();
    await said.waitFor({ state: 'detached' });
  });
});
