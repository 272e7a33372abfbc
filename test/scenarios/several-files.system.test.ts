/** Several files, and a folder, as one list through the built command. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

it('are one list: who is who across them, one state, rejects that name file and line', async () => {
  const { write, here, sandbox, path } = await workplace();
  await mkdir(path('exports'));
  await write('exports/a.csv', 'First Name,Email,Phone\nAda,ada@example.com,+442079460001\nBen,ben@example.com,\n');
  await write('exports/b.csv', 'E-mail;Vorname;Firma\nada@example.com;Ada;Acme\nbroken;Cat;\n');
  const first = await here('import', 'exports', '--json', ...UNLIMITED);
  expect(JSON.parse(first.stdout)).toMatchObject({ rows: 4, created: 2, merged: 1, rejected: 1 });
  expect(first.code).toBe(3);
  const arrived = sandbox.contacts().map(({ first_name, company, emails }) => [first_name, company, emails]);
  expect(arrived.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
    ['Ada', 'Acme', ['ada@example.com']],
    ['Ben', null, ['ben@example.com']],
  ]);
  const rejects = await readFile(path('exports.rejected.csv'), 'utf8');
  expect(rejects).toContain('"b.csv, line 3",3,invalid_email');
  await write('exports/c.csv', 'Email,First Name\ndan@example.com,Dan\n');
  const again = await here('import', 'exports', '--json', ...UNLIMITED);
  expect(JSON.parse(again.stdout)).toMatchObject({ rows: 5, created: 1, unchanged: 2, merged: 1 });
  const named = await here('plan', 'exports/a.csv', 'exports/c.csv');
  expect(named.stdout).toContain('2 files are read as one list: a.csv, c.csv.');
});

it('that are named one by one are named again in what comes next, and their import is taken back by its name', async () => {
  const { write, here, sandbox, path } = await workplace();
  await mkdir(path('in'));
  await write('in/a.csv', 'Email\nann@example.com\n');
  await write('in/b c.csv', 'Email\nbob@example.com\n');
  const { code, stdout } = await here('import', 'in/a.csv', 'in/b c.csv', '--live', ...UNLIMITED);
  expect(code).toBe(0);
  expect(stdout).toContain('Finished: all 2 rows of 2 files are in Clarky.');
  expect(stdout).toContain("check it: clarky-contacts verify in/a.csv 'in/b c.csv'\n");
  expect((await here('verify', 'in/a.csv', 'in/b c.csv')).code).toBe(0);
  expect(stdout).toContain("take it back: clarky-contacts undo in/a.csv 'in/b c.csv'");
  expect((await here('undo', 'in/a.csv', 'in/b c.csv', '--yes')).code).toBe(0);
  expect(sandbox.contacts()).toEqual([]);
  const again = await here('undo', 'in/a.csv', 'in/b c.csv', '--yes');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is left to undo') as string });
});

it('are planned by their names where verify finds rejected rows whose rejects file stands elsewhere', async () => {
  const { write, here } = await workplace();
  await write('a.csv', 'Email\nann@example.com\n');
  await write('b c.csv', 'Email\nbob@\n');
  await here('import', 'a.csv', 'b c.csv', '--rejects', 'r.csv', ...UNLIMITED);
  const { stdout } = await here('verify', 'a.csv', 'b c.csv');
  expect(stdout).toContain("  see what helps the rejected rows: clarky-contacts plan a.csv 'b c.csv'\n");
  expect((await here('plan', 'a.csv', 'b c.csv')).code).toBe(3);
});

it('each set keeps a state of its own, and status and forget find it by the same names', async () => {
  const { write, here } = await workplace();
  for (const name of ['s1.csv', 's2.csv', 's3.csv', 's4.csv']) await write(name, `Email\n${name[1]}@example.com\n`);
  await here('import', 's1.csv', 's2.csv', ...UNLIMITED);
  const other = await here('import', 's4.csv', 's3.csv', '--fail-over', '10%', '--json', ...UNLIMITED);
  expect(JSON.parse(other.stdout)).toMatchObject({ created: 2, checkpoint: 's3.csv+s4.csv.checkpoint.jsonl' });
  expect((await here('import', 's3.csv', 's4.csv', '--json', ...UNLIMITED)).stdout).toContain('"unchanged":2');
  expect((await here('status', 's2.csv', 's1.csv')).stdout).toContain('2 contacts');
  expect((await here('forget', 's1.csv', 's2.csv', '--all', '--yes')).stdout).toContain(
    's1.csv+s2.csv.checkpoint.jsonl',
  );
});

it('one that is named twice is one', async () => {
  const { write, here } = await workplace();
  await write('a.csv', 'Email\nann@example.com\n');
  const { stdout } = await here('import', 'a.csv', './a.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(stdout)).toMatchObject({ file: 'a.csv', rows: 1, created: 1, merged: 0 });
});

it.each([
  ['under their own names', [], ['a.csv', 'b.csv']],
  ['under a name that they were given', ['--name', 'all'], ['a.csv', 'b.csv']],
  ['where one file is left', [], ['a.csv']],
])(
  'a pattern names the rejects of the night before as well: %s they are left out, and it is said',
  async (_, named, files) => {
    const { write, here, folder } = await workplace();
    await write('a.csv', 'Email,First Name\nann@example.com,Ann\nbroken,Bo\n');
    if (files.includes('b.csv')) await write('b.csv', 'Email,First Name\ncat@example.com,Cat\n');
    const pattern = async (): Promise<string[]> =>
      (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
    const flags = [...named, '--json', ...UNLIMITED];
    const first = await here('import', ...(await pattern()), ...flags);
    expect([first.code, first.stderr.includes('Left out')]).toEqual([3, false]);
    const before = JSON.parse(first.stdout) as { readonly rejects: string };
    // One of our names that comes first in the list, as a set's own may do.
    await write('A.csv.rejected.kept-2026-11-25.csv', 'Email\nbroken\n');
    const again = await pattern();
    expect(again).toContain(before.rejects);
    const second = await here('import', ...again, ...flags);
    const { file, rows, created, rejected, unchanged, checkpoint } = JSON.parse(first.stdout) as Record<
      string,
      unknown
    >;
    expect(JSON.parse(second.stdout)).toMatchObject({
      file,
      rows,
      checkpoint,
      rejected,
      created: 0,
      updated: 0,
      unchanged: created,
    });
    expect([unchanged, second.code]).toEqual([0, 3]);
    expect(second.stderr).toContain('Left out, as an import wrote them: A.csv.rejected.kept-2026-11-25.csv, ');
    // It is so every night: nobody has to be told of it by a monitor.
    expect(JSON.parse(second.stdout)).not.toHaveProperty('warnings');
    expect(await pattern()).toEqual(again);
    expect((await here('status', ...again, ...named)).stdout).toContain(`${String(created)} unchanged, 1 rejected`);
    expect((await here('plan', ...again, ...named)).stdout).toMatch(/Left out, as an\s+import wrote them/);
    // By themselves they are meant.
    expect(JSON.parse((await here('import', before.rejects, '--json', ...UNLIMITED)).stdout)).toMatchObject({
      rows: 1,
    });
  },
);

it('a folder in which an import keeps what it writes is imported again the next night', async () => {
  const { write, here, path } = await workplace();
  await mkdir(path('data'));
  await write('data/a.csv', 'Email\nann@example.com\nbroken\n');
  const own = [
    '--latest',
    'data/last.json',
    '--log',
    'data/log.json',
    '--rejects',
    'data/bad.csv',
    '--report',
    'data/r.html',
  ];
  const night = ['import', 'data', ...own, '--checkpoint', 'data/state.jsonl', ...UNLIMITED];
  expect((await here(...night)).code).toBe(3);
  const { stdout, stderr, code } = await here(...night, '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([3, { rows: 2, unchanged: 1, rejected: 1 }]);
  expect(stderr.replace(/\s+/g, ' ')).toContain('Left out, as an import wrote them: data/bad.csv, data/last.json');
});

it('a mapping file that was written for one of them says nothing of a column of the same name in another', async () => {
  const { write, here, sandbox } = await workplace();
  await write('streets.csv', 'Name,E-mail,Address\nAda Moss,ada@x.com,1 High Street\n');
  await write('mails.csv', 'Full name,Address,City,Work phone\nBen Ash,ben@x.com,Bath,+442079460123\n');
  const columns = { 'Full name': 'name', Address: 'emails', City: 'city', 'Work phone': 'phone_numbers' };
  await write('m.json', JSON.stringify({ version: 1, columns }));
  const { code } = await here('import', 'streets.csv', 'mails.csv', '--mapping', 'm.json', ...UNLIMITED);
  expect(code).toBe(0);
  expect(sandbox.contacts().toSorted((a, b) => String(a.first_name).localeCompare(String(b.first_name)))).toMatchObject(
    [
      { first_name: 'Ada', emails: ['ada@x.com'], address_line1: '1 High Street' },
      { first_name: 'Ben', emails: ['ben@x.com'], address_line1: null, city: 'Bath' },
    ],
  );
});

it('what only the others keep from being sent is told', async () => {
  const { write, here } = await workplace();
  await write(
    'acme.csv',
    'Company,Email,Contact 1 Name,Contact 1 Email,Contact 2 Name,Contact 2 Email\nAcme,office@acme.com,Ada Moss,ada@acme.com,Ben Ash,ben@acme.com\n',
  );
  await write('list.csv', '*ContactName,EmailAddress,FirstName,LastName\nLee Engines,lee@example.com,Lee,Sample\n');
  const told = (await here('plan', 'acme.csv', 'list.csv')).stdout.replace(/\s+/g, ' ');
  expect(told).toContain(
    'Left out of acme.csv since it is read with other files: "Contact 1 Name", "Contact 1 Email". Import it alone to send them.',
  );
});
