import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { numberParts, phoneText, possibleNumberParts } from './phone-cell.js';
import { fastInternational, fastNational, isCountry } from './phone-plan.js';
import type { Problem } from './problem.js';
import { cleanText, isPlaceholder, quoted, unwrapExcelText } from './text.js';

export { isCountry } from './phone-plan.js';

/** What one cell of a phone column holds. */
export interface PhoneReading {
  /** E.164 (ITU-T), valid by libphonenumber, without repeats, in the cell's order. */
  readonly phones: readonly string[];
  /** Why a part of the cell is no number. */
  readonly problems: readonly Problem[];
  /** What the number does not carry, or was taken to mean: `phone_extension_dropped`, `phone_plus_added`, `phone_fax_left_out`. */
  readonly notes: readonly Problem[];
}

/** Reads one cell; `rowCountry` (ISO alpha-2) is the row's own country and goes before the reader's. */
export type PhoneReader = (cell: string, rowCountry?: string) => PhoneReading;

const NONE: readonly never[] = [];
const BLANK: PhoneReading = { phones: NONE, problems: NONE, notes: NONE };

/**
 * A reader of phone cells. Numbers come out in E.164 or not at all: what is valid only after a guess is a problem.
 * `country` (ISO alpha-2 in capitals, see `isCountry`) is where numbers without + are dialled.
 */
export function createPhoneReader(options: { readonly country?: string } = {}): PhoneReader {
  return (cell, rowCountry) => {
    const country = rowCountry !== undefined && isCountry(rowCountry) ? rowCountry : options.country;
    const phone = fastNumber(cell, country);
    return phone === undefined ? readCell(cell, country) : { phones: [phone], problems: NONE, notes: NONE };
  };
}

const PLUS = 0x2b;
const LONGEST_PLAIN = 32;

/** Digits with spaces, brackets, dots and dashes, and a + at most in front: read without the library, or undefined. */
function fastNumber(text: string, country: string | undefined): string | undefined {
  const isInternational = text.charCodeAt(0) === PLUS;
  if ((!isInternational && country === undefined) || text.length > LONGEST_PLAIN) return undefined;
  let digits = '';
  for (let index = isInternational ? 1 : 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) digits += text.charAt(index);
    // Space, ( ) - and . are all that is skipped.
    else if (code !== 0x20 && code !== 0x28 && code !== 0x29 && code !== 0x2d && code !== 0x2e) return undefined;
  }
  if (isInternational) return fastInternational(digits);
  return country === undefined || text.endsWith('.0') ? undefined : fastNational(digits, country);
}

interface Collected {
  readonly phones: Set<string>;
  readonly problems: Problem[];
  readonly notes: Problem[];
}

function readCell(cell: string, country: string | undefined): PhoneReading {
  const text = unwrapExcelText(cleanText(cell));
  if (text === '' || isPlaceholder(text)) return BLANK;
  const collected: Collected = { phones: new Set(), problems: [], notes: [] };
  for (const part of numberParts(text)) {
    const pieces = possibleNumberParts(part);
    const areNumbers =
      pieces.length > 1 && pieces.every((piece) => typeof readNumber(phoneText(piece).number, country) === 'string');
    for (const piece of areNumbers ? pieces : [part]) collectNumber(piece, country, collected);
  }
  return { phones: [...collected.phones], problems: collected.problems, notes: collected.notes };
}

function collectNumber(part: string, country: string | undefined, collected: Collected): void {
  const { number, extension, isFax } = phoneText(part);
  if (isFax) {
    collected.notes.push({ code: 'phone_fax_left_out', message: `${quoted(part)} is a fax or pager and is left out.` });
    return;
  }
  const phone = readNumber(number, country);
  if (typeof phone === 'string') {
    collected.phones.add(phone);
    const plain = number.replace(/\D/g, '');
    if (!/^[+＋]|^00/.test(number) && country !== undefined && phone === `+${plain}`)
      collected.notes.push(plusAdded(part, phone));
    if (extension !== undefined) collected.notes.push(extensionDropped(part, extension));
  } else {
    collected.problems.push(phone);
  }
}

function readNumber(number: string, country: string | undefined): string | Problem {
  if (/^\+?\d(?:[.,]\d+)?E\+?\d+$/i.test(number)) return scientific(number);
  if (/\p{L}/u.test(number)) return invalidPhone(number);
  const fast = fastNumber(number, country) ?? libraryNumber(number, country);
  if (fast !== undefined) return fast;
  const digits = number.replace(/\D/g, '');
  if (/^00/.test(digits)) return libraryNumber(`+${digits.slice(2)}`, undefined) ?? invalidPhone(number);
  const isNational = !/^[+＋]/.test(number);
  if (isNational && country === undefined && digits.length >= 5 && digits.length <= 15) return needsCountry(number);
  if (isNational && country !== undefined) return withoutPlus(digits, country) ?? invalidPhone(number);
  return invalidPhone(number);
}

/**
 * Digits that can only be an international number whose + (or 011) was lost: of a length that no number of the country
 * has, and valid with a + in front.
 */
function withoutPlus(digits: string, country: string): string | undefined {
  const international = digits.startsWith('011') ? digits.slice(3) : digits;
  const isPossibleAtHome = parsePhoneNumberFromString(digits, { defaultCountry: country as CountryCode })?.isPossible();
  return isPossibleAtHome === true ? undefined : libraryNumber(`+${international}`, undefined);
}

function libraryNumber(number: string, country: string | undefined): string | undefined {
  const defaults = country === undefined ? {} : { defaultCountry: country as CountryCode };
  const parsed = parsePhoneNumberFromString(number, { ...defaults, extract: false });
  return parsed?.isValid() === true && parsed.ext === undefined ? parsed.number : undefined;
}

function scientific(number: string): Problem {
  return {
    code: 'phone_scientific',
    message: `${quoted(number)} is a phone number that a spreadsheet has rounded; its last digits are lost.`,
    hint: 'Export the file again with the column formatted as text.',
  };
}

function needsCountry(number: string): Problem {
  return {
    code: 'phone_needs_country',
    message: `${quoted(number)} has no + and country code, so its country can't be told.`,
    hint: 'Name the country with --country, such as --country US, or write the number with + and its country code.',
  };
}

function invalidPhone(number: string): Problem {
  return {
    code: 'invalid_phone',
    message: `${quoted(number)} is not a valid phone number.`,
    hint: 'Write it with + and its country code, or check --country.',
  };
}

function plusAdded(part: string, phone: string): Problem {
  return {
    code: 'phone_plus_added',
    message: `${quoted(part)} was read as ${phone}: it is valid only with its country code.`,
  };
}

function extensionDropped(part: string, extension: string): Problem {
  return {
    code: 'phone_extension_dropped',
    message: `${quoted(part)} has the extension ${extension}, which a number in E.164 can't carry.`,
  };
}
