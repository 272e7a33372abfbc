import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

const STEPS = ['How it was read', 'Columns', 'Plan', 'Correct', 'Run', 'Result', 'Files'];

/** What turns text round, or is no text: in what is shown, and in what is read out. */
const RAW = `(() => {
  const said = [document.title, document.body.innerText];
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes) if (name !== 'value') said.push(value);
  return said.filter((text) => /[\\u0000-\\u0008\\u200b\\u202a-\\u202e\\u2066-\\u2069]/.test(text));
})()`;

const raw = (page: Page): Promise<string[]> => page.evaluate<string[]>(RAW);

inBrowser('a file that nobody thought of', (openTab) => {
  it('turns no text of the page round, neither by its name nor by a header or a cell', async () => {
    const desk = await uiDesk();
    const evil = '\u202egnp.exe<img src=x onerror=alert(1)>';
    const rows = [`"${evil}",ada@example.com,\u200bx`, `\u0007Bob,bob(at)example.com\u202e,${evil}`];
    await writeFile(join(desk.folder, 'list\u202evsc.csv'), `Name,Email,"\u202eColour"\n${rows.join('\n')}\n`);
    const page = await openTab(desk);
    expect(await raw(page)).toEqual([]);
    await page.getByRole('button', { name: 'vsc.csv' }).click();
    await page.getByLabel('Encoding').waitFor();
    for (const step of STEPS) {
      await visit(page, step);
      if (step === 'Correct') await page.getByRole('textbox', { name: 'Email, line 3' }).waitFor();
      if (step === 'Plan') await page.getByRole('cell', { name: /^bob\(at\)/ }).waitFor();
      expect([step, await raw(page)]).toEqual([step, []]);
      expect(await page.locator('main img').count()).toBe(0);
    }
  });

  it('is told that its name is too long, not that it is no spreadsheet', async () => {
    const desk = await uiDesk();
    const put = async (name: string): Promise<unknown> =>
      JSON.parse((await desk.ask('PUT', `/api/files/${encodeURIComponent(name)}`, peopleCsv(1))).text) as unknown;
    const tooLong = {
      code: 'bad_name',
      message: expect.stringMatching(/^The name of .{60} is too long\.$/) as unknown,
    };
    expect(await put(`${'x'.repeat(300)}.csv`)).toMatchObject(tooLong);
    // A file system counts bytes.
    expect(await put(`${'ü'.repeat(120)}.csv`)).toMatchObject(tooLong);
    expect(await put(`${'x'.repeat(196)}.csv`)).toMatchObject({ id: expect.any(String) as unknown });
  });

  it('shows the beginning of what is very long, and nothing of rows where there are none', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'long.csv'), `Name,Email,Notes\nAda,ada@example.com,${'W'.repeat(5000)}\n`);
    await writeFile(join(desk.folder, 'empty.csv'), 'Name,Email\n');
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'long.csv' }).click();
    await visit(page, 'Columns');
    const sample = page.locator('.samples').filter({ hasText: 'WWW' });
    await sample.waitFor();
    expect((await sample.innerText()).length).toBeLessThan(200);

    await visit(page, 'Files');
    await page.getByRole('button', { name: 'empty.csv' }).click();
    await visit(page, 'Plan');
    await page.getByText('Nothing has to be sent.').waitFor();
    expect(await page.getByText('Row by row').count()).toBe(0);
    expect(await status(page)).toBe('The file has no rows.');
  });

  it('says of one that is taken out of the folder what came of it, and what it is needed for', async () => {
    const desk = await uiDesk();
    for (const name of ['kept.csv', 'sent.csv']) await writeFile(join(desk.folder, name), peopleCsv(2));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'sent.csv' }).click();
    await visit(page, 'Plan');
    desk.sandbox.setFaults({ on: 'writes', probabilities: { held: 1 } });
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    // The page says that it sends before the file is read.
    await until(() => desk.sandbox.requests.some(({ method }) => method === 'POST'));
    await unlink(join(desk.folder, 'sent.csv'));
    desk.sandbox.setFaults({});
    await until(async () => (await status(page)) === 'Finished: all 2 rows are in Clarky.');
    await page.getByText('put it back under its name to verify its import, or to take it back').waitFor();
    expect(await page.getByRole('button', { name: 'Verify' }).isDisabled()).toBe(true);
    await visit(page, 'Files');
    await page.getByRole('button', { name: /sent\.csv.*Not in the folder any more.*2 in Clarky/s }).waitFor();

    await page.getByRole('button', { name: 'kept.csv' }).click();
    await visit(page, 'Plan');
    await unlink(join(desk.folder, 'kept.csv'));
    await page.getByText('The file is not in the folder any more').waitFor();
  });

  it('is taken back by its number alone, and says so where another one is typed', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(2));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    await page.getByRole('button', { name: 'Undo' }).click();
    const answer = page.getByLabel('Type 2 to take them back');
    await answer.fill('3');
    await answer.press('Enter');
    await page.getByRole('alert').getByText('That is not 2: nothing is taken back yet.').waitFor();
    expect(desk.sandbox.contacts()).toHaveLength(2);
  });
});
