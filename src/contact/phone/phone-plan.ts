import metadata from 'libphonenumber-js/max/metadata';

/**
 * A numbering plan compiled from libphonenumber's own metadata, to answer for plain numbers in about a microsecond what
 * the library's parser takes thirteen for. It only ever says "valid, and this is it" or "ask the library".
 */
interface NumberingPlan {
  readonly callingCode: string;
  readonly internationalPrefix: RegExp | undefined;
  readonly nationalNumber: RegExp;
  readonly nationalPrefix: RegExp | undefined;
  /** Set for a country that owns a range of a shared calling code, whatever type its number has. */
  readonly leadingDigits: RegExp | undefined;
  readonly types: readonly { readonly lengths: number; readonly pattern: RegExp }[];
}

// Positions in the arrays of metadata format 4 (libphonenumber-js, METADATA.md). A test compares the answers.
const CALLING_CODE = 0;
const INTERNATIONAL_PREFIX = 1;
const NATIONAL_NUMBER = 2;
const POSSIBLE_LENGTHS = 3;
const NATIONAL_PREFIX = 5;
const NATIONAL_PREFIX_FOR_PARSING = 7;
const LEADING_DIGITS = 10;
const TYPES = 11;

const COUNTRIES = metadata.countries as unknown as Readonly<Record<string, readonly unknown[] | undefined>>;
const COUNTRIES_BY_CALLING_CODE = metadata.country_calling_codes as unknown as Readonly<
  Record<string, readonly string[] | undefined>
>;

/** Whether libphonenumber knows the country, given as an ISO 3166-1 alpha-2 code in capitals. */
export function isCountry(code: string): boolean {
  return Object.hasOwn(COUNTRIES, code);
}

/** Whether a number without its country begins as one of that country is written: with the zero in front, where numbers there have one. */
export function isWrittenAsIn(country: string, number: string): boolean {
  const prefix = isCountry(country) ? textAt(COUNTRIES[country] ?? [], NATIONAL_PREFIX) : undefined;
  return prefix?.startsWith('0') !== true || /^\D*0/.test(number);
}

/** The country that a calling code (digits without +) stands for first: 1 is the US, 44 Great Britain. */
export function mainCountryOf(callingCode: string): string | undefined {
  return Object.hasOwn(COUNTRIES_BY_CALLING_CODE, callingCode)
    ? COUNTRIES_BY_CALLING_CODE[callingCode]?.[0]
    : undefined;
}

/** How numbers of a calling code are dialled by those who have it. */
export interface CallingCodePlan {
  /** Digits without +. */
  readonly code: string;
  /** What stands before a number that is dialled within the country, of its first country. */
  readonly trunkPrefix: string | undefined;
  /** How many digits a number has behind the code, in any of its countries. */
  readonly lengths: ReadonlySet<number>;
}

let codes: readonly CallingCodePlan[] | undefined;

/** Every calling code of a country; none begins another one (ITU-T E.164). */
export function callingCodes(): readonly CallingCodePlan[] {
  return (codes ??= Object.entries(COUNTRIES_BY_CALLING_CODE).map(([code, countries = []]) => ({
    code,
    trunkPrefix: textAt(COUNTRIES[countries[0] ?? ''] ?? [], NATIONAL_PREFIX),
    lengths: new Set(
      countries.flatMap((country) => (COUNTRIES[country]?.[POSSIBLE_LENGTHS] ?? []) as readonly number[]),
    ),
  })));
}

const plans = new Map<string, NumberingPlan | undefined>();
const sharedPlans = new Map<string, readonly NumberingPlan[]>();

/** The E.164 form of `digits` (calling code first, no +), or undefined where only the library can tell. */
export function fastInternational(digits: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const main = plansSharing(digits.slice(0, length))[0];
    if (main !== undefined) return fastNumber(digits.slice(length), main);
  }
  return undefined;
}

const SHORTEST_INTERNATIONAL = 12;

/**
 * The E.164 form of `digits` as written inside `country`, or undefined where only the library can tell, or where they
 * may be an international number that has lost its +.
 */
export function fastNational(digits: string, country: string): string | undefined {
  const plan = planOf(country);
  if (plan?.internationalPrefix === undefined || plan.internationalPrefix.test(digits)) return undefined;
  const mayBeInternational = digits.length >= SHORTEST_INTERNATIONAL || digits.startsWith(plan.callingCode);
  if (mayBeInternational && plan.nationalPrefix?.test(digits) !== true) return undefined;
  return fastNumber(digits, plan);
}

function fastNumber(digits: string, plan: NumberingPlan): string | undefined {
  const prefix = plan.nationalPrefix?.exec(digits);
  // A prefix with captured groups may rewrite the number.
  if (prefix && prefix.length > 1) return undefined;
  const national = prefix ? digits.slice(prefix[0].length) : digits;
  if (!plan.nationalNumber.test(national)) return undefined;
  return isValid(national, plan) ? `+${plan.callingCode}${national}` : undefined;
}

/** The first country that claims the number decides, in the order of the metadata, as it does in the library. */
function isValid(national: string, plan: NumberingPlan): boolean {
  const sharing = plansSharing(plan.callingCode);
  if (sharing.length === 1) return hasType(national, plan);
  for (const candidate of sharing) {
    if (candidate.leadingDigits?.test(national) === true) return hasType(national, candidate);
    if (candidate.leadingDigits === undefined && hasType(national, candidate)) return true;
  }
  return false;
}

function hasType(national: string, plan: NumberingPlan): boolean {
  if (!plan.nationalNumber.test(national)) return false;
  const lengthBit = 1 << national.length;
  for (const type of plan.types) if ((type.lengths & lengthBit) !== 0 && type.pattern.test(national)) return true;
  return false;
}

function plansSharing(callingCode: string): readonly NumberingPlan[] {
  let sharing = sharedPlans.get(callingCode);
  if (sharing === undefined) {
    const countries = Object.hasOwn(COUNTRIES_BY_CALLING_CODE, callingCode)
      ? (COUNTRIES_BY_CALLING_CODE[callingCode] ?? [])
      : [];
    sharing = countries.map(planOf).filter((plan) => plan !== undefined);
    sharedPlans.set(callingCode, sharing);
  }
  return sharing;
}

function planOf(country: string): NumberingPlan | undefined {
  if (!plans.has(country)) plans.set(country, isCountry(country) ? compiled(COUNTRIES[country] ?? []) : undefined);
  return plans.get(country);
}

function compiled(row: readonly unknown[]): NumberingPlan {
  const prefix = textAt(row, NATIONAL_PREFIX_FOR_PARSING) ?? textAt(row, NATIONAL_PREFIX);
  const types = (row[TYPES] ?? []) as readonly (readonly [pattern: string | 0, lengths?: readonly number[] | 0] | 0)[];
  return {
    callingCode: textAt(row, CALLING_CODE) ?? '',
    internationalPrefix: atStart(textAt(row, INTERNATIONAL_PREFIX)),
    nationalNumber: entire(textAt(row, NATIONAL_NUMBER) ?? ''),
    nationalPrefix: atStart(prefix),
    leadingDigits: atStart(textAt(row, LEADING_DIGITS)),
    // A type that the country does not have is 0, or has 0 for its pattern.
    types: types.flatMap((type) => {
      const [pattern, lengths] = type === 0 ? [0 as const] : type;
      const bits = lengthBits(lengths ? lengths : (row[POSSIBLE_LENGTHS] as readonly number[]));
      return pattern ? [{ pattern: entire(pattern), lengths: bits }] : [];
    }),
  };
}

function textAt(row: readonly unknown[], index: number): string | undefined {
  const value = row[index];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function atStart(pattern: string | undefined): RegExp | undefined {
  return pattern === undefined ? undefined : new RegExp(`^(?:${pattern})`);
}

function entire(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function lengthBits(lengths: readonly number[]): number {
  return lengths.reduce((bits, length) => bits | (1 << length), 0);
}

/** The country that a phone in E.164 is first taken for. */
export function countryOfPhone(e164: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const country = mainCountryOf(e164.slice(1, 1 + length));
    if (country !== undefined) return country;
  }
  return undefined;
}
