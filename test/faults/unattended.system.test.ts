import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';

describe('--latest', () => {
  it('tells a monitor how the run ended, whichever way', async () => {
    const place = await workplace({ faults: { on: 'writes', revokeAtRequest: 8 } });
    await place.write('c.csv', peopleCsv(10));
    const latest = async (): Promise<unknown> =>
      JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as unknown;
    const run = (...flags: string[]) => place.run('import', 'c.csv', '--latest', 'latest.json', '--quiet', ...flags);
    const beganMs = Date.now();
    expect((await run('--concurrency', '1', ...UNLIMITED)).code).toBe(4);
    expect(await latest()).toMatchObject({ created: 7, pending: 3, exit: 4, error: 'unauthorized' });
    expect((await run(...UNLIMITED)).code).toBe(4);
    expect(await latest()).toMatchObject({ file: 'c.csv', exit: 4, error: 'unauthorized' });
    const { end, message } = (await latest()) as { end: string; message: string };
    expect(Date.parse(end)).toBeGreaterThanOrEqual(beganMs);
    expect(Date.parse(end)).toBeLessThanOrEqual(Date.now());
    expect(message).not.toContain(place.sandbox.key);
    const guarded = await run('--fail-over', '0%', '--key-file', 'nope', ...UNLIMITED);
    expect(guarded.code).toBe(2);
    expect(await latest()).toMatchObject({ exit: 2, error: 'no_key' });
  });

  it('holds nothing that a terminal would obey, and the name of the file all the same', async () => {
    const place = await workplace();
    const file = 'a\u009b\u202e\u200bb.csv';
    expect((await place.run('import', file, '--latest', 'latest.json')).code).toBe(2);
    const latest = await readFile(place.path('latest.json'), 'utf8');
    expect(latest).toMatch(/^[ -~]+\n$/);
    expect(JSON.parse(latest)).toMatchObject({ file, exit: 2 });
  });
});
