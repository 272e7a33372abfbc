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
  readonly byColumn: Map<string, number>;
  readonly lines: Place[];
}

export class RejectsByReason {
  readonly #reasons = new Map<string, OpenReason>();

  /** Counts a rejected row, each of its reasons once. */
  add(place: Place, problems: readonly { readonly code: string; readonly column?: string }[]): void {
    const seen = new Set<string>();
    for (const { code, column = WHOLE_ROW } of problems) {
      const reason = this.#reasons.get(code) ?? { rows: 0, byColumn: new Map<string, number>(), lines: [] };
      if (!this.#reasons.has(code) && this.#reasons.size >= MOST_KEPT) continue;
      this.#reasons.set(code, reason);
      reason.byColumn.set(column, (reason.byColumn.get(column) ?? 0) + 1);
      if (seen.has(code)) continue;
      seen.add(code);
      reason.rows++;
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
        cells: columns.map((column) => reason.byColumn.get(column) ?? 0),
        lines: reason.lines,
      })),
      moreReasons: Math.max(0, all.length - MOST_REASONS),
      moreColumns: Math.max(0, allColumns.length - MOST_COLUMNS),
    };
  }
}
