/** Two rows of a list that Clarky alone knows to be one person: they are told as what they are, and no advice turns one into the other. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const HEAD = 'First Name,Last Name,Email,Notes\n';
const ROWS = ['Ann,Lee,a@x.com,2', 'Ann,Lee,b@x.com,3'];

/** Ann is sent; a colleague gives her another e-mail; then the list has a row with that. */
async function annTwice(): Promise<Workplace> {
  const place = await workplace({ readings: { emailMatch: 'any' } });
  const { sandbox, write, here } = place;
  await write('list.csv', `${HEAD}${ROWS[0]}\n`);
  await here('import', 'list.csv', ...UNLIMITED);
  await fetch(`${sandbox.url}/contacts/${String(sandbox.contacts()[0]?.id)}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ emails: ['a@x.com', 'b@x.com'] }),
  });
  await write('list.csv', `${HEAD}${ROWS.join('\n')}\n`);
  return place;
}

it('names the row that the contact is of in verify, and advises no resend', async () => {
  const { here } = await annTwice();
  await here('import', 'list.csv', ...UNLIMITED);
  const told = await here('verify', 'list.csv');
  expect(told.code).toBe(3);
  expect(told.stdout).toMatch(/= same +1/);
  expect(told.stdout.replace(/\s+/g, ' ')).toMatch(
    /! line 2, Ann Lee rejected: Clarky has this person already, as the contact of line 3 \(con_\w+\)/,
  );
  expect(told.stdout).not.toMatch(/different|--resend/);
});

it('goes on to say so, and not that the row be sent again as it is', async () => {
  const { here, path } = await annTwice();
  for (const _night of [1, 2, 3]) {
    const { code, stdout } = await here('import', 'list.csv', ...UNLIMITED);
    expect(code).toBe(3);
    expect(stdout).toContain('The same person as another row, in Clarky');
    const rejects = await readFile(path('list.csv.rejected.csv'), 'utf8');
    expect(rejects).toMatch(
      /same_in_clarky,"Clarky has this person already, as the contact of .*Make one row of the two/,
    );
    expect(rejects).not.toContain('--retry-rejected');
  }
});

it('has them as the file says once an import with --live has made one contact of them', async () => {
  const { here, sandbox } = await annTwice();
  const done = await here('import', 'list.csv', '--live', '--json', ...UNLIMITED);
  expect(JSON.parse(done.stdout)).toMatchObject({ updated: 1, merged: 1, rejected: 0 });
  expect(sandbox.contacts()).toMatchObject([{ emails: ['a@x.com', 'b@x.com'], notes: '3' }]);
  const told = await here('verify', 'list.csv', '--json');
  expect(told.code).toBe(0);
  expect(JSON.parse(told.stdout)).toMatchObject({ same: 2, different: 0, allSame: true });
});
