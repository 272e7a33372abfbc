/** What a newcomer mistypes, and what is said then. */
import { readFile, rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { linesOf, UNLIMITED, workplace } from '../support/cli.js';

it('a name with a blank that was not put into quotes is told as that, with the whole command', async () => {
  const { write, here } = await workplace();
  await write('Kundenliste 2025.csv', 'Email\nann@example.com\n');
  for (const command of ['plan', 'import', 'status', 'map']) {
    const { code, stderr } = await here(command, 'Kundenliste', '2025.csv', '--country', 'DE');
    expect(code).toBe(2);
    expect(stderr).toContain("Kundenliste doesn't exist: the name of the file has a blank in it.");
    expect(stderr).toContain(`Put it into quotes: clarky-contacts ${command} 'Kundenliste 2025.csv' --country DE`);
  }
});

it('a file that is not there is missed before a key is', async () => {
  const { start } = await workplace();
  for (const command of [
    ['import', 'no.csv'],
    ['verify', 'no.csv'],
    ['plan', 'no.csv', '--live'],
  ]) {
    const { code, stderr } = await start(command, { env: { CLARKY_KEY: undefined } }).ended;
    expect([code, stderr]).toEqual([2, expect.stringContaining("no.csv doesn't exist.") as string]);
  }
});

it('a name that is mistyped is told as that by what needs no file, and a list that is gone is known all the same', async () => {
  const place = await workplace();
  await place.write('contacts.csv', 'Email\nann@example.com\n');
  await place.imported('contacts.csv', { live: true });
  const said = async (...args: string[]) => {
    const { code, stdout, stderr } = await place.here(...args);
    return [code, stdout + stderr];
  };
  const missing = "clarky-contacts: contact.csv doesn't exist.\n  Did you mean contacts.csv?\n";
  const commands = ['status', 'undo', 'forget', 'verify', 'plan'];
  for (const command of commands) expect(await said(command, 'contact.csv')).toEqual([2, missing]);
  for (const command of ['status', 'forget']) {
    const { code, stdout } = await place.here(command, 'contact.csv', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { exit: 2, error: 'file_not_found' }]);
  }
  await rm(place.path('contacts.csv'));
  expect(await said('status', 'contacts.csv')).toMatchObject([0, expect.stringContaining('accepted  1 contact')]);
  expect(await said('undo', 'contacts.csv', '--yes')).toMatchObject([0, expect.stringContaining('deleted         1')]);
  expect(await said('forget', 'contacts.csv', '--all')).toMatchObject([0, expect.stringContaining('Removed')]);
});

it('the value of an option that is mistyped is no name of a file, for a monitor either', async () => {
  const { path, write, run } = await workplace();
  await write('c.csv', 'Email\nann@example.com\n');
  for (const [typed, file] of [
    [['c.csv', '--ratee', 'off'], 'c.csv'],
    [['--ratee', 'off', 'c.csv'], 'c.csv'],
    [['--quite', 'c.csv'], 'c.csv'],
    [['no.csv', '--ratee', 'off'], 'no.csv'],
    [['--ratee', 'off', '-'], '-'],
    [['--ratee', 'off'], undefined],
  ] as const) {
    const { code, stdout } = await run('import', ...typed, '--json', '--latest', 'latest.json');
    const told = JSON.parse(stdout) as { file?: string };
    expect([typed, code, told.file]).toEqual([typed, 2, file]);
    expect((JSON.parse(await readFile(path('latest.json'), 'utf8')) as { file?: string }).file).toBe(file);
  }
});

it('who has no key is told where one is made and how it is given', async () => {
  const { write, start } = await workplace();
  await write('c.csv', 'Email\nann@example.com\n');
  const { stderr } = await start(['import', 'c.csv'], { env: { CLARKY_KEY: undefined } }).ended;
  expect(stderr).toContain("There is no API key.\n  One is made in Clarky's settings. Then: ");
  expect(stderr).toContain("export CLARKY_KEY='…'");
});

it('words of other programs, countries by other codes, settings without a value', async () => {
  const { write, here } = await workplace();
  await write('c.csv', 'Email\nann@example.com\n');
  const said = async (...args: string[]): Promise<string> => (await here(...args)).stderr;
  expect(await said('delete', 'c.csv')).toContain(
    "unknown command 'delete'.\n  Did you mean undo? clarky-contacts --help",
  );
  expect(await said('undoo', 'c.csv')).toMatch(
    /unknown command 'undoo'\.\n.*Did you mean undo\? clarky-contacts --help/,
  );
  for (const country of ['GER', '49', '+49'])
    expect(await said('plan', 'c.csv', '--country', country)).toContain('Did you mean DE?');
  expect(await said('plan', 'c.csv', '--set', 'Name')).toContain('"Name" is no fixed value');
  await write('l.csv', 'Wort,Zahl\nrot,1\nblau,2\n');
  expect(await said('plan', 'l.csv')).toContain('with `clarky-contacts map l.csv`');
  expect((await here('forget', 'l.csv')).stdout).toBe('There was nothing to remove.\n');
  await write('d.csv', 'Name,Email\nAnn;A,ann@example.com\nBob;B,bob@example.com\nCem;C,cem@example.com\n');
  expect(await said('plan', 'd.csv', '--delimiter', ';')).toContain('Leave --delimiter out where something else');
});

it('a rejects file under another name is known for what it is, with what its source was told', async () => {
  const { write, here, path } = await workplace();
  await write('c.csv', 'Name,Phone\nAnn,020 7946 0123\nBob,12\n');
  await here('import', 'c.csv', '--country', 'GB', ...UNLIMITED);
  await write('contacts fixed.csv', await readFile(path('c.csv.rejected.csv'), 'utf8'));
  for (const command of ['plan', 'import']) {
    const { stdout, stderr } = await here(command, 'contacts fixed.csv', ...(command === 'plan' ? [] : UNLIMITED));
    const told = `${stdout}${stderr}`.replace(/\s+/g, ' ');
    expect(told).toContain('As in the import before: --country GB');
    expect(told).toContain('Lines are numbered as in c.csv: see the column import_line.');
  }
});

it('a rejects file of which no list is known is told as that: what its source was told is not known', async () => {
  const { write, here } = await workplace();
  await write('fixed.csv', 'Name,Phone,import_line,import_error,import_message\nBob,12,3,invalid_phone,no phone\n');
  for (const command of ['plan', 'import']) {
    const { stdout, stderr } = await here(command, 'fixed.csv', ...(command === 'plan' ? [] : UNLIMITED));
    expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain(
      'mapping, country and other settings are not known. To import it with them, save it beside that file under the name that it had.',
    );
  }
});

it('before a second live import sends anything it says whom undo takes back no more', async () => {
  const { write, here, path } = await workplace();
  await write('c.csv', 'Name,Email\nAnn,ann@example.com\nBob,bob@example.com\n');
  const first = await here('import', 'c.csv', '--live', ...UNLIMITED);
  expect(first.stderr).not.toContain('Undo takes back');
  expect((await here('import', 'c.csv', '--live', ...UNLIMITED)).stderr).not.toContain('Undo takes back');
  await write('c.csv', 'Name,Email\nAnn,ann@example.com\nBob,bob@example.com\nCem,cem@example.com\n');
  const said =
    "Undo takes back the newest import alone: once this one has sent anything, the 2 contacts of the import before it can't be taken back any more.";
  // Where there is time to think of it as well.
  const planned = await here('plan', 'c.csv', '--live');
  expect(planned.stdout.replace(/\s+/g, ' ')).toContain(said);
  const { warnings } = JSON.parse((await here('plan', 'c.csv', '--live', '--json')).stdout) as { warnings: unknown };
  expect(warnings).toEqual([{ code: 'undo_begins_anew', message: said }]);
  expect((await here('plan', 'c.csv')).stdout).not.toContain('Undo takes back');
  const { stderr, stdout, code } = await here('import', 'c.csv', '--live', '--json', ...UNLIMITED);
  expect([code, stderr]).toEqual([0, expect.stringContaining(said) as string]);
  // It comes with every such import: whoever is told of warnings is not woken for it.
  expect(JSON.parse(stdout)).not.toHaveProperty('warnings');
  const logged = linesOf(await readFile(path('c.csv.log.jsonl'), 'utf8'));
  expect(logged.filter(({ code: of }) => of === 'undo_begins_anew')).toMatchObject([{ level: 30 }]);
  expect(await readFile(path('c.csv.report.html'), 'utf8')).toContain(
    'Take back 1 of 3 contacts: the others came by earlier imports, or were there before.',
  );
  expect((await here('status', 'c.csv')).stdout).toContain('undo      not of 2 contacts');
});

it('corrected rejects under the checkpoint of their list are part of its import: they end no undo, and none is said to end', async () => {
  const { write, here, path } = await workplace();
  await write('c.csv', 'Name,Email\nAnn,ann@example.com\nBob,bob@@\n');
  expect((await here('import', 'c.csv', '--live', ...UNLIMITED)).code).toBe(3);
  const rejects = await readFile(path('c.csv.rejected.csv'), 'utf8');
  await write('c.csv.rejected.csv', rejects.replace('bob@@,', 'bob@example.com,'));
  const told = ['c.csv.rejected.csv', '--checkpoint', 'c.csv.checkpoint.jsonl', '--live'];
  const planned = await here('plan', ...told, '--json');
  expect(JSON.parse(planned.stdout)).toMatchObject({ created: 1 });
  expect(planned.stdout).not.toContain('undo_begins_anew');
  const done = await here('import', ...told, ...UNLIMITED);
  expect([done.code, done.stderr]).toEqual([0, expect.not.stringContaining('Undo takes back') as string]);
});

it('a next step that costs the undo printed below it says so beside it', async () => {
  const { write, here, path } = await workplace();
  await write('c.csv', 'Name,Email,Phone\nAnn,ann@example.com,\nBob,bob@example.com,12\n');
  const without = 'or without these values';
  expect((await here('import', 'c.csv', ...UNLIMITED)).stdout).toContain(`${without}:\n`);
  await write('d.csv', 'Name,Email,Phone\nDee,dee@example.com,\nEli,eli@example.com,12\n');
  const { stdout } = await here('import', 'd.csv', '--live', ...UNLIMITED);
  expect(stdout).toContain(`${without} (undo then takes back that import alone):\n`);
  expect(await readFile(path('d.csv.report.html'), 'utf8')).toContain('Take the import back.');
});

it('status leads to no corrected rejects of an import that was taken back with them', async () => {
  const { write, here, path } = await workplace();
  await write('c.csv', 'Name,Email\nAnn,ann@example.com\nBob,bob\n');
  await here('import', 'c.csv', '--live', ...UNLIMITED);
  const rejects = await readFile(path('c.csv.rejected.csv'), 'utf8');
  await write('c.csv.rejected.csv', rejects.replace('Bob,bob', 'Bob,bob@example.com'));
  const led = 'Rejected rows were corrected, and are not sent yet.';
  expect((await here('status', 'c.csv')).stdout).toContain(led);
  await here('import', 'c.csv.rejected.csv', '--live', ...UNLIMITED);
  for (const file of ['c.csv.rejected.csv', 'c.csv']) await here('undo', file, '--yes', ...UNLIMITED);
  expect((await here('status', 'c.csv')).stdout).not.toContain(led);
});

it('map says how many rows of the file are rejected as a plan does, and what comes next', async () => {
  const { write, here } = await workplace();
  await write('c.csv', 'Name,Email\nAnn,ann@example.com\n');
  expect((await here('map', 'c.csv', '--yes')).stdout).toContain(
    'Next\n  see what an import would do: clarky-contacts plan c.csv\n',
  );
});

it('advice that is a command names the file as it was typed, with what leads to its state', async () => {
  const { write, here } = await workplace({ faults: { on: 'writes', probabilities: { '422': 1 } } });
  const people = Array.from({ length: 20 }, (_, n) => `p${n}@example.com`).join('\n');
  await write('my list.csv', `Email\n${people}\nbroken\n`);
  await write('b.csv', 'Colour\nred\n');
  const next = async (...args: string[]): Promise<unknown> => {
    const { stdout, stderr } = await here(...args, '--json', ...UNLIMITED);
    const { next: said } = JSON.parse(stdout) as { next: string };
    expect(stderr).toContain(`  ${said}\n`);
    return said;
  };
  const plan = "clarky-contacts plan 'my list.csv'";
  expect(await next('import', 'my list.csv', '--fail-over', '1%')).toMatch(new RegExp(`: ${plan}$`));
  // Of a run that had begun, and has a summary.
  expect(await next('import', 'my list.csv', '--name', 'monthly')).toMatch(new RegExp(`: ${plan} --name monthly$`));
  expect(await next('import', 'b.csv', '--delimiter', ';')).toContain("`clarky-contacts map b.csv --delimiter ';'`");
});

it('a file with the key among lists is named, and what to do about it', async () => {
  const { write, here, sandbox } = await workplace();
  for (const name of ['a.csv', 'b.csv']) await write(name, `Email\n${name}@example.com\n`);
  await write('key.txt', `${sandbox.key}\n`);
  for (const files of [['key.txt'], ['a.csv', 'b.csv', 'key.txt']]) {
    const { code, stderr } = await here('import', ...files);
    expect([code, stderr]).toEqual([2, expect.stringContaining('key.txt holds a key of Clarky where the contacts')]);
    expect(stderr).not.toContain('a.csv+');
    expect(stderr.replace(/\s+/g, ' ')).toContain('name the list alone, and the file of the key with --key-file.');
    expect(stderr.includes('The other 2 files wait for it')).toBe(files.length > 1);
  }
});
