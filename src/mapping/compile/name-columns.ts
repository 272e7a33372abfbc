/** Full names, for the rows that have no first and last name in columns of their own. */

import { withoutNameLabels } from '../../contact/cell/labelled-parts.js';
import { isNoName } from '../../contact/cell/placeholder.js';
import { courtesyIn } from '../../contact/names/courtesy.js';
import { isFirmByLaw } from '../../contact/names/firm-names.js';
import { mayBeOnePerson } from '../../contact/names/one-person.js';
import { splitName, type SplitName } from '../../contact/name.js';
import { readName } from './cell-readers.js';
import { displayHeader, headerKey } from '../header.js';
import { senseOfKey } from '../infer/words/lookup.js';
import type { DraftRow } from './mapped-row.js';
import type { InferredMapping } from '../mapping.js';

/** The full-name columns of a mapping. */
export class NameColumns {
  readonly #columns: readonly {
    readonly index: number;
    readonly lastNameFirst: boolean;
    readonly header: string;
    /** "Name", "Nom", "Name" beside "Vorname": it may hold the half that the row lacks. */
    readonly mayBeHalf: boolean;
  }[];

  readonly #isBlank: (text: string) => boolean;

  constructor(mapping: InferredMapping, keepPlaceholders: boolean) {
    this.#isBlank = keepPlaceholders ? () => false : isNoName;
    this.#columns = mapping.columns.flatMap(({ index, header, target }) => {
      if (target.kind !== 'name') return [];
      const mayBeHalf = senseOfKey(headerKey(header))?.kind === 'any_name';
      return [{ index, header, lastNameFirst: target.lastNameFirst === true, mayBeHalf }];
    });
  }

  /**
   * Splits the first full name of the record into the contact, where it has no first and no last name; where it has one of
   * them, takes the other from a full name that begins or ends with it, or from a "Name" that is the other: in a list of several
   * files one may call so what another calls the last name.
   * @param isWhole the row is no person's: its name is taken as it stands
   * @returns the cell that was taken, '' where none was
   */
  read(cells: readonly string[], row: DraftRow, isWhole = false): string {
    const { contact } = row;
    if (contact.first_name !== undefined && contact.last_name !== undefined) {
      if (!isWhole) this.#noteOther(cells, row);
      return '';
    }
    const names = this.#namesOf(cells);
    // Beside the name of a firm another column names who is to be spoken to there.
    const persons = names.filter(({ text }) => !isFirmByLaw(text));
    for (const { text, lastNameFirst, mayBeHalf } of persons.length > 0 ? persons : names) {
      if (isWhole && contact.first_name === undefined && contact.last_name === undefined) {
        contact.first_name = text;
        return text;
      }
      const split = splitName(lastNameFirst ? withComma(text) : text);
      if (!isOf(contact, split, text)) {
        if (!mayBeHalf) return '';
        if (isFirmByLaw(text)) contact.company ??= text;
        else if (contact.first_name === undefined) contact.first_name = text;
        else contact.last_name ??= text;
        return text;
      }
      const { first_name: first, last_name: last, ...around } = split;
      if (first !== undefined && first !== '') contact.first_name ??= first;
      if (last !== undefined && last !== '') contact.last_name ??= last;
      const courtesy = courtesyAround(around);
      if (courtesy !== undefined) contact.courtesy = courtesy;
      return text;
    }
    return '';
  }

  /** A full name that is not sent is told where it is nobody's whom the row names. */
  #noteOther(cells: readonly string[], row: DraftRow): void {
    if (this.#columns.length === 0) return;
    const { first_name: first = '', last_name: last = '', company } = row.contact;
    const own = `${first} ${last}`;
    for (const { text, header } of this.#namesOf(cells)) {
      if (text === own || text === `${last}, ${first}` || text === company || isFirmByLaw(text)) continue;
      if (mayBeOnePerson(own, text)) continue;
      row.note({
        code: 'full_name_unused',
        column: displayHeader(header),
        message: `says "${text}", and the columns of first and last name "${own}": that is sent`,
        hint: 'Where the full name is right, correct first and last name.',
      });
      return;
    }
  }

  /** The first full name of the record that is a firm's, where there are several. */
  firmIn(cells: readonly string[]): string | undefined {
    if (this.#columns.length < 2) return undefined;
    return this.#namesOf(cells).find(({ text }) => isFirmByLaw(text))?.text;
  }

  #namesOf(cells: readonly string[]) {
    return this.#columns
      .map(({ index, ...column }) => ({ ...column, text: withoutNameLabels(readName(cells[index] ?? '')) }))
      .filter(({ text }) => text !== '' && !this.#isBlank(text));
  }
}

/** Whether a full name is that of the person whose first or last name the row has, be it by an initial or a short form. */
function isOf(
  { first_name: first, last_name: last }: DraftRow['contact'],
  { first_name: firstOfFull = '', last_name: lastOfFull = '' }: SplitName,
  full: string,
): boolean {
  const isSame = (own: string | undefined, split: string): boolean =>
    own === undefined || own.toLowerCase() === split.toLowerCase();
  if (isSame(first, firstOfFull) && isSame(last, lastOfFull)) return true;
  return first !== undefined && lastOfFull !== '' && mayBeOnePerson(`${first} ${lastOfFull}`, full);
}

function courtesyAround({ prefix = '', suffix = '' }: SplitName): string | undefined {
  return prefix === '' && suffix === '' ? undefined : courtesyIn(`${prefix} ${suffix}`);
}

/** "Lovelace Ada" as "Lovelace, Ada", so that it is read like every reversed name. */
function withComma(text: string): string {
  return text.includes(',') ? text : text.replace(/^(\S+)\s+/, '$1, ');
}
