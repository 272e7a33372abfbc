import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

inBrowser('the result of a file', (openTab) => {
  it('says of one that changed since what is still to be sent, and of a run that failed whose the numbers are', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, peopleCsv(2));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read people.csv' }).waitFor();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    const finished = 'Finished: all 2 rows are in Clarky.';
    await until(async () => (await status(page)) === finished);
    await visit(page, 'Result');

    await writeFile(`${file}.part`, peopleCsv(3));
    await rename(`${file}.part`, file);
    const since = `${finished} That was before the file changed: 1 contact of it is still to be sent.`;
    await until(async () => (await status(page)) === since);
    await visit(page, 'Files');
    await page.getByRole('button', { name: /^people\.csv .*; changed since: 1 contact to send$/ }).waitFor();
    // Whoever has not opened it is told as well.
    const later = await openTab(await uiDesk({ folder: desk.folder, api: desk.sandbox }));
    await later.getByText('; changed since: 1 contact to send').waitFor();
    await visit(page, 'Result');
    desk.sandbox.revokeKey();
    await page.getByRole('button', { name: 'Send 1 contact' }).click();
    await until(async () => (await status(page)).startsWith('Stopped: '));
    await visit(page, 'Result');
    await page.getByText('The numbers are those of the import before, begun').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'created' }).innerText()).toMatch(/^2\s/);
  });
});
