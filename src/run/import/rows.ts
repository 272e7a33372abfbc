/** Contacts that are no file: a list of records, a stream, bytes; or a file whose rows are changed before they are mapped. */
import { given } from '../../given.js';
import { Readable } from 'node:stream';
import { ImporterError } from '../../errors.js';
import { OpenedFile } from '../reading/reading.js';
import { defaultPaths, type ImportOptions } from '../settings.js';

/** A row by column name. Values become text as a cell would hold it; undefined and null are blank. */
export type Row = Readonly<Record<string, unknown>>;

/** Changes a row before it is mapped; undefined drops it. `index` counts the rows from 0. */
export type MapRow = (row: Row, index: number) => Row | undefined;

/** Records, or bytes of a file of any kind that is read. */
export type Rows = Iterable<Row> | AsyncIterable<Row> | Uint8Array | NodeJS.ReadableStream;

export interface RowsOptions extends Omit<ImportOptions, 'file' | 'stdin'> {
  readonly rows: Rows;
  /** Under this name the run keeps its state, as it does under a file's. Without it there is none, and no file is written. */
  readonly name?: string | undefined;
  readonly mapRow?: MapRow | undefined;
}

/** What an import is given in place of a path: its options with standard input in that place, and what to call it. */
export interface FromRows {
  readonly options: ImportOptions;
  readonly shownAs: string;
}

/** @throws ImporterError `usage` where the rows can't be read as rows */
export function fromRows({ rows, mapRow, ...rest }: RowsOptions): FromRows {
  const { name } = rest;
  const bytes = bytesOf(rows);
  if (bytes !== undefined && mapRow !== undefined) {
    throw new ImporterError('usage', 'mapRow needs records, and rows are bytes.', {
      next: 'Hand over the records themselves, or name a file.',
    });
  }
  const stdin = Readable.from(bytes ?? jsonOf(mapped(recordsOf(rows), mapRow)));
  const nowhere = { checkpoint: 'memory', rejects: false, log: false, report: false } as const;
  const { checkpoint, rejects, log, report } = name === undefined ? nowhere : defaultPaths(name);
  return {
    options: { checkpoint, rejects, log, report, ...given(rest), noEdits: true, file: '-', stdin },
    shownAs: name ?? 'rows',
  };
}

/** The rows of a file, each changed; its state stays beside the file. */
export function fromFile(options: ImportOptions, mapRow: MapRow): FromRows {
  const { checkpoint, rejects, log, report, mapping } = { ...defaultPaths(options.file), ...given(options) };
  const stdin = Readable.from(jsonOf(mapped(fileRows(options), mapRow)));
  const { encoding: _, delimiter: _by, sheet: _of, noHeader: _no, ...rest } = options;
  const named = options.mapping === undefined ? {} : { mapping };
  return {
    options: { ...rest, ...named, checkpoint, rejects, log, report, noEdits: true, file: '-', stdin },
    shownAs: options.file,
  };
}

async function* fileRows(options: ImportOptions): AsyncGenerator<Row> {
  const file = await OpenedFile.open(options);
  try {
    const { header } = file.dialect;
    for await (const batch of file.persons({ signal: options.signal })) {
      for (const { cells } of batch) yield Object.fromEntries(header.map((column, at) => [column, cells[at] ?? '']));
    }
  } finally {
    await file.close();
  }
}

function bytesOf(rows: Rows): AsyncIterable<Buffer | string> | Iterable<Buffer> | undefined {
  if (rows instanceof Uint8Array) return [Buffer.from(rows)];
  if (typeof rows !== 'object' || !('pipe' in rows)) return undefined;
  return rows instanceof Readable && rows.readableObjectMode ? undefined : (rows as AsyncIterable<Buffer | string>);
}

function recordsOf(rows: Rows): Iterable<unknown> | AsyncIterable<unknown> {
  // The types say so; a caller without them gets a sentence.
  const given: unknown = rows;
  const isIterable =
    typeof given === 'object' && given !== null && (Symbol.iterator in given || Symbol.asyncIterator in given);
  if (isIterable) return rows as Iterable<unknown> | AsyncIterable<unknown>;
  throw new ImporterError('usage', 'rows is none of: a list, an iterable, an async iterable, a Buffer, a stream.', {
    next: 'Hand over the records, or name a file with `file`.',
  });
}

async function* mapped(
  rows: Iterable<unknown> | AsyncIterable<unknown>,
  mapRow: MapRow = (row) => row,
): AsyncGenerator<Row> {
  let index = 0;
  for await (const given of rows) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw new ImporterError('usage', `Row ${index} of rows is no object of values by column name.`, {
        next: 'Each row is to be such as { email: "ada@example.com", name: "Ada" }.',
      });
    }
    const row = mapRow(given as Row, index++);
    if (row !== undefined) yield row;
  }
}

/** One row a line, the first on the second line, as in a table with a header. */
async function* jsonOf(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',\n';
  }
  yield before === '[\n' ? '[\n]\n' : '\n]\n';
}
