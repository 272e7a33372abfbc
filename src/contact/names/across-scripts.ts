/** A name beside one in a script that is not written letter by letter as its own is. Pure. */
import { isKnownName } from './first-names.js';
import { namePartsOf, type KeptName, type NameParts } from './kept-name.js';
import { likenessInLatin, type Likeness } from './scripts/romanised.js';
import { LATIN, soundsAlike } from './scripts/transliteration.js';

/** How alike two names of such scripts are; undefined where it can't be told. */
export function likenessAcross(kept: KeptName, { romanised, words, script, given }: NameParts): Likeness {
  if (kept.script === LATIN && romanised !== undefined)
    return likenessInLatin(romanised, { words: kept.words, isGivenKnown: kept.given?.isKnown === true });
  if (script === LATIN && kept.romanised !== undefined)
    return likenessInLatin(kept.romanised, { words, isGivenKnown: isKnownName(given) });
  return undefined;
}

/** Whether two names are in scripts that can't be compared, so that it is not clear whether they are one. */
export function isUnclearAcross(kept: KeptName, name: string): boolean {
  const parts = namePartsOf(name);
  if (kept.script === parts.script || kept.words.length === 0 || parts.words.length === 0) return false;
  const isOfFirm = [kept.bearer, parts.bearer].some((bearer) => bearer === 'company' || bearer === 'firm');
  if (isOfFirm || soundsAlike({ kept: kept.script, other: parts.script }) !== undefined) return false;
  return likenessAcross(kept, parts) !== 'both';
}
