/** JSON and JSON Lines as rows: each object of the list is one row, each of its keys a column. Never all in memory. */
import type { Problem } from '../../problem.js';
import { ImporterError } from '../../errors.js';
import { readText } from '../encoding/decode.js';
import { detectEncoding } from '../encoding/encoding.js';
import type { Source } from '../opening/source.js';
import { LeftOutValues } from '../left-out-values.js';
import { refuseTooWide, type FileWarning, type RowFile } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { openCards } from '../cards/card-file.js';
import { flatten, isPartOf, LongName, MAX_LISTED, nameOfColumn, type Flattened } from './flatten.js';
import { cardsOf } from './jcard.js';
import { layoutOf, type Layout } from './layout.js';
import { objectsOf, type FoundObject } from './scan.js';
import { tableOf } from './tables.js';

const OBJECTS_A_BATCH = 500;

/** A table without objects is read whole, as workbooks of old forms are. */
const MAX_TABLE_BYTES = 64 * 1024 * 1024;
/** Names of lists in one sentence. */
const MAX_NAMED = 3;

type Parsed = Flattened & { readonly problem?: Problem };

function broken(message: string): Parsed {
  return {
    cells: new Map(),
    lengths: new Map(),
    given: new Map(),
    problem: { code: 'broken_object', message, hint: 'Export it again, or correct it.' },
  };
}

/** The column that takes the key under which a record stood. */
const KEY_COLUMN = 'key';

function parse({ text, line, isStray, key }: FoundObject): Parsed {
  if (isStray === true) return broken(`What stands on line ${line} is no object.`);
  if (text === undefined) return broken('The object is longer than a record may be, or the file breaks off in it.');
  try {
    const flat = flatten(JSON.parse(text) as object);
    const cells = key === undefined ? flat.cells : new Map([[KEY_COLUMN, key], ...flat.cells]);
    const long = [...cells].find(([, cell]) => cell.length > MAX_CELL_BYTES);
    return long === undefined
      ? { ...flat, cells }
      : broken(`"${long[0].slice(0, 100)}" is longer than ${MAX_CELL_BYTES / 1024} KiB.`);
  } catch (error) {
    const why = error instanceof LongName ? `can't be read: ${error.message}` : 'is no valid JSON';
    return broken(`The object that starts on line ${line} ${why}.`);
  }
}

function noList(displayName: string): ImporterError {
  return new ImporterError('file_unreadable', `${displayName} is JSON without a list of objects: it holds no rows.`, {
    next: 'Export a list such as [{"name": "…", "email": "…"}], or CSV.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* oneBlock(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text));
}

/** A text that is a table by itself, without objects, or vCards. */
async function openTable(source: Source, blocks: () => AsyncIterable<Buffer>): Promise<RowFile | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const block of blocks()) {
    bytes += block.length;
    if (bytes > MAX_TABLE_BYTES) return undefined;
    pieces.push(block);
  }
  const value = parsed(Buffer.concat(pieces).toString('utf8'));
  const cards = cardsOf(value);
  if (cards !== undefined) return openCards({ ...source, readBytes: () => oneBlock(cards) }, 'utf-8');
  const table = tableOf(value);
  if (table === undefined) return undefined;
  refuseTooWide(source.displayName, Math.max(0, ...table.rows.slice(0, OBJECTS_A_BATCH).map(({ length }) => length)));
  return {
    label: 'JSON',
    sheets: [{ name: '', isHidden: false }],
    ...(table.header === undefined ? {} : { header: table.header }),
    async *rows() {
      for (let from = 0; from < table.rows.length; from += OBJECTS_A_BATCH) {
        const batch = table.rows.slice(from, from + OBJECTS_A_BATCH);
        yield batch.map((cells, at): RawRecord => ({ line: from + at + 1, cells: [...cells], afterBlank: false }));
        await Promise.resolve();
      }
    },
  };
}

interface Seen {
  /** By column, whether a record fills it; in the order in which they are met. */
  readonly filled: ReadonlyMap<string, boolean>;
  readonly lengths: ReadonlyMap<string, number>;
  /** Each record begins on a line of its own. */
  readonly hasOwnLines: boolean;
  readonly firstProblem: Problem | undefined;
  readonly leftOut: LeftOutValues;
}

async function lookThrough(records: AsyncIterable<FoundObject>, displayName: string): Promise<Seen> {
  const filled = new Map<string, boolean>();
  const lengths = new Map<string, number>();
  let lastLine = 0;
  let hasOwnLines = true;
  let firstProblem: Problem | undefined;
  let ordinal = 0;
  const leftOut = new LeftOutValues();
  for await (const found of records) {
    ordinal += 1;
    hasOwnLines &&= found.line > lastLine;
    lastLine = found.line;
    const parsed = parse(found);
    firstProblem ??= parsed.problem;
    for (const [list, length] of parsed.lengths) {
      lengths.set(list, Math.max(lengths.get(list) ?? 0, length));
      if (length <= MAX_LISTED) continue;
      leftOut.add(`Of "${list.slice(0, 100)}" what stands behind its ${MAX_LISTED}th object is`, {
        line: found.line,
        ordinal,
      });
    }
    for (const [column, text] of parsed.cells) {
      const isFilled = text !== '' || filled.get(column) === true;
      if (filled.get(column) !== isFilled) filled.set(column, isFilled);
      refuseTooWide(displayName, filled.size);
    }
  }
  return { filled, lengths, hasOwnLines, firstProblem, leftOut };
}

function othersInWords({ path, others }: Layout): FileWarning[] {
  if (others.length === 0) return [];
  const named = others.slice(0, MAX_NAMED).map((other) => `"${other.slice(0, 100)}"`);
  const rest = others.length > MAX_NAMED ? ` and ${others.length - MAX_NAMED} more` : '';
  const message = `Only the list "${path.slice(0, 100)}" is read; e-mails or phones stand in ${named.join(', ')}${rest} too.`;
  return [{ code: 'other_lists', message }];
}

/** Columns that no record fills and that others spell out, as `address` beside `address.city`, are none. */
function columnsOf(found: ReadonlyMap<string, boolean>, lengths: ReadonlyMap<string, number>): Map<string, string> {
  const names = [...found.keys()];
  const isSpeltOut = (name: string): boolean =>
    found.get(name) !== true && names.some((other) => other !== name && isPartOf(other, name));
  return new Map(names.filter((name) => !isSpeltOut(name)).map((name) => [name, nameOfColumn(name, lengths)]));
}

/**
 * Opens a file of JSON objects. Its columns are the keys of all of them, in the order in which they are met. The row
 * number is the line in JSON Lines, and the object's place in a list.
 * @throws ImporterError `file_unreadable` where it holds no list of objects; `bad_dialect` for too many keys; `bad_encoding`
 */
export async function openObjects(source: Source, encodingName: string | undefined): Promise<RowFile> {
  const encoding = await detectEncoding(source, encodingName);
  const blocks = (): AsyncGenerator<Buffer> => readText(source, encoding);
  const layout = await layoutOf(blocks);
  const table = layout?.isCertain === true ? undefined : await openTable(source, blocks);
  if (table !== undefined) return table;
  if (layout === undefined) throw noList(source.displayName);
  const records = async function* (): AsyncGenerator<FoundObject> {
    for await (const found of objectsOf(blocks(), layout.loose)) {
      if (found.path === layout.path && found.isInList === layout.isInList) yield found;
    }
  };
  const seen = await lookThrough(records(), source.displayName);
  const columns = columnsOf(seen.filled, seen.lengths);
  if (columns.size === 0 && seen.firstProblem !== undefined) {
    throw new ImporterError(
      'file_unreadable',
      `${source.displayName} holds no object that can be read. ${seen.firstProblem.message}`,
      { next: 'Export it again, as a list of flat objects or as CSV.' },
    );
  }
  const areLines = seen.hasOwnLines && !layout.isInList;
  const places = new Map([...columns.keys()].map((name, place) => [name, place]));
  return {
    label: layout.label,
    sheets: [{ name: '', isHidden: false }],
    header: [...columns.values()],
    notes: layout.path === '' ? [] : [`The list "${layout.path.slice(0, 100)}" is read.`],
    warnings: [...othersInWords(layout), ...seen.leftOut.warnings(areLines ? 'line' : 'ordinal')],
    async *rows() {
      let batch: RawRecord[] = [];
      let ordinal = 0;
      for await (const found of records()) {
        ordinal += 1;
        const { cells: byColumn, given: byName, problem } = parse(found);
        const given = new Map<number, unknown>();
        const cells = Array<string>(places.size).fill('');
        for (const [column, text] of byColumn) {
          const place = places.get(column);
          if (place === undefined) continue;
          cells[place] = text;
          if (byName.has(column)) given.set(place, byName.get(column));
        }
        const line = areLines ? found.line : ordinal;
        batch.push({
          line,
          cells,
          afterBlank: false,
          ...(given.size > 0 && { given }),
          ...(problem === undefined ? {} : { problem }),
        });
        if (batch.length < OBJECTS_A_BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
  };
}
