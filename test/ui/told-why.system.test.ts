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
});
