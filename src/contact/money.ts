import type { Problem } from '../problem.js';
import { isPlaceholder } from './cell/placeholder.js';
import { cleanText, quoted } from './text.js';

/** The character between units and fractions. */
export type DecimalMark = 'point' | 'comma';

/**
 * What an amount proves of its column: `point` and `comma` name the decimal mark that it can only have, `plain` fits both
 * in the same sense, `either` means one amount with a decimal point and another with a decimal comma (`1,234`).
 */
export type MoneyShape = 'blank' | 'plain' | DecimalMark | 'either' | 'invalid';

/** An amount, or why it is none; neither where the cell is blank. */
export interface MoneyReading {
  readonly value?: number;
  readonly problem?: Problem;
}

interface Amount {
  readonly shape: MoneyShape;
  readonly isNegative: boolean;
  /** Digits with at most `.` and `,`, other group marks taken out. */
  readonly digits: string;
}

/** Which decimal mark the cell proves, whatever currency stands around it. */
export function moneyShape(cell: string): MoneyShape {
  return amountOf(cell).shape;
}

/**
 * Reads an amount of money. `decimal` is the mark that the cell's column has; it decides only where the cell itself does
 * not (`1,234`), and without it such a cell is the problem `money_ambiguous`. The currency is not looked at: Clarky
 * holds amounts in the workspace's own.
 */
export function readMoney(cell: string, decimal: DecimalMark | undefined): MoneyReading {
  const { shape, isNegative, digits } = amountOf(cell);
  if (shape === 'blank') return {};
  if (shape === 'invalid') return { problem: invalidMoney(cell) };
  const mark = shape === 'point' || shape === 'comma' ? shape : decimal;
  if (shape === 'either' && mark === undefined) return { problem: ambiguousMoney(cell) };
  const plain = mark === 'comma' ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '');
  if (plain.replace('.', '').replace(/^0+/, '').length > MOST_DIGITS) return { problem: tooLong(cell) };
  const value = Number(plain);
  return { value: isNegative && value !== 0 ? -value : value };
}

/** A double holds every decimal number of 15 digits exactly enough to print it again (IEEE 754, DBL_DIG). */
const MOST_DIGITS = 15;

/** No amount is longer; the pattern is not meant for whole notes. */
const LONGEST = 64;

const BLANK: Amount = { shape: 'blank', isNegative: false, digits: '' };
const INVALID: Amount = { shape: 'invalid', isNegative: false, digits: '' };

/** Sign, currency, sign, digits, currency, sign: each may be absent. */
const CURRENCY = String.raw`(\p{L}+\.?|\p{L}{0,3}\p{Sc})?`;
const BODY = String.raw`([\d.,'’ ]*\d|[\d.,'’ ]*\d[.,]--?)`;
const AMOUNT = new RegExp(`^([-+]?) ?${CURRENCY} ?([-+]?) ?${BODY} ?${CURRENCY} ?(-?)$`, 'u');
const CURRENCY_NAMES = new Set(
  'kr kr. fr fr. sfr sfr. us$ r$ a$ c$ ca$ au$ nz$ hk$ s$ mx$ zł kč ft лв руб руб. р. rs rs. euro euros dollar dollars rmb tl lei'.split(
    ' ',
  ),
);

/** Most amounts: nothing to clean, and no mark that could group. */
const PLAIN_AMOUNT = /^(-?)(\d+(\.\d\d?)?)$/;

function amountOf(cell: string): Amount {
  const plain = cell.length > LONGEST ? null : PLAIN_AMOUNT.exec(cell);
  if (plain !== null) {
    const [, sign, digits = '', fraction] = plain;
    return { shape: fraction === undefined ? 'plain' : 'point', isNegative: sign === '-', digits };
  }
  const text = cleanText(cell)
    .replace(/[\s\u00a0\u2007\u2009\u202f]+/g, ' ')
    .replace(/[−–—]/g, '-');
  if (text === '' || isPlaceholder(text)) return BLANK;
  if (text.length > LONGEST) return INVALID;
  const inBrackets = /^\((.*)\)$/.exec(text)?.[1];
  const match = AMOUNT.exec(inBrackets ?? text);
  if (match === null) return INVALID;
  const [, sign = '', before = '', innerSign = '', body = '', after = '', endSign = ''] = match;
  const signs = [sign, innerSign, endSign, inBrackets === undefined ? '' : '-'].filter((each) => each !== '');
  if (signs.length > 1 || !areCurrency(before, after)) return INVALID;
  // `5,-` and `5.--` are whole amounts in shops from Oslo to Zürich.
  const digits = withoutGroupMarks(body.trim().replace(/([.,])--?$/, '$100'));
  if (digits === undefined) return INVALID;
  return { shape: shapeOf(digits), isNegative: signs[0] === '-', digits };
}

function areCurrency(before: string, after: string): boolean {
  return (before === '' || after === '') && isCurrency(before === '' ? after : before);
}

let currencyCodes: ReadonlySet<string> | undefined;

function isCurrency(text: string): boolean {
  if (text === '' || /^\p{Sc}$/u.test(text) || CURRENCY_NAMES.has(text.toLowerCase())) return true;
  currencyCodes ??= new Set(Intl.supportedValuesOf('currency'));
  return currencyCodes.has(text.toUpperCase());
}

/** Takes out spaces and apostrophes that group digits by three; undefined where they group otherwise. */
function withoutGroupMarks(body: string): string | undefined {
  if (!/[ '’]/.test(body)) return body;
  const grouped = /^\d{1,3}(?:( |['’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/.test(body);
  return grouped ? body.replace(/[ '’]/g, '') : undefined;
}

function shapeOf(digits: string): MoneyShape {
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points + commas === 0) return 'plain';
  if (points > 0 && commas > 0) {
    const mark = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? 'point' : 'comma';
    const whole = digits.slice(0, digits.lastIndexOf(mark === 'point' ? '.' : ','));
    return isGrouped(whole, mark) ? mark : 'invalid';
  }
  const only = points > 0 ? 'point' : 'comma';
  const other = points > 0 ? 'comma' : 'point';
  // A mark that occurs twice groups, and then the decimal mark is the other one.
  if (points + commas > 1) return isGrouped(digits, other) ? other : 'invalid';
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? 'either' : only;
}

/** Whole digits grouped for a decimal mark: by threes; with a decimal point also the Indian way (12,34,567). */
function isGrouped(whole: string, mark: DecimalMark): boolean {
  if (mark === 'comma') return /^\d{1,3}(?:\.\d{3})+$/.test(whole);
  return /^\d{1,3}(?:,\d{3})+$/.test(whole) || /^\d{1,2}(?:,\d{2})+,\d{3}$/.test(whole);
}

function invalidMoney(cell: string): Problem {
  return { code: 'invalid_money', message: `${quoted(cell)} is not an amount of money.` };
}

function tooLong(cell: string): Problem {
  return {
    code: 'money_too_precise',
    message: `${quoted(cell)} has more than ${MOST_DIGITS} digits, which would be rounded.`,
  };
}

function ambiguousMoney(cell: string): Problem {
  return {
    code: 'money_ambiguous',
    message: `${quoted(cell)} may have a decimal point or a decimal comma, and nothing in its column decides.`,
    hint: 'Write it without separators, or say with the map command which decimal mark the column has.',
  };
}

/** The amount that a program's own number is, such as 0.1 + 0.2, in the digits that it is good for. */
export function amountOfNumber(given: unknown): { readonly value: number; readonly problem: undefined } | undefined {
  if (typeof given !== 'number' || Math.abs(given) >= 1e15) return undefined;
  return { value: Number(given.toPrecision(15)), problem: undefined };
}
