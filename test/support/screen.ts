/**
 * What stands on a terminal once it was sent something: a small one, which breaks long lines at its edge, and breaks them anew
 * when its window changes, as terminals of today do. What scrolls out above is still there.
 */
import { widthOf } from '../../src/wording/width.js';

const ESC = '\u001b';
/** A control sequence, another escape, or one character. */
const PIECE = /\u001b\[([?\d;]*)([@-~])|\u001b[^[]|\P{M}\p{M}*/gsu;

/** In the stream: the window has so many columns from here on. */
export const resizedTo = (columns: number): string => `${ESC}[8;24;${columns}t`;

export class Screen {
  #columns: number;
  /** Lines as they were written; one that is too long takes several rows. */
  readonly #lines: string[][] = [[]];
  #line = 0;
  /** The row within the line; the column behind the last one is that of a full row, which the next character leaves. */
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  take(text: string): void {
    for (const [piece, argument = '', command] of text.matchAll(PIECE)) {
      if (command !== undefined) this.#control(argument, command);
      else if (piece === '\r') this.#column = 0;
      else if (piece === '\n') this.#down();
      else if (piece === '\b') this.#column = Math.max(0, this.#column - 1);
      else if (piece >= ' ' && !piece.startsWith(ESC)) this.#put(piece);
    }
  }

  /** The rows as they stand there, without blanks at their ends nor blank ones below. */
  get shown(): string[] {
    const rows = this.#lines.flatMap((line) => this.#rowsOf(line).map((row) => row.join('').trimEnd()));
    return rows.join('\n').trimEnd().split('\n');
  }

  get #cells(): string[] {
    return (this.#lines[this.#line] ??= []);
  }

  get #at(): number {
    return this.#row * this.#columns + this.#column;
  }

  /** One that is twice as wide has an empty place behind it. */
  #put(character: string): void {
    const width = widthOf(character);
    if (this.#column + width > this.#columns) {
      this.#row += 1;
      this.#column = 0;
    }
    while (this.#cells.length < this.#at) this.#cells.push(' ');
    this.#cells.splice(this.#at, width, character, ...(width === 2 ? [''] : []));
    this.#column += width;
  }

  #down(): void {
    this.#row += 1;
    if (this.#row < this.#rowsOf(this.#cells).length) return;
    this.#line += 1;
    this.#row = 0;
  }

  #up(): void {
    if (this.#row > 0) this.#row -= 1;
    else if (this.#line > 0) {
      this.#line -= 1;
      this.#row = this.#rowsOf(this.#cells).length - 1;
    }
  }

  #control(argument: string, command: string): void {
    const count = Math.max(1, Number(argument) || 1);
    if (command === 'A') for (let n = 0; n < count; n++) this.#up();
    else if (command === 'B') for (let n = 0; n < count; n++) this.#down();
    else if (command === 'G') this.#column = count - 1;
    else if (command === 't' && argument.startsWith('8;')) this.#resize(Number(argument.split(';')[2]));
    else if (command === 'J' || command === 'K') {
      const isWholeRow = command === 'K' && argument === '2';
      if (Number(argument) > 0 && !isWholeRow) throw new Error(`the screen does not know ESC[${argument}${command}`);
      const begin = isWholeRow ? this.#row * this.#columns : this.#at;
      const end = command === 'J' ? Infinity : (this.#row + 1) * this.#columns;
      for (let at = begin; at < Math.min(end, this.#cells.length); at++) this.#cells[at] = ' ';
      if (command === 'J') this.#cells.splice(this.#at);
      if (command === 'J') this.#lines.splice(this.#line + 1);
    }
  }

  #resize(columns: number): void {
    const at = this.#at;
    this.#columns = columns;
    const isFull = at > 0 && at % columns === 0 && at === this.#cells.length;
    this.#row = Math.floor(at / columns) - (isFull ? 1 : 0);
    this.#column = at - this.#row * columns;
  }

  #rowsOf(line: readonly string[]): string[][] {
    const rows = Math.max(1, Math.ceil(line.length / this.#columns));
    return Array.from({ length: rows }, (_, n) => line.slice(n * this.#columns, (n + 1) * this.#columns));
  }
}
