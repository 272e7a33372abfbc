import { execFileSync } from 'node:child_process';
import { access, lchown, mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Said } from '../support/built.js';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';

interface Summary {
  created: number;
  unchanged: number;
  rejected: number;
  pending: number;
  complete: boolean;
  rejects: string;
}

/** No file may grow beyond so many KiB: what a full disk is like, without being root. POSIX counts in blocks of 512 bytes. */
const filesUpTo = (kibibytes: number) => ({ ulimit: `-f ${kibibytes * 2}` });

const summaryOf = (ended: Said): Summary => JSON.parse(ended.stdout) as Summary;

/** What must hold once there is room again: the rest is sent, and what was sent is at most sent once more. */
async function goesOn(place: Workplace, count: number, ...flags: string[]): Promise<void> {
  const resumed = await place.here('import', 'c.csv', '--json', ...flags, ...UNLIMITED);
  expect(resumed.code).toBe(0);
  expect(summaryOf(resumed)).toMatchObject({ pending: 0, complete: true });
  expect(place.sandbox.contacts()).toHaveLength(count);
  expect(place.sandbox.stats().created).toBe(count);
}

describe('a full disk: exit 5 with a sentence, nothing lost, and it goes on once there is room', () => {
  it('under the checkpoint', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(120));
    const ended = await place.runWith(filesUpTo(12), 'import', 'c.csv', '--json', '--log', '/dev/null', ...UNLIMITED);
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain("The checkpoint c.csv.checkpoint.jsonl can't be written");
    expect(ended.stderr).toContain('Make room');
    const stopped = summaryOf(ended);
    expect(stopped.created + stopped.pending).toBe(120);
    expect(stopped.created).toBeGreaterThan(0);
    // Sent and not recorded: only what was in flight.
    expect(place.sandbox.contacts().length - stopped.created).toBeLessThanOrEqual(20);
    await goesOn(place, 120);
  });

  it('of a real file system of 64 KiB, where this test may mount one', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(150));
    await mkdir(place.path('disk'));
    const mounted = mountSmallDisk(place.path('disk'));
    const checkpoint = ['--checkpoint', 'disk/c.jsonl', '--log', 'log.jsonl'];
    // Elsewhere the limit on the size of a file stands for it.
    const run = mounted
      ? place.run('import', 'c.csv', '--json', ...checkpoint, ...UNLIMITED)
      : place.runWith(filesUpTo(16), 'import', 'c.csv', '--json', ...checkpoint, ...UNLIMITED);
    const ended = await run;
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain(mounted ? 'the disk is full' : "can't be written");
    if (mounted) execFileSync('mount', ['-o', 'remount,size=1m', place.path('disk')]);
    await goesOn(place, 150, ...checkpoint);
  });

  it('under the private copy of what is read from a pipe, and under the differences', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(60));
    const spooled = await place.runWith({ input: peopleCsv(60), ...filesUpTo(2) }, 'plan', '-');
    expect(spooled.code).toBe(5);
    expect(spooled.stderr).toContain('The private copy of');
    expect(spooled.stderr).toContain('TMPDIR');
    const verified = await place.run('verify', 'c.csv', '--differences', '/dev/full');
    expect(verified.code).toBe(5);
    expect(verified.stderr).toContain("/dev/full can't be written: the disk is full.");
  });

  it('under the log', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(60));
    const ended = await place.run('import', 'c.csv', '--json', '--log', '/dev/full', ...UNLIMITED);
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain('The log /dev/full');
    expect(summaryOf(ended).pending).toBeGreaterThan(0);
    await access('/dev/full');
    await goesOn(place, 60);
  });

  it('under the rejects', async () => {
    const place = await workplace();
    const bad = Array.from({ length: 600 }, (_, n) => `F${n},L${n},no address,Acme`).join('\n');
    await place.write('c.csv', `${peopleCsv(5)}${bad}\n`);
    const earlier = 'Name,import_line,import_error,import_message\n';
    await place.write('c.csv.rejected.csv', earlier);
    const ended = await place.runWith(filesUpTo(20), 'import', 'c.csv', '--json', '--log', '/dev/null', ...UNLIMITED);
    expect(ended.code, ended.stderr).toBe(5);
    expect(ended.stderr).toContain("c.csv.rejected.csv can't be written");
    const { created, rejected, pending, rejects } = summaryOf(ended);
    expect(created + rejected + pending).toBe(605);
    expect(rejects).toBe('');
    // It gives up its place once there is another for it.
    expect(await readFile(place.path('c.csv.rejected.csv'), 'utf8')).toBe(earlier);
    expect((await place.here('import', 'c.csv', ...UNLIMITED)).code).toBe(3);
    const aside = (await readdir(place.path('.'))).find((name) => name.startsWith('c.csv.rejected.edited-')) ?? '';
    expect(await readFile(place.path(aside), 'utf8')).toBe(earlier);
    expect(place.sandbox.stats().writes).toBe(5);
  });
});

/** A tmpfs at `folder`; false where this user may not mount. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return true;
}

describe('a place that can not be written: exit 2, before anything was sent', () => {
  it.each([
    ['--checkpoint', 'c.csv/c.jsonl'],
    ['--rejects', 'c.csv/rejects.csv'],
    ['--log', 'nowhere/log.jsonl'],
    ['--latest', 'nowhere/latest.json'],
  ])('%s', async (flag, path) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const ended = await place.here('import', 'c.csv', flag, path, ...UNLIMITED);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`${path}`);
    expect(ended.stderr).toContain("can't be written");
    expect(place.sandbox.stats().writes).toBe(0);
  });

  it('--latest, after everything was sent, is exit 5', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const ended = await place.run('import', 'c.csv', '--latest', '/dev/full', ...UNLIMITED);
    expect(ended.code).toBe(5);
    expect(ended.stdout).toContain('all 3 rows');
    expect(ended.stderr).toContain('What is said to be done is done all the same.');
    expect(ended.stderr).not.toContain('goes on where it stopped');
  });

  it('a link that another user planted', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    for (const [flag, name] of [
      ['--log', 'log'],
      ['--rejects', 'rejects'],
      ['--checkpoint', 'checkpoint'],
    ] as const) {
      await symlink(place.path('victim'), place.path(name));
      // Only root can give a link away; another user sees its own link, and that one is followed.
      const isForeign = process.getuid?.() === 0;
      if (isForeign) await lchown(place.path(name), 65534, 65534);
      const ended = await place.here('import', 'c.csv', flag, name, ...UNLIMITED);
      expect(ended.code).toBe(isForeign ? 2 : 0);
      if (isForeign) expect(ended.stderr).toContain('a link that another user made');
      expect((await readdir(place.folder)).includes('victim')).toBe(!isForeign && flag !== '--rejects');
      await rm(place.path('victim'), { force: true });
    }
  });
});
