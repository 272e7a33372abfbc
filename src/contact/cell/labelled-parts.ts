/** Cells in which a form has written several fields with their names, one after the other. */
import type { TextField } from '../contact.js';

/** What forms (Jotform, in English, German, French, Spanish) call the parts of an address. */
const ADDRESS_PARTS: readonly (readonly [TextField, string])[] = [
  ['address_line2', 'street address line 2|address line 2|adresszeile 2|complément d’adresse|línea de dirección 2'],
  ['address_line1', 'street address line 1|street address|address line 1|street|straße|rue|dirección'],
  ['city', 'city|town|stadt|ort|ville|ciudad'],
  ['state', 'state ?/ ?province|state ?/ ?region|state|province|region|bundesland|estado ?/ ?provincia'],
  [
    'postal_code',
    'postal ?/ ?zip code|postal code|zip ?/ ?postal code|zip code|zip|postcode|postleitzahl|plz|code postal|código postal',
  ],
  ['country', 'country|land|pays|país'],
];

const FIELD_OF = new Map(
  ADDRESS_PARTS.flatMap(([field, names]) => names.split('|').map((name) => [plain(name), field])),
);

function plain(name: string): string {
  return name.replaceAll(' ?', '').replace(/\s/g, '').toLowerCase();
}

const LABEL = new RegExp(
  `(?<![\\p{L}\\d])(${ADDRESS_PARTS.map(([, names]) => names)
    .join('|')
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|')})\\s*:`,
  'giu',
);
/** Fewer labels are a text that happens to have a colon. */
const FEWEST_LABELS = 2;
/** Longer than any address or name. */
const LONGEST = 1000;

/** The parts of an address that stands in one cell with their names; undefined for any other text. */
export function labelledAddress(text: string): ReadonlyMap<TextField, string> | undefined {
  if (text.length > LONGEST || !text.includes(':')) return undefined;
  const labels = [...text.matchAll(LABEL)];
  if (labels.length < FEWEST_LABELS || labels[0]?.index !== 0) return undefined;
  const parts = new Map<TextField, string>();
  for (const [at, label] of labels.entries()) {
    const field = FIELD_OF.get(plain(label[1] ?? ''));
    const value = text
      .slice(label.index + label[0].length, labels[at + 1]?.index)
      .trim()
      .replace(/[,;]$/, '');
    if (field !== undefined && value !== '' && !parts.has(field)) parts.set(field, value);
  }
  return parts;
}

const NAME =
  /^(?:prefix:\s*\S+\s+)?first name:\s*(\S.*?)\s+(?:middle name:.*?\s+)?last name:\s*(\S.*?)(?:\s+suffix:.*)?$/is;

/** `First Name: Ada Last Name: Moss` as `Ada Moss`; any other text as it is. */
export function withoutNameLabels(text: string): string {
  if (text.length > LONGEST || !/name:/i.test(text)) return text;
  const [, first, last] = NAME.exec(text) ?? [];
  return first === undefined || last === undefined ? text : `${first} ${last}`;
}

const AREA = /^(?:country code:\s*\+?(\d{1,4})\s+)?area code:\s*(\d{1,5})\s+phone number:\s*/i;

/** `Area Code: 212 Phone Number: 555-0147` as `212 555-0147`; any other text as it is. */
export function withoutPhoneLabels(text: string): string {
  return /code:/i.test(text)
    ? text.replace(AREA, (_, country: string | undefined, area: string) =>
        country === undefined ? `${area} ` : `+${country} ${area} `,
      )
    : text;
}
