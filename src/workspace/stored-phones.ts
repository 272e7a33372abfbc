/** How phones that stand in Clarky without their country are read. */
import type { Contact } from '../contact/contact.js';
import { countryOfPhone } from '../contact/phone/phone-plan.js';
import { createPhoneReader } from '../contact/phone/phone.js';

/** So many contacts tell of which countries the phones of a file are. */
const MOST_LOOKED_AT = 2000;

/**
 * The countries that phones of the workspace without + may be of: the one that is named, else those of the file's own phones.
 * @param contacts of the file
 */
export async function countriesOf(
  country: string | undefined,
  contacts: AsyncIterable<{ readonly contact: Pick<Contact, 'phone_numbers'> }>,
): Promise<string[]> {
  if (country !== undefined) return [country];
  const countries = new Set<string>();
  let seen = 0;
  for await (const { contact } of contacts) {
    if (++seen > MOST_LOOKED_AT) break;
    for (const phone of contact.phone_numbers ?? []) countries.add(countryOfPhone(phone) ?? '');
  }
  countries.delete('');
  return [...countries];
}

/** @param countries of the phones without +; one of several in any of them */
export function storedPhoneReader(countries: readonly string[]): (phone: string) => readonly string[] {
  const [first, ...others] = countries.map((country) => createPhoneReader({ country }));
  const readAnywhere = createPhoneReader({});
  return (phone) => {
    const { phones } = (others.length === 0 ? (first ?? readAnywhere) : readAnywhere)(phone);
    if (phones.length > 0 || others.length === 0) return phones;
    return [...new Set([first, ...others].flatMap((read) => read?.(phone).phones ?? []))];
  };
}
