import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { BINARY } from '../support/built.js';
import { workplace } from '../support/cli.js';

it('a link that leads in circles is told as that', async () => {
  const place = await workplace();
  await symlink('round', place.path('round.csv'));
  await symlink('round.csv', place.path('round'));
  const { code, stderr } = await place.run('plan', 'round.csv');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "clarky-contacts: round.csv can't be read: it is a link that leads in circles.\n",
  });
});

it.each(['plan', 'status'])('%s in a folder that is there no more says so', async (command) => {
  const place = await workplace();
  await place.write('c.csv', 'Email\na@example.com\n');
  await mkdir(place.path('gone'));
  const script = `rmdir ../gone; exec '${process.execPath}' '${BINARY}' ${command} ../c.csv`;
  const { status, stderr } = spawnSync('sh', ['-c', script], {
    cwd: place.path('gone'),
    env: { ...process.env, ...place.env },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr:
      'clarky-contacts: The folder in which this was started is not there any more.\n' +
      '  Change to one that is there (cd), then run the same command again.\n',
  });
});

it('a checkpoint that is damaged where it says what it is for was not never imported', async () => {
  const place = await workplace();
  await place.write(
    'c.csv.checkpoint.jsonl',
    '{"format":"clarky-contacts checkpoint","version":1}\n{"x":[[[[\n{"settings":{}}\n',
  );
  const { code, stdout, stderr } = await place.here('status', 'c.csv');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^clarky-contacts: c\.csv\.checkpoint\.jsonl is damaged: line 2 /);
});
