/**
 * Reads the paths that columns of JSON have: "emailAddresses 2.value", "properties.email", "addresses.region". What such a
 * path ends in says little by itself (a value, a name, a type); the list or the object it stands in tells. Pure.
 */

import { headerTokens } from '../../header.js';
import { ADDRESS_NAMES } from '../../vocabulary/aliases.js';
import { keysOf, once } from '../../vocabulary/words.js';
import { quotedHeader, type Column } from '../column.js';
import type { Sensed } from '../neighbours.js';
import { isNameSense, isOfField, type Sense } from '../sense.js';
import { deniedSense } from './denied.js';
import { lookUp } from './lookup.js';

const PATH = /^[^\s.]+(?: \d{1,2})?(?:\.[^\s.]+(?: \d{1,2})?)+$/;

/** What stands around a record and says nothing of it. */
const WRAPPERS: ReadonlySet<string> = new Set(
  'attributes properties fields mergefields profile fielddata data node source record doc json payload contact person customer'.split(
    ' ',
  ),
);

/** What says which of a list comes first: the reader of objects has put that one there. */
const FIRST_WORDS: ReadonlySet<string> = new Set(['isprimary', 'primary', 'isdefault', 'default', 'preferred', 'pref']);
const COMES_FIRST: Sense = { kind: 'ignore', why: 'says which one comes first, and is gone by' };

interface Inside {
  /** Its objects are listed, and one of them says that it is the first. */
  readonly isOrdered?: true;
  readonly containers: ReadonlySet<string>;
  /** What a part of it means, by its name; another one is no field. */
  readonly parts: Readonly<Record<string, Sense>>;
  readonly why: string;
}

const field = (name: Extract<Sense, { kind: 'field' }>['field']): Sense => ({ kind: 'field', field: name });

function inside(
  containers: string,
  parts: readonly (readonly [string, Sense])[],
  why: string,
  isOrdered?: true,
): Inside {
  const byName = parts.flatMap(([names, sense]) => names.split(' ').map((name) => [name, sense] as const));
  const ofNames = Object.fromEntries(byName);
  return { containers: new Set(containers.split(' ')), parts: ofNames, why, ...(isOrdered && { isOrdered }) };
}

const INSIDES: readonly Inside[] = [
  inside(
    'email emails emailaddress mail mails mailaddress',
    [['value address email emailaddress mail addr', field('emails')]],
    'says which e-mail it is, and is none',
    true,
  ),
  inside(
    'phone phones phonenumber phonenumbers telephone telephones tel tels mobile mobiles mobilephone mobilephones businessphones homephones contactnumbers',
    [['value number phone phonenumber canonicalform e164 telephone tel address', field('phone_numbers')]],
    'says which phone it is, and is none',
    true,
  ),
  inside(
    'names name fullname',
    [
      ['givenname first firstname given', field('first_name')],
      ['familyname last lastname family surname', field('last_name')],
      ['displayname formatted full fullname value', field('name')],
    ],
    'a part of the name that Clarky has no field for',
  ),
  inside(
    'organization organizations organisation organisations org orgs company companies employer employers',
    [
      ['name displayname companyname organizationname value', field('company')],
      ['title jobtitle position', field('job_title')],
    ],
    'about the company, not the contact',
  ),
  inside(
    'tag tags label labels category categories',
    [['name label title value text tag', field('tags')]],
    'about a tag',
  ),
];

const addressKeys = once(() => {
  const parts = new Map<string, string>();
  for (const [part, names] of Object.entries(ADDRESS_NAMES)) for (const key of keysOf(names)) parts.set(key, part);
  // Inside an address these say nothing else.
  const own = {
    state: 'region province provincecode statecode regioncode administrativearea stateorprovince',
    city: 'locality town cityname',
    country: 'countrycode countryname countryorregion countrylettercode',
    postal_code: 'postal postalcode zip zipcode postcode',
    address_line1:
      'street street1 streetaddress address1 addr1 line1 lines addresslines addressline address line streetname',
    address_line2: 'street2 extendedaddress address2 addr2 line2',
    block: 'formattedvalue formatted formattedaddress full fulladdress freeform',
  };
  for (const [part, names] of Object.entries(own)) for (const key of names.split(' ')) parts.set(key, part);
  return parts;
});

/** Without the plural of a list: "addresses" is "address". */
const singular = (tokens: readonly string[]): string[] =>
  tokens.map((token) => (token === 'addresses' ? 'address' : token));

const withoutNumbers = (tokens: readonly string[]): readonly string[] => tokens.filter((token) => !/^\d+$/.test(token));

const OF_AN_ADDRESS: Sense = { kind: 'unmapped', why: 'about an address, and no part of it' };
const ADDRESS_WORDS: ReadonlySet<string> = new Set(['address', 'adr', 'adress', 'addr', 'adresse']);
/** The words by which the other readers know a part. */
const WORD_OF_PART: Readonly<Record<string, string>> = {
  block: 'address',
  address_line1: 'street',
  address_line2: 'street 2',
  postal_code: 'postal code',
};

/** @param container the words of the path up to the last part */
function inAddress(container: readonly string[], last: string): Sense | undefined {
  const part = addressKeys().get(last);
  if (part !== undefined) {
    const sense = lookUp([...container, ...(WORD_OF_PART[part] ?? part).split(' ')]);
    return sense?.kind === 'address' ? sense : OF_AN_ADDRESS;
  }
  // Shops keep a customer's firm and phone with the address that is used unless another is chosen: "default_address.phone".
  const isOwn = container.length > 1 && withoutNumbers(container).length === container.length;
  return isOwn && /^(?:company|phone)$/.test(last) ? undefined : OF_AN_ADDRESS;
}

/** What the path of a column in an object means; undefined for an unknown path, and for what is no path. */
export function readObjectPath(header: string): Sense | undefined {
  const shown = header.trim();
  if (!PATH.test(shown)) return undefined;
  const segments = shown.split('.').map((segment) => singular(headerTokens(segment)));
  while (segments.length > 1 && WRAPPERS.has((segments[0] ?? []).join(''))) segments.shift();
  const [only = []] = segments;
  if (segments.length === 1) return deniedSense(only) ?? lookUp(only);
  const [container = []] = segments;
  const last = (segments.at(-1) ?? []).join('');
  const key = withoutNumbers(container).join('');
  const kind = INSIDES.find(({ containers }) => containers.has(key));
  if (kind === undefined) {
    const isAddress = ADDRESS_WORDS.has(withoutNumbers(container).at(-1) ?? '');
    return isAddress ? inAddress(segments.slice(0, -1).flat(), last) : undefined;
  }
  if (kind.isOrdered === true && FIRST_WORDS.has(last)) return COMES_FIRST;
  const isOther = key.startsWith('name') && container.some((token) => /^\d+$/.test(token) && token !== '1');
  const sense = segments.length === 2 && !isOther ? kind.parts[last] : undefined;
  return sense ?? { kind: 'unmapped', why: kind.why };
}

/** A country or a state that is written once more as a code, in the same object, is read once. */
export function resolveCodes(all: readonly Sensed[]): Sensed[] {
  const placeOf = ({ column, sense }: Sensed): string | undefined =>
    sense?.kind === 'address' && PATH.test(column.header.trim())
      ? `${column.header.slice(0, column.header.lastIndexOf('.'))} ${sense.part}`
      : undefined;
  const first = new Map<string, Column>();
  for (const sensed of all) {
    const place = placeOf(sensed);
    if (place === undefined) continue;
    const isFuller =
      first.has(place) && /code$/i.test(first.get(place)?.header ?? '') && sensed.column.values.length > 0;
    if (!first.has(place) || isFuller) first.set(place, sensed.column);
  }
  return all.map((sensed): Sensed => {
    const place = placeOf(sensed);
    const kept = place === undefined ? undefined : first.get(place);
    if (kept === undefined || kept === sensed.column) return sensed;
    return { column: sensed.column, sense: { kind: 'unmapped', why: `repeats ${quotedHeader(kept)}` } };
  });
}

const CONTACT_PATH = /^(?:primary_?)?contacts?(?: \d{1,2})?\./i;

/** A name beside the contacts of a record is that of their firm: `{"name": "Acme", "contacts": [{"name": "Ada"}]}`. */
export function resolveFirmNames(all: readonly Sensed[]): Sensed[] {
  const isName = ({ sense }: Sensed): boolean => isNameSense(sense);
  const isOfContact = ({ column }: Sensed): boolean => CONTACT_PATH.test(column.header.trim());
  if (!all.some((sensed) => isName(sensed) && isOfContact(sensed))) return [...all];
  const hasCompany = all.some(({ sense }) => isOfField(sense, 'company'));
  let isTaken = hasCompany;
  return all.map((sensed): Sensed => {
    if (!isName(sensed)) return sensed;
    if (isOfContact(sensed)) {
      return sensed.sense?.kind === 'any_name' ? { column: sensed.column, sense: field('name') } : sensed;
    }
    const sense: Sense = isTaken ? { kind: 'unmapped', why: 'the name of the firm, once more' } : field('company');
    isTaken = true;
    return { column: sensed.column, sense };
  });
}
