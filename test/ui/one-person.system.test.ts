import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { uiDesk } from './desk.js';
import { inBrowser, visit } from './tab.js';

const FILE = [
  'Name,E-Mail,E-Mail 2,Telefon',
  'Jörg Müller,joerg@example.de,,+491712345020',
  'Jörg Müller,jm@example.org,,+491712345020',
  '',
].join('\n');

inBrowser('one person in two rows, with one phone and two e-mails', (openTab) => {
  it('has the cell for both e-mails where that is advised, and becomes one contact by it', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'k.csv'), FILE);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'k.csv' }).click();
    await visit(page, 'Correct');
    await page.getByText('write both e-mails into one cell').waitFor();
    await page.getByRole('textbox', { name: 'Telefon, line 3' }).waitFor();
    const boxes = await page.getByRole('region', { name: 'Rejected rows' }).getByRole('textbox').all();
    const cells = await Promise.all(boxes.map((box) => box.getAttribute('aria-label')));
    expect(cells).toEqual(['Telefon, line 2', 'E-Mail, line 2', 'Telefon, line 3', 'E-Mail, line 3']);
    // Only what the two have in common can be left out: an e-mail that is nobody else's would be lost.
    const leaving = await page.getByRole('button', { name: /^Leave .* out$/ }).allInnerTexts();
    expect(leaving).toEqual(['Leave this value out', 'Leave this value out']);
    const cell = page.getByRole('textbox', { name: 'E-Mail, line 2' });
    await cell.fill('joerg@example.de; jm@example.org');
    await cell.press('Enter');
    await page.getByText('there is nothing to correct').waitFor();
    await page.getByRole('button', { name: 'Next: Plan' }).click();
    await page.getByRole('button', { name: 'Send 1 contact' }).waitFor();
  });
});
