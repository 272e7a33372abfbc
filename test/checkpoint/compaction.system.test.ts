import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Checkpoint } from '../../src/checkpoint/checkpoint.js';
import { digest } from '../../src/contact/identity.js';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';
import { onPosix } from '../support/posix.js';

const SCOPE = { api: 'http://127.0.0.1:4010/api/v1', bot: 'bot_1' };

onPosix('a checkpoint that a full disk keeps from being compacted stays as it was', async () => {
  const folder = await privateFolder();
  const path = join(folder, 'checkpoint.jsonl');
  const checkpoint = await Checkpoint.open(path, SCOPE, { stateDir: false });
  for (let round = 0; round < 6; round++) {
    const all = Array.from({ length: 500 }, (_, n) => ({
      contact: { contact: {}, identity: digest('email', `p${n}@example.com`), payload: digest('email', String(round)) },
      id: undefined,
    }));
    await checkpoint.accepted(...all);
  }
  await checkpoint.close();
  const before = await readFile(path);
  const script = `
    import { Checkpoint } from ${JSON.stringify(join(ROOT, 'dist/checkpoint/checkpoint.js'))};
    const scope = JSON.parse(${JSON.stringify(JSON.stringify(SCOPE))});
    await Checkpoint.open('checkpoint.jsonl', scope, { stateDir: false }).catch(({ code }) => console.log(code));`;
  // Half of what lives in it fits, and the system says so with the first write behind that.
  const limited = ['-c', 'ulimit -f 20; exec "$0" --input-type=module -e "$1"', process.execPath, script];
  expect(execFileSync('sh', limited, { cwd: folder, encoding: 'utf8' })).toBe('storage_failed\n');
  expect((await stat(path)).size).toBe(before.length);
  expect(await readFile(path)).toEqual(before);
  expect(await readdir(folder)).toEqual(['checkpoint.jsonl']);
});
