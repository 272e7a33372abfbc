/** What of a card goes into which column. The names are those that other exports have, so that the mapping knows them. */
import type { ContentLine } from './content-lines.js';

/** A column's name without its number; a card's second e-mail stands in "Email 2". */
export interface CardValue {
  readonly column: string;
  readonly value: string;
}

/** The columns in the order in which they stand; one that no card fills is left out. */
export const CARD_COLUMNS: readonly string[] = [
  ...['Full Name', 'Name Prefix', 'First Name', 'Middle Name', 'Last Name', 'Name Suffix', 'Nickname'],
  ...['Company', 'Department', 'Job Title', 'Email', 'Mobile Phone', 'Work Phone', 'Home Phone', 'Phone'],
  ...[
    'Fax',
    'Pager',
    'Business Street',
    'Business Street 2',
    'Business City',
    'Business State',
    'Business Postal Code',
  ],
  ...[
    'Business Country',
    'Home Street',
    'Home Street 2',
    'Home City',
    'Home State',
    'Home Postal Code',
    'Home Country',
  ],
  ...['LinkedIn', 'Website', 'Birthday', 'Anniversary', 'Tags', 'Notes'],
];

/** Backslashes before a comma, a semicolon, a backslash; `\n` is a line break. */
const unescapeText = (text: string): string =>
  text.replace(/\\([\\,;:nN])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped));

/** The parts of a structured value (N, ADR, ORG): semicolons that no backslash guards part them. */
function partsOf(value: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (at >= value.length || value[at] === ';') {
      parts.push(unescapeText(value.slice(from, at)).trim());
      from = at + 1;
    }
  }
  if (from < value.length) parts.push(unescapeText(value.slice(from)).trim());
  return parts;
}

const typesOf = ({ parameters }: ContentLine): readonly string[] => parameters.get('TYPE') ?? [];

function phoneColumn(line: ContentLine, label: string): string {
  const types = typesOf(line);
  const has = (type: string): boolean => types.includes(type);
  if (has('FAX') || /fax/i.test(label)) return 'Fax';
  if (has('PAGER')) return 'Pager';
  if (has('CELL') || has('IPHONE') || /mobile|cell|handy|iphone|portable|móvil/i.test(label)) return 'Mobile Phone';
  if (has('WORK')) return 'Work Phone';
  return has('HOME') ? 'Home Phone' : 'Phone';
}

function address(line: ContentLine): CardValue[] {
  const [box = '', extended = '', street = '', city = '', state = '', code = '', country = ''] = partsOf(line.value);
  const place = typesOf(line).includes('WORK') ? 'Business' : 'Home';
  return [
    { column: `${place} Street`, value: street === '' ? box : street },
    {
      column: `${place} Street 2`,
      value: street === '' ? extended : [extended, box].filter((part) => part !== '').join(', '),
    },
    { column: `${place} City`, value: city },
    { column: `${place} State`, value: state },
    { column: `${place} Postal Code`, value: code },
    { column: `${place} Country`, value: country },
  ];
}

function names(line: ContentLine): CardValue[] {
  const [last = '', first = '', middle = '', prefix = '', suffix = ''] = partsOf(line.value);
  return [
    { column: 'Name Prefix', value: prefix },
    { column: 'First Name', value: first },
    { column: 'Middle Name', value: middle },
    { column: 'Last Name', value: last },
    { column: 'Name Suffix', value: suffix },
  ];
}

/** `19860430` is written as `1986-04-30`; a year that a card leaves out (`--0430`) can't be. */
function dateText(value: string): string {
  return value.replace(/^(\d{4})(\d{2})(\d{2})(?:T.*)?$/, '$1-$2-$3').replace(/T.*$/, '');
}

/** The values of a line that are kept. `label` is what a grouped `X-ABLabel` says of it. */
export function valuesOf(line: ContentLine, label: string): CardValue[] {
  const { name, value } = line;
  const text = unescapeText(value).trim();
  switch (name) {
    case 'FN':
      return [{ column: 'Full Name', value: text }];
    case 'N':
      return names(line);
    case 'NICKNAME':
      return [{ column: 'Nickname', value: text }];
    case 'ORG': {
      const [company = '', ...units] = partsOf(value);
      return [
        { column: 'Company', value: company },
        { column: 'Department', value: units.filter((unit) => unit !== '').join(', ') },
      ];
    }
    case 'TITLE':
      return [{ column: 'Job Title', value: text }];
    case 'EMAIL':
      return [{ column: 'Email', value: text.replace(/^mailto:/i, '') }];
    case 'TEL':
      return [{ column: phoneColumn(line, label), value: text.replace(/^tel:/i, '') }];
    case 'ADR':
      return address(line);
    case 'URL':
    case 'X-SOCIALPROFILE':
      return [{ column: /linkedin\.com\//i.test(text) ? 'LinkedIn' : 'Website', value: text }];
    case 'BDAY':
      return [{ column: 'Birthday', value: dateText(text) }];
    case 'ANNIVERSARY':
      return [{ column: 'Anniversary', value: dateText(text) }];
    case 'CATEGORIES':
      return [{ column: 'Tags', value: unescapeText(value.replace(/(?<!\\),/g, ';')).trim() }];
    case 'NOTE':
      return [{ column: 'Notes', value: text }];
    default:
      return isFreeName(name) ? [{ column: name, value: text }] : [];
  }
}

/** A property that no version of vCard has: some programs write "Home phone" and "E-Mail 2" as they stand in a table. */
export function isFreeName(property: string): boolean {
  return property === 'E-MAIL' || /[^\s.:;] \w/.test(property);
}

const READ: ReadonlySet<string> = new Set([
  ...['FN', 'N', 'NICKNAME', 'ORG', 'TITLE', 'EMAIL', 'TEL', 'ADR', 'URL', 'X-SOCIALPROFILE', 'BDAY', 'ANNIVERSARY'],
  ...['CATEGORIES', 'NOTE'],
  // What the values of others are, and whose card it is.
  ...['X-ABLABEL', 'KIND', 'X-ADDRESSBOOKSERVER-KIND'],
]);

/** What a program notes for itself: nobody misses it. */
const TECHNICAL =
  /^(?:BEGIN|END|VERSION|PRODID|REV|UID|SOURCE|CLASS|MAILER|SORT-STRING|CALSCALE|CLIENTPIDMAP|XML|X-AB(?:ADR|UID|SHOWAS)|X-ADDRESSBOOKSERVER-.*|X-PHONETIC-.*|X-MS-OL-.*|X-IMAGE.*)$/;

/** What becomes of a property: values, nothing that anybody misses, or nothing though it may say something. */
export function useOf(property: string): 'read' | 'technical' | 'left out' {
  if (READ.has(property) || isFreeName(property)) return 'read';
  return TECHNICAL.test(property) ? 'technical' : 'left out';
}

/** Lower comes first: the value that the card prefers. */
export function preferenceOf(line: ContentLine): number {
  const pref = Number(line.parameters.get('PREF')?.[0]);
  if (Number.isFinite(pref)) return pref;
  return typesOf(line).includes('PREF') ? 0 : 101;
}
