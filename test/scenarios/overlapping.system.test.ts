import { describe, expect, it, onTestFinished } from 'vitest';
import { peopleCsv, UNLIMITED, workplace, type Ended, type Workplace } from '../support/cli.js';
import { redisIsInstalled, startRedis } from '../support/redis.js';
import { until } from '../support/until.js';

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

describe.runIf(redisIsInstalled)('an import with a Redis and one without, on one machine', () => {
  const FLAGS = ['--json', '--no-report'];

  const besideEachOther = async (place: Workplace, rate: readonly string[]): Promise<Ended[]> => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const args = ['import', 'a.csv', '--redis', redis.url, ...FLAGS, ...rate];
    return Promise.all([place.run(...args), place.run('import', 'b.csv', ...FLAGS, ...rate)]);
  };

  it('store nobody twice', async () => {
    const place = await workplace(LOOKS_FIRST);
    for (const file of ['a.csv', 'b.csv']) await place.write(file, peopleCsv(SHARED));
    expect((await besideEachOther(place, UNLIMITED)).map(({ code }) => code)).toEqual([0, 0]);
    expect(place.sandbox.contacts()).toHaveLength(SHARED);
  });

  it('share what the key may send', async () => {
    const place = await workplace({ writes: { limit: 30, windowMs: 5000 } });
    for (const file of ['a.csv', 'b.csv']) await place.write(file, peopleCsv(45).replaceAll('@', `@${file}.`));
    expect((await besideEachOther(place, ['--rate', '30/5'])).map(({ code }) => code)).toEqual([0, 0]);
    expect(place.sandbox.stats()).toMatchObject({ throttled: 0 });
    expect(place.sandbox.stats().peakWindow).toBeLessThanOrEqual(30);
  });
});

describe('an import beside an undo that is taking back the same person', () => {
  it.each([
    ['makes', 'deleted', 'DELETE'],
    ['changes', 'set back', 'PATCH'],
  ])('waits for what it %s somebody with until they are %s', async (_, taken, method) => {
    const place = await workplace();
    if (taken === 'set back') place.sandbox.seed([{ emails: ['ann@x.com'], first_name: 'Ann', company: 'Old' }]);
    await place.write('a.csv', 'Email,First name,Company\nann@x.com,Ann,From a\n');
    await place.write('b.csv', 'Email,First name,Company\nann@x.com,Ann,From b\ncy@x.com,Cy,\n');
    expect((await place.here('import', 'a.csv', '--live', '--json', ...UNLIMITED)).code).toBe(0);
    place.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: 'held' }] });
    const undoing = place.start(['undo', 'a.csv', '--yes', '--json', ...UNLIMITED]);
    const asked = (what: string): boolean => place.sandbox.requests.some((request) => request.method === what);
    await until(() => asked(method));
    const importing = place.start(['import', 'b.csv', '--json', ...UNLIMITED]);
    // Of the two in b.csv, one has nothing to wait for.
    await until(() => place.sandbox.contacts().some(({ emails }) => emails[0] === 'cy@x.com'));
    place.sandbox.setFaults({});
    expect([(await undoing.ended).code, (await importing.ended).code]).toEqual([0, 0]);
    const companies = new Map(place.sandbox.contacts().map(({ emails: [email], company }) => [email, company]));
    expect(companies).toEqual(new Map(Object.entries({ 'ann@x.com': 'From b', 'cy@x.com': null })));
  });
});

describe('an import that needs somebody whom a stopped one has under way', () => {
  it.runIf(process.platform === 'linux')('says so, and ends like one that gets nothing through', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'held' }] } });
    await place.write('a.csv', peopleCsv(1));
    await place.write('b.csv', peopleCsv(2));
    const stopped = place.start(['import', 'a.csv', ...UNLIMITED]);
    await until(() => place.sandbox.requests.some(({ method }) => method === 'POST'));
    stopped.child.kill('SIGSTOP');
    const { code, stderr } = await place.here('import', 'b.csv', '--max-outage', '1', ...UNLIMITED);
    const pid = String(stopped.child.pid);
    expect(stderr).toContain(`A contact is being written by another process (${pid}) that is stopped`);
    expect(stderr).toMatch(
      new RegExp(`Process ${pid} is stopped, and has been writing a contact of this file for \\d+ s`),
    );
    expect(code).toBe(5);
    place.sandbox.setFaults({});
    stopped.child.kill('SIGCONT');
    expect((await stopped.ended).code).toBe(0);
    expect((await place.here('import', 'b.csv', ...UNLIMITED)).code).toBe(0);
    expect(place.sandbox.contacts()).toHaveLength(2);
  });
});
