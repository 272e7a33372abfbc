import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogTarget } from '../../../../src/run/outputs/forms/log-target.js';
import { privateFolder } from '../../../support/folder.js';
import { onPosix } from '../../../support/posix.js';

onPosix('a pipe takes the lines of a log as it is read, and holds up nothing', async () => {
  const path = join(await privateFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const target = await openLogTarget(path, () => undefined);
  const line = `${'x'.repeat(999)}\n`;
  // More than a pipe has room for.
  for (let n = 0; n < 300; n++) target.write(line);
  const closed = target.close(false);
  let read = 0;
  while (read < 300_000) {
    const { bytesRead } = await reader.read(Buffer.alloc(65_536), 0, 65_536).catch(() => ({ bytesRead: 0 }));
    read += bytesRead;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  await reader.close();
  expect(read).toBe(300_000);
});

it('a file has each line at once', async () => {
  const path = join(await privateFolder(), 'log');
  const target = await openLogTarget(path, () => undefined);
  target.write('one\n');
  expect(await readFile(path, 'utf8')).toBe('one\n');
  await target.close(false);
});
