/** Keys in a text, wherever they come from: a person's slip, a server that repeats what it was sent. */

/** What Clarky's keys look like. */
const KEY = /ck_[a-z]+_[\w-]{4,}/gi;

/** What stands where a key was. */
const STRUCK = '(a key)';

/** @param known keys that are in use, whatever they look like */
export function withoutKeys(text: string, known: readonly string[] = []): string {
  const struck = known.filter((key) => key.length >= 4).reduce((said, key) => said.replaceAll(key, STRUCK), text);
  return struck.replace(KEY, STRUCK);
}

/** True where a whole key of Clarky's is in a text. */
export function holdsKey(text: string): boolean {
  return /ck_[a-z]+_[A-Za-z0-9]{20,}/.test(text);
}

/** True for what may well be a key: letters and digits, and nothing that a path, a command or a sentence has. */
export function looksLikeKey(text: string): boolean {
  return /^ck_/i.test(text) || (/^[\w-]{20,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text));
}

/** Several keys in one text, parted by commas, semicolons, blanks or line ends: no key holds any of these. */
export const severalIn = (text: string): string[] => text.split(/[,;\s]+/).filter((key) => key !== '');
