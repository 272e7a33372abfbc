/** The fields that an unknown column might be: for a person to choose from, never taken by themselves. Pure. */

import { EMAIL_NAMES, NAMES_BY_MEANING, PHONE_NAMES, ADDRESS_NAMES } from '../vocabulary/aliases.js';
import { looksLikeEmail, looksLikeLinkedIn, looksLikePhone, shareOf, type Column } from './column.js';
import { editDistance } from '../../edit-distance.js';
import { headerTokens } from '../header.js';
import { FIELD_NAMES, type FieldName } from '../mapping.js';
import { keysOf, once } from '../vocabulary/words.js';

const fieldByKey = once(() => {
  const known: ReadonlySet<string> = new Set(FIELD_NAMES);
  const lists = [
    ...Object.entries(NAMES_BY_MEANING),
    ...Object.entries(ADDRESS_NAMES),
    ['emails', EMAIL_NAMES] as const,
    ['phone_numbers', PHONE_NAMES] as const,
  ];
  const pairs = lists
    .filter(([word]) => known.has(word))
    .flatMap(([word, list]) => keysOf(list).map((key) => [key, word]));
  return new Map<string, FieldName>([
    ...(pairs as [string, FieldName][]),
    ...FIELD_NAMES.map((name): [string, FieldName] => [name.replaceAll('_', ''), name]),
  ]);
});

/** Names shorter than this differ from most others by two letters. */
const SHORTEST_COMPARED = 5;
const LONG_NAME = 12;
const MOST_SUGGESTIONS = 3;

/** The fields whose names are spelt nearly like `key` (one slip; two in long names), the nearest first. */
function nearestFields(key: string): FieldName[] {
  if (key.length < SHORTEST_COMPARED) return [];
  const allowed = key.length < LONG_NAME ? 1 : 2;
  const near = new Map<FieldName, number>();
  for (const [name, field] of fieldByKey()) {
    if (Math.abs(name.length - key.length) > allowed) continue;
    const distance = editDistance(name, key, allowed);
    if (distance <= allowed && distance < (near.get(field) ?? Infinity)) near.set(field, distance);
  }
  return [...near]
    .sort(([, a], [, b]) => a - b)
    .map(([field]) => field)
    .slice(0, MOST_SUGGESTIONS);
}

/** The share of values from which a column counts as holding emails, phones or profiles. */
const MOSTLY = 0.7;

/** Headers of numbers that are written like phones: accounts, registers, orders. */
const OTHER_NUMBERS = new Set(
  (
    'account acct bank tax vat gst abn acn ein code ref reference registration reg registry policy invoice order serial license licence id card fax sku isbn imei meter contract ticket case ' +
    'konto steuer rechnung vertrag bestellung compte facture contrat cuenta factura contrato conta fatura conto fattura contratto rekening factuur'
  ).split(' '),
);

function namesANumber({ header }: Column): boolean {
  return headerTokens(header).some((token) => OTHER_NUMBERS.has(token));
}

/** Headers that name nothing: there long numbers may well be phones, which are asked for. */
const SILENT: ReadonlySet<string> = new Set(
  'number numbers num no nr nummer nummern numero numeros numer digits value'.split(' '),
);

/** Headers that name whoever a message goes to: long numbers below them are where it went. */
const RECEIVERS: ReadonlySet<string> = new Set(
  'recipient recipients receiver receivers destination destinations addressee empfanger destinataire destinatario destinatarios destinatari ontvanger mottagare odbiorca'.split(
    ' ',
  ),
);

/** The field that the values speak for, if they clearly do. */
function fieldOfValues(column: Column): FieldName | undefined {
  if (shareOf(column, looksLikeEmail) >= MOSTLY) return 'emails';
  if (!namesANumber(column) && shareOf(column, looksLikePhone) >= MOSTLY) return 'phone_numbers';
  if (SILENT.has(column.key) && shareOf(column, (value) => /^\d{9,13}$/.test(value)) === 1) return 'phone_numbers';
  if (RECEIVERS.has(column.key) && shareOf(column, (value) => /^\+?\d{8,15}$/.test(value)) === 1)
    return 'phone_numbers';
  if (shareOf(column, looksLikeLinkedIn) >= MOSTLY) return 'linkedin_url';
  return undefined;
}

/** Nearest fields of a column by its values and its name; none for an empty column, which needs no decision. */
export function suggestFields(column: Column): FieldName[] {
  if (column.values.length === 0) return [];
  const byValue = fieldOfValues(column);
  const byName = nearestFields(column.key);
  return [...new Set([...(byValue === undefined ? [] : [byValue]), ...byName])].slice(0, MOST_SUGGESTIONS);
}
