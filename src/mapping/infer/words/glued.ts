/** Words that languages and programs write as one: "Kotiosoite", "Privattelefon", `MAILINGCITY`, 公司名称. Pure. */

import { ADDRESS_NAMES, EMAIL_NAMES, NAMES_BY_MEANING, PHONE_NAMES } from '../../vocabulary/aliases.js';
import { NOISE_WORDS, PLACE_WORDS, ROLE_WORDS, SUBJECT_WORDS, THING_WORDS } from '../../vocabulary/context.js';
import { QUALIFIER_NAMES } from '../../vocabulary/qualifiers.js';
import { once, phrasesOf } from '../../vocabulary/words.js';

const CJK = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

const pieces = once((): ReadonlySet<string> => {
  const fields = Object.entries(NAMES_BY_MEANING).filter(
    ([word]) => !/^(?:ask|unmapped|ignore|link|title|profession)/.test(word),
  );
  const lists = [
    ...fields.map(([, list]) => list),
    ...Object.values(ADDRESS_NAMES),
    ...Object.values(QUALIFIER_NAMES),
    EMAIL_NAMES,
    PHONE_NAMES,
    SUBJECT_WORDS,
    THING_WORDS,
    PLACE_WORDS,
    ...ROLE_WORDS.map(([, words]) => words),
  ];
  const words = lists.flatMap((list) =>
    phrasesOf(list)
      .filter((phrase) => phrase.length === 1)
      .map(([word = '']) => word),
  );
  const particles = phrasesOf(NOISE_WORDS).flatMap(([word = '']) => (CJK.test(word) ? [word] : []));
  return new Set([...words, ...particles].filter((word) => CJK.test(word) || word.length >= SHORTEST_PIECE));
});

const SHORTEST_PIECE = 3;
const SHORTEST_WORD = 7;
const LONGEST_WORD = 40;
const MOST_PIECES = 4;

/** The word parted into known words, as few as can be; undefined where that is not possible, or it is one already. */
export function partGlued(word: string): readonly string[] | undefined {
  const isCjk = CJK.test(word);
  if (word.length > LONGEST_WORD || (!isCjk && word.length < SHORTEST_WORD) || (isCjk && word.length < 2))
    return undefined;
  if (pieces().has(word)) return undefined;
  const parted = shortest(word, isCjk, MOST_PIECES);
  return parted !== undefined && parted.length > 1 ? parted : undefined;
}

/** German and Swedish put an s between the words, Dutch too: "Geschäftsadresse". */
const LINKS = ['', 's', 'n', 'en'];

function shortest(rest: string, isCjk: boolean, most: number): readonly string[] | undefined {
  if (pieces().has(rest)) return [rest];
  if (most < 2) return undefined;
  let best: readonly string[] | undefined;
  for (let length = rest.length - 1; length >= (isCjk ? 1 : SHORTEST_PIECE); length -= 1) {
    const piece = rest.slice(0, length);
    if (!pieces().has(piece)) continue;
    for (const link of isCjk ? [''] : LINKS) {
      if (!rest.startsWith(link, length)) continue;
      const after = shortest(rest.slice(length + link.length), isCjk, (best?.length ?? most + 1) - 2);
      if (after !== undefined && after.length + 1 < (best?.length ?? Infinity)) best = [piece, ...after];
    }
    if (best !== undefined && best.length === 2) break;
  }
  return best;
}
