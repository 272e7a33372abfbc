/** Which of a file's addresses is the contact's: one for the whole file, so that no contact gets parts of two. Pure. */

import { FOREIGN_ADDRESS, PROPERTY_ADDRESS } from './address-groups.js';

/** From the likeliest: an address without a qualifier, a mailing address, then business before home. */
const PREFERENCE = ['', 'mailing', 'default', 'business', 'home', 'billing', 'shipping', 'other'];

/** The contact's own, which goes before a town without a street. */
const OWN_GROUPS: ReadonlySet<string> = new Set(['mailing', 'default', 'home']);

export interface AddressColumn {
  readonly group: string;
  readonly part: string;
  /** 0 to 1. */
  readonly fillRate: number;
}

/** A group counts as used where it is filled at least this much as often as the fullest one. */
const USED_SHARE = 0.5;

/**
 * The group to take, or undefined without address columns: among the groups that are really used, the first by preference
 * (business before home). Where nothing is filled, by preference alone.
 */
export function chooseAddress(columns: readonly AddressColumn[]): string | undefined {
  const fillByGroup = new Map<string, number>();
  for (const { group, fillRate } of columns) {
    if (group === FOREIGN_ADDRESS) continue;
    fillByGroup.set(group, Math.max(fillByGroup.get(group) ?? 0, fillRate));
  }
  const fullest = Math.max(0, ...fillByGroup.values());
  const used = [...fillByGroup].filter(([, fillRate]) => fillRate >= fullest * USED_SHARE).map(([group]) => group);
  return used.sort((a, b) => rank(a, columns) - rank(b, columns))[0];
}

const NUMBERED = 100;
/** Between two places of the preference. */
const HALF = 0.5;

function isStreet(part: string): boolean {
  return part === 'block' || part === 'address_line1';
}

function rank(group: string, columns: readonly AddressColumn[]): number {
  const number = /\d+$/.exec(group)?.[0];
  if (number !== undefined) return NUMBERED + Number(number);
  // A country or a state on its own, beside a whole address elsewhere, is no address; so are the three that a card is checked by.
  const few = group === '' ? /^(?:state|country)$/ : /^(?:state|country|postal_code)$/;
  const isBare = columns.every((column) => column.group !== group || few.test(column.part));
  if (isBare || group === PROPERTY_ADDRESS) return PREFERENCE.length;
  const lacksStreet = group === '' && !columns.some((column) => column.group === '' && isStreet(column.part));
  const isBesideOwn = columns.some((column) => OWN_GROUPS.has(column.group) && isStreet(column.part));
  return lacksStreet && isBesideOwn ? PREFERENCE.indexOf('home') + HALF : PREFERENCE.indexOf(group);
}
