import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BINARY } from '../support/built.js';
import { peopleCsv, UNLIMITED, workplace, type Ended, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

const IN_A_POD = ['--uts', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc'];
const canMakePods = spawnSync('unshare', [...IN_A_POD, 'sh', '-c', 'hostname a-pod']).status === 0;
if (!canMakePods) process.stderr.write('no unshare here: the tests of pods on several nodes do not run\n');

interface Pod {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Runs a command as process 1 of a pod with a name of its own, on a node that came up with a boot id of its own. */
async function inPod(place: Workplace, host: string, ...args: string[]): Promise<Pod> {
  const boot = await place.write(
    `${host}.boot`,
    `00000000-0000-4000-8000-${Buffer.from(host).toString('hex').padStart(12, '0').slice(-12)}\n`,
  );
  const script = 'hostname "$1"; mount --bind "$2" /proc/sys/kernel/random/boot_id; shift 2; exec "$@"';
  const command = [process.execPath, BINARY, ...args];
  const child = spawn('unshare', [...IN_A_POD, 'sh', '-c', script, 'sh', host, boot, ...command], {
    cwd: place.folder,
    env: { ...place.env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return { child, ended };
}

/** The importer in a pod, by its number on this machine. */
async function importerIn({ child }: Pod): Promise<number> {
  const pid = String(child.pid);
  return Number((await readFile(`/proc/${pid}/task/${pid}/children`, 'latin1')).trim());
}

/** Everything that was laid down looks as if it had been touched last so long ago. */
async function age(folder: string, minutes: number): Promise<string[]> {
  const then = Date.now() / 1000 - 60 * minutes;
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    /\.lock-|claims\/[0-9a-f]{32}$/.test(name),
  );
  const laid = names.filter((name) => !name.endsWith('.door'));
  for (const name of laid) await utimes(join(folder, name), then, then);
  return laid;
}

const written = (place: Workplace): boolean => place.sandbox.requests.some(({ method }) => method === 'POST');

describe.runIf(canMakePods)('an import whose machine was lost', () => {
  const HELD = { faults: { on: 'writes', at: [{ request: 3, kind: 'held' }] } } as const;

  it('keeps the next out while it may live, with its age, and after five minutes no more', async () => {
    const place = await workplace(HELD);
    await place.write('a.csv', peopleCsv(5));
    const lost = await inPod(place, 'pod-one', 'import', 'a.csv', ...UNLIMITED);
    await until(() => place.sandbox.stats().created >= 2);
    process.kill(await importerIn(lost), 'SIGKILL');
    await lost.ended;
    // One beside the checkpoint, one by its number, and the claims of what was under way.
    expect((await age(place.folder, 4)).length).toBeGreaterThanOrEqual(3);
    const early = await (await inPod(place, 'pod-two', 'import', 'a.csv', ...UNLIMITED)).ended;
    expect(early.stderr).toContain('process 1 on pod-one, not seen for 4 minutes');
    expect(early.stderr).toContain("its lock counts until it wasn't seen for 5 minutes");
    expect(early.code).toBe(6);
    const status = await (await inPod(place, 'pod-two', 'status', 'a.csv')).ended;
    expect(status.stdout).toContain('process 1 on pod-one, not seen for 4 minutes, is at work on it');
    const doctor = await (await inPod(place, 'pod-two', 'doctor')).ended;
    expect(doctor.stdout.replace(/\s+/g, ' ')).toContain(
      'Process 1 on pod-one, not seen for 4 minutes, is at work on a.csv.checkpoint.jsonl',
    );
    await age(place.folder, 6);
    place.sandbox.setFaults({});
    const next = await (await inPod(place, 'pod-two', 'import', 'a.csv', '--json', ...UNLIMITED)).ended;
    expect(next.code, next.stderr).toBe(0);
    expect(place.sandbox.contacts()).toHaveLength(5);
    expect(await age(place.folder, 0), 'nothing of it is left').toEqual([]);
  });

  it('is named with its machine where its claims are waited for', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'held' }] } });
    await place.write('a.csv', peopleCsv(1));
    await place.write('b.csv', peopleCsv(1));
    const lost = await inPod(place, 'pod-one', 'import', 'a.csv', ...UNLIMITED);
    await until(() => written(place));
    process.kill(await importerIn(lost), 'SIGKILL');
    await lost.ended;
    const next = await inPod(place, 'pod-two', 'import', 'b.csv', ...UNLIMITED);
    let said = '';
    next.child.stderr?.on('data', (chunk) => (said += String(chunk)));
    await until(() => said.includes('by another process (process 1 on pod-one)'));
    place.sandbox.setFaults({});
    await age(place.folder, 6);
    const { code, stderr } = await next.ended;
    expect(code, stderr).toBe(0);
    expect(place.sandbox.contacts()).toHaveLength(1);
  });

  it.each([[[]], [['--live']]])(
    'and that comes back when another has gone on in its place, writes nothing more: %j',
    async (how) => {
      const held = [3, 4, 5].map((request) => ({ request, kind: 'held' as const }));
      const place = await workplace({ faults: { on: 'writes', at: held } });
      await place.write('a.csv', peopleCsv(5));
      const asleep = await inPod(place, 'pod-one', 'import', 'a.csv', '--json', ...how, ...UNLIMITED);
      // Two are on disk as accepted, three are under way: it has nothing to do but wait.
      const checkpointText = (): Promise<string> =>
        readFile(place.path('a.csv.checkpoint.jsonl'), 'utf8').catch(() => '');
      await until(() => place.sandbox.requests.filter(({ method }) => method === 'POST').length === 5);
      await until(async () => (await checkpointText()).split('"id":"con_').length === 3);
      await until(async () => (await checkpointText()).includes('"slowest"'));
      const pid = await importerIn(asleep);
      process.kill(pid, 'SIGSTOP');
      await age(place.folder, 6);
      place.sandbox.setFaults({});
      const next = await (await inPod(place, 'pod-two', 'import', 'a.csv', '--json', ...UNLIMITED)).ended;
      expect(next.code, next.stderr).toBe(0);
      const checkpoint = await checkpointText();
      const journalText = (): Promise<string> => readFile(place.path('a.csv.undo.jsonl'), 'utf8').catch(() => '');
      const journal = await journalText();
      expect(journal !== '').toBe(how.length > 0);
      const { created, updated } = place.sandbox.stats();
      process.kill(pid, 'SIGCONT');
      const woken = await asleep.ended;
      expect(woken.code, woken.stderr).toBe(6);
      expect(woken.stderr + woken.stdout).toContain('had stood still for so long that its lock was taken away');
      expect(await checkpointText()).toBe(checkpoint);
      expect(await journalText()).toBe(journal);
      expect(place.sandbox.stats()).toMatchObject({ created, updated });
      expect(place.sandbox.contacts()).toHaveLength(5);
    },
  );
});

describe('the lock of a machine that can not be asked', () => {
  const elsewhere = { pid: 1, host: 'elsewhere.example', start: '1', boot: 'another', container: 'pid:[1]' };

  it.each([
    ['touched 4 minutes ago', { ...elsewhere, touches: true }, 4, 6],
    ['touched 6 minutes ago', { ...elsewhere, touches: true }, 6, 0],
    ['of an earlier version, 6 hours old', elsewhere, 6 * 60, 6],
    ['of an earlier version, 25 hours old', elsewhere, 25 * 60, 0],
    ['which a power cut has emptied, a minute ago', undefined, 1, 6],
    ['which a power cut has emptied', undefined, 6, 0],
  ])('%s', async (_, owner, minutes, status) => {
    const place = await workplace();
    await place.write('a.csv', peopleCsv(1));
    await writeFile(place.path('a.csv.checkpoint.jsonl.lock-1'), owner === undefined ? '' : JSON.stringify(owner));
    await age(place.folder, minutes);
    const { code, stderr } = await place.run('import', 'a.csv', ...UNLIMITED);
    expect(code, stderr).toBe(status);
  });
});
