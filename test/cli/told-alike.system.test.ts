/** What every command says in the same words. */
import { expect, it } from 'vitest';
import { peopleCsv, workplace } from '../support/cli.js';

it.each([
  ['bots', []],
  ['status', ['c.csv']],
  ['forget', ['c.csv']],
  ['doctor', []],
  ['plan', ['c.csv']],
  ['verify', ['c.csv']],
  ['undo', ['c.csv', '--yes']],
])('%s --json says when it ran and how it ended, in the words of an import', async (command, args) => {
  const { here, write, imported, sandbox } = await workplace();
  await write('c.csv', peopleCsv(1));
  await imported('c.csv', { live: true });
  const before = new Date().toISOString();
  const { code, stdout } = await here(command, ...args, '--json');
  const told = JSON.parse(stdout) as { start: string; end: string; exit: number; api?: string };
  expect([code, told.exit]).toEqual([0, 0]);
  expect(before <= told.start && told.start <= told.end).toBe(true);
  if (command === 'bots') expect(told.api).toBe(sandbox.url);
});

it.each([
  ['import', ['c.csv']],
  ['plan', ['c.csv']],
  ['verify', ['c.csv']],
  ['status', ['c.csv']],
  ['undo', ['c.csv']],
  ['undo', ['c.csv', '--yes']],
  ['forget', ['c.csv']],
  ['map', ['c.csv', '--yes']],
  ['ui', ['--no-open']],
])('%s %j tells a --work-dir that is no folder as that', async (command, args) => {
  const { here, write, path } = await workplace();
  await write('c.csv', peopleCsv(1));
  for (const [dir, below] of [
    ['c.csv', ''],
    ['c.csv/state', ` It lies below ${path('c.csv')}, which is a file.`],
  ] as const) {
    const { code, stderr } = await here(command, ...args, '--work-dir', dir);
    expect([code, stderr.replace(/\s+/g, ' ').trim()]).toEqual([
      2,
      `clarky-contacts: --work-dir ${dir} is no folder.${below} Name a folder: one that is not there yet is made.`,
    ]);
  }
});
