import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MOST_KEY_BYTES, readKeyFile } from '../../../src/run/connection/key-file.js';
import { privateFolder } from '../../support/folder.js';

it('a key file is read as far as a key can reach; a pipe as soon as somebody writes into it, and no longer than its time', async () => {
  const folder = await privateFolder();
  const file = join(folder, 'key');
  await writeFile(file, 'ck_live_1\n');
  expect(await readKeyFile(file)).toBe('ck_live_1\n');
  expect((await readKeyFile('/dev/zero')).length).toBeGreaterThan(MOST_KEY_BYTES);
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await expect(readKeyFile(pipe, undefined, 50)).rejects.toThrow('nobody wrote into it for 0.05 s');
  const read = readKeyFile(pipe, undefined, 600_000);
  await writeFile(pipe, 'ck_live_2');
  expect(await read).toBe('ck_live_2');
});
