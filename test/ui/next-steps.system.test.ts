import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FileEntry, JobView, RowPage, UiState } from '../../src/ui/wire.js';
import { peopleCsv } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk, type UiDesk } from './desk.js';
import { inBrowser, status, violationsOf, visit } from './tab.js';

const COUPLE = `First Name,Last Name,E-mail,Phone
Fay,Fox,fox@example.com,+442079460001
Max,Fox,fox@example.com,+442079460002
Bo,Berg,bo@example.com,020 7946 0003
Cy,Cole,cy@example.com,
`;

async function deskWith(text: string): Promise<{ desk: UiDesk; id: string; file: string }> {
  const desk = await uiDesk();
  const file = join(desk.folder, 'people.csv');
  await writeFile(file, text);
  const [{ id } = { id: '' }] = JSON.parse((await desk.ask('GET', '/api/files')).text) as FileEntry[];
  return { desk, id, file };
}

const jobOf = async ({ ask }: UiDesk, id: string): Promise<JobView> =>
  (JSON.parse((await ask('GET', `/api/files/${id}/run`)).text) as { job: JobView }).job;

async function ended(desk: UiDesk, id: string): Promise<void> {
  await until(async () => (await jobOf(desk, id)).phase === 'ended');
}

it('of rows that the file alone held back, those that one correction has freed are no more to be corrected', async () => {
  const { desk, id, file } = await deskWith(COUPLE);
  await desk.ask('POST', `/api/files/${id}/run`, {});
  await ended(desk, id);
  const rejected = async (): Promise<number[]> =>
    (JSON.parse((await desk.ask('GET', `/api/files/${id}/rejected`)).text) as RowPage).rows.map(({ line }) => line);
  expect(await rejected()).toEqual([2, 3, 4]);
  const correction = { line: 2, column: 'E-mail', was: 'fox@example.com', value: 'fay@example.com' };
  await desk.ask('PUT', `/api/files/${id}/edits`, { corrections: [correction] });
  expect(await rejected()).toEqual([4]);
  await desk.ask('PATCH', `/api/files/${id}/reading`, { country: 'GB' });
  expect(await rejected()).toEqual([]);
  // The report says of each next step what to press, and what to type.
  const report = await readFile(`${file}.report.html`, 'utf8');
  for (const press of ['then press “Send” under “Plan”', '“Verify” under “Result”', '“Undo” under “Result”']) {
    expect(report).toContain(`${press}. In a terminal:`);
  }
});

it('of an undo the number to be typed is that of the contacts that are there to be taken back', async () => {
  const { desk, id } = await deskWith(peopleCsv(3));
  await desk.ask('POST', `/api/files/${id}/run`, {});
  await ended(desk, id);
  const [{ id: gone } = { id: '' }] = desk.sandbox.contacts();
  await fetch(`${desk.sandbox.url}/contacts/${gone}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${desk.sandbox.key}` },
  });
  await desk.ask('POST', `/api/files/${id}/undo`);
  await until(async () => (await jobOf(desk, id)).phase === 'asking');
  const { undoPlan, sentence } = await jobOf(desk, id);
  expect(undoPlan).toMatchObject({ contacts: 2, toDelete: 2 });
  expect(sentence).toBe('2 contacts would be taken back. Nothing has been done yet.');
  expect((await desk.ask('POST', `/api/files/${id}/undo/answer`, { contacts: 3 })).status).toBe(422);
  await desk.ask('POST', `/api/files/${id}/undo/answer`, { contacts: 2 });
  await ended(desk, id);
  expect(desk.sandbox.contacts()).toEqual([]);
});

it('a key is called good once Clarky has taken it, and not before', async () => {
  const { ask, sandbox } = await uiDesk();
  const isGood = async (): Promise<boolean | null> =>
    (JSON.parse((await ask('GET', '/api/state')).text) as UiState).key.isGood;
  expect(await isGood()).toBeNull();
  await ask('GET', '/api/bots');
  expect(await isGood()).toBe(true);
  await ask('PUT', '/api/key', { key: 'ck_live_of_nobody' });
  expect(await isGood()).toBeNull();
  await ask('GET', '/api/bots');
  expect(await isGood()).toBe(false);
  await ask('PUT', '/api/key', { key: sandbox.key });
  await ask('GET', '/api/bots');
  expect(await isGood()).toBe(true);
});

inBrowser('the page leads on', (openTab) => {
  it('from a stop before the first contact, and to the file of which something is asked', async () => {
    const { desk } = await deskWith(peopleCsv(3));
    await writeFile(join(desk.folder, 'other.csv'), peopleCsv(2).replaceAll('person', 'other'));
    const page = await openTab(desk);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Result');
    await page.getByRole('button', { name: 'Next: Plan' }).click();
    await page.getByRole('button', { name: 'Send 3 contacts' }).waitFor();
    desk.sandbox.setFaults({ on: 'reads', probabilities: { held: 1 } });
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    const heard = page.waitForResponse((answer) => answer.url().endsWith('/run/stop'));
    await page.getByRole('button', { name: 'Stop' }).click();
    await heard;
    desk.sandbox.setFaults({});
    await until(async () => (await status(page)).startsWith('Stopped'));
    await expect.poll(() => status(page)).toBe('Stopped before the first contact was sent.');
    expect(desk.sandbox.contacts()).toEqual([]);
    await page.getByRole('heading', { level: 1, name: 'Result' }).waitFor();
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('3 contacts would be deleted').waitFor();

    await visit(page, 'Files');
    await page.getByRole('button', { name: 'other.csv' }).click();
    await page.getByText('it is asked whether to take it back').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'people.csv' }).click();
    await page.getByRole('button', { name: 'Leave them' }).click();
    await until(async () => (await status(page)) === 'Finished: all 3 rows are in Clarky.');
  });

  it('to the columns of a table that is wider than the page', async () => {
    const names = Array.from({ length: 6 }, (_, at) => `Column ${at}`);
    const { desk } = await deskWith(`E-mail,${names.join(',')}\nada@example.com,${names.join(',')}\n`);
    const page = await openTab(desk, { viewport: { width: 390, height: 800 } });
    await page.getByRole('button', { name: 'people.csv' }).click();
    const sign = page.getByText('scroll the table sideways');
    await sign.waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    await sign.waitFor({ state: 'detached' });
  });
});
