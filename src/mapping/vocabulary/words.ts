/** The data lists as sets: parted, made comparable, ready to be looked up. Pure; built once, on first use. */

import { headerTokens } from '../header.js';

/** Each list that was asked for: most are used in several ways, and making them comparable is a part of every start. */
const parted = new Map<string, readonly (readonly string[])[]>();

/** The entries of a list parted by `;`, each as its words. Of lists in the source alone: they are kept. */
export function phrasesOf(list: string): readonly (readonly string[])[] {
  const kept = parted.get(list);
  if (kept !== undefined) return kept;
  const phrases = list
    .split(';')
    .map((entry) => headerTokens(entry.trim()))
    .filter((tokens) => tokens.length > 0);
  parted.set(list, phrases);
  return phrases;
}

/** The entries of a list as keys (letters and digits alone). */
export function keysOf(list: string): string[] {
  return phrasesOf(list).map((tokens) => tokens.join(''));
}

/** A value that is computed when it is first asked for, so that importing a module costs nothing. */
export function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => (kept ??= { value: compute() }).value;
}
