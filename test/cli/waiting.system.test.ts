import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BINARY } from '../support/built.js';
import { refusingPort } from '../support/redis.js';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { atTerminal, CTRL_C, hasTerminal } from '../support/terminal.js';
import { until } from '../support/until.js';

const hasPipes = process.platform !== 'win32';

/** Starts a command whose input does not come, and waits until it says so. */
async function waiting(place: Workplace, ...args: string[]) {
  const child = spawn(process.execPath, [BINARY, ...args, '--progress', 'json'], {
    cwd: place.folder,
    env: {
      PATH: process.env.PATH,
      HOME: place.folder,
      CLARKY_API_URL: place.sandbox.url,
      CLARKY_KEY: place.sandbox.key,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = (await once(child.stderr, 'data')) as [Buffer];
  return { child, said: said.toString(), ended: once(child, 'exit') as Promise<[number | null]> };
}

describe.runIf(hasPipes)('input that does not come', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'a pipe without a writer is waited for until the first %s',
    async (signal) => {
      const place = await workplace();
      spawnSync('mkfifo', [place.path('p')]);
      const { child, said, ended } = await waiting(place, 'import', 'p');
      expect(said).toContain('until its writer closes it');
      child.kill(signal);
      expect((await ended)[0]).toBe(signal === 'SIGINT' ? 130 : 143);
    },
  );

  it('so is standard input', async () => {
    const place = await workplace();
    const { child, said, ended } = await waiting(place, 'import', '-');
    expect(said).toContain('standard input until it ends');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(143);
  });

  it.each(['import', 'plan', 'verify'])(
    'a pipe that is to give a key is waited for by %s until it is stopped',
    async (command) => {
      const place = await workplace();
      await place.write('c.csv', peopleCsv(3));
      const pipe = place.path('key');
      spawnSync('mkfifo', [pipe]);
      const running = place.start([command, 'c.csv', '--key-file', 'key']);
      // A pipe that nobody reads can't be opened for writing.
      const isRead = (): boolean => {
        try {
          closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
          return true;
        } catch {
          return false;
        }
      };
      await until(isRead);
      running.child.kill('SIGTERM');
      const { code, stderr } = await running.ended;
      expect([code, stderr]).toEqual([143, expect.stringContaining('Stopped by SIGTERM.')]);
    },
  );

  it('a pipe is read once somebody writes into it', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    spawnSync('mkfifo', [place.path('p')]);
    const { ended } = await waiting(place, 'import', 'p', ...UNLIMITED);
    spawnSync('sh', ['-c', 'cat c.csv > p'], { cwd: place.folder });
    expect((await ended)[0]).toBe(0);
    expect(place.sandbox.stats().created).toBe(3);
  });

  it('leads to no command on what can’t be read once more', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}no e-mail,b,c,d\n`);
    spawnSync('mkfifo', [place.path('p')]);
    const running = place.start(['import', 'p', '--live', ...UNLIMITED]);
    spawnSync('sh', ['-c', 'cat c.csv > p'], { cwd: place.folder });
    const { code, stdout } = await running.ended;
    const said = stdout.replace(/\s+/g, ' ');
    expect([code, said]).toEqual([3, expect.stringContaining('clarky-contacts undo p')]);
    expect(said).not.toMatch(/(?:verify|import) p /);
    expect(said).toContain('Save it to a file first, and import and verify that.');
    const report = await readFile(place.path('p.report.html'), 'utf8');
    expect([report.includes('clarky-contacts undo p'), report.includes('verify p')]).toEqual([true, false]);
    const input = 'Email,Amount,deal value\nann@example.com,,1.234\n';
    const plan = await place.hereWith({ input }, 'plan', '-');
    expect(plan.stdout).toContain('saved to a FILE');
    expect(plan.stdout).not.toContain('map -');
  });
});

describe.skipIf(!hasTerminal)('a server that keeps silent, at a terminal', () => {
  it.each([
    [['import', 'c.csv'], 'Asking Clarky what the key may do'],
    [['plan', 'c.csv', '--live'], 'Asking Clarky what the key may do'],
    [['verify', 'c.csv'], 'Asking Clarky what the key may do'],
    [['bots'], 'Asking Clarky for the bots'],
    [['login'], 'Asking Clarky what the key may do'],
    [['doctor'], 'Checking'],
  ])('%j says what it waits for, and ends by Ctrl-C', async (args, says) => {
    const place = await workplace({ faults: { on: 'all', probabilities: { hang: 1 } } });
    await place.write('c.csv', peopleCsv(2));
    const shown = atTerminal(place, args);
    await shown.shows(says);
    await shown.shows('has not answered yet. Waiting for');
    await shown.shows('giving up in');
    shown.type(CTRL_C);
    expect((await shown.ended).code).toBe(130);
  });

  it('while rows are sent: how long nothing has come back, and how many requests end before it stops', async () => {
    const place = await workplace({ faults: { on: 'writes', probabilities: { late: 1 }, lateMs: 20_000 } });
    await place.write('c.csv', peopleCsv(30));
    const shown = atTerminal(place, ['import', 'c.csv']);
    await shown.shows('0/30  no answer for ');
    shown.type(CTRL_C);
    await shown.shows('Finishing 1 request; Ctrl-C again to quit at once.');
    shown.type(CTRL_C);
    expect((await shown.ended).code).toBe(130);
  });
});

describe('a Redis that refuses the connection', () => {
  it('is tried as long as --max-outage says, and no longer than until the first signal', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const redis = ['--redis', `redis://127.0.0.1:${String(await refusingPort())}`];
    const patient = place.start(['import', 'c.csv', ...redis, '--max-outage', '1h']);
    let said = '';
    patient.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes('ECONNREFUSED'));
    const hasty = await place.here('import', 'c.csv', ...redis, '--max-outage', '1s');
    expect(hasty.code).toBe(5);
    expect(hasty.stderr).toContain('Check that it runs');
    expect(patient.child.exitCode).toBeNull();
    patient.child.kill('SIGTERM');
    const { code, stderr } = await patient.ended;
    expect(code).toBe(143);
    expect(stderr).toContain('Stopped by SIGTERM');
  });
});
