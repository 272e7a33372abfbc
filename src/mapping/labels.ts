/** Columns that say which kind of value stands in another column: "Phone 1 - Label" for "Phone 1 - Value". Pure. */

import { headerTokens } from './header.js';

const LABEL_WORDS: ReadonlySet<string> = new Set(['label', 'type', 'typ', 'kind']);
/** What a labelled column may be called after the same beginning. */
const VALUE_WORDS = ['value', 'address', 'adresse', 'number', 'email', 'phone', ''];
/** What can have a label at all; "Contact Type" is no label of "Contact". */
const LABELLED: ReadonlySet<string> = new Set(
  ['email', 'mail', 'emailaddress', 'phone', 'phonenumber', 'telephone', 'tel', 'telefon', 'address', 'adresse'].concat(
    ['website', 'url', 'relation', 'im', 'event', 'customfield', 'organization'],
  ),
);

/** "phones 1.type", as lists of objects have it, is the label of a phone. */
function canBeLabelled(stem: readonly string[]): boolean {
  const name = stem.filter((token) => !/^\d+$/.test(token)).join('');
  return [name, name.replace(/s$/, ''), name.replace(/es$/, '')].some((one) => LABELLED.has(one));
}

/**
 * For each column the column that labels it, if there is one, and for each label column that it is one.
 * @returns two maps by index: `labelOf` (value column to label column) and `isLabel`
 */
export function pairLabels(header: readonly string[]): { labelOf: Map<number, number>; isLabel: Set<number> } {
  const indexesByKey = new Map<string, number[]>();
  const tokensOf = header.map(headerTokens);
  tokensOf.forEach((tokens, index) => {
    const key = tokens.join('');
    indexesByKey.set(key, [...(indexesByKey.get(key) ?? []), index]);
  });
  const labelOf = new Map<number, number>();
  const isLabel = new Set<number>();
  tokensOf.forEach((tokens, index) => {
    const stem = tokens.slice(0, -1);
    if (!LABEL_WORDS.has(tokens.at(-1) ?? '') || !canBeLabelled(stem)) return;
    isLabel.add(index);
    const values = VALUE_WORDS.flatMap((word) => indexesByKey.get(stem.join('') + word) ?? []);
    // Of several files the columns follow each other: what stands nearest is of the same file.
    const [value] = values
      .filter((one) => !labelOf.has(one))
      .sort((one, other) => Math.abs(one - index) - Math.abs(other - index));
    if (value !== undefined) labelOf.set(value, index);
  });
  return { labelOf, isLabel };
}

const NO_PHONE = /fax|pager|telex|isdn|\btt[yd]\b|télécop|telecop|faks/i;

/** True where a label says that the number is for machines: "Work Fax", "Pager". */
export function labelsNoPhone(label: string): boolean {
  return NO_PHONE.test(label);
}

/** True where a label marks the preferred value, as Google does: "* Work", or "*" alone. */
export function labelsPreferred(label: string): boolean {
  return label.startsWith('*');
}

/** True for Outlook's type EX: the cell holds a path in the company's directory and no address. */
export function labelsNoEmail(label: string): boolean {
  return label.trim().toUpperCase() === 'EX';
}
