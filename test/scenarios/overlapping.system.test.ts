import { describe, expect, it, onTestFinished } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { redisIsInstalled, startRedis } from '../support/redis.js';

/** Looks up, waits, and stores: two writes of one new contact at the same time make two. */
const LOOKS_FIRST = { faults: { nonAtomicMs: 40 } } as const;
const SHARED = 25;

describe('two imports of overlapping files at the same time, each with its own checkpoint', () => {
  it('store nobody twice on a server that looks up, waits and stores', async () => {
    const place = await workplace(LOOKS_FIRST);
    await place.write('a.csv', peopleCsv(SHARED));
    await place.write('b.csv', peopleCsv(SHARED));
    const both = await Promise.all(['a.csv', 'b.csv'].map((file) => place.run('import', file, '--json', ...UNLIMITED)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(place.sandbox.contacts()).toHaveLength(SHARED);
  });

  it.runIf(redisIsInstalled)('store nobody twice from two machines that share a Redis', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const place = await workplace(LOOKS_FIRST);
    const flags = ['--json', '--redis', redis.url, '--rate', '1000/1'];
    const runs = ['a.csv', 'b.csv'].map(async (file) => {
      await place.write(file, peopleCsv(SHARED));
      return place.runWith({ env: { XDG_STATE_HOME: place.path(`state of ${file}`) } }, 'import', file, ...flags);
    });
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0]);
    expect(place.sandbox.contacts()).toHaveLength(SHARED);
  });
});
