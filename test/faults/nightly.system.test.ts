import { readdir, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

/** A file of `count` people, of whom 50 others changed each night. */
function nightOf(night: number, count: number): string {
  const rows = Array.from({ length: count }, (_, n) => {
    const changedOn = n % Math.floor(count / 50) === night % Math.floor(count / 50) ? night : 0;
    return `First${n},Last${n},person${n}@example.com,Company ${changedOn}`;
  });
  return `First Name,Last Name,Email,Company\n${rows.join('\n')}\n`;
}

const QUIETLY = ['--quiet', '--json', '--latest', 'latest.json', '--concurrency', '50', ...UNLIMITED];

describe('the nightly import', () => {
  it('of 300 rows with 50 changes makes 50 writes and says nothing', async () => {
    const place = await workplace();
    await place.write('c.csv', nightOf(0, 300));
    expect(await place.imported('c.csv', { concurrency: 50 })).toBe(0);
    const before = place.sandbox.stats().writes;
    await place.write('c.csv', nightOf(7, 300));
    const ended = await place.here('import', 'c.csv', ...QUIETLY);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ updated: 50, unchanged: 250, requests: 50, complete: true });
    expect(place.sandbox.stats().writes - before).toBe(50);
  });

  it('leaves, after some nights, files that these nights make and nothing else', async () => {
    const place = await workplace();
    const sizes: { checkpoint: number; state: number }[] = [];
    for (let night = 0; night < 4; night++) {
      await place.write('c.csv', nightOf(night, 200));
      const ended = await place.here('import', 'c.csv', ...QUIETLY);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const { size } = await stat(place.path('c.csv.checkpoint.jsonl'));
      sizes.push({ checkpoint: size, state: (await readdir(place.path('state'), { recursive: true })).length });
    }
    const [first, last] = [sizes[0], sizes.at(-1)];
    // A changed contact is two lines of a hundred bytes (sent, and with its time by Clarky's clock a little more: accepted),
    // twice a night (set, and set back), until it is compacted.
    expect((last?.checkpoint ?? Infinity) - (first?.checkpoint ?? 0)).toBeLessThan(3 * 110 * 200);
    expect(last?.state).toBe(first?.state);
    // Nothing but what changed is logged beside what was there.
    expect((await readdir(place.folder)).sort()).toEqual([
      'c.csv',
      'c.csv.checkpoint.jsonl',
      'c.csv.log.jsonl',
      'c.csv.report.html',
      'latest.json',
      'state',
    ]);
  });
});
