import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { peopleCsv } from '../support/cli.js';
import { privateFolder } from '../support/folder.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, visit } from './tab.js';

inBrowser('what was sent from the page', (openTab) => {
  it('is compared with Clarky, and taken back once its number was typed', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(3));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Verify', disabled: true }).waitFor();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));

    await page.getByRole('button', { name: 'Verify' }).click();
    await until(async () => (await status(page)).startsWith('Finished: all 3 contacts'));
    expect(await status(page)).toBe('Finished: all 3 contacts in Clarky are as the file says.');

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('3 contacts would be deleted').waitFor();
    const takeBack = page.getByRole('button', { name: 'Take them back' });
    const number = page.getByLabel('Type 3 to take them back');
    await number.fill('4');
    expect(await takeBack.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Leave them' }).click();
    await until(async () => (await status(page)).startsWith('Stopped'));
    expect(desk.sandbox.contacts()).toHaveLength(3);

    await page.getByRole('button', { name: 'Undo' }).click();
    await number.fill('3');
    await page.keyboard.press('Enter');
    await until(async () => (await status(page)).startsWith('Finished'));
    expect(await status(page)).toBe('Finished: 3 contacts deleted, 0 set back.');
    expect(desk.sandbox.contacts()).toEqual([]);
    await page.getByRole('button', { name: 'Undo', disabled: true }).waitFor();
    await page.getByRole('cell', { name: 'Taken back: 3 deleted' }).waitFor();
    await page.getByText('The last import was taken back.').waitFor();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).waitFor();
  });

  it('is told of with the reasons that only Clarky could give', async () => {
    const desk = await uiDesk();
    const { key, url: apiUrl, botId: bot } = desk.sandbox;
    const elsewhere = join(await privateFolder(), 'zoe.csv');
    await writeFile(elsewhere, 'First Name,Last Name,E-mail,Phone\nZoe,Moss,zoe@example.com,+12125550147\n');
    await importContacts({ file: elsewhere, key, apiUrl, bot, stateDir: false });
    await writeFile(
      join(desk.folder, 'two.csv'),
      'First Name,Last Name,E-mail,Phone\nJohn,Smith,john@example.com,+12125550147\nAda,Roe,ada@example.com,\n',
    );
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'two.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 2 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    await page.getByRole('heading', { name: 'Rejected for what Clarky has, or says' }).waitFor();
    await page.getByText('Different people with one phone').waitFor();
    expect(desk.sandbox.contacts().map(({ first_name }) => first_name)).toEqual(['Zoe', 'Ada']);
  });
});
