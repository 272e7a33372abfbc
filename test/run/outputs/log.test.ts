import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from '../../../src/run/outputs/log.js';
import { Tally } from '../../../src/run/tally.js';
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

it('holds the name of a file so that no terminal obeys it, and says it still', async () => {
  const path = join(await privateFolder(), 'log.jsonl');
  const log = await openLog(path);
  const name = 'a\u009b31m\u202egpj\u200b\u2028.csv';
  const counts = new Tally({ rows: 0, contacts: 0 }).counts(0);
  const limit = { writes: 60, seconds: 60 };
  log.listener({
    type: 'started',
    file: name,
    start: '2026-11-25T00:00:00.000Z',
    api: 'https://clarky.ai/api/v1',
    bot: 'bot',
    counts,
    limit,
  });
  await log.close();
  const text = await readFile(path, 'utf8');
  expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  expect(JSON.parse(text)).toMatchObject({ event: 'started', file: name });
});

it('warns of what is of this run, and tells what is so every night', async () => {
  const path = join(await privateFolder(), 'log.jsonl');
  const log = await openLog(path);
  for (const code of ['not_undoable', 'own_files', 'may_not_read'])
    log.listener({ type: 'warning', code, message: '' });
  await log.close();
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual([30, 30, 40]);
});
