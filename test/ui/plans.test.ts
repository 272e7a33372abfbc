import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Plans } from '../../src/ui/jobs/plans.js';
import { privateFolder } from '../support/folder.js';

it('a plan that several ask for at once is made once, and nothing of it is left', async () => {
  const folder = await privateFolder();
  const spool = await privateFolder();
  const file = join(folder, 'people.csv');
  await writeFile(file, 'Email\na@example.com\n');
  const plans = new Plans(spool);
  await plans.of({ file });
  await writeFile(file, 'Email\na@example.com\nb@example.com\n');
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => plans.of({ file })));
  for (const other of others) expect(other).toBe(first);
  expect(first?.result.created).toBe(2);
  await plans.close();
  expect(await readdir(spool)).toEqual([]);
});
