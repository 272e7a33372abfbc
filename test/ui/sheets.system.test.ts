import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { until } from '../support/until.js';
import { workbook } from '../support/workbook.js';
import type { UiState } from '../../src/ui/wire.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

const HEADER = ['Email', 'First name', 'Company'];
const person = (name: string): string[] => [`${name}@x.com`, name, 'Acme'];
const RATE = { rate: { writes: Number.POSITIVE_INFINITY, seconds: 60 } };

inBrowser('a workbook of which one sheet is read', (openTab) => {
  it('shows under the name of another what goes on with that, and its own when that has ended', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'book.xlsx');
    const east = [HEADER, person('ann'), person('bob'), person('cy')];
    await writeFile(file, workbook({ East: east, West: [HEADER, person('di'), person('ed')] }));
    const { key, url: apiUrl, botId: bot } = desk.sandbox;
    await importContacts({ file, key, apiUrl, bot, sheet: 'East', live: true, stateDir: false, ...RATE });
    const page = await openTab(desk);
    const isHeaded = (heading: string): Promise<void> =>
      page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    const read = async (sheet: string): Promise<void> => {
      await visit(page, 'How it was read');
      await page.getByLabel(/^Sheet/).selectOption(sheet);
      await isHeaded(`How it was read book.xlsx, sheet ${sheet}`);
    };
    await page.getByRole('button', { name: 'book.xlsx' }).click();
    await isHeaded('How it was read book.xlsx, sheet East');
    await read('West');
    await visit(page, 'Plan');
    desk.sandbox.setFaults({ on: 'writes', at: [{ request: 2, kind: 'held' }] });
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await until(async () => (await status(page)) === 'Sending: 1 of 2 rows is done.');

    await read('East');
    await until(async () => (await status(page)) === 'Sending: 1 of 2 rows is done. That is the sheet West.');
    for (const step of ['Run', 'Result']) {
      await visit(page, step);
      await isHeaded(`${step} book.xlsx, sheet West`);
    }
    const pending = page.getByRole('listitem').filter({ hasText: 'pending' });
    await until(async () => /^1\s/.test(await pending.innerText()));
    desk.sandbox.setFaults({});
    await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
    await isHeaded('Result book.xlsx, sheet East');

    // Another tab takes the other one back.
    const { files } = JSON.parse((await desk.ask('GET', '/api/state')).text) as UiState;
    const path = `/api/files/${files[0]?.id ?? ''}/undo`;
    expect((await desk.ask('POST', path, { sheet: 'West' })).status).toBe(200);
    await page.getByText('Take back the import of book.xlsx, sheet West, begun').waitFor();
    await isHeaded('Result book.xlsx, sheet West');
    const asked = '2 contacts would be taken back. Nothing has been done yet. That is the sheet West.';
    await until(async () => (await status(page)) === asked);
    await page.getByRole('button', { name: 'Leave them' }).click();
    await isHeaded('Result book.xlsx, sheet East');
    await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
  });
});
