/** How the rows of a rejects file stood in their list when they were rejected, whatever was corrected in them since. */
import type { SourceRecord } from '../../../../source/record.js';
import type { OpenedFile } from '../../../reading/reading.js';
import { rejectColumnsOf, type RejectColumns } from '../../../outputs/rejects.js';
import { printsRejectedBy } from '../noted.js';
import { printIn } from '../prints.js';
import { equalCells, RowPrints, type RowPrint } from './row-print.js';

export type RejectsAsRead = Pick<OpenedFile, 'dialect' | 'mapping' | 'isRejectsFile' | 'foundList'>;

export class RejectedAs {
  readonly #columns: RejectColumns;
  readonly #prints: RowPrints;
  readonly #byRow: ReadonlyMap<string, readonly RowPrint[]>;

  private constructor({ dialect, mapping }: RejectsAsRead, byRow: ReadonlyMap<string, readonly RowPrint[]>) {
    this.#columns = rejectColumnsOf(dialect.header);
    this.#prints = new RowPrints(dialect.header, mapping.columns);
    this.#byRow = byRow;
  }

  /** @param file a rejects file; of another nothing is known */
  static async of(file: RejectsAsRead, stateDir: string | false | undefined): Promise<RejectedAs> {
    const byRow = new Map<string, RowPrint[]>();
    const { foundList, isRejectsFile } = file;
    if (isRejectsFile && foundList !== undefined)
      for (const { row, print } of await printsRejectedBy(foundList.list.checkpoint, stateDir))
        byRow.set(row, [...(byRow.get(row) ?? []), print]);
    return new RejectedAs(file, byRow);
  }

  /** Undefined where that is not known. Where several rows were rejected so on one line, in turn, it is the one that is most alike. */
  readonly of = (record: SourceRecord): RowPrint | undefined => {
    const row = this.#byRow.size === 0 ? undefined : printIn(this.#columns, record);
    const [newest, ...others] = (row !== undefined && this.#byRow.get(row)) || [];
    if (newest === undefined || others.length === 0) return newest;
    const now = this.#prints.of(record);
    return others.reduce((best, one) => (equalCells(now, one) > equalCells(now, best) ? one : best), newest);
  };
}
