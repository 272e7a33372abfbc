import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Plans } from '../../src/ui/jobs/plans.js';
import { privateFolder } from '../support/folder.js';

const ONE = 'Email\na@example.com\n';
const TWO = `${ONE}b@example.com\n`;

async function plansOf(text: string): Promise<{ plans: Plans; file: string; spool: string }> {
  const spool = await privateFolder();
  const file = join(await privateFolder(), 'people.csv');
  await writeFile(file, text);
  const plans = new Plans(spool);
  onTestFinished(() => plans.close());
  return { plans, file, spool };
}

it('a plan that several ask for at once is made once, and nothing of it is left', async () => {
  const { plans, file, spool } = await plansOf(ONE);
  await plans.use({ file }, () => undefined);
  await writeFile(file, TWO);
  const [first, ...others] = await Promise.all([1, 2, 3].map(() => plans.use({ file }, (planned) => planned)));
  for (const other of others) expect(other).toBe(first);
  expect(first?.result.created).toBe(2);
  await plans.close();
  expect(await readdir(spool)).toEqual([]);
});

it('who waits for a plan that another takes the place of gets the other, never an error', async () => {
  const { plans, file } = await plansOf(
    `Email\n${Array.from({ length: 5000 }, (_, n) => `p${n % 4999}@example.com\n`).join('')}`,
  );
  const early = plans.use({ file }, ({ result }) => result.created);
  const later = plans.use({ file, duplicates: 'reject' }, ({ result }) => result.created);
  expect(await Promise.all([early, later])).toEqual([4998, 4998]);
});

it('rows stay as long as somebody reads them, though their plan is gone', async () => {
  const { plans, file, spool } = await plansOf(ONE);
  let letIt = (): void => undefined;
  const isReleased = new Promise<void>((resolve) => (letIt = resolve));
  let isReading = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (isReading = resolve));
  const slow = plans.use({ file }, async ({ rows }) => {
    isReading();
    await isReleased;
    return rows.page({ offset: 0, limit: 10 });
  });
  await hasBegun;
  await writeFile(file, TWO);
  const newer = plans.use({ file }, ({ result }) => result.created);
  letIt();
  expect((await slow).total).toBe(1);
  expect(await newer).toBe(2);
  expect(await readdir(spool)).toHaveLength(1);
});

it('who asks while it is closed writes nothing any more: the folder of the rows can go', async () => {
  const { plans, file, spool } = await plansOf(ONE);
  await plans.use({ file }, () => undefined);
  await writeFile(file, TWO);
  const late = plans.use({ file }, () => undefined).catch((error: unknown) => error);
  await plans.close();
  expect(await readdir(spool)).toEqual([]);
  expect(await late).toBeInstanceOf(Error);
  expect(await readdir(spool)).toEqual([]);
});

it('what takes the place of a plan while it is closed leaves nothing behind either', async () => {
  const { plans, file, spool } = await plansOf(ONE);
  const first = plans.use({ file }, () => undefined);
  const forgotten = first.then(() => plans.forget({ file }));
  await first;
  await plans.close();
  expect(await readdir(spool)).toEqual([]);
  await forgotten;
});
