import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makePrivateFolder, sweepPrivateFolders } from '../../src/storage/private-folder.js';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';

const BUILT = join(ROOT, 'dist/storage/private-folder.js');
/** Makes one, says where, and stays. */
const MAKER = `const { makePrivateFolder } = await import(process.argv[1]);
console.log((await makePrivateFolder('input', process.argv[2])).path); setInterval(() => {}, 1000);`;
/** Looks at all, and ends. */
const SWEEPER = `const { sweepPrivateFolders } = await import(process.argv[1]);
console.log(JSON.stringify(await sweepPrivateFolders(process.argv[2])));`;

const NEW_NUMBERS = ['--pid', '--fork', '--kill-child', '--mount-proc'];
const canMakeContainers = spawnSync('unshare', [...NEW_NUMBERS, 'true']).status === 0;
if (!canMakeContainers) process.stderr.write('no unshare here: the tests of two containers do not run\n');

describe.runIf(canMakeContainers)(
  'the private folder of a process, from another container with the same host name',
  () => {
    const elsewhere = async (program: string, parent: string): Promise<{ child: ChildProcess; said: string }> => {
      const node = [process.execPath, '--input-type=module', '-e', program, BUILT, parent];
      const child = spawn('unshare', [...NEW_NUMBERS, ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => void child.kill('SIGKILL'));
      const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
      return { child, said: String(said).trim() };
    };

    it('is left alone while that lives, here and there, and swept once it was killed', async () => {
      const parent = await privateFolder();
      const own = await makePrivateFolder('input', parent);
      expect((await elsewhere(SWEEPER, parent)).said).toBe('[]');
      expect(existsSync(own.path)).toBe(true);

      const { child, said } = await elsewhere(MAKER, parent);
      expect(await sweepPrivateFolders(parent)).toEqual([]);
      expect(existsSync(said)).toBe(true);

      child.kill('SIGKILL');
      await once(child, 'close');
      await expect.poll(() => sweepPrivateFolders(parent), { timeout: 30_000 }).toEqual([said]);
      await own.remove();
      expect(readdirSync(parent)).toEqual([]);
    });
  },
);
