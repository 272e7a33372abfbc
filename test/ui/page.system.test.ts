import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planContacts } from '../../src/run/plan/plan.js';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, newTab, status, visit, violationsOf } from './tab.js';

const FILE = `First Name,E-mail,Phone,Deal Value,Colour
Ada,ada@example.com,+442079460000,"1,234",red
Bob,bob(at)example.com,,,
Cy,cy@example.com,+442079460001,,<b>blue</b>
`;

const STEPS = ['Files', 'How it was read', 'Columns', 'Plan', 'Correct', 'Run', 'Result'];

inBrowser('the page in a browser', (openTab, browser) => {
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'takes a file, corrects it and sends it; each screen without a violation (%s, %i wide)',
    async (colorScheme, width) => {
      const desk = await uiDesk();
      const page = await openTab(desk, { colorScheme, viewport: { width, height: 900 } });
      await page
        .getByLabel('Spreadsheet')
        .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
      await page.getByRole('cell', { name: 'bob(at)example.com' }).waitFor();
      const file = join(desk.folder, 'people.csv');

      await visit(page, 'Plan');
      await page.getByRole('button', { name: 'Send 1 contact' }).waitFor();
      await page.getByText('Not sent: Colour.').waitFor();
      const { created, rejected } = await planContacts({ file });
      expect([created, rejected]).toEqual([1, 2]);

      await visit(page, 'Columns');
      await page.getByLabel('the point is the decimal mark: 1,234 is 1234', { exact: true }).click();
      await page.getByLabel('Colour').selectOption('custom:Colour');
      await until(async () =>
        (await readFile(`${file}.mapping.json`, 'utf8').catch(() => '')).includes('custom:Colour'),
      );

      await visit(page, 'Correct');
      const cell = page.getByRole('textbox', { name: 'E-mail, line 3' });
      await cell.fill('bob@example.com');
      await cell.press('Enter');
      await page.getByText('there is nothing to correct').waitFor();
      expect(JSON.parse(await readFile(`${file}.edits.json`, 'utf8'))).toMatchObject([
        { line: 3, column: 'E-mail', was: 'bob(at)example.com', value: 'bob@example.com' },
      ]);

      for (const step of STEPS) {
        await visit(page, step);
        if (step === 'How it was read')
          await page.getByRole('cell', { name: 'bob(at)example.com you corrected it to bob@example.com' }).waitFor();
        expect([step, await violationsOf(page)]).toEqual([step, []]);
        expect([step, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([step, 0]);
      }
      await visit(page, 'Plan');
      await page.getByRole('button', { name: 'Send 3 contacts' }).click();
      await until(async () => (await status(page)).startsWith('Finished'));
      await expect.poll(() => status(page)).toBe('Finished: all 3 rows are in Clarky.');
      await page.getByRole('link', { name: 'Open the report' }).waitFor();
      await expect.poll(() => violationsOf(page)).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe(FILE);
      expect(await planContacts({ file, apiUrl: desk.sandbox.url })).toMatchObject({ unchanged: 3 });
    },
  );

  it('stops, survives a reload, and goes on', async () => {
    const desk = await uiDesk({ sandbox: { faults: { on: 'writes', probabilities: { held: 1 } } } });
    await writeFile(join(desk.folder, 'many.csv'), `${peopleCsv(30)}Ann,Bad,bad@@example.com,Acme\n`);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'many.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 30 contacts' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    // What would be typed there now could not be kept.
    await visit(page, 'Correct');
    const cell = page.getByLabel('Email, line 32');
    await cell.waitFor();
    await expect.poll(() => cell.isDisabled()).toBe(true);
    await visit(page, 'Run');
    await page.reload();
    await page.getByRole('button', { name: 'Stop' }).click();
    desk.sandbox.setFaults({});
    await until(async () => /^(Stopped|Finished)/.test(await status(page)));
    if ((await status(page)).startsWith('Stopped')) {
      await visit(page, 'Plan');
      await page.getByRole('button', { name: /^Send \d+ contacts?$/ }).click();
      await until(async () => (await status(page)).startsWith('Finished'));
    }
    await expect.poll(() => status(page)).toBe('Finished: 30 rows of 31 are in Clarky, 1 was rejected.');
    expect(desk.sandbox.contacts()).toHaveLength(30);
    await visit(page, 'Correct');
    await until(() => cell.isEnabled());
  });

  it('says why a newer file can’t take the place of one that is being sent, for as long as it is', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(1));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    desk.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'held' }] });
    await page.getByRole('button', { name: 'Send 1 contact' }).click();
    await until(async () => (await status(page)).startsWith('Sending'));
    await visit(page, 'Files');
    const newer = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(peopleCsv(2)) };
    await page.getByLabel('Spreadsheet').setInputFiles(newer);
    await page.getByRole('button', { name: 'Replace it' }).click();
    const why = page.getByText('people.csv is being worked on: wait, or stop it.');
    await why.waitFor();
    desk.sandbox.setFaults({});
    await why.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Replace it' }).click();
    await page.getByRole('heading', { level: 1, name: 'How it was read' }).waitFor();
  });

  it('asks before a newer file of the same name takes the place of one, and is done by keyboard alone', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), FILE);
    const page = await openTab(desk);
    const newer = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(peopleCsv(2)) };
    await page.getByLabel('Spreadsheet').setInputFiles(newer);
    await page.getByRole('button', { name: 'Replace it' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'How it was read' }).waitFor();
    await page.getByRole('link', { name: 'Plan', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Send 2 contacts' }).waitFor();
    await page.getByRole('button', { name: 'Send 2 contacts' }).focus();
    await page.keyboard.press('Enter');
    await until(async () => (await status(page)).startsWith('Finished'));
    expect(desk.sandbox.contacts()).toHaveLength(2);
    // A second tab has the same in view.
    const other = await openTab(desk);
    await other.getByRole('button', { name: 'people.csv' }).waitFor();
  });

  it('says so where its address was used before', async () => {
    const desk = await uiDesk();
    const url = desk.ui.newUrl();
    const page = await newTab(browser());
    await page.goto(url);
    await page.getByRole('status').waitFor();
    const late = await newTab(browser());
    await late.goto(url);
    await late.getByRole('heading', { name: 'This address was used before' }).waitFor();
  });
});
