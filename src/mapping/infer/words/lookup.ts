/** What words mean that are all understood: by a name of the alias tables, in whatever order, or by a name and qualifiers. Pure. */

import { NAMES_BY_MEANING } from '../../vocabulary/aliases.js';
import { once, phrasesOf } from '../../vocabulary/words.js';
import { readQualified } from './qualified.js';
import { senseOfWord, type Sense } from '../sense.js';

interface Names {
  readonly byKey: ReadonlyMap<string, Sense>;
  /** By the words sorted, for names of several words: "Name (First)" is "First Name". */
  readonly byBag: ReadonlyMap<string, Sense>;
}

const names = once((): Names => {
  const byKey = new Map<string, Sense>();
  const byBag = new Map<string, Sense>();
  for (const [word, list] of Object.entries(NAMES_BY_MEANING)) {
    const sense = senseOfWord(word);
    for (const phrase of phrasesOf(list)) {
      const key = phrase.join('');
      if (!byKey.has(key)) byKey.set(key, sense);
      const bag = bagOf(phrase);
      if (phrase.length > 1 && !byBag.has(bag)) byBag.set(bag, sense);
    }
  }
  return { byKey, byBag };
});

function bagOf(tokens: readonly string[]): string {
  return [...tokens].sort().join(' ');
}

/** What a name of the tables means, given its letters and digits alone. */
export function senseOfKey(key: string): Sense | undefined {
  return names().byKey.get(key);
}

/** Names that a number may follow: "Organization 1 - Name", "Website 2 - Value", "Tag 3". */
function numberedName(tokens: readonly string[]): Sense | undefined {
  const words = tokens.filter((token) => !/^\d{1,2}$/.test(token));
  if (words.length === tokens.length || words.length === 0) return undefined;
  const sense = senseOfKey(words.join('')) ?? senseOfKey(words.filter((word) => word !== 'value').join(''));
  if (sense === undefined) return undefined;
  const repeatable = sense.kind === 'link' || (sense.kind === 'field' && /^(?:tags|notes)$/.test(sense.field));
  return repeatable || tokens.includes('1') ? sense : undefined;
}

/** The meaning of words that are all understood; undefined where one of them is not. */
export function lookUp(tokens: readonly string[]): Sense | undefined {
  if (tokens.length === 0) return undefined;
  return (
    senseOfKey(tokens.join('')) ?? readQualified(tokens) ?? names().byBag.get(bagOf(tokens)) ?? numberedName(tokens)
  );
}
