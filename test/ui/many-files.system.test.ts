import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

inBrowser('a folder of more files than are shown', (openTab) => {
  it('says so, and any other is found by its name and stays listed once it was opened', async () => {
    const desk = await uiDesk();
    const names = Array.from({ length: 301 }, (_, n) => `list ${n}.csv`);
    await Promise.all(names.map((name) => writeFile(join(desk.folder, name), peopleCsv(1))));
    const old = join(desk.folder, 'Käufer März.csv');
    await writeFile(old, peopleCsv(2));
    await utimes(old, 1e9, 1e9);
    const page = await openTab(desk);
    await page.getByText('The newest of 302 files are shown').waitFor();
    await expect.poll(() => status(page)).toMatch(/^302 files in /);
    expect(await page.getByRole('button', { name: /^list \d+/ }).count()).toBe(300);
    const search = page.getByRole('searchbox', { name: 'Find a file' });
    await search.fill('list');
    await page.getByText('The newest 300 of 301: type more of the name.').waitFor();
    await search.fill('nobody');
    await page.getByText('No file has that in its name.').waitFor();
    await search.fill('märz KÄUF');
    await page.getByText('1 file', { exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Käufer März.csv' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read Käufer März.csv' }).waitFor();
    await visit(page, 'Files');
    await page.getByRole('button', { name: 'Käufer März.csv' }).waitFor();
    expect(await search.inputValue()).toBe('');
  });
});
