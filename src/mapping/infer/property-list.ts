/** Lists of houses and their owners, as the trade with them has: there the owner is the contact. Pure. */

import { headerTokens } from '../header.js';
import type { Column } from './column.js';

const PROPERTY: ReadonlySet<string> = new Set(['property', 'parcel', 'apn']);
const OWNER = /\b(?:property\s+)?owner(?:['’]?s)?\b/i;

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
  return ({ header }) => (isList ? header.replace(OWNER, 'contact') : header);
}
