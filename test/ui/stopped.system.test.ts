import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

inBrowser('what stopped an import', (openTab) => {
  it('is told, with what to do about it and the way to go on, whether something was sent or nothing', async () => {
    const desk = await uiDesk({ sandbox: { keys: 2, faults: { on: 'writes', revokeAtRequest: 10 } } });
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(30));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 30 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Stopped: '));
    await expect.poll(() => status(page)).toMatch(/ of 30 rows are done, \d+ are still to be sent\.$/);
    const why = page.getByRole('alert');
    await why.getByText(/doesn't accept the key/).waitFor();
    await why.getByText(/type another one at the top of the page/).waitFor();

    // Head and buttons know it, too: nothing can be asked of Clarky until there is another key.
    await page.getByText('does not take the key', { exact: false }).first().waitFor();
    for (const name of [/^Send \d+ contacts$/, 'Verify', 'Undo']) {
      await page.getByRole('button', { name, disabled: true }).waitFor();
    }
    await page.getByText('Clarky does not take the key: use another one at the top.').first().waitFor();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: /^Compare/, disabled: true }).waitFor();
    await visit(page, 'Result');

    const { files } = JSON.parse((await desk.ask('GET', '/api/state')).text) as { files: { id: string }[] };
    await desk.ask('POST', `/api/files/${files[0]?.id ?? ''}/run`, {});
    await until(async () => (await status(page)).includes("doesn't accept the key"));
    await page.getByText(/^Nothing was sent\. The key may be mistyped/).waitFor();

    await page.getByRole('button', { name: 'Use another key' }).click();
    await page.getByLabel(/^API key for/).fill(desk.sandbox.keys[1] ?? '');
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByRole('button', { name: /^Send \d+ contacts$/, disabled: false }).waitFor();
  });
});
