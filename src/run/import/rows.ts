/** Contacts that are no file: a list of records, a stream, bytes; or a file whose rows are changed before they are mapped. */
import { given } from '../../given.js';
import { Readable } from 'node:stream';
import { ImporterError } from '../../errors.js';
import { OpenedFile } from '../reading/reading.js';
import { defaultPaths, type HandedOver, type ImportOptions } from '../settings.js';

/** A row by column name. Values become text as a cell would hold it; undefined and null are blank. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Changes a row before it is mapped, and may give it more columns; undefined or null drops it, and the other rows keep their
 * lines. Called once for each row, `index` counting from 0; a row that is malformed in its file is rejected, and not shown.
 */
export type MapRow = (row: Row, index: number) => object | null | undefined | Promise<object | null | undefined>;

/** Records by column name, of whatever type or class, or bytes of a file of any kind that is read. */
export type Rows = Iterable<object> | AsyncIterable<object> | Uint8Array | NodeJS.ReadableStream;

export interface RowsOptions extends Omit<ImportOptions, 'file' | 'stdin'> {
  readonly rows: Rows;
  /** Under this name the run keeps its state, as it does under a file's. Without it no checkpoint, log, rejects or report is written. */
  readonly name?: string | undefined;
  readonly mapRow?: MapRow | undefined;
}

/** What an import is given in place of a path: its options with standard input in that place, and what to call it. */
export interface FromRows {
  readonly options: ImportOptions;
  readonly shownAs: string;
  /** Ends the source of the rows, where it was not read to its end. */
  readonly letGo?: (() => void) | undefined;
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
  const handedOver: HandedOver[] = [];
  const source = held(bytes ?? recordsOf(rows));
  const heardOf = heard(source.rows);
  const stdin = Readable.from(bytes === undefined ? jsonOf(mapped(numbered(heardOf), mapRow), handedOver) : heardOf);
  const letGo = (): void => {
    if (rows instanceof Readable) rows.destroy();
    else source.end();
  };
  const nowhere = { checkpoint: 'memory', rejects: false, log: false, report: false } as const;
  const { checkpoint, rejects, log, report } = name === undefined ? nowhere : defaultPaths(name, rest);
  return {
    options: {
      ...{ checkpoint, rejects, log, report, ...given(rest) },
      ...(bytes === undefined ? { handedOver } : {}),
      noEdits: true,
      file: '-',
      stdin,
    },
    shownAs: name ?? 'rows',
    letGo,
  };
}

/** The rows of a file, each changed; its state stays beside the file. */
export function fromFile(options: ImportOptions, mapRow: MapRow): FromRows {
  const { checkpoint, rejects, log, report, mapping } = { ...defaultPaths(options.file, options), ...given(options) };
  const handedOver: HandedOver[] = [];
  const stdin = Readable.from(jsonOf(mapped(fileRows(options), mapRow), handedOver));
  const { encoding: _, delimiter: _by, sheet: _of, noHeader: _no, ...rest } = options;
  const named = options.mapping === undefined ? {} : { mapping };
  return {
    options: { ...rest, ...named, checkpoint, rejects, log, report, noEdits: true, handedOver, file: '-', stdin },
    shownAs: options.file,
  };
}

/** A row with the line that it is told by. */
interface NumberedRow extends HandedOver {
  readonly row: unknown;
}

async function* fileRows(options: ImportOptions): AsyncGenerator<NumberedRow> {
  const file = await OpenedFile.open(options);
  try {
    const { header } = file.dialect;
    for await (const batch of file.records({ signal: options.signal })) {
      for (const { cells, line, problem } of batch) {
        yield { row: Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ''])), line, problem };
      }
    }
  } finally {
    await file.close();
  }
}

/** The first row on the second line, as in a table with a header. */
async function* numbered(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<NumberedRow> {
  let line = 2;
  for await (const row of rows) yield { row, line: line++ };
}

function bytesOf(rows: Rows): AsyncIterable<Buffer | string> | Iterable<Buffer | string> | undefined {
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

interface MappedRow extends HandedOver {
  readonly text: string;
}

async function* mapped(rows: AsyncIterable<NumberedRow>, mapRow: MapRow = (row) => row): AsyncGenerator<MappedRow> {
  let index = 0;
  for await (const { row: given, line, problem } of rows) {
    if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Uint8Array) {
      throw new ImporterError('usage', `Row ${index} of rows is no object of values by column name.`, {
        next:
          typeof given === 'string' || given instanceof Uint8Array
            ? 'Hand over the text of a file as a Buffer, or as a stream that is not in object mode (Readable.fromWeb of one of the web).'
            : 'Each row is to be such as { email: "ada@example.com", name: "Ada" }.',
      });
    }
    const row = problem !== undefined ? given : await changed(mapRow, given as Row, index, line);
    index++;
    if (row !== undefined && row !== null) yield { text: textOf(row, line), line, problem };
  }
}

/** Rows that can be ended from outside while the next of them is waited for: a connection stays open behind it else. */
function held(rows: AsyncIterable<unknown> | Iterable<unknown>): {
  readonly rows: AsyncIterable<unknown>;
  readonly end: () => void;
} {
  let reading: AsyncIterator<unknown> | Iterator<unknown> | undefined;
  const begin = (): AsyncIterator<unknown> => {
    const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
    reading = iterator;
    return {
      next: async () => {
        const step = await iterator.next();
        if (step.done === true) reading = undefined;
        return step;
      },
      return: async () => {
        reading = undefined;
        await iterator.return?.();
        return { done: true, value: undefined };
      },
    };
  };
  const end = (): void => {
    const left = reading;
    reading = undefined;
    // Whoever is ended so may fail at it, or take its time: the run has ended anyway.
    void (async () => left?.return?.())().catch(() => undefined);
  };
  return { rows: { [Symbol.asyncIterator]: begin }, end };
}

/** What the caller's own source of rows throws is said to be its. */
async function* heard<Chunk>(rows: AsyncIterable<Chunk> | Iterable<Chunk>): AsyncGenerator<Chunk> {
  try {
    yield* rows;
  } catch (cause) {
    throw new ImporterError(
      'file_unreadable',
      `The rows can't be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { next: 'It is where the rows come from that fails: mend it, then run the same call again.', cause },
    );
  }
}

async function changed(mapRow: MapRow, given: Row, index: number, line: number): Promise<object | undefined> {
  let row: unknown;
  try {
    row = await mapRow(given, index);
  } catch (cause) {
    const what = cause instanceof Error ? cause.name : typeof cause;
    throw new ImporterError('usage', `mapRow threw ${what} at row ${index} (line ${line}). Nothing was sent.`, {
      next: 'Its own error is the `cause` of this one.',
      cause,
    });
  }
  if (row === undefined || row === null) return undefined;
  if (typeof row === 'object' && !Array.isArray(row)) return row;
  throw new ImporterError('usage', `mapRow gave no row at row ${index} (line ${line}). Nothing was sent.`, {
    next: 'It is to give an object of values by column name, or undefined to drop the row.',
  });
}

/** @throws ImporterError `usage` for what no cell can hold */
function textOf(row: object, line: number): string {
  try {
    return JSON.stringify(row, function (this: Row, key, value: unknown) {
      // JSON would leave these out in silence; a method of a class is no value. A date is text by now, or null.
      const isNoDate = value === null && this[key] instanceof Date;
      if (isNoDate || typeof value === 'symbol' || (typeof value === 'number' && !Number.isFinite(value)))
        throw new TypeError(String(value));
      return typeof value === 'bigint' ? String(value) : value;
    });
  } catch (cause) {
    throw new ImporterError('usage', `The row of line ${line} holds what no cell can hold. Nothing was sent.`, {
      next: 'A value is text, a number, a date, true, false or null.',
      cause,
    });
  }
}

/** A list of them. @param handedOver learns what is known of each, in the same order */
async function* jsonOf(rows: AsyncIterable<MappedRow>, handedOver: HandedOver[]): AsyncGenerator<string> {
  for await (const { text, line, problem } of rows) {
    yield (handedOver.length === 0 ? '[' : ',') + text;
    handedOver.push(problem === undefined ? { line } : { line, problem });
  }
  // No row at all is a table without rows, and no mistake.
  yield handedOver.length === 0 ? 'email\n' : ']';
}
