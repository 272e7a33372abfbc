/** By what a row is known again that was sent otherwise: digests of whom it names, and of each of its cells. */
import type { ColumnMapping } from '../../../../mapping/mapping.js';
import { asWritten } from '../../../../mapping/rejects-note.js';
import type { SourceRecord } from '../../../../source/record.js';
import { originColumnOf } from '../../../../source/several/origin.js';
import { keyAsItStands } from '../../../../contact/names/kept-name.js';
import { rejectColumnsOf, type RejectColumns } from '../../../outputs/rejects.js';
import { fieldOf } from '../../../verify/rejected-rows.js';
import { digestOfTexts } from '../prints.js';

/** Of a cell; a few that look alike by chance do no harm. */
const CHARACTERS = 6;

const NAMES: readonly (readonly string[])[] = [['name', 'first_name', 'last_name'], ['company']];

export interface RowPrint {
  /** Of the words of the name, one behind the other; blank where it names nobody. */
  readonly name: string;
  /** Of its filled cells, one behind the other. */
  readonly cells: string;
}

/** A list and its rejects have the same prints, where their columns are called alike, and so have a file and a list that it is part of. */
export class RowPrints {
  readonly #header: readonly string[];
  readonly #columns: RejectColumns;
  readonly #own: readonly number[];
  /** The columns that name people, and those that name firms. */
  readonly #names: readonly (readonly number[])[];

  constructor(header: readonly string[], columns: readonly ColumnMapping[]) {
    this.#header = header;
    this.#columns = rejectColumnsOf(header);
    const origin = originColumnOf(header);
    this.#own = this.#columns.own.filter((at) => at !== origin);
    this.#names = NAMES.map((fields) =>
      columns.filter((column) => fields.includes(fieldOf(column))).map(({ index }) => index),
    );
  }

  readonly keyOf = (record: SourceRecord): string => this.#columns.keyOf(record);

  readonly of = (record: SourceRecord): RowPrint => {
    const { noteColumn } = this.#columns;
    const plain = noteColumn < 0 ? record.cells : asWritten(record.cells, noteColumn, this.#header);
    const filled = this.#own.flatMap((at) => (plain[at] ? [digestOf([this.#header[at]?.trim(), plain[at]])] : []));
    return { name: this.nameOf(plain), cells: filled.join('') };
  };

  /** The same of the name alone; of a firm where nobody is named. @param cells as they were written */
  readonly nameOf = (cells: readonly string[]): string => {
    for (const columns of this.#names) {
      const name = columns.map((at) => cells[at] ?? '').join(' ');
      const words = name.trim() === '' ? [] : keyAsItStands(name).filter((word) => word !== '');
      if (words.length > 0) return words.map((word) => digestOf([word])).join('');
    }
    return '';
  };
}

/** Whether a row is one that stood so, and was changed since. @param isOnLine whether it stands on the line where that stood */
export function isStill(now: RowPrint, stood: RowPrint, isOnLine: boolean): boolean {
  const isNamed = now.name !== '';
  const isNamedSo = now.name === stood.name;
  if (isOnLine && isNamed && isNamedSo) return true;
  if (!areHalfAlike(now, stood)) return false;
  return isOnLine ? isNamedSo || haveAWordInCommon(now, stood) : isNamed && isNamedSo;
}

/** Whether nothing of it was changed. */
export function isWholly(now: RowPrint, stood: RowPrint): boolean {
  return now.name === stood.name && now.cells === stood.cells;
}

/** How many cells are the same. */
export function equalCells(one: Pick<RowPrint, 'cells'>, other: Pick<RowPrint, 'cells'>): number {
  const others = new Set(digestsIn(other.cells));
  return digestsIn(one.cells).filter((cell) => others.has(cell)).length;
}

/** Whether half of their cells at least are the same. */
function areHalfAlike(one: Pick<RowPrint, 'cells'>, other: Pick<RowPrint, 'cells'>): boolean {
  const equal = equalCells(one, other);
  return equal > 0 && equal * 2 >= Math.max(digestsIn(one.cells).length, digestsIn(other.cells).length);
}

function haveAWordInCommon(one: Pick<RowPrint, 'name'>, other: Pick<RowPrint, 'name'>): boolean {
  const others = new Set(digestsIn(other.name));
  return digestsIn(one.name).some((word) => others.has(word));
}

function digestsIn(text: string): string[] {
  return text.match(new RegExp(`.{${CHARACTERS}}`, 'g')) ?? [];
}

const digestOf = (texts: readonly (string | undefined)[]): string => digestOfTexts(texts, CHARACTERS);
