import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { undoImport } from '../../src/run/undo/undo.js';
import type { FileEntry, UiState } from '../../src/ui/wire.js';
import { workbook } from '../support/workbook.js';
import { uiDesk, type UiDesk } from './desk.js';

const entryOf = async (desk: UiDesk): Promise<FileEntry | undefined> =>
  (JSON.parse((await desk.ask('GET', '/api/state')).text) as UiState).files[0];

it('offers an undo where one would find something left, and nowhere else', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  const send = (live: boolean) => importContacts({ file, key, apiUrl, bot, live, stateDir: false });
  const isOffered = async (): Promise<boolean | undefined> => (await entryOf(desk))?.isUndoable;
  await writeFile(file, 'Email\nada@x.com\n');
  await send(true);
  expect(await isOffered()).toBe(true);
  await undoImport({ file, key, apiUrl, stateDir: false });
  expect(await isOffered()).toBe(false);
  await send(false);
  expect(await isOffered()).toBe(false);
});

it('offers once more what another sheet had changed', async () => {
  const desk = await uiDesk();
  const file = join(desk.folder, 'book.xlsx');
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  const on = (company: string) => [
    ['Email', 'Company'],
    ['kim@x.com', company],
  ];
  await writeFile(file, workbook({ North: on('Acme'), South: on('Zeta') }));
  for (const sheet of ['North', 'South'])
    await importContacts({ file, key, apiUrl, bot, sheet, live: true, stateDir: false });
  const offered = async (): Promise<unknown> =>
    (await entryOf(desk))?.sheets.map(({ name, isUndoable }) => [name, isUndoable]);
  for (const [sheet, north, south] of [
    ['North', true, true],
    ['South', true, false],
    ['North', false, false],
  ] as const) {
    await undoImport({ file, key, apiUrl, sheet, stateDir: false });
    expect([sheet, await offered()]).toEqual([
      sheet,
      [
        ['North', north],
        ['South', south],
      ],
    ]);
  }
  expect(desk.sandbox.contacts()).toEqual([]);
});
