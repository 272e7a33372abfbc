/** What a night leaves for those who look in the morning: in the log, in the summary, on standard error. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { takeLock } from '../../src/storage/lock.js';
import type { Said } from '../support/built.js';
import { type Facts, linesOf, peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { until } from '../support/until.js';

const flat = ({ stderr }: Said): string => stderr.replace(/\s+/g, ' ');

describe('--progress json', () => {
  it('has a time in every line, and what is told of an outage is no request', async () => {
    const place = await workplace({ faults: { outage: { fromRequest: 3, forMs: 1500, as: '503' } } });
    await place.write('c.csv', peopleCsv(3));
    const { stderr, code } = await place.here('import', 'c.csv', '--progress', 'json', '--verbose', ...UNLIMITED);
    expect(code).toBe(0);
    const lines = linesOf(stderr);
    for (const line of lines) {
      expect(line).toHaveProperty('time');
      if (line.event === 'request') expect(line).toMatchObject({ method: expect.any(String) as string });
      if (String(line.msg).includes('giving up in')) expect(line.givesUpSeconds).toBeGreaterThan(0);
    }
    expect(lines.find(({ event }) => event === 'answering')).toMatchObject({
      msg: 'Clarky answers again: going on.',
    });
    const failed = await place.here('import', 'nope.csv', '--progress', 'json');
    expect(linesOf(failed.stderr).at(-1)).toMatchObject({ event: 'error', time: expect.any(String) as string });
    const log = linesOf(await readFile(place.path('c.csv.log.jsonl'), 'utf8'));
    expect(log.map(({ event }) => event)).toContain('answering');
  });
});

describe('the log', () => {
  it('has how long writes wait after a 429 once, and where it stands', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 2, kind: '429' }] } });
    await place.write('c.csv', peopleCsv(3));
    await place.here('import', 'c.csv', '--rate', '1000/1');
    const log = linesOf(await readFile(place.path('c.csv.log.jsonl'), 'utf8'));
    const retrying = log.find(({ event }) => event === 'retrying');
    expect(retrying).toMatchObject({ reason: 'throttled', attempt: 1 });
    expect(retrying).not.toHaveProperty('waitMs');
    expect(log.find(({ event }) => event === 'throttled')?.waitMs).toBeGreaterThan(0);
  });

  it('wakes nobody for a deadline', async () => {
    const nightOf = async (seconds: number): Promise<Facts[]> => {
      const place = await workplace({ writes: { limit: 2, windowMs: 60_000 } });
      await place.write('c.csv', peopleCsv(10));
      const flags = ['--rate', '2/60', '--max-duration', `${seconds}s`, '--quiet'];
      expect(await place.here('import', 'c.csv', ...flags)).toMatchObject({ code: 7 });
      return linesOf(await readFile(place.path('c.csv.log.jsonl'), 'utf8'));
    };
    let log: Facts[] = [];
    // On a machine that has no time for it, it comes before anything is sent.
    for (let seconds = 1; !log.some(({ event }) => event === 'contact'); seconds *= 2) log = await nightOf(seconds);
    expect(log.filter(({ event }) => event === 'stopping')).toMatchObject([{ code: 'deadline', level: 40 }]);
    expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('takes no write of its own for one of another program, where the server counts over a longer time', async () => {
    const place = await workplace({ writes: { limit: 600, windowMs: 60_000 } });
    await place.write('c.csv', peopleCsv(40));
    expect((await place.here('import', 'c.csv', '--rate', '10/1', '--quiet')).code).toBe(0);
    const log = linesOf(await readFile(place.path('c.csv.log.jsonl'), 'utf8'));
    expect(log.filter(({ event }) => event === 'other_program')).toEqual([]);
  });
});

describe('the summary', () => {
  it('warns of what is of this night alone, in one order', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Email,Kept back\nann@example.com,x\n');
    const run = async (): Promise<Facts> =>
      JSON.parse((await place.here('import', 'c.csv', '--json', ...UNLIMITED)).stdout) as Facts;
    const codes = ({ warnings = [] }: Facts): unknown => (warnings as Facts[]).map(({ code }) => code);
    expect(codes(await run())).toEqual(['left_out_columns']);
    const again = await run();
    expect([codes(again), again.undoable, again.requests]).toEqual([['left_out_columns'], false, 0]);
    expect(JSON.stringify(again)).not.toContain('Kept back');
  });

  it('of a run that its guard has stopped has the counts, everywhere', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Email,Phone\nann@example.com,\nnobody,none of yours\nno one,\nnobody else,\n');
    const posted: Facts[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        posted.push(JSON.parse(text) as Facts);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void (server.closeAllConnections(), server.close()));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const flags = ['--fail-over', '20%', '--latest', 'latest.json', '--on-end', url, '--json'];
    const { code, stdout } = await place.here('import', 'c.csv', ...flags, ...UNLIMITED);
    const counts = { rows: 4, created: 0, updated: 0, rejected: 3, pending: 1 };
    // As a plan, and an import that begins, count them.
    const reasons = { invalid_email: 3, invalid_phone: 1 };
    expect(code).toBe(4);
    expect(JSON.parse(await readFile(place.path('latest.json'), 'utf8'))).toMatchObject({
      ...counts,
      reasons,
      error: 'guarded',
    });
    expect(JSON.parse(stdout)).toMatchObject({ ...counts, reasons, next: expect.any(String) as string });
    expect(posted).toMatchObject([
      { ...counts, reasons, error: 'guarded', message: expect.stringContaining('3 of 4') as string },
    ]);
    expect(place.sandbox.stats().writes).toBe(0);
    expect(await readFile(place.path('c.csv.log.jsonl'), 'utf8')).toMatch(/"event":"ended".*"error":"guarded"/);
    // So does the next night, whose --latest is there by now.
    expect(await place.run('import', 'c.csv', ...flags, ...UNLIMITED)).toMatchObject({ code: 4 });
  });

  it('says what a key may not do, and what is to be done', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    const { readOnlyKey: CLARKY_KEY } = place.sandbox;
    const { stdout } = await place.hereWith({ env: { CLARKY_KEY } }, 'import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(stdout)).toMatchObject({
      error: 'forbidden',
      message: 'The key may not write (HTTP 403).',
      next: expect.stringContaining('scope "write"') as string,
    });
  });
});

it('whoever waits for another import is told so, and for whom', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(1));
  const lock = await takeLock(place.path('c.csv.checkpoint.jsonl'));
  onTestFinished(() => lock.release());
  const waited = await place.here('import', 'c.csv', '--wait', '1s', ...UNLIMITED);
  expect(waited.code).toBe(6);
  expect(flat(waited)).toMatch(
    new RegExp(
      `Another import is using this checkpoint: process ${process.pid} on .*\\. Waiting for it, 1 s at most\\.`,
    ),
  );
  const { stderr } = await place.here('import', 'c.csv', '--wait', '1s', '--progress', 'json', ...UNLIMITED);
  expect(linesOf(stderr).map(({ event }) => event)).toContain('locked');
});

it('a list that has gained a file says under which name it was known, and how nothing is sent again', async () => {
  const place = await workplace();
  for (const name of ['a', 'b', 'c']) await place.write(`${name}.csv`, `Email\n${name}@example.com\n`);
  await place.here('import', 'a.csv', 'b.csv', ...UNLIMITED);
  const plan = await place.here('plan', 'a.csv', 'b.csv', 'c.csv');
  const [, flags = ''] = /With (--checkpoint \S+) only/.exec(plan.stdout.replace(/\s+/g, ' ')) ?? [];
  expect(flags).toBe('--checkpoint a.csv+b.csv.checkpoint.jsonl');
  const more = await place.here('import', 'a.csv', 'b.csv', 'c.csv', ...flags.split(' '), '--json', ...UNLIMITED);
  expect(JSON.parse(more.stdout)).toMatchObject({ created: 1, unchanged: 2 });
  // A folder has one name.
  await mkdir(place.path('lists'));
  await writeFile(place.path('lists/a.csv'), 'Email\na@example.com\n');
  expect((await place.here('plan', 'lists')).stdout).not.toContain('was imported before');
});

describe('what is wrong here is said in the words of here', () => {
  it('a folder of a sandbox’s store that is not there', async () => {
    const { run } = await workplace();
    const ended = await run('sandbox', '--store', 'nowhere/x.json');
    expect([ended.code, flat(ended)]).toEqual([
      2,
      expect.stringMatching(/The store can't be written: .*nowhere.*: the folder does not exist\. .*--store/) as string,
    ]);
  });

  it('a folder for temporary files that is not there, or can not be', async () => {
    const place = await workplace();
    await place.write('file', '');
    const env = { TMPDIR: place.path('file/tmp') };
    const ended = await place.hereWith({ env, input: 'Email\nann@example.com\n' }, 'plan', '-');
    expect(ended.code).toBe(2);
    expect(flat(ended)).toMatch(/temporary files, \S+ \(TMPDIR\), can't be written: .*variable TMPDIR\./);
  });

  it('a place in which no folder can be made ends a login', async () => {
    const place = await workplace();
    const env = { XDG_CONFIG_HOME: '/proc/nope' };
    const ended = await place.hereWith({ env, input: `${place.sandbox.key}\n` }, 'login', 'p');
    expect(ended.code).toBe(2);
    expect(flat(ended)).toContain('XDG_CONFIG_HOME');
  });

  it.each([
    ['empty', '', /is empty/],
    ['junk', 'ü', /holds characters that no key has/],
    ['gone', undefined, /doesn't exist/],
  ])('a key that was to be changed, and whose file is %s by then', async (_, text, says) => {
    const place = await workplace({ faults: { on: 'writes', revokeAtRequest: 3 }, latency: { minMs: 50, maxMs: 50 } });
    await place.write('key', place.sandbox.key);
    await place.write('c.csv', peopleCsv(5));
    const flags = ['--key-file', 'key', '--concurrency', '1', ...UNLIMITED];
    const { child, ended } = place.start(['import', 'c.csv', ...flags], { env: { CLARKY_KEY: undefined } });
    await until(() => place.sandbox.stats().writes >= 1);
    await (text === undefined ? rm(place.path('key')) : place.write('key', text));
    const done = await ended;
    expect([done.code, child.exitCode]).toEqual([4, 4]);
    expect(flat(done)).toContain('There is no new one in its place: The key');
    expect(flat(done)).toMatch(says);
  });

  it.each([
    ['# the key\nck_live_x\n', 'key holds 2 lines, and a key is one.'],
    ['"ck_live_x"', "key holds characters that no key has (a blank, a line break, a quote, 'é')."],
  ])('a key file that holds more than a key is named: %j', async (text, says) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    await place.write('key', text);
    const ended = await place.runWith({ env: { CLARKY_KEY: undefined } }, 'import', 'c.csv', '--key-file', 'key');
    expect([ended.code, flat(ended)]).toEqual([2, expect.stringContaining(`The key file ${says}`) as string]);
    expect(flat(ended)).toContain('Leave the key alone in it');
  });

  it('a key file that is an environment file, or no path', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    await place.write('key', `CLARKY_KEY=${place.sandbox.key}\n`);
    const env = { CLARKY_KEY: undefined };
    const set = await place.hereWith({ env }, 'import', 'c.csv', '--key-file', 'key');
    expect([set.code, flat(set)]).toEqual([
      2,
      expect.stringContaining('sets a variable, and does not hold the key') as string,
    ]);
    const dash = await place.hereWith({ env }, 'import', 'c.csv', '--key-file', '-');
    expect([dash.code, flat(dash)]).toEqual([2, expect.stringContaining('it is /dev/stdin') as string]);
    expect(place.sandbox.requests).toEqual([]);
  });

  it('too little memory for what reads HTTP is no fault of the server, and what is advised helps', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const run = (env = {}) => place.runWith({ ulimit: '-v 4000000', env }, 'import', 'c.csv', ...UNLIMITED);
    const ended = await run();
    // A newer Node does with less by itself: who allows it no more has nothing to do.
    if (ended.code !== 0) {
      expect([ended.code, flat(ended)]).toEqual([2, expect.stringContaining('ulimit -v unlimited') as string]);
      const [, NODE_OPTIONS] = /NODE_OPTIONS=(\S+?)[,.)]? /.exec(flat(ended)) ?? [];
      expect(NODE_OPTIONS).toBe('--disable-wasm-trap-handler');
      expect(place.sandbox.requests).toEqual([]);
      expect((await run({ NODE_OPTIONS })).code).toBe(0);
    }
    expect(place.sandbox.contacts()).toHaveLength(1);
  });
});
