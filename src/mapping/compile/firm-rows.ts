/** Rows whose name is a firm's: the company is it, too, where no column says another; and rows that a column calls firms. */

import { isPlaceholder } from '../../contact/cell/placeholder.js';
import { firmBehind, isFirmByLaw } from '../../contact/names/firm-names.js';
import { quoted } from '../../contact/text.js';
import { headerKey } from '../header.js';
import { becomes, type InferredMapping } from '../mapping.js';
import { readText } from './cell-readers.js';
import type { DraftRow } from './mapped-row.js';

/** Who a row is, by a column of its own: "Contact Type" of "Organization". */
export type RowKind = 'firm' | 'household';

const KINDS: ReadonlyMap<string, RowKind> = new Map([
  ...'organization organisation company firm firma unternehmen organisatie bedrijf entreprise société societe organización empresa organização azienda organizzazione organisaatio yritys företag virksomhed tüzel şirket организация компания'
    .split(' ')
    .map((word): [string, RowKind] => [word, 'firm']),
  ...'household haushalt familie family foyer ménage hogar agregado nucleo huishouden hushåll'
    .split(' ')
    .map((word): [string, RowKind] => [word, 'household']),
]);

/** What a column is called that tells persons, firms and households apart. */
const KIND_HEADERS: ReadonlySet<string> = new Set(
  'contacttype contactkind recordtype entitytype type kontaktart kontakttyp typedecontact tipodecontacto tipodecontato tipodicontatto contactsoort kontaktityyppi'.split(
    ' ',
  ),
);

/** What is known of a row's name. */
interface NamedRow {
  /** The cell that it was taken from, '' without one. */
  readonly fullName: string;
  readonly kind: RowKind | undefined;
  /** A firm that another column of names holds. */
  readonly firmBeside: string | undefined;
}

export class FirmRows {
  readonly #kindColumns: readonly number[];
  readonly #companyColumns: readonly number[];
  readonly #isCompanyFixed: boolean;

  /** @param fixedNames fields that get a fixed value */
  constructor({ columns }: InferredMapping, fixedNames: ReadonlySet<string>) {
    this.#kindColumns = columns.filter(({ header }) => KIND_HEADERS.has(headerKey(header))).map(({ index }) => index);
    this.#companyColumns = columns.filter(becomes('company')).map(({ index }) => index);
    this.#isCompanyFixed = fixedNames.has('company');
  }

  /** True if only the company tells whom a row is about. */
  isNameless({ contact }: DraftRow): boolean {
    return contact.first_name === undefined && contact.last_name === undefined && !this.#isCompanyFixed;
  }

  /** What the record is said to be; undefined for a person, or where nothing says it. */
  kindOf(cells: readonly string[]): RowKind | undefined {
    for (const index of this.#kindColumns) {
      const kind = KINDS.get(readText(cells[index] ?? '').toLowerCase());
      if (kind !== undefined) return kind;
    }
    return undefined;
  }

  /**
   * Gives a row the company that its name is, and notes it. Who is in the file is told without columns of companies, so
   * these are looked at here.
   */
  fill(cells: readonly string[], { firmBeside, ...named }: NamedRow, row: DraftRow): void {
    if (this.#isCompanyFixed) return;
    const firm = firmOf(row.contact, named) ?? firmBeside;
    if (firm === undefined || this.#companyColumns.some((index) => saysOne(readText(cells[index] ?? '')))) return;
    row.contact.company = firm;
    row.note({ code: 'firm_as_name', message: `${quoted(firm)} is a firm's name: it is sent as the company, too.` });
  }
}

function saysOne(company: string): boolean {
  return company !== '' && !isPlaceholder(company);
}

function firmOf(
  { first_name: first = '', last_name: last = '' }: DraftRow['contact'],
  { fullName, kind }: Omit<NamedRow, 'firmBeside'>,
): string | undefined {
  if (first === '' && last === '') return undefined;
  if (kind === 'firm' && (last === '' || first === '')) return first + last;
  const own = fullName === '' ? [first, last] : last === '' ? [first] : [];
  const firm = own.find(isFirmByLaw);
  if (firm !== undefined) return firm;
  // "Acme" and "Ltd" in the columns of a person.
  const joined = `${first} ${last}`;
  if (fullName === '' && first !== '' && last !== '' && !/^\p{Lu}{2}$/u.test(last) && isFirmByLaw(joined))
    return joined;
  return fullName.includes(' ') ? firmBehind(fullName)?.firm : undefined;
}
