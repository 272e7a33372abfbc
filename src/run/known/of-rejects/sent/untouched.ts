/**
 * Rows that could not be taken apart, and that nobody has changed since: in a rejects file their broken text stands in whole cells, and it
 * would be sent so.
 */
import type { Problem } from '../../../../problem.js';
import type { SourceRecord } from '../../../../source/record.js';
import { rejectColumnsOf, type RejectColumns } from '../../../outputs/rejects.js';
import { RejectedAs, type RejectsAsRead } from './rejected-as.js';
import { isWholly, RowPrints } from './row-print.js';

const MALFORMED: ReadonlySet<string> = new Set(['unclosed_quote', 'bad_quote']);

export class UntouchedRows {
  readonly #file: RejectsAsRead;
  readonly #stateDir: string | false | undefined;
  readonly #columns: RejectColumns;
  readonly #prints: RowPrints;
  #rejected: Promise<RejectedAs> | undefined;

  /** @param file a rejects file */
  constructor(file: RejectsAsRead, stateDir: string | false | undefined) {
    this.#file = file;
    this.#stateDir = stateDir;
    const { dialect, mapping } = file;
    this.#columns = rejectColumnsOf(dialect.header);
    this.#prints = new RowPrints(dialect.header, mapping.columns);
  }

  /** Why a contact of such a row is not sent: as it was rejected; undefined where none of its rows is one. */
  async whyNot(records: readonly SourceRecord[]): Promise<Problem | undefined> {
    const { codeColumn, messageOf } = this.#columns;
    for (const record of records) {
      const code = (record.cells[codeColumn] ?? '').trim();
      if (!MALFORMED.has(code)) continue;
      const was = (await (this.#rejected ??= RejectedAs.of(this.#file, this.#stateDir))).of(record);
      if (was !== undefined && isWholly(this.#prints.of(record), was)) return { code, message: messageOf(record) };
    }
    return undefined;
  }
}
