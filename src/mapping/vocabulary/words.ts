/** The data lists as sets: parted, made comparable, ready to be looked up. Pure; built once, on first use. */

import { headerTokens } from '../header.js';

/** The entries of a list parted by `;`, each as its words. */
export function phrasesOf(list: string): string[][] {
  return list
    .split(';')
    .map((entry) => headerTokens(entry.trim()))
    .filter((tokens) => tokens.length > 0);
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
