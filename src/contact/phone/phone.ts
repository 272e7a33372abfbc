import { readCallingCode } from './calling-code.js';
import { numberOfLink, numberParts, phoneText, possibleNumberParts, withoutLetters } from './phone-cell.js';
import { fastNumber, invalidPhone, readNumber } from './phone-number.js';
import { isCountry } from './phone-plan.js';
import { LACKS_COUNTRY, type Problem } from '../../problem.js';
import { decodeEntities, withoutTags } from '../cell/html.js';
import { readListed } from '../cell/json-list.js';
import { withoutPhoneLabels } from '../cell/labelled-parts.js';
import { isPlaceholder, saysNone } from '../cell/placeholder.js';
import { cleanText, quoted, unwrapExcelText } from '../text.js';

export { isCountry } from './phone-plan.js';

/** What one cell of a phone column holds. */
export interface PhoneReading {
  /** E.164 (ITU-T), valid by libphonenumber, without repeats, in the cell's order. */
  readonly phones: readonly string[];
  /** Why a part of the cell is no number: `invalid_phone`, `phone_needs_country`, `phone_scientific`, `phone_ambiguous`. */
  readonly problems: readonly Problem[];
  /** What was left out or taken to mean: `phone_extension_dropped`, `phone_fax_left_out`, `phone_plus_added`. */
  readonly notes: readonly Problem[];
}

/** Reads one cell; `rowCountry` (ISO 3166-1 alpha-2) is the row's own country and goes before the reader's. */
export type PhoneReader = (cell: string, rowCountry?: string) => PhoneReading;

const NONE: readonly never[] = [];
const BLANK: PhoneReading = { phones: NONE, problems: NONE, notes: NONE };

/**
 * A reader of phone cells. Numbers come out in E.164 or not at all: what is valid only after a guess is a problem.
 * `country` (ISO 3166-1 alpha-2 in capitals, see `isCountry`) is where numbers without + are dialled.
 */
export function createPhoneReader(options: { readonly country?: string } = {}): PhoneReader {
  return (cell, rowCountry) => {
    const country = rowCountry !== undefined && isCountry(rowCountry) ? rowCountry : options.country;
    const phone = fastNumber(cell, country);
    return phone === undefined ? readCell(cell, country) : { phones: [phone], problems: NONE, notes: NONE };
  };
}

/** A line that ends in the middle of a number: the next one begins with its hyphen. */
const BROKEN_OFF = /\n(?=-\d)/g;

/** Blanks that fill a column of fixed width; many patterns try each of them. */
const PADDING = /[^\S\n]{2,}/g;

/** Dozens of numbers with their labels; the patterns that take a cell apart are not meant for whole documents. */
const LONGEST_CELL = 1000;

interface Collected {
  /** As it stands in the file, for messages. */
  readonly cell: string;
  readonly phones: Set<string>;
  readonly problems: Problem[];
  readonly notes: Problem[];
}

function readCell(cell: string, country: string | undefined): PhoneReading {
  const unwrapped = unwrapExcelText(withoutTags(decodeEntities(plainDigits(cleanText(cell)))));
  const text = withoutPhoneLabels(unwrapped.replace(BROKEN_OFF, '').replace(PADDING, ' '));
  if (text === '' || isPlaceholder(text)) return BLANK;
  if (text.length > LONGEST_CELL) return { ...BLANK, problems: [invalidPhone(cell.trim())] };
  if (isNobodysNumber(text)) {
    const message = `${quoted(cell.trim())} is nobody's number: left out.`;
    return { ...BLANK, notes: [{ code: 'placeholder_phone', message }] };
  }
  const collected: Collected = { cell: cell.trim(), phones: new Set(), problems: [], notes: [] };
  const listed = readListed(text);
  for (const { text: number, place } of listed ?? []) {
    const code = readCallingCode(place);
    const isInternational = number.startsWith('+') || code?.code === undefined;
    collectNumber(isInternational ? number : `+${code.code}${number}`, code?.country ?? country, collected);
  }
  if (listed === undefined) collectNumbers(text, country, collected);
  return { phones: [...collected.phones], problems: collected.problems, notes: collected.notes };
}

/** `000-000-0000`, `9999999999`, `(   )    -`, `xxx-xxx-xxxx`: a form filled in by somebody who gave no number. */
function isNobodysNumber(text: string): boolean {
  const digits = text.replace(/[\s()+./_-]/g, '');
  return (
    /^(?:0*|(\d)\1{8,14}|x{1,15})$/i.test(digits) ||
    saysNone(text) ||
    /^(?:1[\s-]?)?123[\s-]?456[\s-]?7890?$/.test(text)
  );
}

function collectNumbers(text: string, country: string | undefined, collected: Collected): void {
  for (const part of numberParts(text)) {
    const pieces = possibleNumberParts(part);
    const areNumbers = pieces.length > 0 && pieces.every((piece) => mayBeNumber(phoneText(piece).number, country));
    for (const piece of areNumbers ? pieces : [part]) collectNumber(piece, country, collected);
  }
}

/** Whether a text is a number, or one that lacks nothing but its country. */
function mayBeNumber(text: string, country: string | undefined): boolean {
  const reading = readNumber(text, country);
  return 'phone' in reading || reading.code === LACKS_COUNTRY;
}

function collectNumber(part: string, country: string | undefined, collected: Collected): void {
  const { cell, phones, problems, notes } = collected;
  const linked = numberOfLink(part.trim());
  const { number, extension, isFax } = linked === undefined ? phoneText(part) : { number: linked, isFax: false };
  if (isFax) {
    notes.push({ code: 'phone_fax_left_out', message: `${quoted(part)} is a fax or pager and is left out.` });
    return;
  }
  const reading = readNumber(withoutLetters(number) ?? number, country, cell);
  if (!('phone' in reading)) {
    if (!problems.some(({ code }) => code === reading.code)) problems.push(reading);
    return;
  }
  phones.add(reading.phone);
  if (reading.isPlusAdded) {
    notes.push({ code: 'phone_plus_added', message: `${quoted(part)} was read as ${reading.phone}.` });
  }
  if (extension !== undefined) {
    const message = `${quoted(part)} has the extension ${extension}, which a number in E.164 can't carry.`;
    notes.push({ code: 'phone_extension_dropped', message });
  }
}

const OTHER_DIGITS = /[\uff01-\uff5e\u3000]|(?![0-9])\p{Nd}/gu;
const DIGIT = /\p{Nd}/u;

/** Full-width characters and the digits of all scripts as ASCII; no other compatibility forms, lest a footnote's ² becomes a 2. */
function plainDigits(text: string): string {
  return text.replace(OTHER_DIGITS, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x3000) return ' ';
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : String(digitValue(code));
  });
}

/** Unicode has decimal digits in runs of ten that begin with a zero; some runs follow one another. */
function digitValue(code: number): number {
  let start = code;
  while (DIGIT.test(String.fromCodePoint(start - 1))) start -= 1;
  return (code - start) % 10;
}
