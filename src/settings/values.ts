/** What particular settings hold: a country, fixed values, a delimiter, an address, a share. */
import { readCallingCode } from '../contact/phone/calling-code.js';
import { readCountry } from '../contact/country.js';
import { nameOfCountry } from '../country-name.js';
import { isLoopback } from '../endpoint.js';
import { nearestNames } from '../edit-distance.js';
import { COUNTRY_CODES } from './countries.js';
import { isObject } from './code-kinds.js';
import { shown, type Kind } from './kind.js';

/** A country as ISO 3166-1 alpha-2, in capitals. */
export const COUNTRY: Kind<string> = {
  control: 'text',
  check: (raw) => {
    const text = typeof raw === 'string' ? raw.trim() : '';
    const value = text.toUpperCase();
    if (COUNTRY_CODES.has(value)) return { value };
    const meant = readCountry(text) ?? countryOtherwise(text) ?? countryNearly(text);
    return meant !== undefined && COUNTRY_CODES.has(meant)
      ? { wrong: `${shown(raw)} is no country code`, next: `Did you mean ${meant}?` }
      : {
          wrong: `${shown(raw)} is no country`,
          next: 'Use two letters as in ISO 3166-1, for example GB, DE or US.',
        };
  },
};

/** Codes of sports and of cars that are not those of ISO 3166-1. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  GER: 'DE',
  D: 'DE',
  SUI: 'CH',
  NED: 'NL',
  DEN: 'DK',
  POR: 'PT',
  GRE: 'GR',
  CRO: 'HR',
  SLO: 'SI',
  BUL: 'BG',
  LAT: 'LV',
  RSA: 'ZA',
  ENG: 'GB',
  A: 'AT',
  F: 'FR',
  I: 'IT',
  E: 'ES',
};

/** A calling code, such as 49 or +49, or such a code: whose it is first of all. */
function countryOtherwise(text: string): string | undefined {
  const code = text.toUpperCase();
  if (Object.hasOwn(OTHER_CODES, code)) return OTHER_CODES[code];
  return /^(?:\+|00)?\d{1,3}$/.test(text) ? readCallingCode(text)?.country : undefined;
}

/** A name that is misspelled (`Germny`), not one so short that it is near to many. */
function countryNearly(text: string): string | undefined {
  if (text.length < 5) return undefined;
  const codes = [...COUNTRY_CODES];
  const names = codes.map(nameOfCountry);
  const [nearest] = nearestNames(text, names);
  return nearest === undefined ? undefined : codes[names.indexOf(nearest)];
}

/** Fixed values by field; as text `FIELD=VALUE`, again and again. */
export const FIXED_VALUES: Kind<Readonly<Record<string, string>>> = {
  control: 'pairs',
  check: (raw) => {
    const pairs = Array.isArray(raw) || typeof raw === 'string' ? [raw].flat().map(pairOf) : pairsOf(raw);
    const [odd] = isObject(raw) ? Object.entries(raw).filter(([, value]) => typeof value !== 'string') : [];
    if (odd !== undefined) {
      const [field, value] = odd as [string, unknown];
      return { within: `.${field}`, wrong: `${shown(value)} is no fixed value`, next: 'Write it as a text.' };
    }
    const isWhole = pairs?.every((pair) => pair !== undefined) === true;
    return isWhole
      ? { value: Object.fromEntries(pairs) }
      : {
          wrong: `${shown([raw].flat().find((one) => pairOf(one) === undefined) ?? raw)} is no fixed value`,
          next:
            typeof raw === 'string' || Array.isArray(raw)
              ? 'Write FIELD=VALUE, such as lead_source=Migration.'
              : "It is a text for each field, such as { lead_source: 'Migration' }.",
        };
  },
};

type Pair = readonly [field: string, value: string];

function pairOf(raw: unknown): Pair | undefined {
  if (typeof raw !== 'string') return undefined;
  const at = raw.indexOf('=');
  return at < 1 ? undefined : [raw.slice(0, at).trim(), raw.slice(at + 1).trim()];
}

function pairsOf(raw: unknown): (Pair | undefined)[] | undefined {
  if (!isObject(raw)) return undefined;
  return Object.entries(raw).map(([field, value]: [string, unknown]) =>
    typeof value === 'string' ? [field, value] : undefined,
  );
}

/** One character; `tab` or `\t` for a tabulator. */
export const DELIMITER: Kind<string> = {
  control: 'text',
  check: (raw) => {
    const value = raw === 'tab' || raw === '\\t' ? '\t' : raw;
    return typeof value === 'string' && [...value].length === 1 && !/["\r\n]/.test(value)
      ? { value }
      : { wrong: `${shown(raw)} is no delimiter`, next: 'It is one character, such as ; or | or tab.' };
  },
};

/** `10%` or `10`: a share of a hundred. */
export const PERCENT: Kind<number> = {
  control: 'text',
  check: (raw) => {
    const value = typeof raw === 'string' ? Number(/^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(raw)?.[1]) : raw;
    return typeof value === 'number' && value >= 0 && value <= 100
      ? { value }
      : { wrong: `${shown(raw)} is no percentage from 0 to 100`, next: 'Write it like 5%.' };
  },
};

/** Where something is posted: `https:`, or `http:` to this machine. */
export const POST_URL: Kind<string> = {
  control: 'text',
  check: (raw) => {
    const url = typeof raw === 'string' && URL.canParse(raw) ? new URL(raw) : undefined;
    // Its path is often a secret.
    if (url === undefined) return { wrong: 'this is no address', next: 'Write it in full, with https://.' };
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
      ? { value: url.href }
      : {
          wrong: `${shown(url.origin === 'null' ? url.protocol : url.origin)} is not safe to post to`,
          next: 'Use https: (http: only to this machine).',
        };
  },
};

/** Files, named again and again. */
export const PATHS: Kind<readonly string[]> = {
  control: 'path',
  check: (raw) => {
    const paths: unknown[] = [raw].flat();
    const value = paths.filter((path) => typeof path === 'string' && path !== '' && !path.includes('\0'));
    return value.length === paths.length && paths.length > 0
      ? { value: value as string[] }
      : { wrong: 'it needs the path of a file' };
  },
};

/** The id of a bot: what Clarky calls one, and never a key. */
export const BOT_ID: Kind<string> = {
  control: 'text',
  check: (raw) => {
    if (typeof raw !== 'string' || !/^\S+$/.test(raw.trim())) return { wrong: `${shown(raw)} is no bot id` };
    return /^ck_/i.test(raw.trim())
      ? { wrong: 'a key stands where the id of a bot is expected', next: 'clarky-contacts bots lists the ids.' }
      : { value: raw.trim() };
  },
};
