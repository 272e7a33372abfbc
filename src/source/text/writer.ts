/** CSV out: whole or not at all, readable by its owner alone. */
import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { stringify } from 'csv-stringify';
import { notWritable } from '../../storage/failures.js';
import { openReplacement } from '../../storage/replacement.js';
import { guardCell } from './formula.js';

export interface CsvWriter {
  /** Writes one record; resolves once more may be written, so that a slow disk slows the caller. */
  write(cells: readonly string[]): Promise<void>;
  /** Writes no more; the digest of all of it, 22 characters. */
  end(): Promise<string>;
  /** Puts the finished file in its place, in one step; on disk when it resolves. */
  commit(): Promise<void>;
  /** Leaves no trace; what stood at the path stays. Can be called after `commit`, and does nothing then. */
  discard(): Promise<void>;
}

export interface CsvWriterOptions {
  /** Permissions of the file; 0600 by default. */
  readonly mode?: number | undefined;
  /** One character; a comma by default. */
  readonly delimiter?: string | undefined;
}

/** Resolves at the first of some events, whichever it is, and stops listening to the others. */
function firstOf(emitter: EventEmitter, ...events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of events) emitter.off(event, done);
      resolve();
    };
    for (const event of events) emitter.on(event, done);
  });
}

/**
 * Starts a CSV file (RFC 4180, UTF-8 with a mark, CRLF). Cells that a spreadsheet would run are guarded. It is written beside its place under a random name and moved there by
 * `commit`; a link at the path is replaced, never followed.
 * @param header written first; every record should have as many cells
 * @throws ImporterError `not_writable`, here and from every method
 */
export async function createCsvWriter(
  path: string,
  header: readonly string[],
  options: CsvWriterOptions = {},
): Promise<CsvWriter> {
  const replacement = await openReplacement(path, options.mode);
  const text = stringify({
    // By the mark Excel knows UTF-8.
    bom: true,
    delimiter: options.delimiter ?? ',',
    record_delimiter: '\r\n',
    // A lone CR or LF would end the record in any reader that takes all line ends, ours included; a mark at the start of the
    // file would be taken for the file's own.
    quoted_match: /[\r\n]|^\ufeff/,
  });
  const output = replacement.file.createWriteStream();
  let failure: unknown;
  text.on('error', (error) => (failure ??= error));
  output.on('error', (error) => {
    failure ??= error;
    text.destroy();
  });
  const hash = createHash('sha256');
  let digest: string | undefined;
  text.on('data', (chunk: Buffer) => hash.update(chunk));
  text.pipe(output);

  const rethrow = (): void => {
    if (failure !== undefined) throw notWritable(path, failure);
  };
  const write = async (cells: readonly string[]): Promise<void> => {
    rethrow();
    if (text.write(cells.map(guardCell))) return;
    await firstOf(text, 'drain', 'close');
    rethrow();
  };
  let unfinished = true;
  const discard = async (): Promise<void> => {
    if (!unfinished) return;
    unfinished = false;
    text.destroy();
    output.destroy();
    await replacement.discard();
  };
  try {
    await write(header);
  } catch (error) {
    await discard();
    throw error;
  }
  const finishing = async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      rethrow();
      return await step();
    } catch (error) {
      await discard();
      throw failure === undefined ? notWritable(path, error) : error;
    }
  };
  const end = (): Promise<string> =>
    finishing(async () => {
      text.end();
      if (!output.closed) await firstOf(output, 'close');
      rethrow();
      return (digest ??= hash.digest('base64url').slice(0, 22));
    });
  return {
    write,
    discard,
    end,
    async commit() {
      await end();
      await finishing(() => replacement.commit());
      unfinished = false;
    },
  };
}
