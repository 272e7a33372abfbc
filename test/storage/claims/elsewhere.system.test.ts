import { execFileSync } from 'node:child_process';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../support/built.js';
import { onPosix } from '../../support/posix.js';
import { claimName } from '../../../src/storage/claims/claim.js';
import { FolderClaims } from '../../../src/storage/claims/folder-claims.js';
import { thisProcess } from '../../../src/storage/lock-owner.js';
import { privateFolder } from '../../support/folder.js';

const API = 'https://clarky.ai/api/v1';

describe('a claim', () => {
  it('of a process in another container is over where nobody is at its door any more', async () => {
    const folder = await privateFolder();
    const owner = JSON.stringify({ ...thisProcess(), container: 'another' });
    const door = join(folder, `${claimName(API, owner)}.door`);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'open'), resolve));
    await rename(join(folder, 'open'), door);
    await writeFile(join(folder, claimName(API, 'a')), owner);
    let waits = 0;
    const sleep = async (): Promise<void> => {
      waits++;
      // Killed: what it listened at stays, and nobody answers.
      if (waits === 3) await new Promise<void>((resolve) => server.close(() => resolve()));
    };
    const claims = new FolderClaims(folder, API, { sleep, now: () => 0, longestFlightMs: () => 0 });
    await (await claims.take(['a'], new AbortController().signal)).giveUp();
    expect(waits).toBeGreaterThanOrEqual(3);
    // As long as what it sent may arrive, it must be seen that it is gone.
    await writeFile(join(folder, claimName(API, 'b')), `${owner}\ndeparted`);
    await new FolderClaims(folder, API, { sleep, now: () => 0, longestFlightMs: () => 60_000 }).sweep();
    expect(await readdir(folder)).toContain(`${claimName(API, owner)}.door`);
    await claims.sweep();
    await claims.close();
    expect(await readdir(folder)).toEqual([]);
  });

  onPosix('of another is left alone by who may open no more files', async () => {
    const folder = await privateFolder();
    const never = new AbortController().signal;
    const how = { sleep: () => Promise.resolve(), now: () => 0, longestFlightMs: () => 0 };
    const claims = new FolderClaims(folder, API, how);
    const held = await claims.take(['a'], never);
    const script = `
      import { openSync } from 'node:fs';
      import { FolderClaims } from ${JSON.stringify(join(ROOT, 'dist/storage/claims/folder-claims.js'))};
      const { signal } = new AbortController();
      const sleep = () => new Promise((then) => setTimeout(then, 1));
      const onAlone = ({ code }) => console.log(code);
      const how = { sleep, now: () => 0, longestFlightMs: () => 0, onAlone };
      const claims = new FolderClaims('.', '${API}', how);
      await claims.take(['b'], signal);
      try { for (;;) openSync('/dev/null') } catch {}
      await claims.take(['a'], signal);
      process.exit();`;
    const limited = ['-c', 'ulimit -n 60; exec "$0" --input-type=module -e "$1"', process.execPath, script];
    expect(execFileSync('sh', limited, { cwd: folder, encoding: 'utf8' })).toBe('EMFILE\n');
    expect(await readdir(folder)).toContain(claimName(API, 'a'));
    await held.giveUp();
    await claims.close();
  });
});
