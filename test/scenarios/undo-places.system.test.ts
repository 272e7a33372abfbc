import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { statusInWords } from '../../src/cli/views/status-words.js';
import { forgetFiles } from '../../src/run/forget.js';
import { readStatus } from '../../src/run/status.js';
import { undoImport, type UndoOptions } from '../../src/run/undo/undo.js';
import type { UndoResult } from '../../src/run/undo/undo-result.js';
import { workbench, type Workbench } from './workbench.js';

const PEOPLE = 'Email,First name\nann@x.com,Ann\nbob@x.com,Bob\n';

const undoAt = ({ api }: Workbench, file: string, more: Partial<UndoOptions> = {}): Promise<UndoResult> =>
  undoImport({ ...api, file, ...more });

const journalsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.undo.jsonl')).sort();

it('the import to each Clarky can be taken back, whichever it was sent to last, and the one that has it is named', async () => {
  const [one, two, none] = [await workbench(PEOPLE), await workbench(''), await workbench('')];
  const { file } = one;
  await one.import();
  await one.import({ ...two.api });
  // The first keeps the name that it always had.
  expect(await journalsIn(one.folder)).toEqual([
    expect.stringMatching(/^contacts\.csv\.sheet-[0-9a-f]{12}\.undo\.jsonl$/) as unknown,
    'contacts.csv.undo.jsonl',
  ]);
  const status = await readStatus(file);
  expect(status.scopes.map(({ api, isUndoable }) => [api, isUndoable])).toEqual([
    [one.sandbox.url, true],
    [two.sandbox.url, true],
  ]);
  expect(statusInWords(status).match(/can be undone/g)).toHaveLength(2);

  await expect(undoAt(none, file)).rejects.toMatchObject({
    code: 'usage',
    message: `${file} was imported to ${one.sandbox.url} and ${two.sandbox.url}, none of which is where this would be undone.`,
    next: 'Name one of them with --api-url or CLARKY_API_URL.',
  });
  expect(await undoAt(one, file)).toMatchObject({ api: one.sandbox.url, deleted: 2 });
  expect([one, two].map(({ sandbox }) => sandbox.contacts().length)).toEqual([0, 2]);
  expect(await undoAt(one, file)).toMatchObject({ contacts: 0 });

  // An import that was stopped there is gone on with there, and taken back with what it had sent before.
  await one.write(`${PEOPLE}cy@x.com,Cy\n`);
  const stop = new AbortController();
  const onEvent = ({ type }: { readonly type: string }): void => (type === 'contact' ? stop.abort() : undefined);
  await one.import({ concurrency: 1, signal: stop.signal, onEvent });
  await one.import({ ...two.api });
  expect((await one.import()).summary).toMatchObject({ created: 2 });
  expect(await undoAt(two, file)).toMatchObject({ deleted: 1 });
  expect(await undoAt(one, file)).toMatchObject({ deleted: 3 });
  expect([one, two].map(({ sandbox }) => sandbox.contacts().length)).toEqual([0, 2]);

  expect((await forgetFiles(file)).removed.filter((path) => path.endsWith('.undo.jsonl'))).toHaveLength(2);
  expect(await journalsIn(one.folder)).toEqual([]);
});

it('the import of each bot can be taken back: the newest where none is named', async () => {
  const bench = await workbench(PEOPLE, { bots: ['bot_a', 'bot_b'] });
  const { file, sandbox } = bench;
  await bench.import({ bot: 'bot_a' });
  await bench.write('Email,First name\ncy@x.com,Cy\n');
  await bench.import({ bot: 'bot_b' });
  await expect(undoAt(bench, file, { bot: 'bot_c' })).rejects.toMatchObject({
    message: `${file} was imported with the bots bot_a and bot_b, and not with bot_c.`,
  });
  expect(await undoAt(bench, file)).toMatchObject({ bot: 'bot_b', deleted: 1 });
  expect(await undoAt(bench, file, { bot: 'bot_a' })).toMatchObject({ bot: 'bot_a', deleted: 2 });
  expect(sandbox.contacts()).toEqual([]);
});
