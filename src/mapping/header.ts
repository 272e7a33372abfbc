/** Header cells made comparable: one spelling for what people and programs write in many. Pure. */

/** Invisible in a cell: BOM, zero width characters, soft hyphen, direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** A time zone or currency in capitals after the name, as Intercom ("Last seen (AEDT)") and Stripe ("Created (UTC)") write it. */
const CAPITALS_AFTER = /(?<!\s)\s*\((?:[A-Z]{2,5})(?:[+-]\d{1,2}(?::?\d{2})?)?\)\s*$/;

/** Letters that Unicode doesn't decompose, but people leave out or replace. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };

/**
 * The comparable form of a header cell: NFKC, without accents, lower-case in every language (Turkish İ too), without BOM,
 * zero width and non-breaking characters; `_ - .`, line breaks and runs of blanks are one space; a trailing `*`, `:`, `?`,
 * "(required)" or time zone is gone.
 */
export function normaliseHeader(raw: string): string {
  return foldLetters(raw.replace(INVISIBLE, '').replace(CAPITALS_AFTER, ''))
    .replace(/\((?:required|optional|pflichtfeld|obligatoire)\)/g, ' ')
    .replace(/[\s_.\-\u2010-\u2015]+/g, ' ')
    .replace(/(?<![\s*:?])[\s*:?]+$/, '')
    .trim();
}

/** Lower-case in every language, without accents, and with the letters that others write for those they don't have. */
function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u064b-\u0655]/g, '')
    .replace(/[ßøłæœđı]/g, (letter) => FOLDED[letter] ?? letter)
    .normalize('NFC');
}

/** Nothing to make comparable: true of most names in the alias tables, which are compared on every start. */
const PLAIN_WORDS = /^(?:[a-z]+|\d+)(?: (?:[a-z]+|\d+))*$/;

/** The article that Arabic writes onto its noun. */
const ARABIC_ARTICLE = /^(?:\u0627\u0644)+(?=[\u0621-\u064a]{3})/;

/** Letters of one case, and of scripts that have none. */
const SMALL =
  '[a-z\\u00df-\\u00f6\\u00f8-\\u013e\\u0141-\\u0148\\u014a-\\u017e\\u03ac-\\u03ce\\u0430-\\u045f\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fff\\uac00-\\ud7a3]+';

/** Words of such letters: the other names in the alias tables, of which nothing but the letters is made comparable. */
const PLAIN_LETTERS = new RegExp(`^${SMALL}(?: ${SMALL})*$`);

const ASCII = /^[\x20-\x7e]*$/;

/** Most headers that are kept taken apart: more than a file has columns, as a rule. */
const MOST_KEPT = 500;

/** A header longer than that is taken apart each time it is asked for. */
const LONGEST_KEPT = 200;

/** Of each header some twenty rules ask, one after the other, for the same words. */
const kept = new Map<string, readonly string[]>();

/** The words and numbers of a header: "E-mail 2: Adresse" is e, mail, 2, adresse; `POCity` is po, city. */
export function headerTokens(raw: string): readonly string[] {
  if (PLAIN_WORDS.test(raw)) return raw.split(' ');
  if (raw.length > LONGEST_KEPT) return takenApart(raw);
  let tokens = kept.get(raw);
  if (tokens === undefined) {
    tokens = takenApart(raw);
    if (kept.size === MOST_KEPT) kept.clear();
    kept.set(raw, tokens);
  }
  return tokens;
}

function takenApart(raw: string): string[] {
  if (ASCII.test(raw)) return asciiTokens(raw);
  if (PLAIN_LETTERS.test(raw) && raw === raw.toLowerCase()) return foldLetters(raw).split(' ');
  const parted = raw.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1 $2');
  const tokens = normaliseHeader(parted).match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
  return tokens.map((token) => token.replace(ARABIC_ARTICLE, ''));
}

/** The same as for all scripts, without the classes of letters that take node ten milliseconds to prepare. */
function asciiTokens(raw: string): string[] {
  const parted = raw.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z]{2})/g, '$1 $2');
  return normaliseHeader(parted).match(/[a-z]+|[0-9]+/g) ?? [];
}

/** The header's letters and digits alone, so that "E-Mail", "e_mail" and "EMail" are one name. */
export function headerKey(raw: string): string {
  return headerTokens(raw).join('');
}

/** The header as a person may read it, and the key of its custom field: trimmed, on one line, otherwise as spelt. */
export function displayHeader(raw: string): string {
  return raw
    .replace(INVISIBLE, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** How often each header occurred before it, by its comparable form: 0 for the first "Titre", 1 for the second. */
export function headerOccurrences(header: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return header.map((raw) => {
    const key = normaliseHeader(raw);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before;
  });
}
