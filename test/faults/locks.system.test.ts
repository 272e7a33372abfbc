import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { livenessOf } from '../../src/storage/locks/liveness.js';
import { thisProcess } from '../../src/storage/lock-owner.js';
import { createCsvWriter } from '../../src/source/text/writer.js';
import { removeAbandonedTemporaries, temporaryBeside } from '../../src/storage/replacement.js';
import { privateFolder } from '../support/folder.js';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { until } from '../support/until.js';

describe('an import that was killed', () => {
  it('keeps nobody out: the next one begins at once, and leaves nothing of it behind', async () => {
    const place = await workplace({ latency: { minMs: 100, maxMs: 100 } });
    await place.write('c.csv', peopleCsv(30));
    for (let kills = 1; kills <= 3; kills++) {
      const running = place.start(['import', 'c.csv', ...UNLIMITED]);
      const seen = place.sandbox.stats().writes;
      await until(() => place.sandbox.stats().writes >= seen + 2);
      running.child.kill('SIGKILL');
      await running.ended;
    }
    const ended = await place.run('import', 'c.csv', '--json', ...UNLIMITED);
    expect(ended.code).toBe(0);
    expect(place.sandbox.contacts()).toHaveLength(30);
    const names = await readdir(place.folder);
    const ours = ['checkpoint.jsonl', 'log.jsonl', 'report.html'].map((end) => `c.csv.${end}`);
    expect(names.sort()).toEqual(['c.csv', ...ours, 'state']);
  });

  it('with a change under way, which is then set back, leaves Clarky as the file says', async () => {
    // Written, and never answered: the kill comes then.
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 2, kind: 'hang-after' }] } });
    await place.write('c.csv', peopleCsv(1, 'Before'));
    expect(await place.imported('c.csv')).toBe(0);
    await place.write('c.csv', peopleCsv(1, 'After'));
    const running = place.start(['import', 'c.csv', ...UNLIMITED]);
    await until(() => place.sandbox.stats().updated === 1);
    running.child.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    expect(place.sandbox.contacts()[0]?.company).toBe('After');
    await place.write('c.csv', peopleCsv(1, 'Before'));
    expect((await place.here('import', 'c.csv', ...UNLIMITED)).code).toBe(0);
    expect(place.sandbox.contacts()[0]?.company).toBe('Before');
    // What was under way may land for half a minute still (checkpoint/who-is-known): until then it is sent once more.
    expect((await place.here('import', 'c.csv', '--json', ...UNLIMITED)).stdout).toMatch(/"requests":[01],/);
    expect(place.sandbox.contacts()[0]?.company).toBe('Before');
  });

  it('is gone even before its parent has asked for it', async () => {
    // The shell never waits for its child, which is killed: a zombie, whose number is still taken.
    const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -9 $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(await new Promise((resolve) => shell.stdout.once('data', (chunk) => resolve(String(chunk)))));
    const stat = (): Promise<string> => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') gone');
    await until(async () => /\) (Z|gone)/.test(await stat()));
    const start = (await stat()).split(') ')[1]?.split(' ')[19] ?? '1';
    const laid = { lockFile: 'none', touchedMs: 0, nowMs: () => Promise.resolve(0) };
    expect(await livenessOf({ pid, host: hostname(), start }, laid)).toEqual({ isAlive: false });
    expect(await livenessOf(thisProcess(), laid)).toEqual({ isAlive: true });
    shell.kill('SIGKILL');
  });
});

describe('what a killed process left half written', () => {
  it('is removed by the next writer of that file, and what a living one writes is not', async () => {
    const folder = await privateFolder();
    const path = `${folder}/r.csv`;
    const mine = temporaryBeside(path);
    const dead = mine.replace(`-${process.pid}-`, '-4194304-');
    const elsewhere = dead.replace(/r\.csv\.[0-9a-f]{8}/, 'r.csv.00000000');
    for (const name of [mine, dead, elsewhere, `${path}.tmp`]) await writeFile(name, 'half');
    // Of another machine, as of a container of another name, nobody can ask: no import takes so long.
    const longAgo = elsewhere.replace('00000000', '00000001');
    await writeFile(longAgo, 'half');
    const fifteenDaysAgo = Date.now() / 1000 - 15 * 24 * 3600;
    await utimes(longAgo, fifteenDaysAgo, fifteenDaysAgo);
    await removeAbandonedTemporaries(path);
    expect((await readdir(folder)).length).toBe(3);
    await writeFile(dead, 'half');
    const writer = await createCsvWriter(path, ['A']);
    await writer.commit();
    const names = (await readdir(folder)).map((name) => `${folder}/${name}`);
    expect(names).not.toContain(dead);
    expect(names).toEqual(expect.arrayContaining([mine, elsewhere, path]));
  });
});
