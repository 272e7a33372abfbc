import { execFileSync, spawn } from 'node:child_process';
import { appendFile, mkdir, open, readFile, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectDialect } from '../../src/source/dialect.js';
import { openSource } from '../../src/source/opening/source.js';
import { readRecords } from '../../src/source/records.js';
import { boastfulWorkbook } from './form-samples.js';
import { cellsOf, readAll, temporaryFolder } from './reading.js';
import { zipOf } from './zip.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

const TABLE = 'Name,Email\nAda,ada@example.com\n';
const ROWS = [['Ada', 'ada@example.com']];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.dispose());

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(folder.path(name), content);
  return folder.path(name);
}

describe('what can be opened', () => {
  it('takes bounded memory for a workbook that says it has two thousand million entries, and refuses it', async () => {
    const path = await file('small.xlsb', await boastfulWorkbook());
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'file_unreadable',
      message: `${path} is an Excel workbook (.xlsb) that can't be read.`,
    });
  });

  it.skipIf(process.platform === 'win32')('refuses a socket in a sentence', async () => {
    const path = folder.path('socket');
    const server = createServer().listen(path);
    await once(server, 'listening');
    try {
      await expect(openSource(path)).rejects.toMatchObject({ message: `${path} is a socket, not a file.` });
    } finally {
      server.close();
    }
  });

  it('refuses a file that was only given its size: NUL bytes, from the start or from where the rows end', async () => {
    for (const content of ['', TABLE]) {
      const path = await file('sparse.csv', content);
      await truncate(path, 2 ** 27);
      await expect(readAll(path)).rejects.toMatchObject({
        exitStatus: 2,
        message: `${path} holds 64 MiB and more of NUL bytes, one after the other: it was not written to its end.`,
      });
    }
  });

  it.runIf(process.platform === 'linux')('refuses a file of the system, which may keep whoever reads it', async () => {
    const message = '/proc/self/status is a file of the system, not a list of contacts.';
    await expect(openSource('/proc/self/status')).rejects.toMatchObject({ exitStatus: 2, message });
  });

  it.skipIf(process.platform === 'win32')('refuses a folder as standard input', async () => {
    const opened = await open(folder.path('.'));
    const stdin = Object.assign(Readable.from([]), { fd: opened.fd });
    const message = 'Standard input is a folder, not a file.';
    await expect(openSource('-', { stdin })).rejects.toMatchObject({ exitStatus: 2, message });
    await opened.close();
  });

  it('tells gzip, zip and text apart by their bytes, whatever their names', async () => {
    const cases = [
      { content: Buffer.from(TABLE), member: undefined },
      { content: gzipSync(TABLE), member: undefined },
      { content: zipOf({ 'a.csv': TABLE }), member: 'a.csv' },
    ];
    for (const { content, member } of cases) {
      const path = await file('same-name.xlsx', content);
      const source = await openSource(path);
      expect(source).toMatchObject({ form: 'text' });
      expect(source.member).toBe(member);
      expect(cellsOf((await readAll(path)).records)).toEqual(ROWS);
    }
  });

  it('reads the one table of a zip beside what archivers add', async () => {
    const members = {
      'export/': '',
      'export/people.CSV': TABLE,
      '__MACOSX/export/._people.csv': 'x',
      'readme.md': 'hi',
    };
    const path = await file('a.zip', zipOf(members));
    const { records, notes } = await readAll(path);
    expect(cellsOf(records)).toEqual(ROWS);
    expect(notes).toEqual(['The file inside the archive is export/people.CSV.']);
  });

  it('reads a named pipe, twice', async () => {
    const pipe = folder.path('pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', `printf 'Name,Email\\nAda,ada@example.com\\n' > "$1"`, 'sh', pipe]);
    expect(cellsOf((await readAll(pipe)).records)).toEqual(ROWS);
    writer.kill();
  });

  it('spools standard input to a file that only its owner can read, and removes it', async () => {
    const source = await openSource('-', {
      stdin: Readable.from([Buffer.from('Name,Em'), 'ail\nAda,ada@example.com\n']),
    });
    expect(await modeOf(source.path)).toBe(OWNER_ALONE);
    expect(source.displayName).toBe('standard input');
    const dialect = await detectDialect(source);
    expect(cellsOf(dialect.sampleRecords)).toEqual(ROWS);
    await source.dispose();
    await source.dispose();
    await expect(stat(source.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves nothing behind when the signal is aborted while it spools', async () => {
    const abort = new AbortController();
    const stop = new Error('stop');
    async function* endless(): AsyncGenerator<string> {
      yield TABLE;
      abort.abort(stop);
      yield TABLE;
    }
    await expect(openSource('-', { stdin: endless(), signal: abort.signal })).rejects.toBe(stop);
  });
});

describe('what is refused, in a sentence', () => {
  const refusals: { name: string; content: Buffer; message: RegExp }[] = [
    {
      name: 'several tables',
      content: zipOf({ 'a.csv': TABLE, 'b.csv': TABLE }),
      message: /holds 2 tables: a\.csv, b\.csv\./,
    },
    {
      name: 'no table',
      content: zipOf({ 'a.png': 'x', 'b.png': 'y' }),
      message: /holds no table, only a\.png, b\.png/,
    },
    {
      name: 'an archive in an archive',
      content: gzipSync(zipOf({ 'a.csv': TABLE })),
      message: /is an archive inside an archive/,
    },
    { name: 'an empty zip', content: zipOf({}), message: /holds no table\./ },
    { name: 'a password', content: zipOf({ 'a.csv': TABLE }, 1), message: /protected by a password/ },
    { name: 'a cut zip', content: zipOf({ 'a.csv': TABLE }).subarray(0, 60), message: /damaged or cut off/ },
    { name: 'a cut gzip', content: gzipSync(TABLE.repeat(99)).subarray(0, 60), message: /damaged or cut off/ },
    {
      name: 'an old workbook',
      content: Buffer.from('d0cf11e0a1b11ae1ffff', 'hex'),
      message: /is an old Excel workbook \(\.xls\) that can't be read/,
    },
    { name: 'a PDF', content: Buffer.from('%PDF-1.7 …'), message: /is a PDF/ },
    {
      name: 'a gzip bomb',
      content: gzipSync(Buffer.alloc(70 * 1024 * 1024, ',')),
      message: /more than 250 times its size/,
    },
  ];

  it.each(refusals)('$name', async ({ content, message }) => {
    const path = await file('input', content);
    await expect(readAll(path)).rejects.toMatchObject({
      name: 'ImporterError',
      code: 'file_unreadable',
      message: expect.stringMatching(message) as unknown,
    });
    await expect(readAll(path)).rejects.toThrow(path);
  });

  it('a folder, and a file that is not there', async () => {
    await mkdir(folder.path('folder'));
    await expect(openSource(folder.path('folder'))).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/is a folder/) as unknown,
    });
    await expect(openSource(folder.path('none'))).rejects.toMatchObject({
      code: 'file_not_found',
      message: expect.stringMatching(/doesn't exist/) as unknown,
    });
  });

  it('names standard input, not its temporary file', async () => {
    const stdin = Readable.from([gzipSync(TABLE.repeat(99)).subarray(0, 60)]);
    await expect(openSource('-', { stdin })).rejects.toThrow(/^standard input is damaged/);
  });
});

describe('a file that changes while it is read', () => {
  const LARGE = `Name,Email\n${'Ada,ada@example.com\n'.repeat(40_000)}`;
  const changes: { name: string; change: (path: string) => Promise<unknown> }[] = [
    { name: 'cut', change: (path) => truncate(path, 300_000) },
    { name: 'grown', change: (path) => appendFile(path, 'Bob,bob@example.com\n') },
    {
      name: 'replaced',
      change: async (path) => {
        await writeFile(`${path}.new`, await readFile(path));
        await rename(`${path}.new`, path);
      },
    },
    { name: 'touched', change: (path) => utimes(path, 1, 1) },
  ];

  it.each(changes)('$name: stops with input_changed', async ({ change }) => {
    const path = await file('input.csv', LARGE);
    const source = await openSource(path);
    const dialect = await detectDialect(source);
    expect(await source.changedSince()).toBe(false);
    const records = readRecords(source, dialect);
    await records.next();
    await change(path);
    const drain = async (): Promise<void> => {
      for await (const batch of records) expect(cellsOf(batch)).toEqual(batch.map(() => ROWS[0]));
    };
    await expect(drain()).rejects.toMatchObject({ code: 'input_changed' });
  });

  it('says so where it is not there any more', async () => {
    await mkdir(folder.path('moved'));
    const path = await file('moved/input.csv', LARGE);
    const source = await openSource(path);
    const records = readRecords(source, await detectDialect(source));
    await records.next();
    await rename(folder.path('moved'), folder.path('elsewhere'));
    const drain = async (): Promise<void> => {
      for await (const batch of records) expect(batch.length).toBeGreaterThan(0);
    };
    await expect(drain()).rejects.toMatchObject({
      code: 'input_changed',
      message: `${path} is not there any more: it was moved or removed while it was being read.`,
    });
  });

  it('stops at the signal, with its reason', async () => {
    const source = await openSource(await file('input.csv', LARGE));
    const abort = new AbortController();
    const records = readRecords(source, await detectDialect(source), { signal: abort.signal });
    await records.next();
    const stop = new Error('stop');
    abort.abort(stop);
    await expect(records.next()).rejects.toBe(stop);
  });
});
