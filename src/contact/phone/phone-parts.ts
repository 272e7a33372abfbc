import type { Problem } from '../../problem.js';
import { isPlaceholder } from '../cell/placeholder.js';
import { cleanText, quoted } from '../text.js';
import { readCallingCode } from './calling-code.js';
import type { PhoneReader, PhoneReading } from './phone.js';

/** What other columns say of a phone; blank where they say nothing. */
export interface PhoneParts {
  /** `91`, `+91`, `India (+91)`. */
  readonly callingCode: string;
  /** `212`, `(030)`. */
  readonly areaCode: string;
  /** `GB`, `United Kingdom`. */
  readonly country: string;
}

/**
 * Reads a phone together with its calling code, area code and country from other columns. What the number itself says goes
 * first (`+44 …` stays); a number that fits none of it is a problem, never another number.
 */
export function readWithParts(
  read: PhoneReader,
  cell: string,
  parts: PhoneParts,
  rowCountry: string | undefined,
): PhoneReading {
  const text = cleanText(cell).replace(/^'/, '');
  const calling = cleanText(parts.callingCode);
  const code = calling === '' || isPlaceholder(calling) ? undefined : readCallingCode(calling);
  if (calling !== '' && code === undefined && !isPlaceholder(calling)) {
    return text === '' ? read(text) : refused(unknownCode(cell, calling));
  }
  const country = code?.country ?? readCallingCode(cleanText(parts.country))?.country ?? rowCountry;
  if (/^\(?\s*(?:\+|00)/.test(text)) return read(cell, country);
  const whole = withAreaCode(read, cell, cleanText(parts.areaCode), country);
  if (code?.code === undefined) return whole.reading;
  return withCallingCode(read, cell, whole, code.code);
}

interface Whole {
  /** The number with its area code, as it was read. */
  readonly text: string;
  readonly reading: PhoneReading;
}

function isRead(reading: PhoneReading): boolean {
  return reading.phones.length > 0 && reading.problems.length === 0;
}

function withAreaCode(read: PhoneReader, cell: string, areaCode: string, country: string | undefined): Whole {
  const alone: Whole = { text: cell, reading: read(cell, country) };
  const area = areaCode.replace(/\D/g, '');
  const digits = cell.replace(/\D/g, '').replace(/^0/, '');
  if (area === '' || digits === '') return alone;
  const hasIt = digits.startsWith(area.replace(/^0/, ''));
  const text = `${area} ${cell}`;
  const joined: Whole = { text, reading: read(text, country) };
  if (hasIt && isRead(alone.reading)) {
    // With its trunk prefix, or as long as it can be, the number has the area code already.
    const isSure = /^\D*0/.test(cell) || !isRead(joined.reading);
    return isSure ? alone : { text, reading: refused(twiceOrOnce(cell, areaCode, alone, joined)) };
  }
  return isRead(joined.reading) ? joined : alone;
}

function twiceOrOnce(cell: string, areaCode: string, alone: Whole, joined: Whole): Problem {
  return {
    code: 'phone_ambiguous',
    message: `${quoted(cell)} beside the area code ${quoted(areaCode)} may be ${alone.reading.phones.join()} or ${joined.reading.phones.join()}.`,
    hint: 'Write it with + and its country code.',
  };
}

function withCallingCode(read: PhoneReader, cell: string, { text, reading }: Whole, code: string): PhoneReading {
  if (reading.phones.length === 0 && reading.problems.length === 0) return reading;
  const fits = (candidate: PhoneReading): boolean =>
    isRead(candidate) && candidate.phones.every((phone) => phone.startsWith(`+${code}`));
  // A + that is there now was not lost: the other column holds it.
  if (fits(reading)) return { ...reading, notes: reading.notes.filter((note) => note.code !== 'phone_plus_added') };
  const digits = text.replace(/\D/g, '');
  for (const national of [digits, digits.replace(/^0+/, '')]) {
    const international = read(`+${code}${national}`);
    if (fits(international)) return international;
  }
  return refused({
    code: 'phone_code_mismatch',
    message: `${quoted(cell)} is not a valid number with the calling code +${code}.`,
    hint: 'Correct the number or its calling code.',
  });
}

function unknownCode(cell: string, calling: string): Problem {
  return {
    code: 'invalid_calling_code',
    message: `${quoted(calling)} beside the phone ${quoted(cell)} is no calling code.`,
    hint: 'Correct the calling code, or empty it.',
  };
}

function refused(problem: Problem): PhoneReading {
  return { phones: [], problems: [problem], notes: [] };
}
