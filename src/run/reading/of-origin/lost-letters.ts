/**
 * Letters that a rejects file lost where a spreadsheet saved it in an encoding that lacks them: what stands as Y?lmaz there is
 * Yılmaz in the file that the row came from. Put back from there; and where that can't be, said.
 */
import type { Dialect } from '../../../source/dialect.js';
import type { LostLetters, SourceRecord } from '../../../source/record.js';
import { rejectColumnsOf, type RejectColumns } from '../../outputs/rejects.js';
import type { ListOfRejects } from '../../settings.js';
import { toldByOrigin } from '../origins.js';

/** The records of a rejects file, or of the file that it came from, with the lines by which they are told. */
interface Readable {
  readonly dialect: Pick<Dialect, 'header'>;
  forEachRecord(take: (record: SourceRecord) => void, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface Rejects {
  readonly isRejectsFile: boolean;
  readonly source: { readonly path: string };
  readonly list: ListOfRejects | undefined;
  readonly dialect: Pick<Dialect, 'header' | 'delimiter' | 'codec' | 'encodingCertain'>;
}

/** By line, the cells of the source under the columns of the rejects; no line where no source can be read. */
type Before = ReadonlyMap<number, readonly (string | undefined)[]>;

export class LetterKeeper {
  readonly #file: Rejects;
  readonly #columns: RejectColumns;
  #before: Promise<Before> | undefined;
  /** Cells that were put back so far, by their column and what stands there. */
  readonly #putBack = new Map<string, string>();

  private constructor(file: Rejects) {
    this.#file = file;
    this.#columns = rejectColumnsOf(file.dialect.header);
  }

  /** Undefined where no letter can be lost: it is no rejects file, or has the mark with which all are written. */
  static of(file: Rejects): LetterKeeper | undefined {
    const { delimiter, encodingCertain } = file.dialect;
    return file.isRejectsFile && delimiter !== '' && encodingCertain !== 'bom' ? new LetterKeeper(file) : undefined;
  }

  /**
   * The records with the letters that they had.
   * @param again reads the records of the rejects from the start: which lines of the source are asked for
   */
  async putBack(
    records: readonly SourceRecord[],
    again: () => AsyncIterable<readonly SourceRecord[]>,
    open: (file: string) => Promise<Readable>,
    signal: AbortSignal | undefined,
  ): Promise<readonly SourceRecord[]> {
    if (!records.some((record) => this.#doubtful(record).length > 0)) return records;
    this.#before ??= this.#readBefore(again, open, signal);
    const before = await this.#before;
    return records.map((record) => this.#restored(record, before.get(this.#lineOf(record))));
  }

  /** A cell as it was put back, where it was met. */
  asPutBack(column: number, cell: string): string {
    return this.#putBack.get(keyOf(column, cell)) ?? cell;
  }

  /** Columns that may have lost a letter; none of a row whose message was emptied: it is sent as it stands. */
  #doubtful(record: SourceRecord): number[] {
    if (record.problem !== undefined || (record.cells[this.#columns.noteColumn] ?? '').trim() === '') return [];
    return this.#columns.own.filter((at) => record.cells[at]?.includes('?') === true);
  }

  #lineOf(record: SourceRecord): number {
    return Number.parseInt(this.#columns.lineOf(record), 10);
  }

  #restored(record: SourceRecord, before: readonly (string | undefined)[] | undefined): SourceRecord {
    const hasAllLetters = /^utf/i.test(this.#file.dialect.codec);
    const letters: LostLetters[] = [];
    const cells = [...record.cells];
    for (const column of this.#doubtful(record)) {
      const now = cells[column] ?? '';
      const was = before?.[column];
      // An apostrophe before it is ours, and is taken off later.
      const guard = was !== undefined && now.startsWith("'") && !was.startsWith("'") ? "'" : '';
      if (was !== undefined && hasLostLetters(was, now.slice(guard.length))) {
        letters.push({ column, now, was });
        if (this.#putBack.size < MOST_REMEMBERED) this.#putBack.set(keyOf(column, now), was);
        cells[column] = guard + was;
      } else if (
        marksIn(now) > marksIn(was ?? '') &&
        (hasAllLetters ? isBeyondAscii(was ?? '') : !now.includes('://'))
      ) {
        letters.push({ column, now });
      }
    }
    return letters.length === 0 ? record : { ...record, cells, letters };
  }

  async #readBefore(
    again: () => AsyncIterable<readonly SourceRecord[]>,
    open: (file: string) => Promise<Readable>,
    signal: AbortSignal | undefined,
  ): Promise<Before> {
    const wanted = new Set<number>();
    for await (const batch of again())
      for (const record of batch) if (this.#doubtful(record).length > 0) wanted.add(this.#lineOf(record));
    const beforeIn = async (origin: Readable): Promise<Before> => {
      const { header } = origin.dialect;
      const places = this.#file.dialect.header.map((name, at) => placeOf(name, at, header));
      const before = new Map<number, (string | undefined)[]>();
      await origin.forEachRecord(({ line, cells }) => {
        if (!wanted.has(line)) return;
        const those = places.map((place) => cells[place]);
        before.set(line, those);
      }, signal);
      return before;
    };
    return (await toldByOrigin(this.#file, open, beforeIn, signal)) ?? new Map();
  }
}

/** Of what was put back so much is remembered, for those that show some of it. */
const MOST_REMEMBERED = 1000;

function keyOf(column: number, cell: string): string {
  return `${column} ${cell}`;
}

/** Where a column is in the source; -1 where it is not. Its name may have lost letters as well. */
function placeOf(name: string, at: number, header: readonly string[]): number {
  const isIt = (one: string | undefined): boolean => one !== undefined && (one === name || hasLostLetters(one, name));
  return isIt(header[at]) ? at : header.findIndex(isIt);
}

/** Whether `now` is `was` with a question mark for some letters beyond ASCII, and nothing else is changed. */
export function hasLostLetters(was: string, now: string): boolean {
  let at = 0;
  let isLost = false;
  for (const letter of was) {
    if (now.startsWith(letter, at)) {
      at += letter.length;
      continue;
    }
    if (now[at] !== '?' || !isBeyondAscii(letter)) return false;
    isLost = true;
    // Some write one for each half of it.
    at += letter.length > 1 && now[at + 1] === '?' ? 2 : 1;
  }
  return isLost && at === now.length;
}

function marksIn(text: string): number {
  return text.split('?').length - 1;
}

function isBeyondAscii(text: string): boolean {
  return /[^\p{ASCII}]/u.test(text);
}
