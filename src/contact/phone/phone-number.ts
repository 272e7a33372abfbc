import { createRequire } from 'node:module';
import type * as PhoneLibrary from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { fastInternational, fastNational } from './phone-plan.js';
import { LACKS_COUNTRY, type Problem } from '../../problem.js';
import { nameOfCountry } from '../../country-name.js';
import { quoted } from '../text.js';

/** One number in E.164, or why it is none. */
export type NumberReading = { readonly phone: string; readonly isPlusAdded: boolean } | Problem;

let library: typeof PhoneLibrary | undefined;

/** Loaded by the first number that is not plain: its ninety modules are a tenth of a cold start, and many files need none. */
function phoneLibrary(): typeof PhoneLibrary {
  return (library ??= createRequire(import.meta.url)('libphonenumber-js/max') as typeof PhoneLibrary);
}

const PLUS = 0x2b;
const LONGEST_PLAIN = 32;

/**
 * Digits with spaces, brackets, dots and dashes, and a + at most in front: read without the library. Undefined where
 * that is not certain to be the library's answer, or where there is more than one reading.
 */
export function fastNumber(text: string, country: string | undefined): string | undefined {
  const isInternational = text.charCodeAt(0) === PLUS;
  if ((!isInternational && country === undefined) || text.length > LONGEST_PLAIN) return undefined;
  let digits = '';
  let from = isInternational ? 1 : 0;
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) continue;
    // Space ( ) - and . are all that is skipped.
    if (code !== 0x20 && code !== 0x28 && code !== 0x29 && code !== 0x2d && code !== 0x2e) return undefined;
    if (from < index) digits += text.slice(from, index);
    from = index + 1;
  }
  if (from < text.length) digits += text.slice(from);
  if (isInternational) return fastInternational(digits);
  return country === undefined || text.endsWith('.0') ? undefined : fastNational(digits, country);
}

/** `49151000000`: digits alone that end as a number does of which a spreadsheet kept the first few. */
const ROUNDED = /^[1-9]\d{3,8}0{6,}$/;

/** White space, dashes and slashes that stand between digits as a hyphen does. */
const OTHER_MARKS = /[\s/\u2010-\u2015\u2212]+/g;

/** Reads the text of one number, without label and extension, as `phoneText` gives it; `shown` is what a message quotes. */
export function readNumber(number: string, country: string | undefined, shown = number): NumberReading {
  if (/^\+?\d+(?:[.,]\d+)?E\+?\d+$/i.test(number)) return scientific(shown);
  if (/\p{L}/u.test(number)) return invalidPhone(shown);
  if (ROUNDED.test(number)) return scientific(shown);
  const fast = fastNumber(number.replace(OTHER_MARKS, '-'), country);
  if (fast !== undefined) return { phone: fast, isPlusAdded: false };
  if (number.startsWith('+')) return asWritten(libraryNumber(number)) ?? invalidPhone(shown);

  const digits = number.replace(/\D/g, '');
  const national = country === undefined ? undefined : libraryNumber(number, country);
  if (country !== undefined && national !== undefined) return readingOf(shown, digits, national, country);
  if (digits.startsWith('00')) return asWritten(libraryNumber(`+${digits.slice(2)}`)) ?? invalidPhone(shown);
  if (country !== undefined) return plusAdded(lostPlus(digits, country)) ?? invalidPhone(shown, country);
  return digits.length >= 5 && digits.length <= 15 ? needsCountry(shown) : invalidPhone(shown);
}

/** More digits than a number that begins like its own country code has without trunk prefix, though patterns allow them. */
const LONGEST_NATIONAL = 11;

/** Digits that are valid in the country; and perhaps with a + in front, as another number. */
function readingOf(shown: string, digits: string, national: string, country: string): NumberReading {
  const international = libraryNumber(`+${digits}`);
  const code = phoneLibrary().getCountryCallingCode(country as CountryCode);
  const isOwn = digits.startsWith(code);
  if (international !== `+${digits}`) {
    const isDoubtful = isOwn && national === `+${code}${digits}` && lacksDigit(digits, country);
    return isDoubtful ? perhapsShort(shown, national, code) : { phone: national, isPlusAdded: false };
  }
  if (international === national) return { phone: national, isPlusAdded: true };
  const isLong = digits.length > LONGEST_NATIONAL;
  if (isOwn && isLong) return { phone: international, isPlusAdded: true };
  return isOwn || isLong ? ambiguous(shown, national, international) : { phone: national, isPlusAdded: false };
}

/**
 * Whether digits that begin with the country's own calling code are one short of a number with a + in front, where the
 * country's numbers have a trunk prefix, which they lack: `491512345678` is no number of the town whose code is 0491.
 */
function lacksDigit(digits: string, country: string): boolean {
  const longer = `+${digits}0`;
  return libraryNumber(`0${digits}`, country) === libraryNumber(digits, country) && libraryNumber(longer) === longer;
}

/**
 * Digits that can only be an international number whose + was lost or is written 011: of a length that no number of
 * the country has, and valid with a + in front.
 */
function lostPlus(digits: string, country: string): string | undefined {
  const international = digits.startsWith('011') ? digits.slice(3) : digits;
  const atHome = phoneLibrary().parsePhoneNumberFromString(digits, { defaultCountry: country as CountryCode });
  return atHome?.isPossible() === true ? undefined : libraryNumber(`+${international}`);
}

/**
 * Blocks that regulators keep free for fiction and examples (Ofcom: 07700 900xxx and 01632 960xxx; ARCEP: 06 39 98 xx xx).
 * The library knows their like in other areas and countries as valid, but not these; rehearsals are full of them.
 */
const KEPT_FOR_FICTION = /^\+(?:447700900\d{3}|441632960\d{3}|3363998\d{4})$/;

function libraryNumber(number: string, country?: string): string | undefined {
  const defaults = country === undefined ? {} : { defaultCountry: country as CountryCode };
  const parsed = phoneLibrary().parsePhoneNumberFromString(number, { ...defaults, extract: false });
  if (parsed === undefined || parsed.ext !== undefined) return undefined;
  return parsed.isValid() || KEPT_FOR_FICTION.test(parsed.number) ? parsed.number : undefined;
}

function asWritten(phone: string | undefined): NumberReading | undefined {
  return phone === undefined ? undefined : { phone, isPlusAdded: false };
}

function plusAdded(phone: string | undefined): NumberReading | undefined {
  return phone === undefined ? undefined : { phone, isPlusAdded: true };
}

function scientific(number: string): Problem {
  return {
    code: 'phone_scientific',
    message: `${quoted(number)} is a phone number that a spreadsheet has rounded; its last digits are lost.`,
    hint: 'In a spreadsheet, format the column as a number without decimals and save again; where digits are lost there, too, type them.',
  };
}

function needsCountry(number: string): Problem {
  return {
    code: LACKS_COUNTRY,
    message: `${quoted(number)} has no + and country code, so its country can't be told.`,
    hint: 'Name the country with --country CC, such as US, or write the number with + and its country code.',
  };
}

function ambiguous(number: string, national: string, international: string): Problem {
  return {
    code: 'phone_ambiguous',
    message: `${quoted(number)} may be ${international} or ${national}.`,
    hint: 'Write it with + and its country code.',
  };
}

function perhapsShort(number: string, national: string, code: string): Problem {
  return {
    code: 'phone_ambiguous',
    message: `${quoted(number)} may be ${national}, or a number with +${code} that lacks a digit.`,
    hint: 'Write it with + and its country code.',
  };
}

/** The problem of a text that is no number anywhere, or none of the country that it was read as one of. */
export function invalidPhone(number: string, country?: string): Problem {
  const where = country === undefined ? '' : ` in ${nameOfCountry(country)}`;
  return {
    code: 'invalid_phone',
    message: `${quoted(number)} is not a valid phone number${where}.`,
    hint: /^\s*(?:\+|00)/.test(number)
      ? 'Correct the number, or empty the cell.'
      : 'Correct it, or write it with + and its country code, if it is of another country.',
  };
}
