import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

const row = (name: string, company = 'Acme'): string => `${name},${name}@x.com,${company}\n`;
const HEADER = 'First Name,E-mail,Company\n';
const FIRST = HEADER + ['ann', 'bob', 'cy', 'di'].map((name) => row(name)).join('');

inBrowser('what is said beside the button that sends', (openTab) => {
  it('is what becomes of everybody: sent, there with other values, left as they are, folded, rejected', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, FIRST);
    desk.sandbox.setFaults({ forEmail: { 'di@x.com': '422' } });
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 4 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    desk.sandbox.setFaults({});

    const more = row('ann', 'Other') + row('eve') + row('flo') + row('flo') + 'gil,gil(at)x.com,Acme\n';
    await writeFile(file, FIRST.replace(row('ann'), '') + more);
    await visit(page, 'Plan');
    const send = page.locator('.onward').filter({ has: page.getByRole('button', { name: 'Send 3 contacts' }) });
    await send.getByText('1 of them is there with other values.').waitFor();
    const said = (await send.innerText()).replace(/\s+/g, ' ');
    expect(said).toContain('2 contacts stay as they are. 1 row goes with another row of the same contact.');
    expect(said).toContain('2 rows would stay behind.');

    await page.getByText('What to send', { exact: true }).click();
    const resend = page.getByRole('checkbox', { name: /^Send again what was sent before/ });
    const left = page.getByText('2 contacts were sent before: they are left out, and stay in Clarky as they are.');
    await left.waitFor();
    await page.getByText('1 row is left out, and stays as it is: rejected.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await resend.check();
    await page.getByRole('button', { name: 'Send 5 contacts' }).waitFor();
    await until(async () => (await left.count()) === 0);
  });

  it('says nothing of what would be where a tick is taken off, as long as it is there', async () => {
    const desk = await uiDesk();
    await writeFile(join(desk.folder, 'people.csv'), FIRST);
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 4 contacts' }).waitFor();
    const unticked = page.getByText("is not checked where “Read Clarky's contacts first” is unticked");
    expect(await unticked.count()).toBe(0);
    await page.getByText('What to send', { exact: true }).click();
    await page.getByRole('checkbox', { name: /^Read Clarky/ }).uncheck();
    await unticked.waitFor();
  });
});
