/**
 * Text that was garbled before it came into the file: UTF-8 that somebody read as Windows-1252 and saved (`PÃ¢mela`). Told
 * over a whole column: where each cell beyond ASCII can be read back, it is sure; where some can't, the column is mixed.
 */

/** Characters of the bytes 0x80 to 0x9F in Windows-1252; the five that it leaves open stand for themselves. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** The first byte of a character in UTF-8, and one that goes on, as Windows-1252 shows them. */
const SUSPICIOUS =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]/;
const LAST_ASCII = 0x7f;
/** Some files went through it more than once. */
const MAX_TIMES = 3;

function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const high = code > 0xff ? HIGH_CONTROLS.indexOf(text.charAt(at)) : -1;
    if (code > 0xff && high < 0) return undefined;
    bytes[at] = high < 0 ? code : 0x80 + high;
  }
  return bytes;
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** What a garbled text was before; undefined for one that is not garbled. */
export function ungarbled(text: string): string | undefined {
  let read = text;
  for (let time = 0; time < MAX_TIMES && SUSPICIOUS.test(read); time += 1) {
    const bytes = bytesOf(read);
    if (bytes === undefined) break;
    try {
      read = strict.decode(bytes);
    } catch {
      break;
    }
  }
  return read === text ? undefined : read;
}

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
      const after = SUSPICIOUS.test(cell) ? ungarbled(cell) : undefined;
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
