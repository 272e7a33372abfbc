/** What status of a list tells of its rejects, of what those rejected in turn, and of what was taken back. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { workplace, type Workplace } from '../support/cli.js';

const [FIRST, SECOND] = ['c.csv.rejected.csv', 'c.csv.rejected.csv.rejected.csv'];

async function correct(place: Workplace, file: string, from: string, to: string): Promise<void> {
  const text = await readFile(place.path(file), 'utf8');
  expect(text).toContain(from);
  await place.write(file, text.replace(from, to));
}

async function status(place: Workplace): Promise<string> {
  return (await place.here('status', 'c.csv')).stdout;
}

async function withFirstImported(): Promise<Workplace> {
  const place = await workplace();
  await place.write('c.csv', 'Email,First\nann@x.com,Ann\nbad,Bob\nworse,Cy\n');
  expect(await place.imported('c.csv', { live: true })).toBe(3);
  await correct(place, FIRST, 'bad,Bob', 'bob@x.com,Bob');
  expect(await status(place)).toContain(FIRST);
  expect(await place.imported(FIRST, { live: true })).toBe(3);
  return place;
}

it('the rejects of rejects are told, and each row by what became of it last', async () => {
  const place = await withFirstImported();
  expect(await status(place)).toContain('from their own file: 1 created, 1 rejected');
  expect(await status(place)).not.toContain(SECOND);
  await correct(place, SECOND, 'worse,Cy', 'cy@x.com,Cy');
  expect(await status(place)).toContain(`clarky-contacts import ${SECOND}`);
  expect(await place.imported(SECOND, { live: true })).toBe(0);
  const after = await status(place);
  expect(after).toMatch(/from their own file: 2 created\n/);
  expect(after).not.toContain(`import ${SECOND}`);
});

it('what was taken back of them is not led to be sent again, until it is changed', async () => {
  const place = await withFirstImported();
  expect((await place.here('undo', FIRST, '--yes', '--rate', 'off')).code).toBe(0);
  const after = await status(place);
  expect(after).not.toContain('imported since');
  expect(after).not.toContain(`import ${FIRST}`);
  await correct(place, FIRST, 'worse,Cy', 'cy@x.com,Cy');
  expect(await status(place)).toContain(`import ${FIRST}`);
});
