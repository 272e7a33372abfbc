import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from '../../src/run/outputs/log.js';
import { readPastRuns } from '../../src/ui/jobs/past-runs.js';
import { privateFolder } from '../support/folder.js';

it('an undo is told of by when it began, as an import is, and by its line in a log that does not say it', async () => {
  const path = join(await privateFolder(), 'log.jsonl');
  const log = await openLog(path);
  const start = '2026-11-26T17:30:10.000Z';
  log.listener({ type: 'undo_ended', start, deleted: 41, setBack: 0, left: 1, pending: 0 });
  await log.close();
  const time = '2026-11-26T17:40:00.000Z';
  await appendFile(path, `${JSON.stringify({ level: 30, time, pid: 1, event: 'undo_ended', deleted: 1 })}\n`);
  const runs = await readPastRuns(path, { here: 'https://a.example/api/v1' });
  expect(runs.map(({ kind, at }) => [kind, at])).toEqual([
    ['undo', time],
    ['undo', start],
  ]);
});

it('each is told of with the Clarky that it went to, whole where several are on one host', async () => {
  const path = join(await privateFolder(), 'log.jsonl');
  const [here, beside, other] = [
    'http://a.example:1/api/v1',
    'http://a.example:1/b/api/v1',
    'https://c.example/api/v1',
  ];
  const lines = [here, other, undefined].map((api) => JSON.stringify({ event: 'ended', start: api ?? 'old', api }));
  await appendFile(path, `${lines.join('\n')}\n`);
  const places = async (now: string): Promise<unknown> =>
    (await readPastRuns(path, { here: now })).map(({ place, isHere }) => [place, isHere]);
  expect(await places(here)).toEqual([
    [null, true],
    ['c.example', false],
    ['a.example:1', true],
  ]);
  expect(await places(beside)).toEqual([
    [null, true],
    ['c.example', false],
    [here, false],
  ]);
});

it('an import that did not begin is none: it has no numbers', async () => {
  const path = join(await privateFolder(), 'log.jsonl');
  const began = { event: 'ended', start: '2026-11-27T10:00:00.000Z', exit: 3, rows: 2, created: 1, rejected: 1 };
  const locked = { event: 'ended', start: '2026-11-27T10:05:00.000Z', exit: 6, error: 'locked' };
  await appendFile(path, `${JSON.stringify(began)}\n${JSON.stringify(locked)}\n`);
  expect((await readPastRuns(path, { here: 'https://a.example/api/v1' })).map(({ at }) => at)).toEqual([began.start]);
});
