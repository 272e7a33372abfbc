/** A name that fits two people, J. Smith, joins neither to the other: what was known before it stays known. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { workbench } from './workbench.js';

const HEADER = 'First name,Last name,Company,Email,Phone\n';
const POINTS = 'smith@x.com,+442079460001';

const CHAINS: readonly (readonly [string, string, string])[] = [
  ['Jane,Smith,', 'J.,Smith,', 'John,Smith,'],
  ['Jane,Smith,', 'J,S,', 'John,Stone,'],
  ['Jane,Smith,', ',Smith,', 'John,Smith,'],
  ['Jane,Smith,', ',,Acme', 'John,Stone,'],
  ['Robert,Smith,', 'Rob,Smith,', 'Robin,Smith,'],
];

describe.each([false, true])('with live: %s', (live) => {
  it.each(CHAINS.flatMap((chain) => [false, true].map((areLists) => [...chain, areLists] as const)))(
    '%s then %s then %s: the last is held back (of three lists: %s)',
    async (first, vague, last, areLists) => {
      const bench = await workbench(HEADER);
      const stateDir = join(bench.folder, 'state');
      const outcomes: unknown[] = [];
      const byPlan: unknown[] = [];
      for (const [night, name] of [first, vague, last].entries()) {
        const file = join(bench.folder, areLists ? `list-${night}.csv` : 'list.csv');
        await writeFile(file, `${HEADER}${name},${POINTS}\n`);
        const options = { file, ...bench.api, stateDir };
        const plan = await planContacts({
          ...options,
          ...(live ? { live: { key: bench.api.key } } : { live: undefined }),
        });
        const { summary } = await importContacts({ ...options, live });
        byPlan.push(plan.rejected);
        outcomes.push(summary.rejected);
      }
      expect(outcomes).toEqual([0, 0, 1]);
      expect(byPlan).toEqual(outcomes);
      expect(bench.sandbox.contacts()).toHaveLength(1);
      expect(bench.sandbox.contacts()[0]?.last_name).not.toBe('Stone');
    },
  );

  it('who says more than before, or marries, is known by that from then on', async () => {
    const bench = await workbench(HEADER);
    for (const name of ['J.,Smith,', 'Jane,Smith,', 'Jane,Stone,', 'J.,Stone,', 'Jane,Stone,Acme']) {
      await writeFile(bench.file, `${HEADER}${name},${POINTS}\n`);
      const { exitStatus } = await importContacts({ file: bench.file, ...bench.api, live });
      expect([name, exitStatus]).toEqual([name, 0]);
    }
    expect(bench.sandbox.contacts()).toHaveLength(1);
  });
});

it('a list that knows the short name alone asks what other lists know when it comes with another', async () => {
  const bench = await workbench(HEADER);
  const stateDir = join(bench.folder, 'state');
  const send = async (list: string, name: string, phone = '+442079460001'): Promise<number> => {
    const file = join(bench.folder, `${list}.csv`);
    await writeFile(file, `${HEADER}${name},smith@x.com,${phone}\n`);
    return (await importContacts({ file, ...bench.api, stateDir })).exitStatus;
  };
  expect(await send('b', 'J.,Smith,')).toBe(0);
  expect(await send('a', 'Jane,Smith,')).toBe(0);
  // What else changes of it is noted, and does not hide whom the other list told of.
  expect(await send('b', 'J.,Smith,', '+442079460002')).toBe(0);
  expect(await send('b', 'John,Smith,', '+442079460002')).toBe(3);
  expect(await send('c', 'John,Smith,', '')).toBe(3);
  expect(await readFile(join(bench.folder, 'c.csv.rejected.csv'), 'utf8')).toContain('shared_email');
});

it('where a colleague has said in Clarky who it is, that counts with live', async () => {
  const bench = await workbench(HEADER);
  const send = async (name: string): Promise<number> => {
    await writeFile(bench.file, `${HEADER}${name},${POINTS}\n`);
    return (await importContacts({ file: bench.file, ...bench.api, live: true })).exitStatus;
  };
  expect([await send('Jane,Smith,'), await send('J.,Smith,'), await send('John,Smith,')]).toEqual([0, 0, 3]);
  const [{ id } = { id: '' }] = bench.sandbox.contacts();
  await fetch(`${bench.sandbox.url}/contacts/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${bench.sandbox.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ first_name: 'John' }),
  });
  expect(await send('John,Smith,')).toBe(0);
});
