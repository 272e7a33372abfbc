/** Rows as they are mapped: changed by the caller, and written as the list of objects that is read. */
import { ImporterError } from '../../../errors.js';
import type { HandedOver } from '../../settings.js';
import { MAX_CELL_BYTES } from '../../../source/text/rows.js';
import type { Problem } from '../../../problem.js';
import { flatten, LongName, nameOfColumn } from '../../../source/objects/flatten.js';
import type { MapRow, Row } from './row-types.js';
import { isNothing, jsonValue, NoCell, whatNoRecord } from './values.js';

/** A row with the line that it is told by. */
export interface NumberedRow extends HandedOver {
  readonly row: unknown;
}

/** As JSON holds it. */
interface MappedRow extends HandedOver {
  readonly values: Row;
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
    if (row === undefined || row === null) continue;
    const [values, long] = readable(valuesOf(row, index - 1, line, row === given));
    yield { values, line, problem: problem ?? long };
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

/** @throws ImporterError `usage` for what is no row, and for what no cell can hold */
function valuesOf(row: object, index: number, line: number, isAsGiven: boolean): Row {
  const none = whatNoRecord(row);
  if (none !== undefined) {
    const what = isAsGiven ? `Row ${index} of rows (line ${line}) is` : `mapRow gave at row ${index} (line ${line})`;
    throw new ImporterError('usage', `${what} ${none.what}, no object of values by column name. Nothing was sent.`, {
      next: none.help ?? 'Each row is to be such as { email: "ada@example.com", name: "Ada" }.',
      cause: none,
    });
  }
  const values = heldBy(row, (cause) => {
    const found = Object.entries(row)
      .map(([name, value]: [string, unknown]) => [name, noCellOf(value)] as const)
      .find(([, noCell]) => noCell !== undefined);
    const where = found === undefined ? 'Row' : `Column ${JSON.stringify(found[0])} of row`;
    const noCell = found?.[1] ?? (cause instanceof NoCell ? cause : undefined);
    const what = noCell === undefined ? '' : `: ${noCell.what}`;
    return new ImporterError(
      'usage',
      `${where} ${index} (line ${line}) holds what no cell can hold${what}. Nothing was sent.`,
      { next: noCell?.help ?? 'A value is text, a number, a date, true, false or null.', cause },
    );
  });
  return values as Row;
}

function heldBy(row: object, toError: (cause: unknown) => ImporterError): unknown {
  try {
    const values = jsonValue(row);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values;
  } catch (cause) {
    throw toError(cause);
  }
  throw toError(new NoCell('no values by column name'));
}

function noCellOf(value: unknown): NoCell | undefined {
  try {
    jsonValue(value);
    return undefined;
  } catch (error) {
    return error instanceof NoCell ? error : new NoCell('what throws where it is read');
  }
}

/** How much of a text that is too long is shown of it. */
const SHOWN_CHARACTERS = 1000;

/** What can be no cell, of the column that it would be of. */
interface Oversized {
  readonly column: string;
  readonly message: string;
  /** What is shown in its place. */
  readonly shown: string;
}

/** The row with what is too long for a cell cut, and the problem of that. */
function readable(row: Row): readonly [Row, Problem | undefined] {
  const parts = Object.entries(row).map(([name, value]) => [name, oversized(name, value)] as const);
  const first = parts.find(([, part]) => part !== undefined)?.[1];
  if (first === undefined) return [row, undefined];
  const cut = parts.map(([name, part]) => [
    name.slice(0, SHOWN_CHARACTERS),
    part === undefined ? row[name] : part.shown,
  ]);
  const problem = {
    code: 'record_too_large',
    column: first.column.slice(0, 100),
    message: first.message,
    hint: 'Shorten it, or leave it out, in mapRow for example.',
  };
  return [Object.fromEntries(cut) as Row, problem];
}

/** Lists are joined, and objects taken apart, before it is known how long each cell is. */
function oversized(name: string, value: unknown): Oversized | undefined {
  const isNested = typeof value === 'object' && value !== null;
  if (!isNested && name.length < SHOWN_CHARACTERS && !isTooLong(value)) return undefined;
  if (isNested && JSON.stringify(value).length + name.length < SHOWN_CHARACTERS) return undefined;
  try {
    const { cells, lengths } = flatten({ [name]: value });
    const [column, text = ''] = [...cells].find(([, cell]) => isTooLong(cell)) ?? [];
    if (column === undefined) return undefined;
    const message = `the value is longer than ${MAX_CELL_BYTES / 1024} KiB.`;
    return { column: nameOfColumn(column, lengths), message, shown: text.slice(0, SHOWN_CHARACTERS) };
  } catch (error) {
    if (!(error instanceof LongName)) throw error;
    return { column: name, message: `${error.message}.`, shown: '' };
  }
}

const isTooLong = (value: unknown): boolean =>
  typeof value === 'string' && value.length * 3 > MAX_CELL_BYTES && Buffer.byteLength(value) > MAX_CELL_BYTES;

/** A list of them. @param handedOver learns what is known of each, in the same order */
export async function* jsonOf(rows: AsyncIterable<MappedRow>, handedOver: HandedOver[]): AsyncGenerator<string> {
  const blankColumns = new Set<string>();
  for await (const { values, line, problem } of rows) {
    // A record without any value is none, though it tells of columns.
    if (problem === undefined && isNothing(values)) {
      for (const column of Object.keys(values)) blankColumns.add(column);
      continue;
    }
    yield (handedOver.length === 0 ? '[' : ',') + JSON.stringify(values);
    handedOver.push(problem === undefined ? { line } : { line, problem });
  }
  // No row at all is a table without rows, and no mistake.
  if (handedOver.length === 0) yield 'email\n';
  else {
    const blank = Object.fromEntries([...blankColumns].map((column) => [column, '']));
    yield blankColumns.size === 0 ? ']' : `,${JSON.stringify(blank)}]`;
  }
}
