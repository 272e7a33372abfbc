import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { uiDesk } from './desk.js';
import { inBrowser, visit } from './tab.js';

inBrowser("a file that can't be read as it was found", (openTab) => {
  it('is read without names of its columns where the page is told that there are none', async () => {
    const desk = await uiDesk();
    const rows = ['Ann,Ash,ann@example.com,212-555-0147', 'Bob,Birch,bob@example.com,212-555-0148'];
    await writeFile(join(desk.folder, 'bare.csv'), `${rows.join('\n')}\n`);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'bare.csv' }).click();
    await page.getByRole('alert').getByText('bare.csv has no header: line 1 already holds values.').waitFor();
    await page.getByLabel('Names of the columns').selectOption('there are none');
    const first = page.getByRole('region', { name: 'First rows' }).getByRole('row').nth(1);
    await first.waitFor();
    expect(await first.innerText()).toContain('ann@example.com');
    expect(await page.getByLabel('Names of the columns').inputValue()).toBe('none');
    expect(await page.getByRole('alert').count()).toBe(0);
    // Nor is a column told by a name that it doesn't have.
    await visit(page, 'Columns');
    await page.getByText('its values', { exact: false }).first().waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/its name|this name/);
  });

  it('says once what is wrong where another choice does not help either', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'blank.csv'), '\n\n');
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'blank.csv' }).click();
    await page.getByRole('alert').getByText('blank.csv is empty').waitFor();
    const asked = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.getByLabel('Names of the columns').selectOption('there are none');
    await (await asked).finished();
    await expect.poll(() => page.getByLabel('Names of the columns').inputValue()).toBe('line');
    // The file is being read again in between, and nothing is said.
    await expect.poll(() => page.getByRole('alert').allInnerTexts()).toHaveLength(1);
  });
});
