/** Reads files and bytes through the whole of src/csv, as tests see it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectDialect, type Dialect, type DialectOptions } from '../../src/source/dialect.js';
import { openSource, type Source } from '../../src/source/opening/source.js';
import { readRecords } from '../../src/source/records.js';
import type { SourceRecord } from '../../src/source/record.js';

export interface ReadFile {
  readonly dialect: Dialect;
  readonly records: readonly SourceRecord[];
  readonly notes: readonly string[];
}

/** Every record of a file. */
export async function readAll(path: string, options: DialectOptions = {}): Promise<ReadFile> {
  const source = await openSource(path);
  try {
    const dialect = await detectDialect(source, options);
    const records: SourceRecord[] = [];
    const notes = [...dialect.notes];
    for await (const batch of readRecords(source, dialect, { onNote: (note) => notes.push(note) })) {
      records.push(...batch);
    }
    return { dialect, records, notes };
  } finally {
    await source.dispose();
  }
}

/** A source that holds its bytes in memory, for tests that read thousands of texts. */
export function memorySource(bytes: Buffer, blockBytes = 64 * 1024): Source {
  return {
    path: 'memory',
    displayName: 'memory',
    form: 'text',
    size: bytes.length,
    async *readBytes() {
      for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
    },
    changedSince: () => Promise.resolve(false),
    goneSince: () => Promise.resolve(undefined),
    dispose: () => Promise.resolve(),
  };
}

/** Every record of bytes in memory, which come in blocks so small that characters, quotes and line ends are cut. */
export async function readMemory(
  bytes: Buffer,
  options: DialectOptions = {},
  blockBytes = 61,
): Promise<Omit<ReadFile, 'notes'>> {
  const source = memorySource(bytes, blockBytes);
  const dialect = await detectDialect(source, options);
  const records: SourceRecord[] = [];
  for await (const batch of readRecords(source, dialect)) records.push(...batch);
  return { dialect, records };
}

/** A folder of its own for a test; removed by `dispose`. */
export async function temporaryFolder(): Promise<{ path: (name: string) => string; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'clarky-csv-test-'));
  return {
    path: (name) => join(folder, name),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Every record of bytes, through a real file. */
export async function readBytes(bytes: Buffer | string, options: DialectOptions = {}): Promise<ReadFile> {
  const folder = await temporaryFolder();
  try {
    await writeFile(folder.path('input.csv'), bytes);
    return await readAll(folder.path('input.csv'), options);
  } finally {
    await folder.dispose();
  }
}

/** The cells of records, or `!code` for one with a problem. */
export function cellsOf(records: readonly SourceRecord[]): (readonly string[] | string)[] {
  return records.map(({ cells, problem, line }) => (problem === undefined ? cells : `${line}!${problem.code}`));
}

/** A fixture of src/csv's own. */
export const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/csv', name);
