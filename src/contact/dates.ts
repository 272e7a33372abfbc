import { monthOfName } from './months.js';
import type { Problem } from '../problem.js';
import { isPlaceholder } from './cell/placeholder.js';
import { cleanText, quoted } from './text.js';

/** Whether the day or the month comes first in a date of three numbers. */
export type DateOrder = 'dmy' | 'mdy';

/**
 * What a date proves of its column: `dmy` and `mdy` name the only order that it can have, `iso` (year first) and
 * `text-month` fit any, `either` is a date in both orders (`04/12/2024`), `dotted` one with dots (`04.12.2024`): nobody writes
 * those with the month first, and so the day comes first where nothing in the column proves otherwise.
 */
export type DateShape = 'iso' | DateOrder | 'either' | 'dotted' | 'text-month' | 'blank' | 'invalid';

/** A date in ISO 8601, or why it is none; neither where the cell is blank. */
export interface DateReading {
  readonly value?: string;
  readonly problem?: Problem;
}

interface DateParts {
  /** The year as it is written: two digits or four. */
  readonly year: string;
  readonly time: string;
  readonly shape: 'iso' | 'text-month' | 'numbers';
  /** Month and day; for three numbers, the first and the second number. */
  readonly first: number;
  readonly second: number;
}

/** Which order of day and month the cell proves. */
export function dateShape(cell: string): DateShape {
  const text = cleanText(cell);
  if (isBlank(text)) return 'blank';
  const parts = partsOf(text);
  if (parts === undefined) return 'invalid';
  if (parts.shape !== 'numbers') return exists(parts.year, parts.first, parts.second) ? parts.shape : 'invalid';
  const canBeDmy = exists(parts.year, parts.second, parts.first);
  const canBeMdy = exists(parts.year, parts.first, parts.second);
  if (canBeDmy && canBeMdy) return DOTTED.test(text) ? 'dotted' : 'either';
  if (canBeDmy) return 'dmy';
  return canBeMdy ? 'mdy' : 'invalid';
}

/**
 * Reads a date as `yyyy-mm-dd`, with its time (`yyyy-mm-ddThh:mm[:ss[.fff]]` and zone, if any) where it has one. `order` is
 * the order of the cell's column; it decides only where the cell itself does not, and without it such a cell is the
 * problem `date_ambiguous`. Years of two digits are read from 00 to 30 as 2000 to 2030 and from 70 to 99 as 1970 to
 * 1999; between, where systems disagree, they are the problem `date_year_ambiguous`. `0/0/00` (Outlook) is blank.
 */
export function readDate(cell: string, order: DateOrder | undefined): DateReading {
  const shape = dateShape(cell);
  if (shape === 'blank') return {};
  const parts = partsOf(cleanText(cell));
  if (shape === 'invalid' || parts === undefined) return { problem: invalidDate(cell) };
  const isSameEitherWay = parts.first === parts.second;
  const own = shape === 'either' || shape === 'dotted' ? (order ?? (isSameEitherWay ? 'dmy' : undefined)) : shape;
  if (own === undefined) return { problem: ambiguousDate(cell) };
  const year = fullYear(parts.year);
  if (year === undefined) return { problem: ambiguousYear(cell) };
  const [month, day] = own === 'dmy' ? [parts.second, parts.first] : [parts.first, parts.second];
  return { value: `${year}-${twoDigits(month)}-${twoDigits(day)}${parts.time}` };
}

const TIME = String.raw`(?:(?:T|,?\s+(?:at\s+|um\s+|à\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})` + TIME, 'i');
const NUMBERS = new RegExp(String.raw`^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})` + TIME, 'i');
const DAY_MONTH = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er|º|°)?\.?[\s/-]*(?:de\s+|of\s+)?(\p{L}+\.?)[\s/,-]*(?:de\s+|del\s+)?(\d{4}|\d{2})` +
    TIME,
  'iu',
);
const MONTH_DAY = new RegExp(String.raw`^(\p{L}+\.?)[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})` + TIME, 'iu');

const DOTTED = /^\d{1,2}\.\s?\d{1,2}\.\s?\d{4}/;

function isBlank(text: string): boolean {
  return (
    text === '' ||
    isPlaceholder(text) ||
    /^(?:0{1,2}([-/.])0{1,2}\1(?:0000|00|0)|0000-00-00)(?:[T ]00:00(?::00)?)?$/.test(text)
  );
}

/** No date is longer; the patterns are not meant for whole notes. */
const LONGEST = 64;

function partsOf(text: string): DateParts | undefined {
  if (text.length > LONGEST) return undefined;
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return parts('iso', yearFirst[1], Number(yearFirst[3]), Number(yearFirst[4]), yearFirst.slice(5));
  const numbers = NUMBERS.exec(text);
  if (numbers) return parts('numbers', numbers[4], Number(numbers[1]), Number(numbers[3]), numbers.slice(5));
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth) return named(dayMonth[2], dayMonth[1], dayMonth[3], dayMonth.slice(4));
  const monthDay = MONTH_DAY.exec(text);
  return monthDay ? named(monthDay[1], monthDay[2], monthDay[3], monthDay.slice(4)) : undefined;
}

function named(name = '', day = '', year: string | undefined, time: readonly (string | undefined)[]) {
  const month = monthOfName(name);
  return month === undefined ? undefined : parts('text-month', year, month, Number(day), time);
}

function parts(
  shape: DateParts['shape'],
  year = '',
  first: number,
  second: number,
  [hour, minute, second60, fraction, half, zone]: readonly (string | undefined)[],
): DateParts | undefined {
  if (hour === undefined || minute === undefined) return { shape, year, first, second, time: '' };
  const hours = hoursOf(Number(hour), half);
  if (hours === undefined || Number(minute) > 59 || Number(second60 ?? 0) > 59) return undefined;
  const seconds = second60 === undefined ? '' : `:${second60}${fraction?.replace(',', '.') ?? ''}`;
  return { shape, year, first, second, time: `T${twoDigits(hours)}:${minute}${seconds}${zoneOf(zone)}` };
}

function hoursOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return '';
  return /^[+-]/.test(zone) ? zone.replace(/^(...):?(..)$/, '$1:$2') : 'Z';
}

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the day is in the Gregorian calendar. A two-digit year is checked as one of this century: leap years agree. */
function exists(year: string, month: number, day: number): boolean {
  if (day < 1 || day > (LONGEST_MONTHS[month - 1] ?? 0)) return false;
  if (month !== 2 || day < 29) return true;
  const full = Number(year) + (year.length === 2 ? 2000 : 0);
  return full % 4 === 0 && (full % 100 !== 0 || full % 400 === 0);
}

function fullYear(year: string): string | undefined {
  if (year.length === 4) return year;
  if (Number(year) <= 30) return `20${year}`;
  return Number(year) >= 70 ? `19${year}` : undefined;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function invalidDate(cell: string): Problem {
  return { code: 'invalid_date', message: `${quoted(cell)} is not a date.` };
}

function ambiguousDate(cell: string): Problem {
  return {
    code: 'date_ambiguous',
    message: `${quoted(cell)} may begin with the day or with the month, and nothing in its column decides.`,
    hint: 'Write dates as yyyy-mm-dd, or say with the map command whether the day or the month comes first.',
  };
}

function ambiguousYear(cell: string): Problem {
  return {
    code: 'date_year_ambiguous',
    message: `${quoted(cell)} has a year of two digits that may be of either century.`,
    hint: 'Write the year with four digits.',
  };
}
