/** A row that was corrected in its list, and otherwise in a rejects file: nobody is to be there twice. */
import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const HEADER = 'Name,Email,Notes';
const listOf = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const [ANN, BOB] = ['Ann Ash,no address,a', 'Bob Birk,bob@example.com,b'];

interface Bench extends Workplace {
  /** Where the corrections lie that were set aside. */
  readonly aside: string;
  readonly people: () => string[];
}

/** Ann's row is corrected in the rejects file, and before that is imported the list stands as `then` says and is imported. */
async function setAside(then: string, ...how: readonly string[]): Promise<Bench> {
  const place = await workplace();
  await place.write('c.csv', listOf(ANN, BOB));
  expect((await place.here('import', 'c.csv', ...UNLIMITED, ...how)).code).toBe(3);
  const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
  await place.write('c.csv.rejected.csv', rejects.replace('no address', 'ann@example.com'));
  await place.write('c.csv', then);
  await place.here('import', 'c.csv', ...UNLIMITED, ...how);
  const aside = (await readdir(place.folder)).find((name) => name.startsWith('c.csv.rejected.edited-')) ?? '';
  expect(aside).toMatch(/\.csv$/);
  const people = (): string[] => place.sandbox.contacts().map(({ emails }) => emails.map(String).join(' '));
  return { ...place, aside, people };
}

const NEW_ANN = 'Ann Ash,ann@new.example.org,a';

it.each([
  ['in its place', [], listOf(NEW_ANN, BOB)],
  ['on another line', [], listOf('Zoe Zahn,zoe@example.com,z', BOB, NEW_ANN)],
  ['with --live', ['--live'], listOf(NEW_ANN, BOB)],
])('who was corrected in the list since is not made again from a rejects file, %s', async (_, how, then) => {
  const place = await setAside(then, ...how);
  const before = place.people();
  expect(before).toContain('ann@new.example.org');
  const plan = await place.here('plan', place.aside, '--json', ...how);
  expect([plan.code, JSON.parse(plan.stdout)]).toMatchObject([3, { created: 0, rejected: 1 }]);
  const checked = await place.here('verify', place.aside, '--json');
  expect(JSON.parse(checked.stdout)).toMatchObject({ missing: 0, rejected: 1 });
  for (const _run of [1, 2]) {
    const sent = await place.here('import', place.aside, ...UNLIMITED, ...how);
    expect(sent.code).toBe(3);
    expect(sent.stdout).toContain('Corrected otherwise in the list');
    expect(place.people()).toEqual(before);
  }
  expect(await readFile(place.path(`${place.aside}.rejected.csv`), 'utf8')).toContain(
    `This row was corrected otherwise in c.csv (line ${then.split('\n').indexOf(NEW_ANN) + 1})`,
  );
});

it('the same under another name in another folder, and where the list was stopped before it was set aside', async () => {
  const place = await setAside(listOf(NEW_ANN, BOB));
  const before = place.people();
  await mkdir(place.path('other'));
  await copyFile(place.path(place.aside), place.path('other/of May.csv'));
  await rename(place.path(place.aside), place.path('c.csv.rejected.csv'));
  for (const file of ['other/of May.csv', 'c.csv.rejected.csv']) {
    expect((await place.here('import', file, ...UNLIMITED)).code).toBe(3);
    expect(place.people()).toEqual(before);
  }
});

it.each([
  ['stands as it did, whoever else is called so', listOf(ANN, BOB, 'Ann Ash,ann@namesake.example.org,a')],
  ['is gone, and somebody else stands on its line', listOf('Zoe Zahn,zoe@example.com,a', BOB)],
])('a correction is sent where its row %s', async (_, then) => {
  const place = await setAside(then);
  const before = place.people();
  expect((await place.here('import', place.aside, ...UNLIMITED)).code).toBe(0);
  expect(place.people()).toEqual([...before, 'ann@example.com']);
});

it('a correction is sent where its row was corrected in the list, and that was not imported', async () => {
  const place = await setAside(listOf(ANN, BOB));
  const before = place.people();
  await place.write('c.csv', listOf(NEW_ANN, BOB));
  expect((await place.here('import', place.aside, ...UNLIMITED)).code).toBe(0);
  expect(place.people()).toEqual([...before, 'ann@example.com']);
});

it('a correction is the contact of its row where that has its phone in the list as well', async () => {
  const place = await workplace();
  const STRICT = [...UNLIMITED, '--on-invalid', 'reject'];
  const withPhone = (email: string): string => `Name,Email,Phone\nAnn Ash,${email},+14155550123\n`;
  await place.write('c.csv', withPhone('ann@@example'));
  expect((await place.here('import', 'c.csv', ...STRICT)).code).toBe(3);
  const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
  await place.write('aside.csv', rejects.replace('ann@@example', 'ann@example.com'));
  await place.write('c.csv', withPhone('ann@new.example.org'));
  expect((await place.here('import', 'c.csv', ...STRICT)).code).toBe(0);
  await place.here('import', 'aside.csv', ...STRICT);
  expect(place.sandbox.contacts()).toHaveLength(1);
});
