/** Whom another list has as one contact, and this one in two rows that have nothing in common: one contact, unless the names are of two. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { claimedOf } from '../../src/run/claims.js';
import { claimName } from '../../src/storage/claims/claim.js';
import { FolderClaims } from '../../src/storage/claims/folder-claims.js';
import { UNLIMITED, workplace } from '../support/cli.js';
import { behindProxy } from './workbench.js';

const HEAD = 'First Name,Last Name,Email,Email 2,Phone,Notes\n';

/** An e-mail that is claimed before `email` is, at this API. */
function claimedBefore(email: string, api: string): string {
  const names = Array.from({ length: 100 }, (_, n) => `ann${n}@x.com`);
  const nameOf = (one: string): string => claimedOf({ emails: [one] }).map((key) => claimName(api, key))[0] ?? '';
  const found = names.find((one) => nameOf(one) < nameOf(email));
  if (found === undefined) throw new Error('a hundred digests are all greater than one');
  return found;
}

it.each([
  ['each by an e-mail', 'Ann,Lee,b@x.com,,,3'],
  ['one by the e-mail, the other by the phone', 'Ann,Lee,,,+442079461001,3'],
])('is one contact, %s, written one after the other', async (_, second) => {
  const { folder, sandbox, write, hereWith } = await workplace();
  let zoeLeaves = (): Promise<void> => Promise.resolve();
  const api = await behindProxy({ sandbox }, async ({ body }) => {
    if (body.includes('zoe@x.com')) await zoeLeaves();
  });
  const sent = async (file: string): ReturnType<typeof hereWith> =>
    hereWith({ env: { CLARKY_API_URL: api } }, 'import', file, '--json', '--concurrency', '2', ...UNLIMITED);
  await write('march.csv', `${HEAD}Ann,Lee,a@x.com,b@x.com,+442079461001,1\n`);
  await sent('march.csv');
  // Another import has an e-mail of the first row until Zoe is sent: of two at once she is the other one, unless the second row was.
  const theirs = claimedBefore('a@x.com', api);
  const how = { sleep: () => Promise.resolve(), now: () => 0, longestFlightMs: () => 0 };
  const claims = new FolderClaims(join(folder, 'state', 'clarky-contacts', 'claims'), api, how);
  onTestFinished(() => claims.close());
  const claim = await claims.take(claimedOf({ emails: [theirs] }), new AbortController().signal);
  zoeLeaves = () => claim.giveUp();
  await write('april.csv', `${HEAD}Ann,Lee,a@x.com,${theirs},,2\n${second}\nZoe,Zahn,zoe@x.com,,,z\n`);
  const counts: unknown[] = [];
  for (const _run of [1, 2, 3]) {
    const done = await sent('april.csv');
    const { rejected } = JSON.parse(done.stdout) as Record<string, number>;
    counts.push([done.code, rejected, sandbox.contacts().map(({ notes }) => notes)]);
  }
  expect(counts).toEqual([1, 2, 3].map(() => [0, 0, ['3', 'z']]));
  const last = await sent('april.csv');
  expect(JSON.parse(last.stdout)).toMatchObject({ updated: 0, unchanged: 3 });
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
