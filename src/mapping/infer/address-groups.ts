/** Whose address a part of one belongs to: an event's, a house's for sale, somebody else's; and which parts stand together. Pure. */

import { headerTokens } from '../header.js';
import { PLACE_WORDS, ROLE_WORDS } from '../vocabulary/context.js';
import { once, phrasesOf } from '../vocabulary/words.js';
import type { Sensed } from './neighbours.js';
import { isPropertyList } from './property-list.js';
import type { Sense } from './sense.js';

/** Things that take place somewhere, or are wanted there; the contact lives elsewhere. */
const ELSEWHERE =
  'event; webinar; wedding; party; ceremony; conference; meeting; tour; trip; job site; jobsite; worksite; project; site; veranstaltung; veranstaltungsort; événement; évènement; evento; evenement; wydarzenie';
const PROPERTY =
  'property; parcel; listing; objekt; immobilie; liegenschaft; bien; inmueble; propiedad; imóvel; immobile; pand; woning';
const PREFERRED =
  'preferred; favorite; favourite; desired; wanted; target; interested; wunsch; bevorzugt; bevorzugte; souhaitée; préférée; preferida; deseada; desejada; preferita; gewenste';
/** From this rank of a role on, an address is not the contact's. */
const OTHER_PEOPLE = 3;

/** The groups of addresses that are nobody's in the row. */
export const FOREIGN_ADDRESS = 'elsewhere';
/** The address of a house that is for sale or looked after: the contact's where there is no other. */
export const PROPERTY_ADDRESS = 'property';

const groupByPhrase = once(() => {
  const groups = new Map<string, string>();
  const add = (words: string, group: string): void => {
    for (const phrase of phrasesOf(words)) if (!groups.has(phrase.join(' '))) groups.set(phrase.join(' '), group);
  };
  add(PROPERTY, PROPERTY_ADDRESS);
  add(PREFERRED, 'preferred');
  add(ELSEWHERE, FOREIGN_ADDRESS);
  add(PLACE_WORDS, FOREIGN_ADDRESS);
  for (const [rank, words] of ROLE_WORDS) if (rank >= OTHER_PEOPLE) add(words, FOREIGN_ADDRESS);
  return groups;
});

/** Addresses that an owner has beside the house. */
const OWN: ReadonlySet<string> = new Set(['mailing', 'home']);

const LONGEST_PHRASE = 3;

/** The group that a header's words make an address of; undefined where they name nobody and nothing else. */
function namedGroup(header: string): string | undefined {
  const tokens = headerTokens(header);
  for (let start = 0; start < tokens.length; start += 1) {
    for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
      const group = groupByPhrase().get(tokens.slice(start, start + length).join(' '));
      if (group !== undefined) return group;
    }
  }
  return undefined;
}

type Address = Extract<Sense, { kind: 'address' }>;

function isStreet({ part }: Address): boolean {
  return part === 'block' || part === 'address_line1';
}

/** The address senses of all columns; undefined for the others. */
function addresses(all: readonly Sensed[]): (Address | undefined)[] {
  return all.map(({ sense }) => (sense?.kind === 'address' ? sense : undefined));
}

function regrouped(sensed: Sensed, group: string | undefined): Sensed {
  if (group === undefined || sensed.sense?.kind !== 'address') return sensed;
  return { column: sensed.column, sense: { ...sensed.sense, group } };
}

/** Gives each part of an address to whom its header names, and a town without a street to the street that it stands behind. */
export function resolveAddressGroups(all: readonly Sensed[]): Sensed[] {
  const named = all.map((sensed) => regrouped(sensed, namedGroup(sensed.column.header)));
  // A wanted town is not where the contact lives; a preferred address with its street is.
  const hasPreferredStreet = addresses(named).some((part) => part?.group === 'preferred' && isStreet(part));
  const settled = named.map((sensed) =>
    sensed.sense?.kind !== 'address' || sensed.sense.group !== 'preferred'
      ? sensed
      : regrouped(sensed, hasPreferredStreet ? 'default' : FOREIGN_ADDRESS),
  );
  return withoutUnits(withoutStreet(ofTheHouse(ofFirstLine(settled))));
}

/** "Street 1", "City 1": the street's number is no line's where the town has it, too. */
function ofFirstLine(all: readonly Sensed[]): readonly Sensed[] {
  const present = addresses(all).filter((part) => part !== undefined);
  const hasTown = (group: string): boolean => present.some((part) => part.group === group && part.part === 'city');
  const hasStreet = (group: string): boolean => present.some((part) => part.group === group && isStreet(part));
  if (!hasStreet('') || hasTown('') || !hasTown('1') || hasStreet('1')) return all;
  return all.map((sensed) =>
    sensed.sense?.kind === 'address' && sensed.sense.group === '1' ? regrouped(sensed, '') : sensed,
  );
}

/** In a list of houses the address without a name is the house's, where the owner has one of his own. */
function ofTheHouse(all: readonly Sensed[]): readonly Sensed[] {
  const hasOwn = addresses(all).some((part) => part !== undefined && OWN.has(part.group) && isStreet(part));
  if (!hasOwn || !isPropertyList(all.map(({ column }) => column))) return all;
  return all.map((sensed) => (isPlain(sensed) ? regrouped(sensed, PROPERTY_ADDRESS) : sensed));
}

function withoutStreet(all: readonly Sensed[]): Sensed[] {
  const parts = addresses(all);
  const present = parts.filter((part) => part !== undefined);
  const plain = present.filter(({ group }) => group === '');
  if (plain.length === 0 || plain.some(isStreet)) return [...all];
  const groups = new Set(present.map(({ group }) => group));
  const bareStreets = [...groups].filter((group) => {
    const own = present.filter((part) => part.group === group);
    return own.some(isStreet) && own.every((part) => isStreet(part) || part.part === 'address_line2');
  });
  const [only] = bareStreets;
  if (only === undefined || bareStreets.length > 1) return [...all];
  if (only !== FOREIGN_ADDRESS) return all.map((sensed) => (isPlain(sensed) ? regrouped(sensed, only) : sensed));
  // "Venue Address, City, State": the town is the venue's, as far as they stand together.
  let group = '';
  return all.map((sensed, at) => {
    const part = parts[at];
    group = part === undefined ? '' : part.group === '' ? group : part.group;
    return isPlain(sensed) && group !== '' ? regrouped(sensed, group) : sensed;
  });
}

/** Without a street beside it, "Unit" is no part of an address. */
function withoutUnits(all: readonly Sensed[]): Sensed[] {
  const streets = new Set(addresses(all).flatMap((part) => (part !== undefined && isStreet(part) ? [part.group] : [])));
  return all.map((sensed) => {
    const { sense } = sensed;
    const isAlone = sense?.kind === 'address' && sense.part === 'address_line2' && !streets.has(sense.group);
    return isAlone ? regrouped(sensed, FOREIGN_ADDRESS) : sensed;
  });
}

function isPlain({ sense }: Sensed): boolean {
  return sense?.kind === 'address' && sense.group === '';
}
