/** JSON and JSON Lines as rows: each object of the list is one row, each of its keys a column. Never all in memory. */
import type { Problem } from '../../problem.js';
import { ImporterError } from '../../errors.js';
import { readText } from '../encoding/decode.js';
import { detectEncoding } from '../encoding/encoding.js';
import type { Source } from '../opening/source.js';
import { refuseTooWide, type RowFile } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { flatten } from './flatten.js';
import { objectsOf, ObjectScanner, type FoundObject } from './scan.js';

const OBJECTS_A_BATCH = 500;

/** Where the records are. */
interface Layout {
  readonly wholeLines: boolean;
  /** Of the list whose objects are records. */
  readonly path: string;
  readonly isInList: boolean;
}

interface Parsed {
  readonly cells: ReadonlyMap<string, string>;
  readonly problem?: Problem;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function broken(message: string): Parsed {
  return { cells: NOTHING, problem: { code: 'broken_object', message, hint: 'Export it again, or correct it.' } };
}

function parse({ text, line, isStray }: FoundObject): Parsed {
  if (isStray === true) return broken(`What stands on line ${line} is no object.`);
  if (text === undefined) return broken('The object is longer than a record may be, or the file breaks off in it.');
  try {
    const cells = flatten(JSON.parse(text) as object);
    const long = [...cells].find(([, cell]) => cell.length > MAX_CELL_BYTES);
    return long === undefined
      ? { cells }
      : broken(`"${long[0].slice(0, 100)}" is longer than ${MAX_CELL_BYTES / 1024} KiB.`);
  } catch {
    return broken(`The object that starts on line ${line} is no valid JSON.`);
  }
}

function noList(displayName: string): ImporterError {
  return new ImporterError('file_unreadable', `${displayName} is JSON without a list of objects: it holds no rows.`, {
    next: 'Export a list such as [{"name": "…", "email": "…"}], or CSV.',
  });
}

/** Looks through the text once: several values at the top are lines; else the longest list of objects holds the records. */
async function layoutOf(blocks: () => AsyncIterable<Buffer>, displayName: string): Promise<Layout> {
  const scanner = new ObjectScanner(false);
  const counts = new Map<string, number>();
  const count = (found: readonly FoundObject[]): void => {
    for (const { path, isStray } of found) if (isStray !== true) counts.set(path, (counts.get(path) ?? 0) + 1);
  };
  for await (const block of blocks()) count(scanner.add(block));
  count(scanner.end());
  const [longest] = [...counts].sort(([, a], [, b]) => b - a);
  if (scanner.topValues > 1) return { wholeLines: true, path: '', isInList: false };
  if (longest !== undefined) return { wholeLines: false, path: longest[0], isInList: true };
  // A single object that holds no list is one record, unless it is empty.
  for await (const { text, isStray } of objectsOf(blocks(), true)) {
    if (isStray !== true && text !== undefined && !/^\{\s*\}$/.test(text))
      return { wholeLines: true, path: '', isInList: false };
  }
  throw noList(displayName);
}

/**
 * Opens a file of JSON objects. Its columns are the keys of all of them, in the order in which they are met. The row
 * number is the line in JSON Lines, and the object's place in a list.
 * @throws ImporterError `file_unreadable` where it holds no list of objects; `bad_dialect` for too many keys; `bad_encoding`
 */
export async function openObjects(source: Source, encodingName: string | undefined): Promise<RowFile> {
  const encoding = await detectEncoding(source, encodingName);
  const blocks = (): AsyncGenerator<Buffer> => readText(source, encoding);
  const layout = await layoutOf(blocks, source.displayName);
  const records = async function* (): AsyncGenerator<FoundObject> {
    for await (const found of objectsOf(blocks(), layout.wholeLines)) {
      if (found.path === layout.path && found.isInList === layout.isInList) yield found;
    }
  };
  const places = new Map<string, number>();
  let lastLine = 0;
  let hasOwnLines = !layout.isInList;
  let firstProblem: Problem | undefined;
  for await (const found of records()) {
    hasOwnLines &&= found.line > lastLine;
    lastLine = found.line;
    const parsed = parse(found);
    firstProblem ??= parsed.problem;
    for (const column of parsed.cells.keys()) {
      if (places.has(column)) continue;
      places.set(column, places.size);
      refuseTooWide(source.displayName, places.size);
    }
  }
  if (places.size === 0 && firstProblem !== undefined) {
    throw new ImporterError(
      'file_unreadable',
      `${source.displayName} holds no object that can be read. ${firstProblem.message}`,
      { next: 'Export it again, as a list of flat objects or as CSV.' },
    );
  }
  return {
    label: layout.wholeLines ? 'JSON Lines' : 'JSON',
    sheets: [{ name: '', isHidden: false }],
    header: [...places.keys()],
    notes: layout.path === '' ? [] : [`The list "${layout.path.slice(0, 100)}" is read.`],
    async *rows() {
      let batch: RawRecord[] = [];
      let ordinal = 0;
      for await (const found of records()) {
        ordinal += 1;
        const { cells: byColumn, problem } = parse(found);
        const cells = Array<string>(places.size).fill('');
        for (const [column, text] of byColumn) cells[places.get(column) ?? places.size] = text;
        const line = hasOwnLines ? found.line : ordinal;
        batch.push({ line, cells, afterBlank: false, ...(problem === undefined ? {} : { problem }) });
        if (batch.length < OBJECTS_A_BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
  };
}
