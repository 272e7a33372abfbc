import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OUTCOMES } from '../../src/report/charts/outcome-bar.js';
import type { FileEntry, JobView, PastRun } from '../../src/ui/wire.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { until } from '../support/until.js';
import { uiDesk, type UiDesk } from './desk.js';

/** Created, merged and rejected rows, different numbers of each; `at` tells the people of one file from those of another. */
function listOf(at: string): string {
  const rows = [1, 2, 3, 4].map((n) => `P${n},p${n}@${at}.example`);
  const twice = [1, 2].map((n) => `P${n},p${n}@${at}.example`);
  return `First Name,Email\n${[...rows, ...twice, 'Bad,nobody'].join('\n')}\n`;
}

const EXPECTED = { created: 4, updated: 0, unchanged: 0, merged: 2, rejected: 1, pending: 0 };

type Told = Partial<Record<(typeof OUTCOMES)[number], number>>;

/** All of the counts, those that are not told as 0. */
const all = (told: Told): Told => Object.fromEntries(OUTCOMES.map((name) => [name, told[name] ?? 0]));

const inTerminal = (text: string): Told =>
  all(
    Object.fromEntries(
      [...text.matchAll(/^ {2}([a-z]+) +([\d,]+) /gm)].map(([, name = '', count]): [string, number] => [
        name,
        Number(count),
      ]),
    ),
  );

async function inReport(file: string): Promise<Told> {
  const text = await readFile(`${file}.report.html`, 'utf8');
  const items = text.matchAll(/<b>([\d,]+)<\/b><span class="name">(\w+)<\/span>/g);
  return all(Object.fromEntries([...items].map(([, count, name = '']): [string, number] => [name, Number(count)])));
}

/** What the page tells of a file: in its list of files, and in its history. */
async function onPage({ ask }: UiDesk, name: string): Promise<{ entry: FileEntry; list: Told; history: Told }> {
  const { files } = JSON.parse((await ask('GET', '/api/state')).text) as { files: readonly FileEntry[] };
  const entry = files.find((one) => one.name === name);
  if (entry === undefined) throw new Error(`the page does not list ${name}`);
  const { runs } = JSON.parse((await ask('GET', `/api/history?file=${entry.id}`)).text) as { runs: readonly PastRun[] };
  const [last] = runs;
  return { entry, list: all(entry.lastRun?.counts ?? {}), history: all(last?.kind === 'import' ? last : {}) };
}

it('are the same for one run in terminal, report, list of files, history, Run and Result, whoever made it', async () => {
  const work = await workplace();
  const [one, two] = [await work.write('one.csv', listOf('one')), join(work.folder, 'two.csv')];
  const terminal = await work.run('import', one, ...UNLIMITED);
  expect(inTerminal(terminal.stdout)).toEqual(EXPECTED);
  expect(await inReport(one)).toEqual(EXPECTED);

  const desk = await uiDesk({ folder: work.folder, api: work.sandbox });
  expect(await onPage(desk, 'one.csv')).toMatchObject({ list: EXPECTED, history: EXPECTED });

  const { id } = JSON.parse((await desk.ask('PUT', '/api/files/two.csv', listOf('two'))).text) as { id: string };
  const planned = JSON.parse((await desk.ask('GET', `/api/files/${id}/plan`)).text) as { plan: Told };
  expect(all(planned.plan)).toEqual(EXPECTED);
  await desk.ask('POST', `/api/files/${id}/run`, {});
  const job = async (): Promise<JobView> =>
    (JSON.parse((await desk.ask('GET', `/api/files/${id}/run`)).text) as { job: JobView }).job;
  await until(async () => (await job()).phase === 'ended');
  const ended = await job();
  expect(all(ended.counts ?? {})).toEqual(EXPECTED);
  expect(await inReport(two)).toEqual(EXPECTED);
  // A list of files may be up to a second old.
  await until(async () => (await onPage(desk, 'two.csv')).entry.lastRun !== null);
  const { entry, list, history } = await onPage(desk, 'two.csv');
  expect([list, history]).toEqual([EXPECTED, EXPECTED]);
  expect(entry.lastRun?.sentence).toBe(ended.sentence);
  expect(await readFile(`${two}.report.html`, 'utf8')).toContain(ended.sentence);
  expect((await work.run('status', two)).stdout).toContain('  4 created, 2 merged, 1 rejected\n');
});

it('are those of now once rejected rows came in by files of their own, whoever sent those', async () => {
  const work = await workplace();
  const rows = ['Ann,ann@at', 'Bob,bob@at', 'Cy,cy@at', 'Dee,dee@example.com'];
  const file = await work.write('list.csv', `First Name,Email\n${rows.join('\n')}\n`);
  const desk = await uiDesk({ folder: work.folder, api: work.sandbox });
  expect(await work.run('import', file, ...UNLIMITED)).toMatchObject({ code: 3 });
  const before = await onPage(desk, 'list.csv');
  expect(before.list).toEqual(all({ created: 1, rejected: 3 }));
  const planned = async (): Promise<unknown> => {
    const { plan } = JSON.parse((await desk.ask('GET', `/api/files/${before.entry.id}/plan`)).text) as {
      plan: { unchanged: number; rejected: number };
    };
    return { unchanged: plan.unchanged, rejected: plan.rejected };
  };
  expect(await planned()).toEqual({ unchanged: 1, rejected: 3 });

  // One of them as it was downloaded and saved again, another where it lay.
  const rejects = await readFile(`${file}.rejected.csv`, 'utf8');
  const saved = await work.write('list.csv.rejected (1).csv', rejects.replace('ann@at', 'ann@example.com'));
  await work.write('list.csv.rejected.csv', rejects.replace('bob@at', 'bob@example.com'));
  for (const path of [saved, `${file}.rejected.csv`]) await work.run('import', path, ...UNLIMITED);
  await until(async () => (await onPage(desk, 'list.csv')).list.rejected === 1);
  const { entry, list } = await onPage(desk, 'list.csv');
  expect(list).toEqual(all({ created: 1, unchanged: 2, rejected: 1 }));
  expect(entry.lastRun).toMatchObject({
    mood: 'mixed',
    sentence:
      'Finished: 3 rows of 4 are in Clarky, 1 was rejected. 2 rejected rows have come in since, corrected in a file of their own.',
  });
  expect(await planned()).toEqual({ unchanged: 3, rejected: 1 });
});
