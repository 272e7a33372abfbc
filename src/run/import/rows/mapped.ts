/** Rows as they are mapped: changed by the caller, and written as the list of objects that is read. */
import { ImporterError } from '../../../errors.js';
import type { HandedOver } from '../../settings.js';
import type { MapRow, Row } from './row-types.js';

/** A row with the line that it is told by. */
export interface NumberedRow extends HandedOver {
  readonly row: unknown;
}

interface MappedRow extends HandedOver {
  readonly text: string;
}

/** Whoever is told of rows as they are read. */
export interface RowsRead {
  tell?: (rows: number) => void;
}

/** How long at least between two times that it is told how many. */
const TELLS_EACH_MS = 250;

/** @param read is told of the first row, from time to time, and at the end */
export async function* mapped(
  rows: AsyncIterable<NumberedRow>,
  read: RowsRead,
  mapRow: MapRow = (row) => row,
): AsyncGenerator<MappedRow> {
  let index = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  for await (const { row: given, line, problem } of rows) {
    if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Uint8Array) {
      throw new ImporterError('usage', `Row ${index} of rows (line ${line}) is no object of values by column name.`, {
        next:
          typeof given === 'string' || given instanceof Uint8Array
            ? 'Hand over the text of a file as a Buffer, or as a stream that is not in object mode (Readable.fromWeb of one of the web).'
            : 'Each row is to be such as { email: "ada@example.com", name: "Ada" }.',
      });
    }
    const row = problem !== undefined ? given : await changed(mapRow, given as Row, index, line);
    index++;
    if (performance.now() - toldMs >= TELLS_EACH_MS) {
      read.tell?.(index);
      toldMs = performance.now();
    }
    if (row !== undefined && row !== null) yield { text: textOf(row, index - 1, line), line, problem };
  }
  read.tell?.(index);
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
function textOf(row: object, index: number, line: number): string {
  try {
    return jsonText(row);
  } catch (cause) {
    const column = Object.entries(row).find(([name, value]: [string, unknown]) => !isText({ [name]: value }))?.[0];
    const where = column === undefined ? 'Row' : `Column ${JSON.stringify(column)} of row`;
    throw new ImporterError(
      'usage',
      `${where} ${index} (line ${line}) holds what no cell can hold. Nothing was sent.`,
      {
        next: 'A value is text, a number, a date, true, false or null.',
        cause,
      },
    );
  }
}

function isText(row: object): boolean {
  try {
    jsonText(row);
    return true;
  } catch {
    return false;
  }
}

/** @throws TypeError for what JSON would leave out in silence */
function jsonText(row: object): string {
  return JSON.stringify(row, function (this: Row, key, value: unknown) {
    // A method of a class is no value. A date is text by now, or null.
    const isNoDate = value === null && this[key] instanceof Date;
    if (isNoDate || typeof value === 'symbol' || (typeof value === 'number' && !Number.isFinite(value)))
      throw new TypeError(String(value));
    return typeof value === 'bigint' ? String(value) : value;
  });
}

/** A list of them. @param handedOver learns what is known of each, in the same order */
export async function* jsonOf(rows: AsyncIterable<MappedRow>, handedOver: HandedOver[]): AsyncGenerator<string> {
  for await (const { text, line, problem } of rows) {
    yield (handedOver.length === 0 ? '[' : ',') + text;
    handedOver.push(problem === undefined ? { line } : { line, problem });
  }
  // No row at all is a table without rows, and no mistake.
  yield handedOver.length === 0 ? 'email\n' : ']';
}
