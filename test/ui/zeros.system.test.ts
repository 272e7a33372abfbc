import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

const FILE = `Vorname;E-Mail;PLZ;Land
Mia;mia@example.de;1067;Deutschland
Tom;kaputt;04103;Deutschland
Uli;uli@example.de;9111;Deutschland
Bea;bea@example.ch;8001;Schweiz
`;

inBrowser('postal codes that may lack their zero', (openTab) => {
  it('have it put back as corrections, each to be taken back; and what was rejected is found where it is corrected', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'kunden.csv');
    await writeFile(file, FILE);
    const page = await openTab(desk, { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'kunden.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Put the zeros back in 2 rows' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put the zeros back in 2 rows' }).click();
    await until(async () => (await page.getByRole('button', { name: /^Put the zeros back/ }).count()) === 0);
    expect(await page.getByRole('main').innerText()).not.toContain(desk.folder);
    await visit(page, 'Correct');
    await page.getByText('PLZ: 1067 → 01067').waitFor({ state: 'attached' });
    await page.getByText('Find and replace in the rejected rows').click();
    expect(await page.locator('details form select').inputValue()).toBe('E-Mail');

    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    expect(
      desk.sandbox
        .contacts()
        .map((contact) => contact.postal_code)
        .sort(),
    ).toEqual(['01067', '09111', '8001']);
    expect(await readFile(file, 'utf8')).toBe(FILE);
    await visit(page, 'Result');
    await page.getByRole('link', { name: 'Download rejects' }).waitFor();

    await visit(page, 'Correct');
    await page.getByLabel('E-Mail, line 3').fill('tom@example.de');
    await page.getByLabel('E-Mail, line 3').press('Enter');
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 1 contact' }).click();
    await until(async () => (await status(page)).startsWith('Finished') && desk.sandbox.contacts().length === 4);
    await visit(page, 'Result');
    await until(async () => (await page.getByRole('link', { name: 'Download rejects' }).count()) === 0);
    await page.getByRole('link', { name: 'Open the report' }).waitFor();
  });
});
