import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { peopleCsv, workplace, type Workplace } from '../support/cli.js';

/** Runs a command that may open so many files at once. */
async function runWithin(place: Workplace, most: number, command: string) {
  const { code, stderr } = await place.runWith({ ulimit: `-n ${most}` }, command, 'c.csv', '--max-outage', '1');
  return { code, said: stderr };
}

/** So few that node itself just starts: some more in newer versions. */
async function fewest(place: Workplace): Promise<number> {
  await place.write('package.json', '{"type":"module"}');
  await place.write('nothing.js', 'import "node:http";');
  for (let most = 18; most < 60; most++) {
    const script = `ulimit -n ${most}; exec '${process.execPath}' nothing.js`;
    if (spawnSync('sh', ['-c', script], { cwd: place.folder }).status === 0) return most;
  }
  throw new Error('node does not start with 60 files');
}

const TOO_MANY =
  'clarky-contacts: Too many files are open.\n  Allow more open files: ulimit -n 256, then run the same command again.\n';

describe('where hardly any file may be open', () => {
  it('says so in one sentence, with what to do', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    expect(await runWithin(place, await fewest(place), 'import')).toEqual({ code: 2, said: TOO_MANY });
    expect(place.sandbox.stats().writes).toBe(0);
  });

  it('makes a plan all the same, or says so', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const { code, said } = await runWithin(place, await fewest(place), 'plan');
    expect([
      { code: 0, said: '' },
      { code: 2, said: TOO_MANY },
    ]).toContainEqual({ code, said });
  });

  it.each([60, 75, 90])('with %i it ends with a status that was promised, whatever it got to', async (most) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const { code, said } = await runWithin(place, most, 'import');
    expect(said).not.toMatch(/internal error|\n {4}at /);
    expect([0, 2, 5], said).toContain(code);
    if (code === 2) expect(place.sandbox.stats().writes).toBe(0);
  });
});
