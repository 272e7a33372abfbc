/** Where rows come from that are no file: a list, an iterator, a stream, all of which may stall or fail. */
import { Readable } from 'node:stream';
import { ImporterError } from '../../../errors.js';
import type { NumberedRow } from './mapped.js';
import type { Rows } from './row-types.js';

function isStream(rows: unknown): rows is NodeJS.ReadableStream {
  return typeof rows === 'object' && rows !== null && 'pipe' in rows;
}

/**
 * Takes a stream up before anybody reads it. Node throws away what a program that has ended has left in a stream that nobody has
 * taken up, and a stream that fails before it is read would end the process.
 * @returns what lets it go, read or not: it would keep the process alive else
 */
export function takenUp(rows: unknown): () => void {
  if (!isStream(rows)) return () => undefined;
  const heed = (): void => undefined;
  rows.once('error', heed).on('readable', heed);
  return () => {
    rows.removeListener('readable', heed);
    if (rows instanceof Readable) rows.destroy();
  };
}

export function bytesOf(rows: Rows): AsyncIterable<Buffer | string> | Iterable<Buffer | string> | undefined {
  if (rows instanceof Uint8Array) return [Buffer.from(rows)];
  if (!isStream(rows)) return undefined;
  return rows instanceof Readable && rows.readableObjectMode ? undefined : (rows as AsyncIterable<Buffer | string>);
}

export function recordsOf(rows: Rows): Iterable<unknown> | AsyncIterable<unknown> {
  // The types say so; a caller without them gets a sentence.
  const given: unknown = rows;
  const isIterable =
    typeof given === 'object' && given !== null && (Symbol.iterator in given || Symbol.asyncIterator in given);
  if (isIterable) return rows as Iterable<unknown> | AsyncIterable<unknown>;
  throw new ImporterError('usage', 'rows is none of: a list, an iterable, an async iterable, a Buffer, a stream.', {
    next: 'Hand over the records, or name a file with `file`.',
  });
}

/** Rows that can be ended from outside while the next of them is waited for: a connection stays open behind it else. */
export function held(rows: AsyncIterable<unknown> | Iterable<unknown>): {
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
export async function* heard<Chunk>(rows: AsyncIterable<Chunk> | Iterable<Chunk>): AsyncGenerator<Chunk> {
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

/** The first row on the second line, as in a table with a header. */
export async function* numbered(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<NumberedRow> {
  let line = 2;
  for await (const row of rows) yield { row, line: line++ };
}
