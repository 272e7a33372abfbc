/**
 * Which country the phone numbers without + are most likely from: what else the file shows, held against the numbers
 * themselves. A guess, to be offered and never to be taken unasked. Pure.
 */
import { LACKS_COUNTRY } from '../problem.js';
import type { ContactField } from '../contact/contact.js';
import { createPhoneReader, isCountry } from '../contact/phone/phone.js';
import { countryOfPhone, isWrittenAsIn } from '../contact/phone/phone-plan.js';
import type { SourceRecord } from '../source/record.js';
import {
  countriesOfHeader,
  countryOfAddress,
  countryOfAmount,
  countryOfPostalCode,
  countryOfState,
} from './country-evidence.js';
import { countryReader } from './country-column.js';
import { displayHeader } from './header.js';
import { becomes, type ColumnMapping, type InferredMapping } from './mapping.js';

export interface LikelyCountry {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** How many cells of those looked at hold a number without its country. */
  readonly numbers: number;
  /** What speaks for it: the file, or the hint alone. */
  readonly by: 'file' | 'hint';
}

/** Numbers that the country must make readable, as a share. */
const LEAST_READ = 0.9;
/** So many times what speaks for any other country must speak for the one. */
const MUCH_MORE = 2;

/**
 * @param hint a country that speaks for itself where the file does not: the one chosen before, or the person's own
 * @returns undefined where nothing speaks for a country, two are as likely, or the numbers are not of that country
 */
export function likelyCountry(
  records: readonly SourceRecord[],
  { columns }: InferredMapping,
  hint?: string,
): LikelyCountry | undefined {
  const cellsOf = (is: (column: ColumnMapping) => boolean): string[][] => {
    const indexes = columns.filter(is).map(({ index }) => index);
    return records.map(({ cells }) => indexes.map((index) => cells[index] ?? '').filter((cell) => cell !== ''));
  };
  const isField =
    (name: ContactField) =>
    ({ target }: ColumnMapping): boolean =>
      target.kind === 'field' && target.field === name;
  const phones = cellsOf(isField('phone_numbers'));
  const emails = cellsOf(isField('emails'));
  const places = placesIn(records, columns);
  const read = createPhoneReader();
  const lacking = phones.flatMap((cells, row) =>
    (places[row] ?? []).length > 0
      ? []
      : cells.filter((cell) => read(cell).problems.some(({ code }) => code === LACKS_COUNTRY)),
  );
  if (lacking.length === 0) return undefined;

  const votes = new Map<string, number>();
  const vote = (country: string | undefined, weight = 1): void => {
    if (country !== undefined && isCountry(country)) votes.set(country, (votes.get(country) ?? 0) + weight);
  };
  for (const cell of emails.flat()) vote(countryOfAddress(cell));
  for (const cell of phones.flat()) for (const phone of read(cell).phones) vote(countryOfPhone(phone));
  for (const country of places.flat()) vote(country);
  for (const cell of cellsOf(isField('postal_code')).flat()) vote(countryOfPostalCode(cell));
  for (const cell of cellsOf(isField('state')).flat()) vote(countryOfState(cell));
  for (const cell of records.flatMap(({ cells }) => cells)) vote(countryOfAmount(cell));
  for (const country of countriesOfHeader(columns.map(({ header }) => displayHeader(header)))) vote(country, 2);
  const by = votes.size > 0 ? 'file' : 'hint';
  // A number like 212-555-0147 fits many countries: what alone speaks for one is that it is written as one writes them there.
  if (by === 'hint' && shareOf(lacking, (cell) => hint !== undefined && isWrittenAsIn(hint, cell)) >= LEAST_READ)
    vote(hint);

  const [best, second] = [...votes].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < MUCH_MORE * (second?.[1] ?? 0) || !readsNearlyAll(lacking, best[0]))
    return undefined;
  return { country: best[0], numbers: lacking.length, by };
}

/** Of each record, the countries that it names. */
function placesIn(records: readonly SourceRecord[], columns: readonly ColumnMapping[]): string[][] {
  const readers = columns
    .filter(
      (column) =>
        becomes('country')(column) || (column.target.kind === 'phone_part' && column.target.part === 'phone_country'),
    )
    .map((column) => ({ index: column.index, read: countryReader(column) }));
  return records.map(({ cells }) =>
    readers.map(({ index, read }) => read(cells[index] ?? '')).filter((country) => country !== undefined),
  );
}

function readsNearlyAll(cells: readonly string[], country: string): boolean {
  const read = createPhoneReader({ country });
  return shareOf(cells, (cell) => read(cell).problems.length === 0) >= LEAST_READ;
}

function shareOf(cells: readonly string[], is: (cell: string) => boolean): number {
  return cells.filter(is).length / cells.length;
}
