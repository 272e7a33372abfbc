/** Clarky may show what was written a moment later: the next import does not take whom it does not show yet for deleted. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace, type Ended, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

const HEAD = 'First Name,Last Name,Email,Email 2,Phone,Notes,Tags\n';
const LAG_MS = 600_000;

interface Lagging extends Workplace {
  /** Runs a command that asks again for what it is not shown, and shows it once the command has said so. */
  readonly shownInTime: (...args: string[]) => Promise<Ended>;
}

/** A Clarky that shows nothing of what is written until it is told to: no machine is too slow for that. */
async function lagging(): Promise<Lagging> {
  let aheadMs = 0;
  const place = await workplace({ readLagMs: LAG_MS, clock: () => Date.now() + aheadMs });
  const shownInTime = async (...args: string[]): Promise<Ended> => {
    const { child, ended } = place.start(args);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await Promise.race([until(() => said.includes('Clarky does not show yet all that it answered')), ended]);
    aheadMs += LAG_MS;
    return ended;
  };
  return { ...place, shownInTime };
}

it.each([
  ['without --live', []],
  ['with --live', ['--live']],
])('makes nobody twice whom another list brought in a moment ago, %s', async (_, flags) => {
  const { sandbox, write, here, shownInTime } = await lagging();
  await write(
    'a.csv',
    `${HEAD}Ann,Lee,ann@x.com,ann.lee@y.com,,1,\nBob,Stone,bob@x.com,,+14155551002,1,\nCy,Moor,cy@x.com,,,1,\n`,
  );
  await here('import', 'a.csv', ...UNLIMITED, ...flags);
  await write('b.csv', `${HEAD}Ann,Lee,ann.lee@y.com,,,2,\nBob,Stone,robert@y.com,,+14155551002,2,\n`);
  const done = await shownInTime('import', 'b.csv', '--json', ...UNLIMITED, ...flags);
  expect(JSON.parse(done.stdout)).toMatchObject({ created: 0, updated: 2 });
  expect(done.stderr).toContain('Clarky does not show yet all that it answered');
  expect(
    sandbox
      .contacts()
      .map(({ first_name: name, notes }) => `${name} ${notes}`)
      .sort(),
  ).toEqual(['Ann 2', 'Bob 2', 'Cy 1']);
});

it('makes nobody twice of whom the list has another e-mail a moment later', async () => {
  const { sandbox, write, here, shownInTime } = await lagging();
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,ann.lee@y.com,,1,\nBob,Stone,bob@x.com,,,1,\n`);
  await here('import', 'a.csv', ...UNLIMITED);
  await write('a.csv', `${HEAD}Ann,Lee,ann.lee@y.com,,,2,\nBob,Stone,bob@x.com,,,1,\n`);
  const done = await shownInTime('import', 'a.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(done.stdout)).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  expect(sandbox.contacts()).toHaveLength(2);
});

it.each([
  ['without --live', []],
  ['with --live', ['--live']],
])('leaves a phone with whom another list made and who is never shown: the e-mail leads, %s', async (_, flags) => {
  const { sandbox, write, run } = await workplace({ readLagMs: LAG_MS });
  await write('a.csv', `${HEAD}Bob,Stone,bob@x.com,,+14155551002,1,\n`);
  await run('import', 'a.csv', ...UNLIMITED);
  await write('b.csv', `${HEAD}Cy,Moor,cy@y.com,,+14155551002,2,\n`);
  const expected = { created: 1, updated: 0, rejected: 0 };
  if (flags.length > 0)
    expect(JSON.parse((await run('plan', 'b.csv', '--json', ...flags)).stdout)).toMatchObject(expected);
  const { stdout } = await run('import', 'b.csv', '--json', ...UNLIMITED, ...flags);
  expect(JSON.parse(stdout)).toMatchObject(expected);
  const phones = ['+14155551002'];
  expect(sandbox.contacts()).toMatchObject([
    { first_name: 'Bob', phone_numbers: phones },
    { first_name: 'Cy', phone_numbers: phones },
  ]);
});

it('joins lists with what was written a moment ago, with --live', async () => {
  const { sandbox, write, here, shownInTime } = await lagging();
  sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'], tags: ['vip'], notes: 'old' }]);
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,ann@work.com,,a,fair\n`);
  await here('import', 'a.csv', ...UNLIMITED, '--live');
  await write('b.csv', `${HEAD}Ann,Lee,ann@x.com,,,b,news\n`);
  await shownInTime('import', 'b.csv', ...UNLIMITED, '--live');
  expect(sandbox.contacts()).toMatchObject([
    { emails: ['ann@x.com', 'ann@work.com'], tags: ['vip', 'fair', 'news'], notes: 'b' },
  ]);
});

it('changes by the id, and makes nobody, who is not shown for longer than that', async () => {
  const { sandbox, write, here } = await workplace({ readLagMs: 600_000 });
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,ann.lee@y.com,,1,\n`);
  await here('import', 'a.csv', ...UNLIMITED);
  await write('b.csv', `${HEAD}Ann,Lee,ann.lee@y.com,,,2,\n`);
  const done = await here('import', 'b.csv', '--json', ...UNLIMITED);
  expect(JSON.parse(done.stdout)).toMatchObject({ created: 0, updated: 1 });
  expect(sandbox.contacts()).toMatchObject([{ notes: '2' }]);
  expect(done.stderr).toContain('Clarky still does not show what it answered moments ago');
});

it('builds nothing on what is proved to be of before, however long it was asked for, and undo leaves it in its journal', async () => {
  let aheadMs = 0;
  const { sandbox, write, run } = await workplace({ readLagMs: LAG_MS, clock: () => Date.now() + aheadMs });
  sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'], tags: ['vip'], notes: 'old' }]);
  aheadMs += 60_000;
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,ann@work.com,,a,fair\n`);
  expect(await run('import', 'a.csv', ...UNLIMITED, '--live')).toMatchObject({ code: 0 });
  const asOfA = { emails: ['ann@x.com', 'ann@work.com'], tags: ['vip', 'fair'], notes: 'a' };

  await write('b.csv', `${HEAD}Ann,Lee,ann@x.com,ann@home.com,,b,news\n`);
  const told = await run('import', 'b.csv', '--json', ...UNLIMITED, '--live');
  expect(JSON.parse(told.stdout)).toMatchObject({ updated: 0, rejected: 1, exit: 3, reasons: { reads_behind: 1 } });
  expect(sandbox.contacts()).toMatchObject([asOfA]);

  for (const _ of ['left', 'and left again']) {
    const { stdout } = await run('undo', 'a.csv', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ contacts: 1, setBack: 0, left: [{ reason: 'reads_behind' }], exit: 3 });
    expect(sandbox.contacts()).toMatchObject([asOfA]);
  }
});

it('undo takes what is shown for how things are, ten minutes after the answer', async () => {
  let aheadMs = -12 * 60_000;
  const { sandbox, write, run } = await workplace({ readLagMs: LAG_MS, clock: () => Date.now() + aheadMs });
  sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'], notes: 'old' }]);
  aheadMs += 60_000;
  await write('a.csv', 'First Name,Last Name,Email,Notes\nAnn,Lee,ann@x.com,new\n');
  expect(await run('import', 'a.csv', ...UNLIMITED, '--live')).toMatchObject({ code: 0 });
  const { stdout } = await run('undo', 'a.csv', '--yes', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ contacts: 1, nothingToDo: 1, left: [], exit: 0 });
});

it('joins lists with nothing of whom it made moments ago and does not show, with --live', async () => {
  const { sandbox, write, run } = await workplace({ readLagMs: LAG_MS });
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,ann@work.com,,a,fair\n`);
  expect(await run('import', 'a.csv', ...UNLIMITED, '--live')).toMatchObject({ code: 0 });
  await write('b.csv', `${HEAD}Ann,Lee,ann@x.com,,,b,news\n`);
  const { stdout } = await run('import', 'b.csv', '--json', ...UNLIMITED, '--live');
  expect(sandbox.contacts()).toMatchObject([{ emails: ['ann@x.com', 'ann@work.com'], tags: ['fair'], notes: 'a' }]);
  expect(JSON.parse(stdout)).toMatchObject({ created: 0, updated: 0, rejected: 1, reasons: { reads_behind: 1 } });
});

it('takes nobody of its own list for deleted whom it made moments ago and does not show, with --live', async () => {
  let aheadMs = 0;
  const place = await workplace({ readLagMs: LAG_MS, clock: () => Date.now() + aheadMs });
  const { sandbox, write, run } = place;
  const flags = ['--json', ...UNLIMITED];
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,ann@work.com,,a,fair\n`);
  expect(await run('import', 'a.csv', ...flags, '--live')).toMatchObject({ code: 0 });
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,,,b,news\n`);
  const behind = { created: 0, updated: 0, rejected: 1 };
  const plan = await run('plan', 'a.csv', '--json', '--live');
  expect(JSON.parse(plan.stdout)).toMatchObject(behind);
  for (const flag of ['--live', '--restore-deleted', '--resend']) {
    const { stdout } = await run('import', 'a.csv', ...flags, ...new Set(['--live', flag]));
    expect(JSON.parse(stdout)).toMatchObject({ ...behind, reasons: { reads_behind: 1 }, exit: 3 });
  }
  expect(sandbox.contacts()).toMatchObject([{ emails: ['ann@x.com', 'ann@work.com'], tags: ['fair'], notes: 'a' }]);
  aheadMs += LAG_MS;
  const { stdout } = await run('import', 'a.csv', ...flags);
  expect(JSON.parse(stdout)).toMatchObject({ created: 0, updated: 1, rejected: 0 });
  expect(sandbox.contacts()).toMatchObject([{ notes: 'b' }]);
});

it('takes for deleted whom it does not show, where another shows that the reading is newer', async () => {
  const { sandbox, write, run } = await workplace();
  const flags = ['--live', '--json', '--concurrency', '1', ...UNLIMITED];
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,,,a,\nBob,Ray,bob@x.com,,,a,\n`);
  expect(await run('import', 'a.csv', ...flags)).toMatchObject({ code: 0 });
  const [ann] = sandbox.contacts();
  const headers = { authorization: `Bearer ${sandbox.key}` };
  await fetch(`${sandbox.url}/contacts/${ann?.id}`, { method: 'DELETE', headers });
  await write('a.csv', `${HEAD}Ann,Lee,ann@x.com,,,b,\nBob,Ray,bob@x.com,,,a,\n`);
  for (const how of [flags, flags.slice(1)]) {
    const { stdout } = await run('import', 'a.csv', ...how);
    expect(JSON.parse(stdout)).toMatchObject({ unchanged: 1, rejected: 1, reasons: { deleted_in_clarky: 1 } });
  }
  expect(sandbox.contacts()).toHaveLength(1);
});
