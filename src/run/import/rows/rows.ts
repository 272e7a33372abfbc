/** Contacts that are no file: a list of records, a stream, bytes; or a file whose rows are changed before they are mapped. */
import { given } from '../../../given.js';
import { Readable } from 'node:stream';
import { ImporterError } from '../../../errors.js';
import { readMapping } from '../../reading/mapping/mapping-source.js';
import { OpenedFile } from '../../reading/reading.js';
import { jsonOf, mapped, type NumberedRow, type RowsRead } from './mapped.js';
import type { MapRow, RowOf, Rows } from './row-types.js';
import { bytesOf, heard, held, numbered, recordsOf } from './source.js';
import { defaultPaths, type GivenImport, type HandedOver, type ImportOptions } from '../../settings.js';

/** What an import of rows that are no file is asked. */
export interface RowsOptions<Given extends Rows = Rows> extends Omit<GivenImport, 'file' | 'stdin'> {
  /** The records by column name (Clarky's own field names are known, too), or the bytes of a file, as a Buffer or a stream. */
  readonly rows: Given;
  /** Rows are given in the place of a file. */
  readonly file?: undefined;
  /** Rows are given in the place of files. */
  readonly files?: undefined;
  /** Under this name the run keeps its state, in `workDir`, as it does under a file's; it is no path. Without it no checkpoint, log, rejects or report is written. */
  readonly name?: string | undefined;
  /** Changes each row before it is mapped, or drops it; what it throws ends the call. */
  readonly mapRow?: MapRow<RowOf<Given>> | undefined;
}

/** What an import is given in place of a path: its options with standard input in that place, and what to call it. */
export interface FromRows {
  readonly options: ImportOptions;
  readonly shownAs: string;
  /** Ends the source of the rows, where it was not read to its end. */
  readonly letGo?: (() => void) | undefined;
  /** Tells of the rows as they are read. */
  readonly read?: RowsRead;
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
  const read: RowsRead = {};
  const stdin = Readable.from(
    bytes === undefined ? jsonOf(mapped(numbered(heardOf), read, mapRow), handedOver) : heardOf,
  );
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
    letGo: source.end,
    read,
  };
}

/** The rows of a file, each changed; its state stays beside the file, and so does its mapping file. */
export async function fromFile(options: ImportOptions, mapRow: MapRow): Promise<FromRows> {
  const { checkpoint, rejects, log, report } = { ...defaultPaths(options.file, options), ...given(options) };
  const handedOver: HandedOver[] = [];
  const read: RowsRead = {};
  const stdin = Readable.from(jsonOf(mapped(fileRows(options), read, mapRow), handedOver));
  const { encoding: _, delimiter: _by, sheet: _of, noHeader: _no, files: _all, ...rest } = options;
  const mapping = options.mapping ?? (await readMapping(options))?.path;
  return {
    options: { ...rest, mapping, checkpoint, rejects, log, report, noEdits: true, handedOver, file: '-', stdin },
    shownAs: options.file,
    read,
  };
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
