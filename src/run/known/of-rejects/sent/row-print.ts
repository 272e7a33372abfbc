/** By what a row is known again that was sent otherwise: digests of whom it names, and of each of its cells. */
import { createHash } from 'node:crypto';
import type { ColumnMapping } from '../../../../mapping/mapping.js';
import { asWritten } from '../../../../mapping/rejects-note.js';
import type { SourceRecord } from '../../../../source/record.js';
import { rejectColumnsOf, type RejectColumns } from '../../../outputs/rejects.js';
import { RejectedRows } from '../../../verify/rejected-rows.js';

/** Of a cell; a few that look alike by chance do no harm. */
const CHARACTERS = 6;

export interface RowPrint {
  /** Blank where it names nobody. */
  readonly name: string;
  /** Of its filled cells, one behind the other. */
  readonly cells: string;
}

/** A list and its rejects have the same prints, where their columns are called alike. */
export class RowPrints {
  readonly #header: readonly string[];
  readonly #columns: RejectColumns;
  readonly #names: Pick<RejectedRows, 'nameOf'>;

  constructor(header: readonly string[], columns: readonly ColumnMapping[]) {
    this.#header = header;
    this.#columns = rejectColumnsOf(header);
    this.#names = new RejectedRows(columns);
  }

  readonly keyOf = (record: SourceRecord): string => this.#columns.keyOf(record);

  readonly of = (record: SourceRecord): RowPrint => {
    const { own, noteColumn } = this.#columns;
    const plain = noteColumn < 0 ? record.cells : asWritten(record.cells, noteColumn, this.#header);
    const filled = own.flatMap((at) => (plain[at] ? [digestOf([this.#header[at]?.trim(), plain[at]])] : []));
    return { name: this.nameOf(plain), cells: filled.join('') };
  };

  /** The same of the name alone. @param cells as they were written */
  readonly nameOf = (cells: readonly string[]): string => {
    const name = this.#names.nameOf(cells);
    return name.trim() === '' ? '' : digestOf([name]);
  };
}

/** Whether half of their cells at least are the same. */
export function areHalfAlike(one: Pick<RowPrint, 'cells'>, other: Pick<RowPrint, 'cells'>): boolean {
  const [cells, others] = [digestsIn(one.cells), new Set(digestsIn(other.cells))];
  const equal = cells.filter((cell) => others.has(cell)).length;
  return equal > 0 && equal * 2 >= Math.max(cells.length, others.size);
}

function digestsIn(cells: string): string[] {
  return cells.match(new RegExp(`.{${CHARACTERS}}`, 'g')) ?? [];
}

function digestOf(parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, CHARACTERS);
}
