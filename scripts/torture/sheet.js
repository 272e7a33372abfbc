/** A file of contacts that somebody keeps editing: its rows, how it is written, and what happens to it between runs. */
import { writeFileSync } from 'node:fs';
import { cellsOf, HEADER } from './people.js';

/** @typedef {import('./people.js').Row} Row */

const ENCODINGS = ['utf8', 'utf8 with mark', 'utf16le', 'windows-1252'];
const DELIMITERS = [',', ';', '\t', '|'];
const LINE_ENDS = ['\n', '\r\n', '\r'];

export class Sheet {
  /** @type {Row[]} */
  rows = [];
  #random;
  #town;
  /** Rows as they once were, to be set back to. @type {Row[]} */
  #past = [];
  #dialect = { encoding: 'utf8', delimiter: ',', lineEnd: '\n' };

  /**
   * @param {string} path
   * @param {import('./random.js').Random} random
   * @param {import('./people.js').Town} town
   * @param {number} people
   */
  constructor(path, random, town, people) {
    this.path = path;
    this.#random = random;
    this.#town = town;
    for (let n = 0; n < people; n++) this.#insert(town.newcomers());
    this.#redraw();
    this.save();
  }

  /** The flag that tells the encoding where bytes alone can't. */
  get flags() {
    return this.#dialect.encoding === 'windows-1252' ? ['--encoding', 'windows-1252'] : [];
  }

  /** Some edits, and the file written anew. */
  edit() {
    for (let n = this.#random.whole(1, 16); n > 0; n--) this.#editOnce();
    this.save();
  }

  save() {
    const { encoding, delimiter, lineEnd } = this.#dialect;
    const lines = [HEADER, ...this.rows.map(cellsOf)].map((cells) =>
      cells.map((cell) => quoted(cell, delimiter)).join(delimiter),
    );
    const text = `${encoding === 'utf8' || encoding === 'windows-1252' ? '' : '\ufeff'}${lines.join(lineEnd)}${lineEnd}`;
    writeFileSync(
      this.path,
      text,
      encoding === 'utf16le' ? 'utf16le' : encoding === 'windows-1252' ? 'latin1' : 'utf8',
    );
  }

  #editOnce() {
    const random = this.#random;
    const at = random.whole(0, Math.max(0, this.rows.length - 1));
    const row = this.rows[at];
    const lot = random.next();
    if (row === undefined || lot < 0.25) this.#insert(this.#town.newcomers());
    else if (lot < 0.35) this.#remove(row);
    else if (lot < 0.5) this.rows.splice(random.whole(0, this.rows.length - 1), 0, ...this.rows.splice(at, 1));
    else if (lot < 0.55) this.#redraw();
    else if (lot < 0.65) this.rows[at] = this.#town.respell(row);
    else if (lot < 0.75 && this.#past.length > 0) this.#setBack();
    else if (row.person.kind !== 'bad') {
      this.#past.push(row);
      this.rows[at] = this.#town.change(row);
    }
  }

  #insert(rows) {
    for (const row of rows) this.rows.splice(this.#random.whole(0, this.rows.length), 0, row);
  }

  /** All rows of the person, and of those who share the office's phone: one left alone would have it for itself. */
  #remove({ person }) {
    const { number, office } = person;
    this.rows = this.rows.filter(
      (row) => row.person.number !== number && (office === 0 || row.person.office !== office),
    );
  }

  #setBack() {
    const past = this.#random.pick(this.#past);
    const at = this.rows.findIndex((row) => row.person.number === past.person.number);
    if (at >= 0) this.rows[at] = past;
  }

  #redraw() {
    const random = this.#random;
    this.#dialect = {
      encoding: random.pick(ENCODINGS),
      delimiter: random.pick(DELIMITERS),
      lineEnd: random.pick(LINE_ENDS),
    };
  }
}

function quoted(cell, delimiter) {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
