/** What is said of a run is true of it: of what it wrote, and of the file's columns. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const UNDONE = "Without --live this can't be undone";

it('says that an import can not be undone where it writes, and not where nothing is written', async () => {
  const { here, write } = await workplace();
  await write('c.csv', 'Email,First name\nann@x.com,Ann\n');
  const first = await here('import', 'c.csv', ...UNLIMITED);
  expect(first.stderr).toContain(UNDONE);
  const second = await here('import', 'c.csv', ...UNLIMITED);
  expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('No write was needed')]);
  expect(second.stderr).not.toContain(UNDONE);
  await write('c.csv', 'Email,First name\nnobody,Bob\n');
  expect((await here('import', 'c.csv', ...UNLIMITED)).stderr).not.toContain(UNDONE);
});

it('tells a column that the file gives no name by its values, in plan and report', async () => {
  const { here, write, path } = await workplace();
  await write('bare.csv', 'ann@x.com,Ann,blue\nbob@x.com,Bob,green\ncy@x.com,Cy,red\n');
  const plan = await here('plan', 'bare.csv', '--no-header');
  expect(plan.stdout).toContain('Column 3');
  expect(plan.stdout).not.toMatch(/its name|this name|called so/);
  await here('import', 'bare.csv', '--no-header', ...UNLIMITED);
  expect(await readFile(path('bare.csv.report.html'), 'utf8')).not.toMatch(/its name|this name|called so/);
});
