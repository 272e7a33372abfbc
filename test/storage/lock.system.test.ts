import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doorOf } from '../../src/storage/lock-owner.js';
import { lockHolder, takeLock, type Lock } from '../../src/storage/lock.js';
import { ImporterError } from '../../src/errors.js';
import { privateFolder } from '../support/folder.js';
import { until } from '../support/until.js';

const noSleep = async (): Promise<void> => undefined;

describe('the lock of a checkpoint', () => {
  it('is held by one, named to the other, and free after release', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const lock = await takeLock(path);
    await expect(takeLock(path, { sleep: noSleep })).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
    await lock.release();
    await (await takeLock(path)).release();
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it.each([44, 46, 50, 60, 68, 74, 85, 107, 150, 250])(
    'is had by one and told at its door, and leaves nothing, beside a name of %i bytes',
    async (bytes) => {
      const path = join(await privateFolder(), 'x'.repeat(bytes));
      for (let round = 0; round < 2; round++) {
        const lock = await takeLock(path);
        await expect(takeLock(path, { sleep: noSleep })).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
        const laid = (await readdir(dirname(path))).filter((name) => !name.endsWith('.door'));
        expect(laid).toHaveLength(1);
        if (process.platform === 'linux') {
          const door = doorOf(join(dirname(path), laid[0] ?? ''));
          expect((await stat(door)).isSocket()).toBe(true);
        }
        await lock.release();
        expect(await readdir(dirname(path))).toEqual([]);
      }
    },
  );

  it('is had by exactly one of many who come at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const path = join(await privateFolder(), 'c.jsonl');
      const results = await Promise.allSettled(Array.from({ length: 6 }, () => takeLock(path)));
      const had = results.filter((result) => result.status === 'fulfilled');
      expect(had.length).toBeLessThanOrEqual(1);
      for (const result of results) {
        if (result.status === 'rejected') expect((result.reason as ImporterError).code).toBe('locked');
      }
    }
  });

  it('is taken over at once from an owner that was killed', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const owner = { pid: child.pid, host: hostname(), start: '1' };
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writeFile(`${path}.lock-dead`, JSON.stringify(owner));
    const lock = await takeLock(path, { sleep: noSleep });
    const laid = (await readdir(join(path, '..'))).filter((name) => !name.endsWith('.door'));
    expect(laid).toHaveLength(1);
    expect(laid).not.toContain('c.jsonl.lock-dead');
    await lock.release();
  });

  it('is seen by others without being touched, and never as that of the one who looks', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    expect(await lockHolder(path)).toBeUndefined();
    const lock = await takeLock(path);
    expect(await lockHolder(path)).toBeUndefined();
    await lock.release();
    const far = { pid: 1, host: `not-${hostname()}`, start: '1' };
    await writeFile(`${path}.lock-far`, JSON.stringify(far));
    const held = await lockHolder(path);
    expect(held).toMatchObject({ owner: far, file: `${path}.lock-far` });
    expect(held?.unseenMs).toBeGreaterThanOrEqual(0);
    expect(await readdir(join(path, '..'))).toEqual(['c.jsonl.lock-far']);
    expect(await lockHolder(join(path, 'nowhere', 'c.jsonl'))).toBeUndefined();
  });

  it('is taken over where the pid now belongs to another process', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    await writeFile(`${path}.lock-reused`, JSON.stringify({ pid: process.pid, host: hostname(), start: '1' }));
    await (await takeLock(path, { sleep: noSleep })).release();
  });

  it('is not taken from an owner on another machine', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    await writeFile(`${path}.lock-far`, JSON.stringify({ pid: 1, host: `not-${hostname()}`, start: '1' }));
    await expect(takeLock(path, { sleep: noSleep })).rejects.toBeInstanceOf(ImporterError);
  });

  it('is touched again and again, and the holder is told where it was taken away', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const lock = await takeLock(path, { touchMs: 5 });
    const [name = ''] = (await readdir(dirname(path))).filter((one) => !one.endsWith('.door'));
    const file = join(dirname(path), name);
    const text = await readFile(file, 'utf8');
    await utimes(file, 1000, 1000);
    await until(async () => (await stat(file)).mtimeMs > 1_000_000);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(() => lock.assertHeld()).not.toThrow();
    await rm(file);
    expect(() => lock.assertHeld()).toThrow('had stood still for so long that its lock was taken away');
    await lock.release();
    expect(await readdir(dirname(path)), 'not made again').toEqual([]);
  });

  it('waits for a living owner as long as it is told to', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const lock = await takeLock(path);
    let sleptMs = 0;
    const waiting = takeLock(path, {
      waitMs: 10_000,
      sleep: async (ms) => {
        sleptMs += ms;
        if (sleptMs > 3000) await lock.release();
      },
    });
    await (await waiting).release();
    expect(sleptMs).toBeLessThan(10_000);
  });
});

const SRC_LOCK = fileURLToPath(new URL('../../dist/storage/lock.js', import.meta.url));
/** Takes the lock of a path, says so, and stays. */
const HOLDER = `const { takeLock } = await import(process.argv[1]);
await takeLock(process.argv[2]); console.log('held'); setInterval(() => {}, 1000);`;
const canMakeContainers = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
if (!canMakeContainers) process.stderr.write('no unshare here: the tests of two containers do not run\n');

describe.runIf(canMakeContainers)('the lock of a checkpoint, from another container with the same host name', () => {
  const holdElsewhere = async (path: string): Promise<ChildProcess> => {
    const args = ['--pid', '--fork', '--kill-child', '--mount-proc', process.execPath, '--input-type=module'];
    const child = spawn('unshare', [...args, '-e', HOLDER, SRC_LOCK, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout ?? child, 'data');
    return child;
  };

  it('is kept while its owner lives, and free at once when that was killed', async () => {
    const path = join(await privateFolder(), 'c.jsonl');
    const child = await holdElsewhere(path);
    await expect(takeLock(path, { sleep: noSleep })).rejects.toThrow(`process 1 on ${hostname()}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await untilTaken(path);
    await lock.release();
    expect(await readdir(join(path, '..'))).toEqual([]);
  });
});

/** The kernel may take a moment to end what was killed. */
async function untilTaken(path: string): Promise<Lock> {
  for (;;) {
    const lock = await takeLock(path).catch(() => undefined);
    if (lock) return lock;
  }
}
