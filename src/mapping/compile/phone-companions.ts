/** Which columns hold the calling code, the area code or the country of which phone. Pure. */

import { headerTokens } from '../header.js';
import { becomes, type ColumnMapping, type InferredMapping, type PhonePart } from '../mapping.js';

/** By part, the columns that say it: one, or of what comes before a number in pieces as many as there are. */
export type Companions = Readonly<Partial<Record<PhonePart, readonly number[]>>>;

/** Words that tell no phone from another. */
const GENERIC: ReadonlySet<string> = new Set(
  (
    'phone phones telephone tel number numbers no nr country code codes calling dial dialing dialling isd std area prefix city iso the of ' +
    'international telefon téléphone telefone teléfono telefono telefoon vorwahl indicatif prefijo prefisso ddi ddd'
  )
    .split(' ')
    .flatMap(headerTokens),
);

function tellingWords(header: string): string[] {
  return headerTokens(header).filter((token) => !GENERIC.has(token));
}

/** For each phone column (by index) the columns that belong to it; a part that names no phone belongs to all, an area code to the nearest. */
export function companionsOf(mapping: InferredMapping): ReadonlyMap<number, Companions> {
  const phones = mapping.columns.filter(becomes('phone_numbers'));
  const found = new Map<number, Partial<Record<PhonePart, readonly number[]>>>();
  const take = (phone: ColumnMapping, part: PhonePart, index: number): void => {
    const own = found.get(phone.index) ?? {};
    const held = own[part] ?? [];
    if (held.length === 0 || part === 'area_code') own[part] = [...held, index];
    found.set(phone.index, own);
  };
  const general: { readonly column: ColumnMapping; readonly part: PhonePart }[] = [];
  for (const column of mapping.columns) {
    if (column.target.kind !== 'phone_part') continue;
    const { part } = column.target;
    const words = tellingWords(column.header);
    const named = words.length === 0 ? [] : best(phones, words);
    for (const phone of named) take(phone, part, column.index);
    if (named.length === 0) general.push({ column, part });
  }
  for (const { column, part } of general) {
    const nearest = nearestPhone(phones, column.index);
    if (nearest !== undefined) take(nearest, part, column.index);
    if (part === 'area_code') continue;
    for (const phone of phones) take(phone, part, column.index);
  }
  return found;
}

/** The phones whose names share most of these words; none where none shares any. */
function best(phones: readonly ColumnMapping[], words: readonly string[]): ColumnMapping[] {
  const shared = phones.map(({ header }) => {
    const tokens = new Set(headerTokens(header));
    return words.filter((word) => tokens.has(word)).length;
  });
  const most = Math.max(0, ...shared);
  return most === 0 ? [] : phones.filter((_, at) => shared[at] === most);
}

/** The next phone to the right, or else to the left. */
function nearestPhone(phones: readonly ColumnMapping[], index: number): ColumnMapping | undefined {
  return phones.find((phone) => phone.index > index) ?? phones.findLast((phone) => phone.index < index);
}
