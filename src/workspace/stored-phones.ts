/** How contacts of the workspace are somebody, and phones that stand there without their country are read. */
import type { Neighbour } from '../checkpoint/neighbours.js';
import { holdsDigest, pointDigest } from '../checkpoint/points.js';
import type { UnderWay } from '../checkpoint/unanswered.js';
import type { Contact } from '../contact/contact.js';
import { nameOf, whoOf } from '../contact/names/full-name.js';
import { countryOfPhone } from '../contact/phone/phone-plan.js';
import { createPhoneReader } from '../contact/phone/phone.js';
import { storedEmail } from './compare.js';
import type { ToPerson } from './reading-options.js';
import type { StoredContact } from './stored.js';

/** So many contacts are enough to tell the countries of a file's phones. */
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

/** Phones of a contact of the workspace, as it has them, that the file does not leave with it. */
export interface GivenAway {
  /** Those that the file gives to somebody else. */
  readonly passedOn: readonly string[];
  /** Those of them that no list keeps: the others somebody has added in Clarky. */
  readonly givenAway: readonly string[];
}

/** Whether an earlier import sent a contact of the workspace with this phone; undefined where nothing tells of it. */
export type WentOutWith = (person: Neighbour, phone: string) => boolean | undefined;

/**
 * @param known as the workspace was read
 * @param stored the same as it is now
 * @param places of those that have passed on, among the phones of `known` that can be read
 * @param underWay what an earlier import sent for it: what has arrived of that since is no colleague's
 * @param isLeft whether a contact leaves such a phone: otherwise a colleague gave it that
 */
export function givenAwayOf(
  of: {
    readonly known: StoredContact | undefined;
    readonly stored: StoredContact;
    readonly places: readonly number[];
    readonly underWay: UnderWay | undefined;
  },
  personOf: ToPerson,
  isLeft: (person: Neighbour, phone: string) => boolean,
): GivenAway {
  const { known, stored, places, underWay } = of;
  if (known === undefined || (places.length === 0 && underWay === undefined)) return { passedOn: [], givenAway: [] };
  const phonesOf = (phone: string): readonly string[] => personOf({ ...stored, phone_numbers: [phone] }).phones;
  let place = 0;
  const passedOn = known.phone_numbers.filter((phone) => {
    const from = place;
    place += phonesOf(phone).length;
    return places.some((at) => at >= from && at < place);
  });
  const person = personOf(known);
  const hasArrived = (phone: string): boolean =>
    !person.phones.includes(phone) && holdsDigest(underWay?.points, pointDigest('phone', phone));
  const arrived = stored.phone_numbers.filter((phone) => phonesOf(phone).some(hasArrived));
  const kept = (phone: string): boolean => phonesOf(phone).every((one) => !isLeft(person, one));
  return {
    passedOn: [...passedOn, ...arrived],
    givenAway: [...passedOn.filter((phone) => !kept(phone)), ...arrived],
  };
}

/** How a contact of the workspace is somebody. */
export function personReader(phonesOf: (phone: string) => readonly string[]): ToPerson {
  return (contact) => ({
    id: contact.id,
    emails: contact.emails.map(storedEmail),
    phones: contact.phone_numbers.flatMap(phonesOf),
    // Clarky itself links a contact to the company that it takes an e-mail's domain for.
    name: contact.company_id === undefined ? whoOf(contact) : nameOf(contact),
  });
}
