import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

inBrowser('an import that meets something on its way', (openTab) => {
  it('tells it with the result, in words for the page', async () => {
    const desk = await uiDesk({ sandbox: { readings: { accepts: 'objects' } } });
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(3));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    await visit(page, 'Result');
    await page.getByRole('heading', { name: 'Met on the way' }).waitFor();
    const said = page.getByText('Clarky wants e-mails and phones as', { exact: false });
    expect(await said.allTextContents()).toEqual([
      'Clarky wants e-mails and phones as objects: they are sent so from now on, in later runs too.',
    ]);
  });
});
