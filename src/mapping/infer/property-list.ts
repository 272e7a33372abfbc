/** Lists of houses and their owners, as the trade with them has: there the owner is the contact. Pure. */

import { headerTokens } from '../header.js';
import type { Column } from './column.js';

const PROPERTY: ReadonlySet<string> = new Set(['property', 'parcel', 'apn']);
const OWNER = /(?<![a-z])(?:property\s+)?owner(?:['’]?s)?(?![a-z])/i;
/** Where the owner lives, and is written to. */
const ADDRESS = /(?<![a-z])(?:address|street|city|state|zip|zipcode|postal|country)(?![a-z])/i;

/** Whether a file lists houses: one of its columns is about a property or a parcel, beside its owner. */
export function isPropertyList(columns: readonly Column[]): boolean {
  return columns.some(({ header }) => {
    const tokens = headerTokens(header);
    return tokens.some((token) => PROPERTY.has(token)) && !tokens.includes('owner');
  });
}

/** How each column is to be read: "Owner Email" as a contact's beside "Property Address", else as it is called. */
export function ownersAsContacts(columns: readonly Column[]): (column: Column) => string {
  const isList = isPropertyList(columns);
  const namesContacts = columns.some(({ header }) => /^contact_?\s?\d/i.test(header.trim()));
  return ({ header }) => {
    if (!isList) return header;
    if (ADDRESS.test(header)) return header.replace(OWNER, 'mailing');
    return namesContacts ? header : header.replace(OWNER, 'contact');
  };
}
