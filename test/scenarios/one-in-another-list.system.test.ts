/** Whom another list has as one contact, and this one in two rows that have nothing in common: one contact, unless the names are of two. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const HEAD = 'First Name,Last Name,Email,Email 2,Phone,Notes\n';

it.each([
  ['each by an e-mail', 'Ann,Lee,a@x.com,,,2', 'Ann,Lee,b@x.com,,,3'],
  ['one by the e-mail, the other by the phone', 'Ann,Lee,a@x.com,,,2', 'Ann,Lee,,,+442079461001,3'],
])('is one contact, %s', async (_, first, second) => {
  const { sandbox, write, here } = await workplace();
  await write('march.csv', `${HEAD}Ann,Lee,a@x.com,b@x.com,+442079461001,1\n`);
  await here('import', 'march.csv', ...UNLIMITED);
  await write('april.csv', `${HEAD}${first}\n${second}\n`);
  // The first row lands after the second would, were they under way together.
  sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'late' }], lateMs: 300 });
  const counts: unknown[] = [];
  for (const _run of [1, 2, 3]) {
    const done = await here('import', 'april.csv', '--json', ...UNLIMITED);
    const { created, rejected } = JSON.parse(done.stdout) as Record<string, number>;
    counts.push([done.code, created, rejected, sandbox.contacts().map(({ notes }) => notes)]);
  }
  expect(counts).toEqual([1, 2, 3].map(() => [0, 0, 0, ['3']]));
  const last = await here('import', 'april.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(last.stdout)).toMatchObject({ updated: 0, unchanged: 2 });
});

it.each([
  ['an e-mail', 'Ann,Lee,b@x.com,,,3'],
  ['the phone', 'Ann,Lee,,,+442079461001,3'],
])('is one contact by %s where the second row came to the first later', async (_, second) => {
  const { sandbox, write, here } = await workplace();
  await write('march.csv', `${HEAD}Ann,Lee,a@x.com,b@x.com,+442079461001,1\n`);
  await here('import', 'march.csv', ...UNLIMITED);
  await write('april.csv', `${HEAD}Ann,Lee,a@x.com,,,2\n`);
  await here('import', 'april.csv', ...UNLIMITED);
  await write('april.csv', `${HEAD}Ann,Lee,a@x.com,,,2\n${second}\n`);
  const done = await here('import', 'april.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(done.stdout)).toMatchObject({ created: 0, rejected: 0 });
  // From the next run on the checkpoint has both as one.
  await here('import', 'april.csv', ...UNLIMITED);
  const last = await here('import', 'april.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(last.stdout)).toMatchObject({ updated: 0, unchanged: 2 });
  expect(sandbox.contacts().map(({ notes }) => notes)).toEqual(['3']);
});

it('says of a row that only Clarky knows to be the person of another one what it is', async () => {
  const { sandbox, write, here, path } = await workplace({ readings: { emailMatch: 'any' } });
  await write('list.csv', `${HEAD}Ann,Lee,a@x.com,,,2\n`);
  await here('import', 'list.csv', ...UNLIMITED);
  await fetch(`${sandbox.url}/contacts/${String(sandbox.contacts()[0]?.id)}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ emails: ['a@x.com', 'b@x.com'] }),
  });
  await write('list.csv', `${HEAD}Ann,Lee,a@x.com,,,2\nAnn,Lee,b@x.com,,,3\n`);
  expect((await here('import', 'list.csv', ...UNLIMITED)).code).toBe(3);
  expect(await readFile(path('list.csv.rejected.csv'), 'utf8')).toMatch(
    /same_in_clarky,"Clarky has this person already, as the contact of line 2 \(\w+\), and has written this row to it\./,
  );
});

it('is not one contact where the rows have names of two people that one name may stand for', async () => {
  const { sandbox, write, here } = await workplace({ latency: { minMs: 150, maxMs: 150 } });
  await write('march.csv', `${HEAD}J.,Lee,a@x.com,b@x.com,,1\n`);
  await here('import', 'march.csv', ...UNLIMITED);
  await write('april.csv', `${HEAD}John,Lee,a@x.com,,,2\nJane,Lee,b@x.com,,,3\n`);
  await here('import', 'april.csv', ...UNLIMITED);
  expect(sandbox.contacts().map(({ first_name: name, notes }) => [name, notes])).toEqual([
    ['John', '2'],
    ['Jane', '3'],
  ]);
});
