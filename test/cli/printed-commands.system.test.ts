/** Whatever a command or a report says is to be typed next does what is meant as it stands. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { BINARY } from '../support/built.js';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { workbook } from '../support/workbook.js';

const run = promisify(execFile);

/** What stands on the screen, or in a report, to be typed. */
function commandsIn(terminal: string, report: string): string[] {
  const typed = terminal.split('\n').flatMap((line) => /clarky-contacts \w.*$/.exec(line)?.[0] ?? []);
  const pasted = [...report.matchAll(/<pre><code>(clarky-contacts .*?)<\/code><\/pre>/gs)].map(([, command = '']) =>
    command.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
  return [...new Set([...typed, ...pasted])];
}

/** Types it in a shell; the question of an undo is answered. */
async function typed({ folder, env }: Workplace, command: string): Promise<string> {
  const answered = command.includes(' undo ') ? `${command} --yes` : command;
  const PATH = `${join(folder, 'bin')}:${env.PATH ?? ''}`;
  const ended = await run('sh', ['-c', `${answered} --json`], { cwd: folder, env: { ...env, PATH } }).catch(
    (error: unknown) => error as { readonly stdout: string },
  );
  return ended.stdout;
}

async function states({ folder }: Workplace): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.checkpoint.jsonl')).sort();
}

const PEOPLE = [
  ['First Name', 'Email', 'Phone'],
  ['Ann', 'ann@x.com', ''],
  ['Bob', 'bob@x.com', '12'],
];

it.each([
  [
    'a sheet, with a name for its state',
    ['two lists.xlsx', '--sheet', 'New people', '--name', 'monthly list'],
    'monthly list',
  ],
  ['several files', ['a.csv', 'b.csv', '--mapping', 'of both.json'], 'a.csv+b.csv'],
])('of %s', async (_what, args, name) => {
  const work = await workplace();
  await work.write('two lists.xlsx', workbook({ Other: [['Email'], ['cy@x.com']], 'New people': PEOPLE }));
  await work.write('a.csv', `${PEOPLE.slice(0, 2).join('\n')}\n`);
  await work.write('b.csv', `${[PEOPLE[0], PEOPLE[2]].join('\n')}\n`);
  await work.write(
    'of both.json',
    JSON.stringify({ version: 1, columns: { 'First Name': 'first_name', Email: 'emails', Phone: 'phone_numbers' } }),
  );
  await mkdir(work.path('bin'));
  await work.write('bin/clarky-contacts', `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`);
  await chmod(work.path('bin/clarky-contacts'), 0o755);
  const first = await work.here('import', ...args, '--live', ...UNLIMITED);
  expect(first.code).toBe(3);
  const report = await readFile(work.path(`${name}.report.html`), 'utf8');
  const commands = commandsIn(first.stdout, report);
  const verb = (command: string): string => command.split(' ')[1] ?? '';
  expect(new Set(commands.map(verb))).toEqual(new Set(['import', 'verify', 'undo']));
  // What sends the rejected rows leaves no file of them, and what is taken back is not there to be looked at.
  const order = [/^\S+ verify/, /\.rejected\.csv/, /omit/, /^\S+ undo/, /--sheet Other/];
  const inOrder = order.flatMap((wanted) => commands.filter((command) => wanted.test(command)));
  expect(inOrder).toHaveLength(commands.length);
  for (const command of inOrder) {
    const ended = JSON.parse(await typed(work, command)) as Readonly<Record<string, unknown>>;
    expect(ended, command).not.toHaveProperty('error');
    // Whoever goes by another state, sheet or mapping finds others, or sends anew what is there.
    if (verb(command) === 'verify') expect(ended, command).toMatchObject({ rows: 2, missing: 0 });
    if (verb(command) === 'import') expect(ended, command).toMatchObject({ updated: 0 });
  }
  expect((await states(work)).filter((each) => !each.includes('.rejected.'))).toEqual([`${name}.checkpoint.jsonl`]);
  // The newest import, which sent Bob without his phone, was taken back; whom the other sheet has is without a name.
  expect(work.sandbox.contacts().flatMap(({ first_name: first }) => first ?? [])).toEqual(['Ann']);
});

it('of several files, of which none has a column that tells people apart, and of a pipe', async () => {
  const { here, write, runWith, path } = await workplace();
  await write('a b.csv', 'Foo,Bar\nann@x,1\n');
  await write('c.csv', 'Foo,Bar\nbob@x,2\n');
  const { code, stderr } = await here('plan', 'a b.csv', 'c.csv');
  const mapping = 'a b.csv+c.csv.mapping.json';
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining(`\`clarky-contacts map 'a b.csv' --mapping '${mapping}'\``) as string,
  ]);
  expect((await here('map', 'a b.csv', '--mapping', mapping, '--yes')).stdout).toContain(`Wrote ${mapping}.`);
  const decided = JSON.parse(await readFile(path(mapping), 'utf8')) as { readonly columns: object };
  await write(mapping, JSON.stringify({ ...decided, columns: { ...decided.columns, Foo: 'emails' } }));
  expect((await here('plan', 'a b.csv', 'c.csv')).stdout).toContain(`Mapped by ${mapping}`);
  const piped = await runWith({ input: 'Foo,Bar\n1,2\n' }, 'plan', '-');
  expect(piped.stderr).toContain('FILE is what comes through the pipe, once it is saved.');
});
