import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

it('a column of full names beside first and last names is used in the rows where those are blank', async () => {
  const { here, write, sandbox } = await workplace();
  const rows = [
    'Ada,Love,Ada Love,a@x.com',
    ',,Bob Marley,b@x.com',
    'Eve,,Eve Stone,e@x.com',
    ',Quick,Tom Quick,t@x.com',
    'Ann,Own,Somebody Else,o@x.com',
    ',,,n@x.com',
  ];
  await write('c.csv', `First Name,Last Name,Full Name,Email\n${rows.join('\n')}\n`);
  expect((await here('import', 'c.csv', ...UNLIMITED)).code).toBe(0);
  const stored = sandbox
    .contacts()
    .map(({ emails, first_name, last_name }) => [
      JSON.stringify(emails).slice(2, 3),
      first_name ?? '',
      last_name ?? '',
    ]);
  expect(stored.sort()).toEqual([
    ['a', 'Ada', 'Love'],
    ['b', 'Bob', 'Marley'],
    ['e', 'Eve', 'Stone'],
    ['n', '', ''],
    ['o', 'Ann', 'Own'],
    ['t', 'Tom', 'Quick'],
  ]);
});
