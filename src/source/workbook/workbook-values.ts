/** What a workbook stores to what a person sees: numbers, dates and texts as they would stand in a CSV. */

/** Built-in number formats that show dates or times (ECMA-376 part 1, 18.8.30, with the East Asian ones). */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const BUILT_IN_EAST_ASIAN_DATES = { from: 27, to: 58 };
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 45, 46, 47]);
const DAY_MS = 86_400_000;

/** How a cell's number is meant to be shown, as far as that changes what it says. */
export type NumberStyle =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  /** At least so many digits, behind a prefix: postal codes by `00000`, phone numbers by `"+"0`. */
  | { readonly kind: 'digits'; readonly digits: number; readonly prefix: string };

const PLAIN: NumberStyle = { kind: 'plain' };
/** Excel allows 255 characters; looking through brackets that nothing closes takes their square. */
const LONGEST_FORMAT = 1000;

/**
 * Reads a number format.
 * @param id the format's number; built-in ones have no code in the file
 * @param code the format's code, e.g. `dd/mm/yyyy`
 */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    if (BUILT_IN_TIMES.has(id)) return { kind: 'time' };
    const isEastAsian = id >= BUILT_IN_EAST_ASIAN_DATES.from && id <= BUILT_IN_EAST_ASIAN_DATES.to;
    return BUILT_IN_DATES.has(id) || (isEastAsian && (id <= 36 || id >= 50)) ? { kind: 'date' } : PLAIN;
  }
  if (code.length > LONGEST_FORMAT) return PLAIN;
  const digits = /^(?:"(\+|00)"|\\?(\+))?(0+|#)$/.exec(code);
  if (digits !== null) {
    return {
      kind: 'digits',
      digits: digits[3] === '#' ? 0 : (digits[3]?.length ?? 0),
      prefix: digits[1] ?? digits[2] ?? '',
    };
  }
  // Colours, conditions and locales stand in brackets, except for elapsed hours, minutes and seconds.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General/gi, '');
  if (/[yd]/i.test(bare)) return { kind: 'date' };
  return /[hs]/i.test(bare) ? { kind: 'time' } : /m/i.test(bare) ? { kind: 'date' } : PLAIN;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function timeOf(secondsOfDay: number): string {
  const hours = Math.floor(secondsOfDay / 3600);
  const minutes = Math.floor((secondsOfDay % 3600) / 60);
  const seconds = secondsOfDay % 60;
  return `${twoDigits(hours)}:${twoDigits(minutes)}${seconds === 0 ? '' : `:${twoDigits(seconds)}`}`;
}

/** A date's serial number to ISO 8601, with the time where it has one. Serial 60 is Excel's 29 February 1900, which never was. */
function isoDate(serial: number, since1904: boolean): string | undefined {
  const totalSeconds = Math.round(serial * 86_400);
  const days = Math.floor(totalSeconds / 86_400);
  const epochDays = since1904 ? days - 24_107 : days - 25_569 + (days < 60 ? 1 : 0);
  const date = new Date(epochDays * DAY_MS);
  if (days < 0 || Number.isNaN(date.getTime())) return undefined;
  const day = date.toISOString().slice(0, 10);
  const secondsOfDay = totalSeconds - days * 86_400;
  return secondsOfDay === 0 ? day : `${day}T${timeOf(secondsOfDay)}`;
}

/** A number in plain decimals: never `4.47911E+11`, no `.0`, and no noise beyond the 15 digits that Excel has. */
export function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const [mantissa = '', exponent = '0'] = value.toExponential(14).split('e');
  const shift = Number(exponent);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const whole = shift < 0 ? '0' : digits.slice(0, shift + 1).padEnd(shift + 1, '0');
  const fraction = (shift < 0 ? '0'.repeat(-shift - 1) + digits : digits.slice(shift + 1)).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

/**
 * A stored number as it would stand in a CSV.
 * @param stored the number as the file has it, which may be `4.47911123456E11`
 * @param since1904 the workbook counts days from 1904
 */
export function numberText(stored: string, style: NumberStyle, since1904: boolean): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (style.kind === 'time' && value >= 0 && value < 1) return timeOf(Math.round(value * 86_400) % 86_400);
  if (style.kind === 'date' || style.kind === 'time') return isoDate(value, since1904) ?? plainNumber(value);
  if (style.kind === 'digits' && Number.isInteger(value) && value >= 0) {
    return style.prefix + plainNumber(value).padStart(style.digits, '0');
  }
  return plainNumber(value);
}

/** Undoes OOXML's escapes for characters that XML can't hold: `_x000D_` is a carriage return (ECMA-376 part 1, 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The index (from 0) of the column in a cell's reference: `A1` is 0, `AB12` is 27. Undefined for what is no reference. */
export function columnIndex(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** A cell as every spreadsheet names it, `F5`. @param column from 0 */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}
