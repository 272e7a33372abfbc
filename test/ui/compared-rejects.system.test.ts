import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { privateFolder } from '../support/folder.js';
import { uiDesk, type UiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

const FILE = [
  'First Name,E-mail,Phone',
  'Ada,ada@example.com,+442079460001',
  'Bo,bo(at)example.com,',
  'Cy,cy@example.com,+442079460003',
  '',
].join('\n');

/** Somebody else of the workspace has Ada's phone. */
async function deskWithOther(): Promise<UiDesk> {
  const desk = await uiDesk();
  const { key, url: apiUrl, botId: bot } = desk.sandbox;
  const elsewhere = join(await privateFolder(), 'others.csv');
  await writeFile(elsewhere, 'First Name,E-mail,Phone\nZoe,zoe@example.com,+442079460001\n');
  await importContacts({ file: elsewhere, key, apiUrl, bot, stateDir: false });
  await writeFile(join(desk.folder, 'people.csv'), FILE);
  return desk;
}

interface Page {
  readonly total: number;
  readonly rows: readonly { readonly line: number; readonly problems: readonly { readonly code: string }[] }[];
}

it('a row that is rejected for a contact of the workspace is one to correct once the plan was compared', async () => {
  const desk = await deskWithOther();
  const [{ id = '' } = {}] = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id?: string }[];
  const rejected = async (): Promise<(string | number)[][]> => {
    const { total, rows } = JSON.parse((await desk.ask('GET', `/api/files/${id}/rejected`)).text) as Page;
    expect(total).toBe(rows.length);
    return rows.map(({ line, problems }) => [line, ...problems.map(({ code }) => code)]);
  };
  const correct = (corrections: readonly object[]): Promise<unknown> =>
    desk.ask('PUT', `/api/files/${id}/edits`, { corrections });
  expect(await rejected()).toEqual([[3, 'invalid_email']]);
  await desk.ask('GET', `/api/files/${id}/plan/changes`);
  const both = [
    [2, 'shared_phone'],
    [3, 'invalid_email'],
  ];
  expect(await rejected()).toEqual(both);
  // Another row that is corrected takes nothing from it; its own correction does, until it is taken back.
  await correct([{ line: 3, column: 'E-mail', was: 'bo(at)example.com', value: 'bo@example.com' }]);
  expect(await rejected()).toEqual(both.slice(0, 1));
  const replaced = { column: 'Phone', find: '0001', replacement: '0009' };
  const { text } = await desk.ask('POST', `/api/files/${id}/edits/replace`, replaced);
  expect(JSON.parse(text)).toMatchObject({ cells: 1 });
  await correct([{ line: 2, column: 'Phone', was: '+442079460001', value: '+442079460009' }]);
  expect(await rejected()).toEqual([]);
  await desk.ask('DELETE', `/api/files/${id}/edits`);
  expect(await rejected()).toEqual(both);
  // Without its phone column it is another list than the one that was compared.
  await desk.ask('PUT', `/api/files/${id}/mapping`, { columns: [{ index: 2, to: 'unmapped' }] });
  expect(await rejected()).toEqual([[3, 'invalid_email']]);
});

inBrowser('a comparison with Clarky', (openTab) => {
  it('leads to all that it rejects, and is gone once something was corrected', async () => {
    const page = await openTab(await deskWithOther());
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Compare with Clarky' }).click();
    await page.getByText('1 new, 0 changed, 0 as the file says').waitFor();
    expect(await status(page)).toContain('1 new, 2 rejected');
    await page.getByRole('button', { name: 'Correct it' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Correct' }).waitFor();
    const phone = page.getByRole('textbox', { name: 'Phone, line 2' });
    await phone.waitFor();
    await page.getByText('1 row: one phone').waitFor();
    await page.getByRole('textbox', { name: 'E-mail, line 3' }).waitFor();
    await phone.fill('+442079460009');
    await phone.press('Enter');
    await phone.waitFor({ state: 'detached' });
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Compare with Clarky' }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('as the file says');
  });
});
