import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { peopleCsv, workplace } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit, violationsOf } from './tab.js';

const FILE = `First Name,E-mail
Ada,ada@example.com
Bob,bob(at)example.com
`;

inBrowser('an open page', (openTab) => {
  /** A list in two tabs, each at the same step. */
  const inTwoTabs = async (step: 'Plan' | 'Correct') => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FILE);
    const [one, other] = [await openTab(desk), await openTab(desk)];
    for (const tab of [one, other]) {
      await tab.getByRole('button', { name: 'people.csv' }).click();
      await visit(tab, step);
    }
    return { desk, file, one, other };
  };

  it('shows what another tab decided, what another program saved, and what the command line sent', async () => {
    const { desk, file, one, other } = await inTwoTabs('Plan');
    for (const tab of [one, other]) {
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

  it('keeps what another tab has corrected where something else is half typed, and forgets what was busy', async () => {
    const { desk, file, one, other } = await inTwoTabs('Correct');
    for (const tab of [one, other]) {
      await tab.getByRole('textbox', { name: 'E-mail, line 3' }).waitFor();
    }
    const halfTyped = other.getByRole('textbox', { name: 'E-mail, line 3' });
    await halfTyped.fill('half typ');
    const cell = one.getByRole('textbox', { name: 'E-mail, line 3' });
    await cell.fill('bob@example.com');
    await cell.press('Enter');
    await halfTyped.waitFor({ state: 'detached' });
    for (const tab of [one, other]) {
      await visit(tab, 'Plan');
      await tab.getByRole('button', { name: 'Send 2 contacts' }).waitFor();
    }
    expect(await readFile(`${file}.edits.json`, 'utf8')).toContain('"bob@example.com"');

    // It is pressed before this tab has heard that the other one has begun.
    desk.sandbox.setFaults({ on: 'writes', probabilities: { held: 1 } });
    await other.route('**/run', async (route) => {
      await one.getByRole('button', { name: 'Send 2 contacts' }).click();
      await until(async () => (await status(one)).startsWith('Sending'));
      await route.continue();
    });
    await other.getByRole('button', { name: 'Send 2 contacts' }).click();
    const busy = other.getByText('Something is under way with this file: wait, or stop it.');
    await busy.waitFor();
    desk.sandbox.setFaults({});
    await busy.waitFor({ state: 'detached' });
    await until(() => desk.sandbox.contacts().length === 2);
  });

  it('shows what the command line sends just now, to its end, and sends nothing itself', async () => {
    const work = await workplace({ faults: { on: 'writes', probabilities: { held: 1 } } });
    await work.write('people.csv', peopleCsv(10));
    const desk = await uiDesk({ folder: work.folder, api: work.sandbox });
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 10 contacts' }).waitFor();
    const command = work.run('import', 'people.csv', '--live', '--quiet');
    await until(async () =>
      (await status(page)).startsWith('Another program is at work on this file: 0 of 10 contacts'),
    );
    await page.getByRole('button', { name: 'Send 10 contacts', disabled: true }).waitFor();
    await visit(page, 'Run');
    await page.getByRole('progressbar', { name: 'Contacts in Clarky' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    // A page that is opened meanwhile shows the same.
    const other = await openTab(desk);
    await other.getByText('Another program is at work on it').waitFor();
    desk.sandbox.setFaults({});
    expect(await command).toMatchObject({ code: 0 });
    await until(async () => !(await status(page)).startsWith('Another'));
    await visit(page, 'Result');
    await until(async () => (await status(page)) === 'Finished: all 10 rows are in Clarky.');
    await page.getByRole('button', { name: 'Undo', disabled: false }).waitFor();
    expect(desk.sandbox.contacts()).toHaveLength(10);
    expect(JSON.parse((await desk.ask('GET', '/api/state')).text)).toMatchObject({ jobs: [] });
  });

  it('that slept through a run shows how it ended', async () => {
    const desk = await uiDesk({ sandbox: { faults: { on: 'writes', probabilities: { held: 1 } } } });
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(10));
    const page = await openTab(desk);
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

  it('that hears of the end of a run before the answer to its press shows the end', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(2));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.route('**/run', async (route) => {
      const response = await route.fetch();
      await until(async () => (await status(page)) === '2 unchanged: nothing has to be sent.');
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Result' }).waitFor();
    await until(async () => (await status(page)) === 'Finished: all 2 rows are in Clarky.');
    await page.getByRole('button', { name: 'Verify', disabled: false }).waitFor();
  });

  it('says so where its question is not answered, and answers once it can again', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(2));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    const country = page.getByLabel('Phone numbers without + are from');
    await country.waitFor();
    await page.context().setOffline(true);
    await country.selectOption('GB');
    await page.getByRole('alert').getByText('The program does not answer.').first().waitFor();
    await page.context().setOffline(false);
    await visit(page, 'Files');
    await page.getByRole('button', { name: 'people.csv' }).click();
    await country.selectOption('GB');
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 2 contacts' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
