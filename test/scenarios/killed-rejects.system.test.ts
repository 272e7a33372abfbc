/** An import that is killed as it puts its rejects file in its place: the next one does not take that for somebody's work. */
import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const listOf = (...rows: readonly string[]): string => `Name,Email\n${rows.join('\n')}\n`;
const [ANN, BOB] = ['Ann Lee,ann@@x.com', 'Bob Moe,bob@x.com'];

/** Kills its own process at the move of a rejects file, or once that is done. */
const killer = (when: 'before' | 'after'): string => `
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const { rename } = fs;
fs.rename = async (from, to) => {
  const isIt = String(to).endsWith('.rejected.csv');
  if (isIt && ${when === 'before'}) process.kill(process.pid, 'SIGKILL');
  await rename(from, to);
  if (isIt) process.kill(process.pid, 'SIGKILL');
};
syncBuiltinESMExports();
`;

it.each([
  ['before', 'the first', 'the list as it was'],
  ['after', 'the first', 'the list as it was'],
  ['before', 'a later', 'the list as it was'],
  ['after', 'a later', 'the list as it was'],
  // What stands there by then, the list does not tell any more.
  ['after', 'the first', 'a row of it mended in the list'],
  ['before', 'a later', 'a row of it mended in the list'],
  ['after', 'a later', 'a row of it mended in the list'],
] as const)('killed just %s it stands there, in %s import, and then %s', async (when, which, then) => {
  const { write, run, runWith, path, folder } = await workplace();
  const imported = ['import', 'a.csv', '--json', ...UNLIMITED];
  await write('a.csv', listOf(ANN, BOB));
  if (which === 'a later') expect((await run(...imported)).code).toBe(3);
  await write('a.csv', listOf(ANN, BOB, 'Cid Ray,cid@@x.com'));
  const hook = pathToFileURL(await write('killer.mjs', killer(when))).href;
  expect((await runWith({ env: { NODE_OPTIONS: `--import=${hook}` } }, ...imported)).signal).toBe('SIGKILL');
  if (then !== 'the list as it was') await write('a.csv', listOf('Ann Lee,ann@x.com', BOB, 'Cid Ray,cid@@x.com'));
  const { code, stderr } = await run(...imported);
  expect([code, stderr]).toEqual([3, expect.not.stringContaining('changed since')]);
  expect((await readdir(folder)).filter((name) => name.includes('.edited-'))).toEqual([]);
  expect(await readFile(path('a.csv.rejected.csv'), 'utf8')).toContain('Cid Ray');
});
