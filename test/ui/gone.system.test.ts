import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import { expect, it } from 'vitest';
import { peopleCsv, workplace, type Running, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';
import { inBrowser, status, visit } from './tab.js';

/** The page as a command that runs in the folder, and its address. */
async function startPage(work: Workplace): Promise<Running & { readonly ui: { newUrl(): string } }> {
  const running = work.start(['ui', '.', '--no-open', '--json'], { env: { TMPDIR: work.folder } });
  const url = await firstUrl(running.child);
  return { ...running, ui: { newUrl: () => url } };
}

async function firstUrl(child: ChildProcess): Promise<string> {
  const [first] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return (JSON.parse(first.toString()) as { url: string }).url;
}

inBrowser('a program of which a page is open', (openTab) => {
  /** A page that sends, and the server has the first contact and does not answer yet. */
  const whileItSends = async (contacts: number) => {
    const work = await workplace({ faults: { on: 'writes', probabilities: { held: 1 } } });
    await work.write('people.csv', peopleCsv(contacts));
    const running = await startPage(work);
    const page = await openTab(running);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: `Send ${contacts} contacts` }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await until(() => work.sandbox.requests.some(({ method }) => method === 'POST'));
    return { work, running, page };
  };

  it('ends at a signal, and the page says so', async () => {
    const work = await workplace();
    await work.write('people.csv', peopleCsv(3));
    const running = await startPage(work);
    const page = await openTab(running);
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
    await until(async () => (await status(page)).startsWith('The program does not answer.'));
    expect((await readdir(work.folder)).filter((name) => name !== 'state')).toEqual(['people.csv']);
  });

  it('ends from the page, which says so, and leaves what the command leaves, and nothing after forget', async () => {
    const work = await workplace();
    await work.write('people.csv', peopleCsv(3));
    const running = await startPage(work);
    const page = await openTab(running);
    await page.getByRole('button', { name: 'people.csv' }).click();
    await visit(page, 'Plan');
    await page.getByRole('button', { name: 'Send 3 contacts' }).click();
    await until(async () => (await status(page)).startsWith('Finished'));
    await visit(page, 'Files');
    await page.getByRole('button', { name: 'End the program' }).click();
    await page.getByRole('heading', { name: 'The program has ended' }).waitFor();
    expect(await running.ended).toMatchObject({ code: 0 });
    expect((await work.run('forget', 'people.csv', '--all')).code).toBe(0);
    // What was decided of the columns is the person's own, and holds nobody.
    const left = (await readdir(work.folder)).filter((name) => name !== 'state');
    expect(left).toEqual(['people.csv', 'people.csv.mapping.json']);
  });

  it('is ended from the page while it sends: the page says so, whatever is let finish', async () => {
    const { work, running, page } = await whileItSends(3);
    await visit(page, 'Files');
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/quit'));
    await page.getByRole('button', { name: 'End the program, and what is under way' }).click();
    await answered;
    await page.getByRole('heading', { name: 'The program has ended' }).waitFor();
    work.sandbox.setFaults({});
    expect(await running.ended).toMatchObject({ code: 0 });
    await page.getByRole('heading', { name: 'The program has ended' }).waitFor();
  });

  it('is killed in mid-run: the page says that nothing is lost, and the command line goes on', async () => {
    const { work, running, page } = await whileItSends(20);
    running.child.kill('SIGKILL');
    await running.ended;
    await until(async () => (await status(page)).includes('nothing is lost'));
    // Nothing is said to go on, nor to come.
    await expect.poll(() => page.getByText('You may close this page').count()).toBe(0);
    await expect.poll(() => page.locator('.status.busy, .countdown').count()).toBe(0);
    // What is pressed now is answered with a sentence, not with an error of the browser.
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('alert').getByText('The program does not answer.').waitFor();
    const command = work.run('import', 'people.csv', '--live', '--quiet');
    // The page that is opened again shows what the command line goes on with.
    const again = await openTab(await startPage(work));
    await again.getByText('Another program is at work on it').waitFor();
    await again.getByRole('button', { name: 'people.csv' }).click();
    await until(async () => (await status(again)).startsWith('Another program is at work on this file:'));
    work.sandbox.setFaults({});
    expect(await command).toMatchObject({ code: 0 });
    await visit(again, 'Result');
    await until(async () => (await status(again)) === 'Finished: all 20 rows are in Clarky.');
    const names = work.sandbox.contacts().map(({ first_name }) => first_name);
    expect([names.length, new Set(names).size]).toEqual([20, 20]);
  });
});
