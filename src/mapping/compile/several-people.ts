/** Rows whose name is a couple's or a household's: sent as one contact, and said. And whether Mr or Mrs is before a name. */

import { courtesyIn, areCourtesies } from '../../contact/names/courtesy.js';
import { greetsSeveral, joinsTwoNames, mayBeSeveral } from '../../contact/names/several-people.js';
import { quoted } from '../../contact/text.js';
import { senseOf } from '../infer/words/header-sense.js';
import type { InferredMapping } from '../mapping.js';
import { readText } from './cell-readers.js';
import type { DraftRow } from './mapped-row.js';

/** How a letter begins: `Sehr geehrte Frau Müller`. */
const GREETING = /anrede|greeting/i;

/** The columns beside a name that greet: they have no field, and tell a couple from a person. */
export class SeveralPeople {
  readonly #salutations: readonly number[];

  constructor(mapping: InferredMapping) {
    const unsent = mapping.columns.filter(
      ({ target: { kind }, samples }) =>
        (kind === 'unmapped' || kind === 'ignore' || kind === 'custom') && samples.length > 0,
    );
    const byHeader = unsent.filter(({ header }) => {
      const kind = senseOf(header)?.kind;
      return kind === 'salutation' || kind === 'title' || GREETING.test(header);
    });
    const byValues = unsent.filter(({ samples }) => areCourtesies(samples));
    this.#salutations = (byHeader.length > 0 ? byHeader : byValues).map(({ index }) => index);
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
      message: `${quoted(name)} may be several people, and the row is one contact.`,
      hint: 'Give each a row, with an e-mail or a phone of their own, if they are to be contacts of their own',
    });
  }
}
