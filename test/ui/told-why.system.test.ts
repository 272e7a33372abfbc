import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

inBrowser('a file of which nothing can be sent', (openTab) => {
  it('says for what in the line of the moment, and has each encoding once', async () => {
    const desk = await uiDesk();
    const rows = ['0711 123456', '0711 123457'].map((phone, at) => `J\u00fcrgen ${at},${phone}`);
    await writeFile(join(desk.folder, 'phones.csv'), ['Vorname,Telefon', ...rows, ''].join('\n'), 'latin1');
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'phones.csv' }).click();
    const encoding = page.getByLabel('Encoding');
    await encoding.waitFor();
    const names = await encoding.locator('option').allTextContents();
    expect(names).toContain('Windows-1252');
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    await visit(page, 'Plan');
    const why = '2 rejected: nothing can be sent, for this: a phone without its country.';
    await until(async () => (await status(page)) === why);
  });

  it('tells every reason where rows are corrected, and opens the country of a phone that cannot be read', async () => {
    const desk = await uiDesk();
    // A British number beside the wrong country, an e-mail that is none twice, and a row with neither.
    const rows = [
      'Ada,07700 900123,US,',
      'Ben,,GB,ben(at)x',
      'Cleo,,GB,cleo(at)x',
      'Dan,,GB,',
      'Eve,,GB,eve@example.com',
    ];
    await writeFile(join(desk.folder, 'people.csv'), ['Name,Phone,Country,Email', ...rows, ''].join('\n'));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await page.getByLabel('Encoding').waitFor();
    await visit(page, 'Plan');
    await visit(page, 'Correct');
    const hints = page.locator('ul.hints > li');
    await hints.first().waitFor();
    expect(await hints.allTextContents()).toEqual([
      "2 rows: the e-mail can't be read. Correct the address.",
      expect.stringContaining("1 row: the phone can't be read."),
      expect.stringContaining('1 row: neither an e-mail nor a phone.'),
    ]);
    // What is replaced is most often in the column for which most rows are rejected.
    await page.getByText('Find and replace in the rejected rows').click();
    const where = page.locator('details').filter({ hasText: 'Find and replace' }).locator('select');
    expect(await where.inputValue()).toBe('Email');
    const country = page.getByRole('textbox', { name: 'Country, line 2' });
    await country.fill('GB');
    await country.press('Enter');
    await until(async () => (await page.getByRole('textbox', { name: 'Country, line 2' }).count()) === 0);
    expect(await hints.count()).toBe(2);
  });

  it('does not send whoever is at “How it was read” to “How it was read”', async () => {
    const desk = await uiDesk();
    await writeFile(
      join(desk.folder, 'broken.csv'),
      Buffer.concat([Buffer.from('\ufeffName,Email\n'), Buffer.from('J\u00fcrgen,j@example.com\n', 'latin1')]),
    );
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'broken.csv' }).click();
    await page.getByText('Choose the encoding.').waitFor();
  });
});
