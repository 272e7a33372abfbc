/** Full names, for the rows that have no first and last name in columns of their own. */

import { withoutNameLabels } from '../../contact/cell/labelled-parts.js';
import { isNoName } from '../../contact/cell/placeholder.js';
import { courtesyIn } from '../../contact/names/courtesy.js';
import { isFirmByLaw } from '../../contact/names/firm-names.js';
import { splitName, type SplitName } from '../../contact/name.js';
import { readName } from './cell-readers.js';
import type { DraftRow } from './mapped-row.js';
import type { InferredMapping } from '../mapping.js';

/** The full-name columns of a mapping. */
export class NameColumns {
  readonly #columns: readonly { readonly index: number; readonly lastNameFirst: boolean }[];

  readonly #isBlank: (text: string) => boolean;

  constructor(mapping: InferredMapping, keepPlaceholders: boolean) {
    this.#isBlank = keepPlaceholders ? () => false : isNoName;
    this.#columns = mapping.columns.flatMap(({ index, target }) =>
      target.kind === 'name' ? [{ index, lastNameFirst: target.lastNameFirst === true }] : [],
    );
  }

  /**
   * Splits the first full name of the record into the contact, where it has no first and no last name; where it has one of
   * them, takes the other from a full name that begins or ends with it.
   * @param isWhole the row is no person's: its name is taken as it stands
   * @returns the cell that was taken, '' where none was
   */
  read(cells: readonly string[], { contact }: DraftRow, isWhole = false): string {
    if (contact.first_name !== undefined && contact.last_name !== undefined) return '';
    const names = this.#namesOf(cells);
    // Beside the name of a firm another column names who is to be spoken to there.
    const persons = names.filter(({ text }) => !isFirmByLaw(text));
    for (const { text, lastNameFirst } of persons.length > 0 ? persons : names) {
      if (isWhole && contact.first_name === undefined && contact.last_name === undefined) {
        contact.first_name = text;
        return text;
      }
      const { first_name: first, last_name: last, ...around } = splitName(lastNameFirst ? withComma(text) : text);
      const isSame = (own: string | undefined, split: string | undefined): boolean =>
        own === undefined || own.toLowerCase() === split?.toLowerCase();
      if (!isSame(contact.first_name, first) || !isSame(contact.last_name, last)) return '';
      if (first !== undefined && first !== '') contact.first_name ??= first;
      if (last !== undefined && last !== '') contact.last_name ??= last;
      const courtesy = courtesyAround(around);
      if (courtesy !== undefined) contact.courtesy = courtesy;
      return text;
    }
    return '';
  }

  /** The first full name of the record that is a firm's, where there are several. */
  firmIn(cells: readonly string[]): string | undefined {
    if (this.#columns.length < 2) return undefined;
    return this.#namesOf(cells).find(({ text }) => isFirmByLaw(text))?.text;
  }

  #namesOf(cells: readonly string[]): { readonly text: string; readonly lastNameFirst: boolean }[] {
    return this.#columns
      .map(({ index, lastNameFirst }) => ({ text: withoutNameLabels(readName(cells[index] ?? '')), lastNameFirst }))
      .filter(({ text }) => text !== '' && !this.#isBlank(text));
  }
}

function courtesyAround({ prefix = '', suffix = '' }: SplitName): string | undefined {
  return prefix === '' && suffix === '' ? undefined : courtesyIn(`${prefix} ${suffix}`);
}

/** "Lovelace Ada" as "Lovelace, Ada", so that it is read like every reversed name. */
function withComma(text: string): string {
  return text.includes(',') ? text : text.replace(/^(\S+)\s+/, '$1, ');
}
