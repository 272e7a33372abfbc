/** What a program that embeds the library meets: names, sources that stall, callbacks that fail, payloads that are none. */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient, type ImportEvent, importContacts, planContacts, startSandbox } from '../../src/index.js';
import { workbench } from './workbench.js';

const FILE = 'Email\nada@x.com\nbob@x.com\n';

it('a file whose rows are changed is called by its name everywhere', async () => {
  const bench = await workbench(FILE);
  const told: string[] = [];
  const onEvent = (event: ImportEvent): void => {
    if (event.type === 'started') told.push(event.file);
    if (event.type === 'ended') told.push(event.summary.file);
  };
  const { summary } = await importContacts({ file: bench.file, mapRow: (row) => row, ...bench.api, onEvent });
  expect([...told, summary.file]).toEqual([bench.file, bench.file, bench.file]);
  const log = (await readFile(`${bench.file}.log.jsonl`, 'utf8')).trimEnd().split('\n');
  const named = log.map((line) => JSON.parse(line) as { event: string; file?: string });
  expect(named.filter(({ file }) => file !== undefined).map(({ file }) => file)).toEqual([bench.file, bench.file]);
  const report = await readFile(`${bench.file}.report.html`, 'utf8');
  expect(report).toContain('<title>contacts.csv');
  expect(report).not.toContain('standard input');
});

describe('a source that stalls is ended with the run that was stopped', () => {
  it('a stream', async () => {
    const bench = await workbench('');
    const controller = new AbortController();
    let isAsked = false;
    const rows = new Readable({
      objectMode: true,
      read() {
        if (isAsked) controller.abort();
        else this.push({ Email: 'ada@x.com' });
        isAsked = true;
      },
    });
    await expect(importContacts({ rows, ...bench.api, signal: controller.signal })).rejects.toThrow('stopped');
    expect(rows.destroyed).toBe(true);
  });

  it('an iterator', async () => {
    const bench = await workbench('');
    const controller = new AbortController();
    let isReturned = false;
    const rows: AsyncIterable<object> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          controller.abort();
          return new Promise(() => undefined);
        },
        return: () => {
          isReturned = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    await expect(importContacts({ rows, ...bench.api, signal: controller.signal })).rejects.toThrow('stopped');
    expect(isReturned).toBe(true);
  });
});

it.each([
  ['throws', () => Promise.reject(new Error('vault down')), 'Error (vault down)'],
  ['gives no list', () => Promise.resolve('a key' as never), 'TypeError (it gave no list of keys)'],
])('a run whose rereadKeys %s ends as one that was stopped', async (_how, rereadKeys, says) => {
  const bench = await workbench(FILE, { faults: { on: 'writes', revokeAtRequest: 2 } });
  const ended: unknown[] = [];
  const onEvent = (event: ImportEvent): void => {
    if (event.type === 'ended') ended.push(event.summary.created);
  };
  const run = { file: bench.file, ...bench.api, concurrency: 1, rereadKeys, onEvent };
  const { summary, stoppedBy } = await importContacts(run);
  expect(stoppedBy).toMatchObject({ code: 'unauthorized' });
  expect(stoppedBy?.message).toContain(says);
  expect(summary).toMatchObject({ created: 1, pending: 1 });
  expect(ended).toEqual([1]);
});

it('a payload that JSON can not hold is an error at once, and no outage', async () => {
  const sandbox = await startSandbox();
  const client = createClient({ key: sandbox.key, apiUrl: sandbox.url });
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  for (const payload of [{ a: 1n }, cycle, undefined as never]) {
    await expect(client.upsert(payload)).rejects.toMatchObject({ code: 'usage' });
  }
  expect(sandbox.requests).toEqual([]);
});

it('a plan says how it would end as the other results do', async () => {
  const bench = await workbench(FILE);
  expect(await planContacts({ file: bench.file })).toMatchObject({ exit: 0, exitStatus: 0 });
});
