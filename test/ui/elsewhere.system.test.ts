import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { FileEntry, PastRun } from '../../src/ui/wire.js';
import { peopleCsv, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';
import { workbook } from '../support/workbook.js';
import { uiDesk, type UiDesk } from './desk.js';
import { inBrowser, status, violationsOf } from './tab.js';

const SENT = 3;

/** Lets a few contacts in, and then none for long. */
const startOf = async (): Promise<Workplace> => {
  const work = await workplace({ writes: { limit: SENT, windowMs: 3_600_000 } });
  await work.write('people.csv', peopleCsv(12));
  return work;
};

const entryOf = async (desk: UiDesk, file = 'people.csv'): Promise<FileEntry> => {
  const { files } = JSON.parse((await desk.ask('GET', '/api/state')).text) as { files: FileEntry[] };
  const entry = files.find(({ name }) => name === file);
  if (entry === undefined) throw new Error('The file is not listed.');
  return entry;
};

const runsOf = async (desk: UiDesk, { id }: FileEntry): Promise<readonly PastRun[]> =>
  (JSON.parse((await desk.ask('GET', `/api/history?file=${id}`)).text) as { runs: PastRun[] }).runs;

inBrowser('a run of another program', (openTab) => {
  it('is counted where it sends, whatever the page is set to, and asked to stop once that is confirmed', async () => {
    const work = await startOf();
    const running = work.start(['import', 'people.csv', '--live']);
    await until(() => work.sandbox.contacts().length === SENT);
    const desk = await uiDesk({ folder: work.folder });
    await until(async () => (await entryOf(desk)).accepted === SENT);
    const { host } = new URL(work.sandbox.url);
    const page = await openTab(desk, { viewport: { width: 390, height: 844 } });
    await page.getByText(`Another program is at work on it: ${SENT} in ${host} so far`).waitFor();
    await page.getByRole('button', { name: 'people.csv' }).click();
    await expect
      .poll(() => status(page))
      .toBe(`Another program is at work on this file: ${SENT} of 12 contacts are in ${host}.`);
    await page.getByText(`It works with ${host}, bot ${work.sandbox.botId}, where its contacts are counted.`).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Let it go on' }).click();
    expect(running.child.exitCode).toBeNull();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: `Stop process ${running.child.pid ?? 0}` }).click();
    expect(await running.ended).toMatchObject({ code: 143, signal: null });
    await until(async () => !(await status(page)).includes('Another program'));
    const entry = await entryOf(desk);
    expect(entry).toMatchObject({ elsewhere: null, sentTo: [{ name: host }] });
    expect(await runsOf(desk, entry)).toMatchObject([{ created: SENT, pending: 12 - SENT, isCutOff: false }]);
  });
});

it('a run that is killed is told of as cut off, with what it had sent, and one that goes on is not', async () => {
  const work = await startOf();
  const desk = await uiDesk({ folder: work.folder, api: work.sandbox });
  const running = work.start(['import', 'people.csv', '--live']);
  await until(async () => (await entryOf(desk)).accepted === SENT);
  expect(await runsOf(desk, await entryOf(desk))).toEqual([]);
  running.child.kill('SIGKILL');
  await running.ended;
  const entry = await entryOf(desk);
  expect(entry.elsewhere).toBeNull();
  expect(await runsOf(desk, entry)).toMatchObject([
    { kind: 'import', at: entry.lastRun?.at, created: SENT, pending: 12 - SENT, isCutOff: true },
  ]);
});

it('a run of a workbook that is killed is told of with its sheet', async () => {
  const work = await startOf();
  const rowsOf = (company: string): string[][] => [
    ['Email', 'Company'],
    ...[1, 2, 3, 4].map((nth) => [`${company}${nth}@x.com`, company]),
  ];
  await writeFile(work.path('book.xlsx'), workbook({ East: rowsOf('east'), West: rowsOf('west') }));
  const desk = await uiDesk({ folder: work.folder, api: work.sandbox });
  const running = work.start(['import', 'book.xlsx', '--sheet', 'West']);
  await until(async () => (await entryOf(desk, 'book.xlsx')).accepted === SENT);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(await runsOf(desk, await entryOf(desk, 'book.xlsx'))).toMatchObject([
    { kind: 'import', sheet: 'West', created: SENT, pending: 1, isCutOff: true },
  ]);
});

it('only the program that was seen is asked to stop, once, and only while it is at work', async () => {
  const work = await startOf();
  const desk = await uiDesk({ folder: work.folder, api: work.sandbox });
  const { id } = await entryOf(desk);
  const stop = async (process: number): Promise<number> =>
    (await desk.ask('POST', `/api/files/${id}/run/stop-elsewhere`, { process })).status;
  expect(await stop(1)).toBe(409);
  const running = work.start(['import', 'people.csv', '--live']);
  await until(async () => (await entryOf(desk)).accepted === SENT);
  const pid = running.child.pid ?? 0;
  expect(await stop(process.pid)).toBe(409);
  expect((await entryOf(desk)).elsewhere).toMatchObject({ process: pid, stop: 'here', isHere: true });
  // Twice at once: a second signal would have it quit without a word.
  expect((await Promise.all([stop(pid), stop(pid)])).every((code) => code === 200 || code === 409)).toBe(true);
  const ended = await running.ended;
  expect(ended).toMatchObject({ code: 143 });
  expect(ended.stderr).toContain('Stopped by SIGTERM');
  expect(await stop(pid)).toBe(409);
});
