import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

inBrowser('what stopped an import', (openTab) => {
  it('is told, with what to do about it and the way to go on, whether something was sent or nothing', async () => {
    const desk = await uiDesk({ sandbox: { faults: { on: 'writes', revokeAtRequest: 10 } } });
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(30));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 30 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Stopped: '));
    expect(await status(page)).toMatch(/ of 30 rows are done, \d+ are still to be sent\.$/);
    const why = page.getByRole('alert');
    await why.getByText(/doesn't accept the key/).waitFor();
    await why.getByText(/type another one at the top of the page/).waitFor();

    await page.getByRole('button', { name: /^Send \d+ contacts$/ }).click();
    await until(async () => (await status(page)).includes("doesn't accept the key"));
    await page.getByText(/^Nothing was sent\. The key may be mistyped/).waitFor();
    await page.getByRole('button', { name: /^Send \d+ contacts$/, disabled: false }).waitFor();
  });
});
