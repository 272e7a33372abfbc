/** Whom another list brings in after an import with --live has read the workspace: nobody is written over, nor made twice. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { SandboxContact, SandboxOptions } from '../../src/sandbox/index.js';
import type { Summary } from '../../src/run/tally.js';
import { behindProxy, workbench } from './workbench.js';

const HEAD = 'First name,Last name,Email,Email 2,Phone,Notes\n';
const FLO = 'Flo,Fay,flo@x.com,,,b\n';
const PHONE = '+442079461001';

/** Imports a list with --live, and another list wholly while the first one's first write is under way. */
async function beside(
  rows: { readonly of: string; readonly later: string },
  {
    people = [],
    ...options
  }: Omit<SandboxOptions, 'seed'> & { readonly people?: readonly Partial<SandboxContact>[] } = {},
): Promise<{ readonly summary: Summary; readonly there: (name: string) => SandboxContact[] }> {
  const bench = await workbench('', options);
  bench.sandbox.seed(people);
  const { folder } = bench;
  const [list, other] = [join(folder, 'b.csv'), join(folder, 'a.csv')];
  await writeFile(list, `${HEAD}${FLO}${rows.of}\n`);
  await writeFile(other, `${HEAD}${rows.later}\n`);
  let isBegun = false;
  const apiUrl = await behindProxy(bench, async ({ method }) => {
    if (method !== 'POST' || isBegun) return;
    isBegun = true;
    expect((await importContacts({ ...how, file: other })).exitStatus).toBe(0);
  });
  const how = { ...bench.api, apiUrl, stateDir: join(folder, 'state') };
  const { summary } = await importContacts({ ...how, file: list, live: true, concurrency: 1 });
  const there = (name: string): SandboxContact[] =>
    bench.sandbox.contacts().filter((contact) => contact.first_name === name);
  return { summary, there };
}

const BOB = { first_name: 'Bob', last_name: 'Stone', emails: ['bob@x.com'] };

describe('somebody else, whom another list has brought in since the workspace was read', () => {
  it.each([
    ['with the e-mail', 'Ann,Lee,team@x.com,,,a', 'Bob,Stone,team@x.com,,,b', {}],
    ['with the phone', `Ann,Lee,,,${PHONE},a`, `Bob,Stone,,,${PHONE},b`, {}],
    [
      'with the phone of whom the workspace has',
      `Ann,Lee,,,${PHONE},a`,
      `Bob,Stone,bob@x.com,,${PHONE},b`,
      { people: [BOB] },
    ],
  ])('%s, is not written over', async (_, later, of, more) => {
    const { summary, there } = await beside({ of, later }, { ...more, readings: { winner: 'phone' } });
    expect(summary).toMatchObject({ created: 1, updated: 0, rejected: 1 });
    expect(there('Ann')).toMatchObject([{ last_name: 'Lee', notes: 'a' }]);
  });
});

it('somebody whom the workspace has with a phone is sent, though another list has brought in somebody else with it since', async () => {
  const bob = { ...BOB, phone_numbers: [PHONE] };
  const rows = { of: `Bob,Stone,bob@x.com,,${PHONE},b`, later: `Ann,Lee,ann@x.com,,${PHONE},a` };
  const { summary, there } = await beside(rows, { people: [bob], readings: { winner: 'email-only' } });
  expect(summary).toMatchObject({ created: 1, updated: 1, rejected: 0 });
  expect([there('Ann'), there('Bob')]).toMatchObject([[{ notes: 'a' }], [{ notes: 'b' }]]);
});

it('the same person, whom another list has brought in since under another e-mail, is one contact', async () => {
  const rows = { of: 'Ann,Lee,ann2@x.com,,,b', later: 'Ann,Lee,ann@x.com,ann2@x.com,,a' };
  const { summary, there } = await beside(rows);
  expect(summary).toMatchObject({ created: 1, updated: 1, rejected: 0 });
  expect(there('Ann')).toMatchObject([{ notes: 'b', emails: ['ann@x.com', 'ann2@x.com'] }]);
});
