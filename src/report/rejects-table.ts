/** Why rows were rejected, by reason and column: counted as they come, bounded whatever the file. Pure. */

import { placeOf, type Place } from '../wording/rows/lines.js';
const MOST_REASONS = 20;
const MOST_COLUMNS = 12;
/** A server may invent codes without end. */
const MOST_KEPT = 200;
const LINES_KEPT = 5;

/** What the table has no column for: the whole row is meant. */
export const WHOLE_ROW = '';

export interface RejectReason {
  readonly code: string;
  readonly rows: number;
  /** Whether any of them could be sent without the values that are wrong. */
  readonly canDoWithout: boolean;
  /** By column of the table. */
  readonly cells: readonly number[];
  /** The first lines that have it. */
  readonly lines: readonly Place[];
}

export interface RejectsTable {
  readonly columns: readonly string[];
  readonly reasons: readonly RejectReason[];
  readonly moreReasons: number;
  readonly moreColumns: number;
}

interface OpenReason {
  rows: number;
  canDoWithout: boolean;
  readonly byColumn: Map<string, number>;
  readonly lines: Place[];
}

export class RejectsByReason {
  readonly #reasons = new Map<string, OpenReason>();

  /**
   * Counts a rejected row, each of its reasons once.
   * @param canDoWithout whether it could be sent without the values that are wrong
   */
  add(
    place: Place,
    problems: readonly { readonly code: string; readonly column?: string }[],
    canDoWithout = true,
  ): void {
    const seen = new Set<string>();
    for (const { code, column = WHOLE_ROW } of problems) {
      const none = { rows: 0, canDoWithout: false, byColumn: new Map<string, number>(), lines: [] };
      const reason = this.#reasons.get(code) ?? none;
      if (!this.#reasons.has(code) && this.#reasons.size >= MOST_KEPT) continue;
      this.#reasons.set(code, reason);
      reason.byColumn.set(column, (reason.byColumn.get(column) ?? 0) + 1);
      if (seen.has(code)) continue;
      seen.add(code);
      reason.rows++;
      reason.canDoWithout ||= canDoWithout;
      if (reason.lines.length < LINES_KEPT) reason.lines.push(placeOf(place));
    }
  }

  table(): RejectsTable {
    const byColumn = new Map<string, number>();
    for (const { byColumn: counts } of this.#reasons.values())
      for (const [column, count] of counts) byColumn.set(column, (byColumn.get(column) ?? 0) + count);
    const allColumns = [...byColumn].sort((a, b) => b[1] - a[1]).map(([column]) => column);
    const columns = allColumns.slice(0, MOST_COLUMNS);
    const all = [...this.#reasons].sort((a, b) => b[1].rows - a[1].rows);
    return {
      columns,
      reasons: all.slice(0, MOST_REASONS).map(([code, reason]) => ({
        code,
        rows: reason.rows,
        canDoWithout: reason.canDoWithout,
        cells: columns.map((column) => reason.byColumn.get(column) ?? 0),
        lines: reason.lines,
      })),
      moreReasons: Math.max(0, all.length - MOST_REASONS),
      moreColumns: Math.max(0, allColumns.length - MOST_COLUMNS),
    };
  }
}
