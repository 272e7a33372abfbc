/** What a spreadsheet makes of a cell that it takes for a number or a date, as it opens and saves a file of text. */
import { monthOfName } from '../months.js';

/** What it makes another number or a date of: a postal code with its zero, a long number, a date (where days are parted by dots, 31.12.25 of 31.12.2025), a house number 3-4. */
const REWRITTEN =
  /^(?:0\d+|\d{12,}|\d+[eE]\d{1,2}|\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|\d{1,2}[-/]\d{1,2}(?:[-/]\d{1,4})?|\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4}))$/;
/** The same where the decimal mark is a comma: the 12th of May. */
const REWRITTEN_BY_COMMA = /^\d+\.\d+$/;
/** An amount that it writes otherwise: without what parts its thousands (1.234,50), without a zero at the end (99,90) or at the beginning. */
const AMOUNT_REWRITTEN =
  /^-?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?:0\d+[.,]\d+|\d+[.,]\d*0))$/;
/** Longer ones are no numbers. */
const MOST_CHARACTERS = 40;

export function mayBeRewritten(cell: string, hasDecimalComma: boolean): boolean {
  if (cell.length > MOST_CHARACTERS) return false;
  return REWRITTEN.test(cell) || (hasDecimalComma && REWRITTEN_BY_COMMA.test(cell));
}

/** An amount that stays the same one, and is written otherwise: 1.234,50 becomes 1234,5. */
export function isReformatted(cell: string): boolean {
  return cell.length <= MOST_CHARACTERS && AMOUNT_REWRITTEN.test(cell);
}

/** True for a number with a mark in it: a person who is asked how it is meant may write the same number in another way. */
export function isMarkedNumber(cell: string): boolean {
  return /^-?\d+(?:[.,]\d+)+$/.test(cell);
}

/** True for a date without a year, or without its century, which a spreadsheet chooses: a person may correct just that. */
export function isHalfDate(cell: string): boolean {
  return /^\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2})?$/.test(cell);
}

/** Whether `now` is what a spreadsheet made of `was`, and nothing that anybody would write instead. */
export function isRewritten(was: string, now: string): boolean {
  const cell = now.trim();
  if (cell === was || cell === '') return false;
  return isSameNumber(was, cell) || isSameAmount(was, cell) || isSameDate(was, cell);
}

/** More than these a spreadsheet does not keep. */
const DIGITS_KEPT = 15;

function isSameNumber(was: string, now: string): boolean {
  const digits = digitsOf(was);
  if (digits === undefined) return false;
  const [, one = '', rest = '', power = ''] = /^(\d)(?:[.,](\d+))?E\+?(\d{1,3})$/i.exec(now) ?? [];
  if (one !== '')
    return (
      Number(power) === digits.length - 1 && rounded(digits, 1 + rest.length) === rounded(one + rest, 1 + rest.length)
    );
  return /^\d+$/.test(now) && (now === digits || now === rounded(digits, DIGITS_KEPT).padEnd(digits.length, '0'));
}

/** Whether both may be one amount, whichever of their marks parts the thousands. */
function isSameAmount(was: string, now: string): boolean {
  const before = amountsOf(was);
  return amountsOf(now).some((amount) => before.includes(amount));
}

/** What an amount may be, without the zeros that say nothing. */
function amountsOf(text: string): string[] {
  return [/^(-?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/, /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/].flatMap(
    (form) => {
      const [, sign = '', whole = '', part = ''] = form.exec(text) ?? [];
      if (whole === '') return [];
      return [`${sign}${whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}.${part.replace(/0+$/, '')}`];
    },
  );
}

/** The digits of a whole number as a spreadsheet reads it; of 1.234 as well, where the point parts thousands. */
function digitsOf(was: string): string | undefined {
  const [, mantissa = '', power = '0'] = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:e(\d+))?$/i.exec(was) ?? [];
  if (mantissa === '') return undefined;
  const digits = mantissa.replaceAll('.', '').replace(/^0+(?=\d)/, '');
  return digits === '0' ? digits : digits + '0'.repeat(Number(power));
}

/** The first digits of a number, the last of them rounded or cut off as some do; without the zeros behind. */
function rounded(digits: string, kept: number): string {
  if (digits.length <= kept) return digits.replace(/0+$/, '');
  const head = BigInt(digits.slice(0, kept)) + ((digits[kept] ?? '0') >= '5' ? 1n : 0n);
  return head.toString().slice(0, kept).replace(/0+$/, '');
}

/** A date as it is written: parts whose order is not known, and a year where one is there. */
interface Written {
  readonly parts: readonly number[];
  readonly year: number | undefined;
  readonly time: string;
}

function isSameDate(was: string, now: string): boolean {
  const before = writtenDate(was);
  if (before === undefined) return false;
  const after = writtenDate(now) ?? namedMonth(now) ?? ofSerial(now);
  if (after === undefined) return false;
  if (
    before.time.replace(/:00$/, '') !== after.time.replace(/:00$/, '') &&
    !(after.time === '' && /^[0:]*$/.test(before.time))
  )
    return false;
  const [a = 0, b = 0] = before.parts;
  const isPair =
    after.parts.length === 2 &&
    after.parts.includes(a) &&
    after.parts.includes(b) &&
    (a !== b || after.parts[0] === after.parts[1]);
  // A month and a year: 12-81.
  if (before.year === undefined) return isPair || (after.parts.length === 1 && isMonthOfYear(a, b, after));
  return isPair && after.year !== undefined && before.year % 100 === after.year % 100;
}

function isMonthOfYear(a: number, b: number, { parts: [month], year = -1 }: Written): boolean {
  return (a === month && b % 100 === year % 100) || (b === month && a % 100 === year % 100);
}

function writtenDate(text: string): Written | undefined {
  const [date = '', time = ''] = text.replace(/Z$/, '').split(/[T ]/);
  const [, first = '', second = '', third] = /^(\d{1,4})[-/.](\d{1,2})(?:[-/.](\d{1,4}))?$/.exec(date) ?? [];
  if (first === '' || !/^[\d:.]*$/.test(time)) return undefined;
  const clock = time.replace(/\.\d+$/, '').replace(/^(?=\d:)/, '0');
  if (first.length > 2) return third === undefined ? undefined : dated([second, third], first, clock);
  return dated([first, second], third, clock);
}

function dated(parts: readonly string[], year: string | undefined, time: string): Written {
  return { parts: parts.map(Number), year: year === undefined ? undefined : Number(year), time };
}

/** `03. Apr`, `3-Apr`, `Apr 81`, `3. April 2026`. */
function namedMonth(text: string): Written | undefined {
  const [, day, name = '', after] = /^(?:(\d{1,2})[. -]*)?(\p{L}+)[.]?(?:[. -]*(\d{1,4}))?$/u.exec(text) ?? [];
  const month = monthOfName(name);
  if (month === undefined) return undefined;
  const year = after === undefined ? undefined : Number(after);
  if (day !== undefined) return { parts: [Number(day), month], year, time: '' };
  return year === undefined ? undefined : { parts: [month], year, time: '' };
}

const MS_PER_DAY = 86_400_000;

/** The number of a day, which is what a date is where its format was taken off. */
function ofSerial(text: string): Written | undefined {
  if (!/^[1-7]\d{4}$/.test(text)) return undefined;
  const day = new Date(Date.UTC(1899, 11, 30) + Number(text) * MS_PER_DAY);
  return { parts: [day.getUTCMonth() + 1, day.getUTCDate()], year: day.getUTCFullYear(), time: '' };
}
