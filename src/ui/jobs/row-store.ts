/**
 * What would become of each row of a plan, for a page that shows some of them at a time: a private file with the rows, and in
 * memory where each begins, its outcome, and which rows have which reason. Some ten bytes a row.
 */
import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { GrowingUint32, GrowingUint8 } from '../../collections/growing.js';
import { PRIVATE_MODE } from '../../storage/private-file.js';
import type { Foreseen } from '../../run/plan/forecast-count.js';
import type { ReasonView, RowPage, RowView } from '../wire.js';
import { messageOnPage } from '../../wording/on-page.js';
import { remedyOf, remedyOnPage } from '../../wording/remedies.js';

const OUTCOMES = ['created', 'updated', 'unchanged', 'merged', 'rejected'] as const;
const BUFFER_BYTES = 512 * 1024;
/** A page of rows. */
export const MOST_ROWS = 500;
/** A cell longer than this is cut in the grid. */
export const LONGEST_CELL = 2000;
const MOST_REASONS = 500;

export interface RowQuery {
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly column?: string | undefined;
  /** Rows that hold this text, in any case. */
  readonly text?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface Reason {
  readonly code: string;
  readonly column: string;
  readonly rows: GrowingUint32;
  /** Of some of them, leaving out what is wrong would help. */
  canDoWithout: boolean;
}

export class RowStore {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Where a row begins, in two halves: a file may be larger than 4 GiB. */
  readonly #low = new GrowingUint32();
  readonly #high = new GrowingUint32();
  readonly #outcomes = new GrowingUint8();
  readonly #lineOf = new GrowingUint32();
  readonly #reasons = new Map<string, Reason>();
  #buffer: string[] = [];
  #buffered = 0;
  #bytes = 0;
  #lastQuery: { readonly key: string; readonly rows: Uint32Array } | undefined;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Makes the file at `path`, where nothing may be. */
  static async create(path: string): Promise<RowStore> {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
    return new RowStore(path, await open(path, flags, PRIVATE_MODE));
  }

  get rows(): number {
    return this.#outcomes.length;
  }

  /** Adds the rows of a contact, or a rejected one. */
  add({ outcome, records, problems, canDoWithout = false }: Foreseen): Promise<void> | undefined {
    for (const [at, record] of records.entries()) {
      const isLast = at === records.length - 1;
      const own = outcome === 'rejected' || isLast ? outcome : 'merged';
      const row: RowView = {
        line: record.line,
        outcome: own,
        cells: record.cells.map((cell) => cell.slice(0, LONGEST_CELL)),
        problems:
          own === 'rejected'
            ? problems.map(({ code, column = null, message }) => ({ code, column, message: messageOnPage(message) }))
            : [],
        canDoWithout,
        ...(own === 'merged' ? { into: records.at(-1)?.line ?? record.line } : {}),
      };
      for (const { code, column } of row.problems) this.#index(code, column ?? '', canDoWithout);
      this.#low.push(this.#bytes % 2 ** 32);
      this.#high.push(Math.floor(this.#bytes / 2 ** 32));
      this.#outcomes.push(OUTCOMES.indexOf(own));
      this.#lineOf.push(record.line);
      const line = `${JSON.stringify(row)}\n`;
      this.#buffer.push(line);
      const bytes = Buffer.byteLength(line);
      this.#bytes += bytes;
      this.#buffered += bytes;
    }
    return this.#buffered < BUFFER_BYTES ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#buffer.join('');
    this.#buffer = [];
    this.#buffered = 0;
    await this.#file.appendFile(text);
  }

  /** Why rows are rejected, the most frequent first. */
  reasons(): ReasonView[] {
    const byCode = new Map<string, { canDoWithout: boolean; columns: { column: string; count: number }[] }>();
    for (const { code, column, rows, canDoWithout } of this.#reasons.values()) {
      const reason = byCode.get(code) ?? { canDoWithout: false, columns: [] };
      byCode.set(code, reason);
      reason.canDoWithout ||= canDoWithout;
      reason.columns.push({ column, count: rows.length });
    }
    return [...byCode]
      .map(([code, { columns, canDoWithout }]) => ({
        code,
        title: remedyOf(code).title,
        remedy: remedyOnPage(code, canDoWithout),
        count: columns.length === 1 ? (columns[0]?.count ?? 0) : this.#matching({ reason: code }).length,
        columns: columns.sort((a, b) => b.count - a.count).slice(0, 50),
      }))
      .sort((a, b) => b.count - a.count);
  }

  /** Some rows, in the order of the plan. */
  async page(query: RowQuery): Promise<RowPage> {
    const key = JSON.stringify([query.outcome, query.reason, query.column, query.text]);
    const isAll = key === '[null,null,null,null]';
    if (!isAll && this.#lastQuery?.key !== key) {
      const found = this.#matching(query);
      this.#lastQuery = { key, rows: query.text === undefined ? found : await this.#containing(found, query.text) };
    }
    const rows = isAll ? undefined : this.#lastQuery?.rows;
    const total = rows === undefined ? this.rows : rows.length;
    const to = Math.min(total, query.offset + Math.min(query.limit, MOST_ROWS));
    const views: RowView[] = [];
    for (let at = query.offset; at < to;) {
      const first = rows === undefined ? at : (rows[at] ?? 0);
      let length = 1;
      while (at + length < to && (rows === undefined || rows[at + length] === first + length)) length++;
      views.push(...(await this.#read(first, length)));
      at += length;
    }
    return { total, offset: query.offset, rows: views };
  }

  /** The rows of these lines that would not be rejected, in the order of the plan; of more than a page of rows the first. */
  async notRejectedOf(lines: ReadonlySet<number>): Promise<RowView[]> {
    const found: RowView[] = [];
    for (let row = 0; row < this.rows && lines.size > 0 && found.length < MOST_ROWS; row++) {
      const isRejected = OUTCOMES[this.#outcomes.get(row)] === 'rejected';
      if (!isRejected && lines.has(this.#lineOf.get(row))) found.push(...(await this.#read(row, 1)));
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  #index(code: string, column: string, canDoWithout: boolean): void {
    const key = `${code}\0${column}`;
    let reason = this.#reasons.get(key);
    if (reason === undefined) {
      if (this.#reasons.size >= MOST_REASONS) return;
      reason = { code, column, rows: new GrowingUint32(), canDoWithout: false };
      this.#reasons.set(key, reason);
    }
    reason.canDoWithout ||= canDoWithout;
    const row = this.#outcomes.length;
    if (reason.rows.length === 0 || reason.rows.get(reason.rows.length - 1) !== row) reason.rows.push(row);
  }

  #matching({ outcome, reason, column }: Omit<RowQuery, 'offset' | 'limit'>): Uint32Array {
    if (reason === undefined && column === undefined) {
      const wanted = OUTCOMES.indexOf(outcome as (typeof OUTCOMES)[number]);
      return this.#rowsWhere((row) => outcome === undefined || this.#outcomes.get(row) === wanted);
    }
    const isWanted = new Uint8Array(this.rows);
    for (const one of this.#reasons.values()) {
      if ((reason !== undefined && one.code !== reason) || (column !== undefined && one.column !== column)) continue;
      for (let at = 0; at < one.rows.length; at++) isWanted[one.rows.get(at)] = 1;
    }
    return this.#rowsWhere((row) => isWanted[row] === 1);
  }

  #rowsWhere(isWanted: (row: number) => boolean): Uint32Array {
    const rows = new Uint32Array(this.rows);
    let found = 0;
    for (let row = 0; row < rows.length; row++) if (isWanted(row)) rows[found++] = row;
    return rows.slice(0, found);
  }

  async #containing(rows: Uint32Array, text: string): Promise<Uint32Array> {
    const wanted = text.toLowerCase();
    // As the file spells it: a row that does not hold it need not be taken apart.
    const spelt = JSON.stringify(wanted).slice(1, -1);
    const found = new GrowingUint32();
    for (let at = 0; at < rows.length;) {
      const first = rows[at] ?? 0;
      let length = 1;
      while (length < MOST_ROWS && rows[at + length] === first + length) length++;
      for (const [offset, line] of (await this.#lines(first, length)).entries()) {
        if (!line.toLowerCase().includes(spelt)) continue;
        const { cells } = JSON.parse(line) as RowView;
        if (cells.some((cell) => cell.toLowerCase().includes(wanted))) found.push(first + offset);
      }
      at += length;
    }
    return found.toArray();
  }

  async #read(first: number, length: number): Promise<RowView[]> {
    return (await this.#lines(first, length)).map((line) => JSON.parse(line) as RowView);
  }

  async #lines(first: number, length: number): Promise<string[]> {
    const from = this.#offsetOf(first);
    const to = first + length < this.rows ? this.#offsetOf(first + length) : this.#bytes;
    const block = Buffer.alloc(to - from);
    await this.#file.read(block, 0, block.length, from);
    return block.toString('utf8').split('\n', length);
  }

  #offsetOf(row: number): number {
    return this.#high.get(row) * 2 ** 32 + this.#low.get(row);
  }
}
