import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumIsInstalled, startChromium } from '../support/chromium.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { openTab, status, visit } from './tab.js';

const FILE = `First Name,E-mail,Phone
Ada,ada@example.com,+442079460000
Bob,bob@example.com,+442079460001
Cy,cy@example.com,+442079460001
`;

describe.runIf(chromiumIsInstalled)('the plan on the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  it('lets a bot be chosen, says how many rows a choice concerns, and shows old and new', async () => {
    const desk = await uiDesk({ bot: null, sandbox: { bots: ['sales', 'support'] } });
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FILE);
    const page = await openTab(browser, desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByLabel('Bot that gets the contacts').selectOption('support');
    await page.getByText('What to send', { exact: true }).click();
    await page.getByLabel('Different people with one phone (2 rows)').selectOption('omit');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    expect(desk.sandbox.contacts().map(({ bot_id }) => bot_id)).toEqual(['support', 'support', 'support']);

    await writeFile(file, FILE.replace('Ada', 'Adah'));
    await page.getByRole('link', { name: 'Files', exact: true }).click();
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByText('2 unchanged, 1 rejected: nothing has to be sent.').waitFor();
    await page.getByRole('button', { name: 'Compare with Clarky' }).click();
    await page.getByText('0 new, 1 changed, 2 already as the file says.').waitFor();
    const change = page.getByRole('region', { name: 'Changes' }).getByRole('row').nth(1);
    expect(await change.innerText()).toMatch(/2\s+first_name\s+Ada\s+Adah/);
  });

  it('leaves out the one value of a row that is named', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FILE);
    const page = await openTab(browser, desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Correct');
    const row = page.getByRole('row').filter({ has: page.getByRole('textbox', { name: 'Phone, line 3' }) });
    await row.getByRole('button', { name: 'Leave Phone out' }).click();
    await page.getByText('there is nothing to correct').waitFor();
    expect(JSON.parse(await readFile(`${file}.edits.json`, 'utf8'))).toEqual([
      { line: 3, column: 'Phone', was: '+442079460001', value: '' },
    ]);
  });
});
