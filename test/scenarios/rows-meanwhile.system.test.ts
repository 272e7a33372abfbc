/** What a caller who hands over rows meets while they are read: the key is asked, it is told how far it is, and whose fault a row is. */
import { spawn } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type ImportEvent, importContacts } from '../../src/index.js';
import { until } from '../support/until.js';
import { workbench } from './workbench.js';

const PEOPLE = [
  { Email: 'ada@x.com', age: 36 },
  { Email: 'bob@x.com', age: 41 },
];

describe('while rows are read', () => {
  it('a key that is not taken ends the reading', async () => {
    const bench = await workbench('');
    let hasBegun = false;
    let isReturned = false;
    async function* endless(): AsyncGenerator<object> {
      hasBegun = true;
      try {
        for (let n = 0; ; n++) {
          yield { Email: `p${n}@x.com` };
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        isReturned = true;
      }
    }
    const call = importContacts({ rows: endless(), ...bench.api, key: 'ck_live_nobody' });
    await expect(call).rejects.toMatchObject({ code: 'unauthorized', exitStatus: 4 });
    // The answer may be there before the first row is asked for.
    await until(() => isReturned || !hasBegun);
  });

  it('a key that is not taken ends it where the source has nothing to give, too', async () => {
    const bench = await workbench('');
    const rows: AsyncIterable<object> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const call = importContacts({ rows, ...bench.api, key: 'ck_live_nobody' });
    await expect(call).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('what a program has printed is there, though it has ended before it is read', async () => {
    const bench = await workbench('');
    const { stdout } = spawn('sh', ['-c', 'printf "Email\nada@x.com\nbob@x.com\n"']);
    const call = importContacts({ rows: stdout, mapping: { Email: 'emails' }, ...bench.api });
    // As Node does with what nobody reads yet, once the program has ended.
    stdout.resume();
    expect((await call).summary).toMatchObject({ rows: 2, created: 2 });
  });

  it('of a call that can not begin, the stream is let go', async () => {
    const bench = await workbench('');
    const rows = new PassThrough();
    const file = bench.file as unknown as undefined;
    await expect(importContacts({ rows, file, ...bench.api })).rejects.toMatchObject({ code: 'usage' });
    expect(rows.destroyed).toBe(true);
  });

  it('it is told at once, and how many rows there are', async () => {
    const bench = await workbench('');
    const told: ImportEvent[] = [];
    let atFirstRow: unknown;
    function* people(): Generator<object> {
      atFirstRow = told.map(({ type }) => type);
      yield* PEOPLE;
    }
    const onEvent = (event: ImportEvent): void => void told.push(event);
    await importContacts({ rows: people(), ...bench.api, onEvent });
    expect(atFirstRow).toEqual(expect.arrayContaining(['reading']));
    const read = told.filter((event) => event.type === 'reading').map(({ rows }) => rows);
    expect([read[0], read.at(-1)]).toEqual([0, 2]);
  });

  it('a file whose rows are changed is told likewise, and asks for the key meanwhile', async () => {
    const bench = await workbench('Email\nada@x.com\nbob@x.com\n');
    const read: number[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'reading') read.push(event.rows);
    };
    // The second row is held until Clarky was asked.
    const mapRow = async (row: object, index: number): Promise<object> => {
      while (index === 1 && bench.sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      return row;
    };
    const { summary } = await importContacts({ file: bench.file, ...bench.api, mapRow, onEvent });
    expect([summary.created, read[0], read.at(-1)]).toEqual([2, 0, 2]);
  });
});

it.each([
  ['a number that is none', { age: Number.NaN }, 'age', 'NaN'],
  ['a date that is none', { born: new Date('x') }, 'born', 'a date that is none'],
  ['a symbol', { id: Symbol('x') }, 'id', 'a symbol'],
  ['one deep within', { custom_fields: { score: Infinity } }, 'custom_fields', 'Infinity'],
])('a value that can not be sent is told by its column: %s', async (_, value, column, what) => {
  const bench = await workbench('');
  const rows = [PEOPLE[0], { Email: 'bob@x.com', ...value }] as object[];
  await expect(importContacts({ rows, ...bench.api })).rejects.toMatchObject({
    code: 'usage',
    message: `Column "${column}" of row 1 (line 3) holds what no cell can hold: ${what}. Nothing was sent.`,
  });
});

it('rows in which nobody can be known are no file that a command maps', async () => {
  const bench = await workbench('');
  const error: unknown = await importContacts({ rows: [{ Colour: 'red' }], ...bench.api }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({
    code: 'bad_mapping',
    message: expect.stringContaining('No column holds emails') as unknown,
  });
  expect((error as { next: string }).next).toMatch(/mapRow/);
  expect((error as { next: string }).next).not.toMatch(/FILE|clarky-contacts map/);
});

it('what is blank throughout is no row, of a file and of a list alike', async () => {
  const bench = await workbench('Email,Name\nada@x.com,Ada\n,\n\n ,\nbob@x.com,Bob\n');
  const rows = [
    { Email: 'ada@x.com', Name: 'Ada' },
    { Email: '', Name: null },
    {},
    { Email: ' ' },
    { Email: 'bob@x.com' },
  ];
  const ofFile = await importContacts({ file: bench.file, ...bench.api });
  const ofList = await importContacts({ rows, ...bench.api, resend: true });
  expect([ofFile.summary.rows, ofFile.summary.created]).toEqual([2, 2]);
  expect([ofList.summary.rows, ofList.summary.updated]).toEqual([2, 2]);
});

it('one signal stops any number of runs, without a warning and with nothing left on it', async () => {
  const bench = await workbench('');
  const { signal } = new AbortController();
  const warnings: unknown[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', onWarning);
  try {
    await Promise.all(Array.from({ length: 15 }, () => importContacts({ rows: PEOPLE, ...bench.api, signal })));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('warning', onWarning);
  }
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
