import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { ImportEvent } from '../../src/run/events.js';
import { undoImport } from '../../src/run/undo/undo.js';
import type { Row, Rows } from '../../src/run/import/rows/row-types.js';
import { workbench } from './workbench.js';

const PEOPLE = [
  { Email: 'ada@x.com', 'First name': 'Ada', Age: 36 },
  { Email: 'bob@x.com', 'First name': 'Bob', Age: null },
];

async function* later(): AsyncGenerator<(typeof PEOPLE)[number]> {
  for (const person of PEOPLE) {
    await Promise.resolve();
    yield person;
  }
}

describe('rows that are no file', () => {
  const kinds: readonly [string, () => Rows][] = [
    ['a list', () => PEOPLE],
    ['an iterable', () => new Set(PEOPLE)],
    ['an async iterable', later],
    ['a stream of records', () => Readable.from(PEOPLE)],
    ['bytes', () => Buffer.from('Email,First name\nada@x.com,Ada\nbob@x.com,Bob\n')],
    [
      'a stream of bytes',
      () =>
        Readable.from([Buffer.from('Email,First name\nada@x.com,Ada\n'), Buffer.from('bob@x.com,Bob\n')], {
          objectMode: false,
        }),
    ],
  ];
  it.each(kinds)('are imported: %s', async (_kind, rows) => {
    const bench = await workbench('');
    const before = await readdir(bench.folder);
    const { summary, exitStatus } = await importContacts({ rows: rows(), ...bench.api });
    expect([summary.created, summary.file, exitStatus]).toEqual([2, 'rows', 0]);
    expect(
      bench.sandbox
        .contacts()
        .map(({ first_name: name }) => name)
        .sort(),
    ).toEqual(['Ada', 'Bob']);
    expect(await readdir(bench.folder)).toEqual(before);
    expect(existsSync('memory')).toBe(false);
  });

  it('keep their state in the folder that is named for it', async () => {
    const bench = await workbench('');
    const workDir = join(bench.folder, 'state');
    await importContacts({ rows: PEOPLE, name: 'people', workDir, ...bench.api });
    expect(await readdir(workDir)).toContain('people.checkpoint.jsonl');
  });

  it('lead nowhere else by their name: it is no path', async () => {
    const bench = await workbench('');
    const workDir = join(bench.folder, 'state');
    for (const name of ['../evil', join(bench.folder, 'evil'), '..', 'a\\b', 'a\0b', 'x'.repeat(300)]) {
      const ended = importContacts({ rows: PEOPLE, name, workDir, ...bench.api });
      await expect(ended).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(/^name: /) as string });
    }
    expect([await readdir(bench.folder), bench.sandbox.contacts()]).toEqual([['contacts.csv'], []]);
  });

  it('keep their state under a name, and are changed, added to and dropped on the way', async () => {
    const bench = await workbench('');
    const options = {
      rows: [...PEOPLE, { Email: 'nobody', 'First name': 'No' }],
      name: 'people',
      workDir: bench.folder,
      mapRow: (row: Readonly<Record<string, unknown>>, index: number) =>
        index === 0 ? undefined : { ...row, Company: 'Bricks' },
      ...bench.api,
    };
    expect((await importContacts(options)).summary).toMatchObject({ created: 1, rejected: 1, file: 'people' });
    expect(bench.sandbox.contacts()).toMatchObject([{ first_name: 'Bob', company: 'Bricks' }]);
    expect(await readFile(join(bench.folder, 'people.rejected.csv'), 'utf8')).toContain('invalid_email');
    expect((await importContacts(options)).summary).toMatchObject({ unchanged: 1, requests: 0 });
  });

  it('of a file are changed before they are mapped', async () => {
    const bench = await workbench('E,First name\nADA at x.com,Ada\n');
    const mapRow = ({ E, ...row }: Readonly<Record<string, unknown>>) => ({
      ...row,
      Email: String(E).replace(' at ', '@'),
    });
    expect((await bench.import({ live: false, mapRow } as never)).summary).toMatchObject({ created: 1 });
    expect((await bench.import({ live: false, mapRow } as never)).summary).toMatchObject({ unchanged: 1 });
  });

  it('of a file are mapped by the mapping file that lies beside it', async () => {
    const bench = await workbench('Wohin,First name\nann@x.com,Ann\n');
    await writeFile(
      `${bench.file}.mapping.json`,
      JSON.stringify({ version: 1, columns: { Wohin: 'emails', 'First name': 'first_name' } }),
    );
    const mapRow = (row: Row): Row => ({ ...row, 'First name': 'Anna' });
    const { summary } = await importContacts({ file: bench.file, ...bench.api, mapRow });
    expect([summary.created, bench.byEmail('ann@x.com')?.first_name]).toEqual([1, 'Anna']);
  });

  it('of a file keep their lines: what is dropped, quoted over lines or malformed moves nobody', async () => {
    const bench = await workbench(
      'Email,Name,Note\nada@x.com,Ada,"two\nlines"\nbob@x.com,Bob,\nbroken,"a""b"c,d\ncy@x.com,Cy,,,surplus\nnone,Dee,\neve@x.com,Eve,\n',
    );
    const lines: number[] = [];
    const shown: unknown[] = [];
    const mapRow = async (row: Row): Promise<Row | undefined> => {
      await Promise.resolve();
      shown.push(row.Name);
      return row.Name === 'Bob' ? undefined : { ...row, Company: 'Bricks', Since: new Date(0), Number: 10n ** 20n };
    };
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'contact') lines.push(...event.records.map(({ line }) => line));
    };
    const { summary } = await importContacts({ file: bench.file, ...bench.api, mapRow, onEvent });
    const plain = await readFile(`${bench.file}.rejected.csv`, 'utf8');
    expect(summary).toMatchObject({ rows: 5, created: 2, rejected: 3 });
    expect(lines.sort()).toEqual([2, 5, 6, 7, 8]);
    expect(plain).toMatch(/,7,no_identity,/);
    expect(shown).toEqual(['Ada', 'Bob', 'Dee', 'Eve']);
    expect(bench.byEmail('eve@x.com')).toMatchObject({ company: 'Bricks' });
  });

  it.each([
    ['throws', () => JSON.parse('{') as never, /^mapRow threw SyntaxError at row 0 \(line 2\)/],
    ['rejects', () => Promise.reject(new RangeError('x')), /^mapRow threw RangeError at row 0/],
    ['gives no row', () => 'Ada' as never, /^mapRow gave no row at row 0 \(line 2\)/],
    [
      'gives NaN',
      () => ({ ...PEOPLE[0], Amount: NaN }),
      /^Column "Amount" of row 0 \(line 2\) holds what no cell can hold/,
    ],
    [
      'gives a symbol',
      () => ({ ...PEOPLE[0], Tag: Symbol('x') }),
      /^Column "Tag" of row 0 \(line 2\) holds what no cell can hold/,
    ],
  ])('end before anything is sent where mapRow %s', async (_, mapRow, message) => {
    const bench = await workbench('Email\nada@x.com\n');
    for (const from of [{ file: bench.file }, { rows: PEOPLE }]) {
      const ended = importContacts({ ...from, ...bench.api, mapRow });
      await expect(ended).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) as string });
    }
    expect(bench.traffic().writes).toBe(0);
  });

  it('of a list are told by their place, whatever was dropped', async () => {
    const bench = await workbench('');
    const rows = [{ Email: 'ada@x.com' }, { Email: 'bob@x.com' }, { Email: 'nobody' }];
    const mapRow = (row: Row, index: number): Row | null => (index === 0 ? null : row);
    const kept = { name: 'people', workDir: bench.folder };
    expect((await importContacts({ rows, ...kept, mapRow, ...bench.api })).summary).toMatchObject({
      rows: 2,
      rejected: 1,
    });
    expect(await readFile(join(bench.folder, 'people.rejected.csv'), 'utf8')).toMatch(/nobody,4,invalid_email/);
  });

  it('are refused with a sentence where they are none', async () => {
    const bench = await workbench('');
    await expect(importContacts({ rows: 7 as never, ...bench.api })).rejects.toMatchObject({ code: 'usage' });
    await expect(importContacts({ rows: ['a@x.com'] as never, ...bench.api })).rejects.toMatchObject({
      message: expect.stringContaining('Row 0 of rows') as string,
    });
  });

  it.each<[string, object, string, string]>([
    ['an option that there is not', { rows: PEOPLE, failOver: 10 }, 'usage', 'Did you mean failOverPercent?'],
    ['one that is misspelled', { rows: PEOPLE, contry: 'GB' }, 'usage', 'Did you mean country?'],
    ['pieces of a file', { rows: Readable.from([Buffer.from('Email\na@x.com\n')]) }, 'usage', 'not in object mode'],
    ['neither rows nor a file', {}, 'usage', 'the path of a file'],
    ['both', { rows: PEOPLE, file: 'x.csv' }, 'usage', 'one of them'],
    ['a file that is a number', { file: 5 }, 'usage', 'the path of a file'],
    ['a key that is not there', { rows: PEOPLE, key: undefined }, 'no_key', 'CLARKY_KEY'],
    ['a signal that is none', { rows: PEOPLE, signal: 1 }, 'usage', 'an AbortSignal'],
    ['a listener that is none', { rows: PEOPLE, onEvent: 'x' }, 'usage', 'a function'],
  ])('are refused with a sentence where the call holds %s', async (_, options, code, next) => {
    const nobody = { key: 'k', apiUrl: 'http://127.0.0.1:9', stateDir: false };
    const call = importContacts({ ...nobody, ...options } as never);
    await expect(call).rejects.toMatchObject({
      name: 'ImporterError',
      code,
      next: expect.stringContaining(next) as string,
    });
  });

  it('say that it is the caller’s own code that fails', async () => {
    const bench = await workbench('');
    async function* failing(): AsyncGenerator<(typeof PEOPLE)[number]> {
      yield* PEOPLE;
      await Promise.reject(new Error('db gone'));
    }
    const mapRow = (): never => {
      throw new Error('mine');
    };
    await expect(importContacts({ rows: failing(), ...bench.api })).rejects.toThrow("The rows can't be read: db gone.");
    const rows = createReadStream('missing.csv');
    await expect(importContacts({ rows, ...bench.api })).rejects.toThrow("The rows can't be read: ENOENT");
    await expect(importContacts({ rows: PEOPLE, mapRow, ...bench.api })).rejects.toThrow('mapRow threw Error at row 0');
  });

  it('may be none at all', async () => {
    const bench = await workbench('');
    const { summary, exitStatus } = await importContacts({ rows: [], ...bench.api });
    expect([summary.rows, exitStatus]).toEqual([0, 0]);
  });

  it('go on where an async listener fails, which is told', async () => {
    const bench = await workbench('');
    const told: string[] = [];
    const onEvent = async (event: { type: string; code?: string }): Promise<void> => {
      if (event.type === 'warning') told.push(event.code ?? '');
      await Promise.resolve();
      if (event.type === 'contact') throw new Error('a listener');
    };
    const mine = { onEvent: onEvent as (event: unknown) => void };
    await importContacts({ rows: PEOPLE, ...bench.api, ...mine });
    expect(told).toContain('listener_failed');
  });

  it('go on where a listener throws, which is told', async () => {
    const bench = await workbench('');
    const told: string[] = [];
    const onEvent = (event: { type: string; code?: string }): void => {
      if (event.type === 'warning') told.push(event.code ?? '');
      if (event.type === 'contact') throw new Error('a listener');
    };
    expect((await importContacts({ rows: PEOPLE, ...bench.api, onEvent })).summary).toMatchObject({ created: 2 });
    expect(told).toContain('listener_failed');
  });
});

describe('an import that keeps nothing, with live', () => {
  it('leaves nothing behind, can not be undone, and is in nobody’s way', async () => {
    const bench = await workbench('');
    const before = [await readdir(bench.folder), await readdir('.')];
    const nowhere = { checkpoint: 'memory', rejects: false, log: false, report: false } as const;
    const one = { file: join(bench.folder, 'one.csv'), ...nowhere, ...bench.api };
    await writeFile(one.file, 'Email\nzed@x.com\n');
    const runs = await Promise.all([
      importContacts({ rows: PEOPLE, ...bench.api, live: true }),
      importContacts({ ...one, live: true }),
    ]);
    await rm(one.file);
    expect(runs.map(({ summary }) => [summary.created, summary.undoable])).toEqual([
      [2, false],
      [1, false],
    ]);
    expect([await readdir(bench.folder), await readdir('.')]).toEqual(before);
    await expect(undoImport(one)).rejects.toThrow("'memory' keeps nothing that it could be undone by");
    expect(bench.sandbox.contacts()).toHaveLength(3);
    expect(await readdir('.')).toEqual(before[1]);
  });
});
