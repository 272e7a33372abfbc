import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { chromiumIsInstalled, startChromium } from '../support/chromium.js';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { openTab, status, visit } from './tab.js';

const FILE = `First Name,E-mail
Ada,ada@example.com
Bob,bob(at)example.com
`;

describe.runIf(chromiumIsInstalled)('an open page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  it('shows what another tab decided, what another program saved, and what the command line sent', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FILE);
    const [one, other] = [await openTab(browser, desk), await openTab(browser, desk)];
    for (const tab of [one, other]) {
      await tab.getByRole('button', { name: 'people.csv' }).click();
      await visit(tab, 'Plan');
      await tab.getByRole('button', { name: 'Send 1 contact' }).waitFor();
    }
    await visit(one, 'Correct');
    const cell = one.getByRole('textbox', { name: 'E-mail, line 3' });
    await cell.fill('bob@example.com');
    await cell.press('Enter');
    await other.getByRole('button', { name: 'Send 2 contacts' }).waitFor();

    await writeFile(file, `${FILE}Cy,cy@example.com\n`);
    await other.getByRole('button', { name: 'Send 3 contacts' }).waitFor();

    const { key, url: apiUrl, botId: bot } = desk.sandbox;
    await importContacts({ file, key, apiUrl, bot, stateDir: false });
    await other.getByRole('button', { name: 'Send 0 contacts' }).waitFor();
    await other.getByText('3 unchanged: nothing has to be sent.').waitFor();
  });

  it('that slept through a run shows how it ended', async () => {
    const desk = await uiDesk({ sandbox: { faults: { on: 'writes', probabilities: { held: 1 } } } });
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(10));
    const page = await openTab(browser, desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 10 contacts' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Page.setWebLifecycleState', { state: 'frozen' });
    desk.sandbox.setFaults({});
    await until(async () => (await desk.ask('GET', '/api/state')).text.includes('"phase":"ended"'));
    await protocol.send('Page.setWebLifecycleState', { state: 'active' });
    await until(async () => (await status(page)).startsWith('Finished: all 10 rows'));
    expect(desk.sandbox.contacts()).toHaveLength(10);
  });

  it('says so where its question is not answered, and answers once it can again', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(2));
    const page = await openTab(browser, desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    const country = page.getByLabel('Phone numbers without + are from');
    await country.waitFor();
    await page.context().setOffline(true);
    await country.selectOption('GB');
    await page.getByRole('alert').getByText('The program does not answer.').first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole('link', { name: 'Files', exact: true }).click();
    await page.getByRole('button', { name: 'people.csv' }).click();
    await country.selectOption('GB');
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 2 contacts' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
