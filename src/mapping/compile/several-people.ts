/** Rows whose name is a couple's or a household's: sent as one contact, and said. And whether Mr or Mrs is before a name. */

import { courtesyIn } from '../../contact/names/courtesy.js';
import { greetsSeveral, joinsTwoNames, mayBeSeveral } from '../../contact/names/several-people.js';
import { quoted } from '../../contact/text.js';
import { senseOf } from '../infer/words/header-sense.js';
import type { InferredMapping } from '../mapping.js';
import { readText } from './cell-readers.js';
import type { DraftRow } from './mapped-row.js';

/** The columns beside a name that greet: they have no field, and tell a couple from a person. */
export class SeveralPeople {
  readonly #salutations: readonly number[];

  constructor(mapping: InferredMapping) {
    this.#salutations = mapping.columns.flatMap(({ index, header, target, samples }) => {
      const isSent = target.kind !== 'unmapped' && target.kind !== 'ignore' && target.kind !== 'custom';
      if (isSent || samples.length === 0) return [];
      const kind = senseOf(header)?.kind;
      return kind === 'salutation' || kind === 'title' ? [index] : [];
    });
  }

  /**
   * Notes a row of several people, and how one person is addressed.
   * @param fullName the cell that the name was split from, '' without one
   * @param isHousehold a column says so
   */
  note(cells: readonly string[], fullName: string, row: DraftRow, isHousehold = false): void {
    const { first_name: first = '', last_name: last = '' } = row.contact;
    if (first === '' && last === '') return;
    const salutation = this.#salutations.map((index) => readText(cells[index] ?? '')).find((text) => text !== '') ?? '';
    const isCouple = isHousehold || joinsTwoNames(fullName) || mayBeSeveral(first, last);
    if (!isCouple && !greetsSeveral(salutation)) {
      const courtesy = salutation === '' ? undefined : courtesyIn(salutation);
      if (courtesy !== undefined) row.contact.courtesy = courtesy;
      return;
    }
    delete row.contact.courtesy;
    const shown = fullName === '' ? `${first} ${last}`.trim() : fullName;
    const name = isCouple || salutation === '' ? shown : `${salutation} ${shown}`;
    row.note({
      code: 'several_people',
      message: `${quoted(name)} may be several people: sent as one contact.`,
      hint: 'Give each a row, with an e-mail or a phone of their own, if they are to be contacts of their own',
    });
  }
}
