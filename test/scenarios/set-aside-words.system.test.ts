import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const BEFORE = 'Name,Email\nAnn Ash,no address\n';

/** The list imported, its rejects corrected, and the list imported again as `then` says: what is told of it. */
async function setAsideBy(then: string): Promise<string> {
  const place = await workplace();
  await place.write('c.csv', BEFORE);
  expect((await place.here('import', 'c.csv', ...UNLIMITED)).code).toBe(3);
  const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
  await place.write('c.csv.rejected.csv', rejects.replace('no address', 'ann@example.com'));
  await place.write('c.csv', then);
  const { stderr } = await place.here('import', 'c.csv', ...UNLIMITED);
  expect(stderr).toContain('it is kept as c.csv.rejected.edited-');
  return stderr.replace(/\s+/g, ' ');
}

describe('a rejects file that was corrected and is set aside', () => {
  it('is one to import where its row is rejected still', async () => {
    expect(await setAsideBy(BEFORE)).toContain('import that to send what was corrected.');
  });

  it('is none to import where the list was corrected otherwise: its person would be there twice', async () => {
    const told = await setAsideBy('Name,Email\nAnn Ash,ann@new.example.org\n');
    expect(told).not.toContain('import that to send');
    expect(told).toContain('no row of the list is rejected any more.');
  });

  it('is one file, however often the same is put in its place again', async () => {
    const { write, here, path, folder } = await workplace();
    const night = async (): Promise<unknown> => here('import', 'c.csv', ...UNLIMITED);
    await write('c.csv', BEFORE);
    await night();
    const corrected = (await readFile(path('c.csv.rejected.csv'), 'utf8')).replace('no address', 'ann@example.com');
    for (const _ of [1, 2]) {
      await write('c.csv.rejected.csv', corrected);
      await night();
    }
    const [aside = '', ...more] = (await readdir(folder)).filter((name) => name.includes('.edited-'));
    expect([await readFile(path(aside), 'utf8'), more]).toEqual([corrected, []]);
  });

  it.each(['another Clarky', 'another bot'])('is one to import still where a rehearsal sent it to %s', async (to) => {
    const place = await workplace({ bots: 2 });
    const elsewhere = await workplace();
    const { sandbox, path } = place;
    const ofBot = { CLARKY_BOT_ID: sandbox.botIds[1] ?? '' };
    const other = { CLARKY_API_URL: elsewhere.sandbox.url, CLARKY_KEY: elsewhere.sandbox.key, CLARKY_BOT_ID: '' };
    const rehearsed = to === 'another bot' ? ofBot : other;
    const own = { CLARKY_BOT_ID: sandbox.botIds[0] ?? '' };
    const run = async (env: Record<string, string>, ...args: string[]): ReturnType<typeof place.hereWith> =>
      place.hereWith({ env }, ...args, ...UNLIMITED, '--forget-settings');
    await place.write('c.csv', BEFORE);
    await run(rehearsed, 'import', 'c.csv');
    const corrected = (await readFile(path('c.csv.rejected.csv'), 'utf8')).replace('no address', 'ann@example.com');
    await place.write('c.csv.rejected.csv', corrected);
    expect((await run(rehearsed, 'import', 'c.csv.rejected.csv')).code).toBe(0);

    // Of another bot, verify finds the corrected contact itself.
    for (const command of to === 'another bot' ? ['plan'] : ['plan', 'verify']) {
      const told: unknown = JSON.parse((await run(own, command, 'c.csv', '--json')).stdout);
      expect(told).toMatchObject({ rejected: 1, unsentRejects: [expect.stringMatching(/c\.csv\.rejected\.csv$/)] });
    }
    expect(JSON.parse((await run(rehearsed, 'plan', 'c.csv', '--json')).stdout)).not.toHaveProperty('unsentRejects');
    const { code, stderr } = await run(own, 'import', 'c.csv');
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('import that to send what was corrected.') as string,
    ]);
    const again: unknown = JSON.parse((await run(own, 'import', 'c.csv', '--json')).stdout);
    expect(again).toMatchObject({ unsentRejects: [expect.stringContaining('c.csv.rejected.edited-')] });
  });

  it.each([[[]], [['--live']]])(
    'is not said to be unsent where its import was forgotten: sent once more, it makes nobody twice, with %j',
    async (how) => {
      const { write, here, path, folder, sandbox } = await workplace();
      const words = (text: string): string => text.replace(/\s+/g, ' ');
      const all = [...how, ...UNLIMITED];
      await write('c.csv', BEFORE);
      await here('import', 'c.csv', ...all);
      const rejects = await readFile(path('c.csv.rejected.csv'), 'utf8');
      await write('c.csv.rejected.csv', rejects.replace('no address', 'ann@example.com'));
      expect((await here('import', 'c.csv.rejected.csv', ...all)).code).toBe(0);
      expect((await here('forget', 'c.csv.rejected.csv', '--all', '--yes')).code).toBe(0);

      for (const command of ['plan', 'status']) {
        const said = words((await here(command, 'c.csv')).stdout);
        expect([command, said]).toEqual([
          command,
          expect.stringContaining(
            'If that was done and forgotten since, doing it again with --live makes nobody twice.',
          ),
        ]);
      }
      const told = words((await here('import', 'c.csv', ...all)).stderr);
      expect(told).toContain(': no import of it is known here: import that to send what was corrected.');
      expect(told).toContain('importing it again with --live makes nobody twice.');
      expect(JSON.parse((await here('verify', 'c.csv', '--json')).stdout)).toMatchObject({ corrected: 1, rejected: 0 });
      const aside = (await readdir(folder)).find((name) => name.includes('.edited-')) ?? '';
      const again = await here('import', aside, '--json', '--live', ...UNLIMITED);
      expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { unchanged: 1, requests: 0 }]);
      expect(sandbox.contacts()).toHaveLength(1);
    },
  );
});
