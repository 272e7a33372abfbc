import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

inBrowser("an address that is not that of Clarky's API", (openTab) => {
  it('is told of before anything is sent, and corrected on the page', async () => {
    const desk = await uiDesk({ apiUrl: ({ url }) => new URL(url).origin });
    const { host } = new URL(desk.sandbox.url);
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(3));
    const page = await openTab(desk);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('banner').getByText(`${host} doesn't look like Clarky's API`).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Correct the address' }).click();
    const address = page.getByLabel("Address of Clarky's API");
    expect(await address.inputValue()).toBe(desk.sandbox.url);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByText(`Key for ${host}`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished: all 3 rows'));
  });

  it('has what was sent there, and can take it back, whatever was sent to another one', async () => {
    const [desk, other] = [await uiDesk({ bot: null }), await startSandbox()];
    onTestFinished(() => other.close());
    await writeFile(join(desk.folder, 'people.csv'), peopleCsv(3));
    const use = async ({ url: address, key }: Sandbox): Promise<void> => {
      expect((await desk.ask('PUT', '/api/address', { address })).status).toBe(200);
      expect((await desk.ask('PUT', '/api/key', { key })).status).toBe(200);
    };
    const [here, there] = [desk.sandbox, other].map(({ url }) => new URL(url).host);
    const page = await openTab(desk);
    const send = async (): Promise<void> => {
      await visit(page, 'Plan');
      await page.getByRole('button', { name: 'Send 3 contacts' }).click();
      await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
    };
    await page.getByRole('button', { name: 'people.csv' }).click();
    await send();
    await use(other);
    await page.getByText(`Not sent to this Clarky yet, but to ${here ?? ''}: to verify it there`).waitFor();
    await page.getByRole('button', { name: 'Undo', disabled: true }).waitFor();
    expect(await status(page)).not.toContain('Finished');
    await visit(page, 'Files');
    await page.getByText(`Not sent to this Clarky yet, but to ${here ?? ''}`).waitFor();
    await send();
    expect([desk.sandbox, other].map((sandbox) => sandbox.contacts().length)).toEqual([3, 3]);

    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(`, in ${there ?? ''}?`).waitFor();
    await page.getByRole('button', { name: 'Leave them' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    // One press leads back, and the key that was given for it is known still.
    await page.getByRole('button', { name: 'Use another key' }).click();
    await page.getByRole('button', { name: 'Clarky has another address' }).click();
    await page.getByRole('button', { name: `Go on with ${desk.sandbox.url}` }).click();
    await page.getByText(`Key for ${here ?? ''}`, { exact: true }).waitFor();
    await page
      .getByRole('banner')
      .getByText(here ?? '')
      .waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(`, in ${here ?? ''}?`).waitFor();
    await page.getByLabel('Type 3 to take them back').fill('3');
    await page.getByRole('button', { name: 'Take them back' }).click();
    await until(async () => (await status(page)).startsWith('Finished: 3 contacts deleted'));
    // Whether nothing is left there can be seen.
    await page.getByRole('button', { name: 'Verify', disabled: false }).waitFor();
    expect([desk.sandbox, other].map((sandbox) => sandbox.contacts().length)).toEqual([0, 3]);
  });

  it('is told of by the plan of a file that went to another one, and taken again with one press', async () => {
    const [desk, other] = [await uiDesk({ bot: null }), await startSandbox()];
    onTestFinished(() => other.close());
    const file = join(desk.folder, 'people.csv');
    await writeFile(file, peopleCsv(3));
    const { url: apiUrl, key, botId: bot } = other;
    const rate = { writes: Number.POSITIVE_INFINITY, seconds: 60 };
    await importContacts({ file, key, apiUrl, bot, rate, stateDir: false });
    const { host } = new URL(other.url);
    const page = await openTab(desk, { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByText(`Not sent to this Clarky yet, but to ${host}: if it is meant for there again`).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.getByRole('button', { name: `Go on with ${host}` }).click();
    await page.getByLabel(`API key for ${host}`).fill(key);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText(`Key for ${host}`, { exact: true }).waitFor();
    await page.getByText('Nothing has to be sent.').first().waitFor();
    expect(await page.getByRole('button', { name: 'Go on with' }).count()).toBe(0);
  });

  it('takes the key along on its own host alone', async () => {
    const { ask } = await uiDesk();
    const put = async (address: string): Promise<number> => (await ask('PUT', '/api/address', { address })).status;
    const key = async (): Promise<unknown> =>
      (JSON.parse((await ask('GET', '/api/state')).text) as { key: { isThere: boolean } }).key.isThere;
    expect(await put('http://clarky.example/api/v1'), 'the key would be sent in the clear').toBe(422);
    expect(await put('https://somebody@clarky.example/api/v1')).toBe(422);
    expect(await key()).toBe(true);
    expect(await put('https://clarky.example/api/v1')).toBe(200);
    expect(await key()).toBe(false);
  });
});
