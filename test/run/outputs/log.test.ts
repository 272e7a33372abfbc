import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from '../../../src/run/outputs/log.js';
import { privateFolder } from '../../support/folder.js';

it('an old log that can not be put aside is gone on with', async () => {
  const folder = await privateFolder();
  const path = join(folder, 'log.jsonl');
  await writeFile(path, '{"level":30}\n');
  // Nothing can be moved to where the oldest one stands.
  await mkdir(`${path}.5`);
  const inTwoMonths = (): number => Date.now() + 62 * 24 * 3_600_000;
  const log = await openLog(path, { now: inTwoMonths });
  log.listener({ type: 'other_program', writes: 3 });
  await log.close();
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines[0]).toBe('{"level":30}');
  expect(lines[1]).toContain('other_program');
});
