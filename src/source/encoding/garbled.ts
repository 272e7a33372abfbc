/**
 * Text that was garbled before it came into the file: UTF-8 that somebody read as Windows-1252 and saved (`PÃ¢mela`). Told
 * over a whole column: where each cell beyond ASCII can be read back, it is sure; where some can't, the column is mixed.
 */

import { looksGarbled, ungarbled } from '../../garbled-text.js';

const LAST_ASCII = 0x7f;

interface ColumnCount {
  garbled: number;
  /** Cells beyond ASCII that are what they say. */
  clean: number;
  readonly before: string;
  readonly after: string;
}

/** A column with garbled text. */
export interface GarbledColumn {
  readonly column: number;
  readonly cells: number;
  /** No cell of it speaks against. */
  readonly isSure: boolean;
  /** The first garbled cell, and how it reads. */
  readonly before: string;
  readonly after: string;
}

/** A loop: cells are short, and entering a pattern takes longer than looking at them. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > LAST_ASCII) return false;
  return true;
}

/** Collects what a first reading of all records shows. */
export class GarbledText {
  readonly #columns = new Map<number, ColumnCount>();
  readonly #clean: number[] = [];

  observe(cells: readonly string[]): void {
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column] ?? '';
      if (isAscii(cell)) continue;
      const after = looksGarbled(cell) ? ungarbled(cell) : undefined;
      if (after === undefined) {
        this.#clean[column] = (this.#clean[column] ?? 0) + 1;
        continue;
      }
      const count = this.#columns.get(column);
      if (count === undefined) this.#columns.set(column, { garbled: 1, clean: 0, before: cell, after });
      else count.garbled += 1;
    }
  }

  columns(): GarbledColumn[] {
    return [...this.#columns]
      .map(([column, { garbled, before, after }]) => {
        return { column, cells: garbled, isSure: (this.#clean[column] ?? 0) === 0, before, after };
      })
      .sort((a, b) => a.column - b.column);
  }
}

/** The cells of a record, with the garbled ones of some columns read back; the same array where there are none. */
export function repairCells(cells: readonly string[], columns: ReadonlySet<number>): readonly string[] {
  if (columns.size === 0) return cells;
  let repaired: string[] | undefined;
  for (const column of columns) {
    const after = ungarbled(cells[column] ?? '');
    if (after !== undefined) (repaired ??= [...cells])[column] = after;
  }
  return repaired ?? cells;
}
