/** Names of one script as another writes them: Иван as Ivan, and back. Rough, since everybody does it another way. Pure. */
import { editDistance } from '../../../edit-distance.js';
import type { KeptWord } from '../kept-word.js';

/** What letters are written as, the longer ones first where one begins another. */
type Letters = readonly (readonly [from: string, to: string])[];

function pairs(text: string): Letters {
  return text.split(' ').map((pair) => {
    const [from = '', to = ''] = pair.split('-');
    return [from, to];
  });
}

const CYRILLIC_TO_LATIN = pairs(
  'а-a б-b в-v г-g ґ-g д-d е-e є-ie ж-zh з-z и-i і-i ј-j к-k л-l љ-lj м-m н-n њ-nj о-o п-p р-r с-s т-t ћ-c ђ-dj у-u ў-u ф-f х-kh ц-ts ч-ch џ-dz ш-sh щ-shch ъ- ы-y ь- э-e ю-yu я-ya',
);
const LATIN_TO_CYRILLIC = pairs(
  'shch-щ tsch-ч sch-ш sh-ш ch-ч zh-ж kh-х ts-ц tz-ц ya-я ja-я ia-ия yu-ю ju-ю iu-ю yo-е ye-е ck-к ph-ф th-т ' +
    'a-а b-б c-к d-д e-е f-ф g-г h-х i-и j-и k-к l-л m-м n-н o-о p-п q-к r-р s-с t-т u-у v-в w-в x-кс y-и z-з',
);
const GREEK_TO_LATIN = pairs(
  'μπ-b ντ-d γγ-ng γκ-g γι-y ου-ou αυ-av ευ-ev α-a β-v γ-g δ-d ε-e ζ-z η-i θ-th ι-i κ-k λ-l μ-m ν-n ξ-x ο-o π-p ρ-r σ-s ς-s τ-t υ-y φ-f χ-ch ψ-ps ω-o',
);
const LATIN_TO_GREEK = pairs(
  'th-θ ph-φ ch-χ kh-χ ps-ψ ks-ξ ou-ου mp-μπ ya-για yo-γιω gi-γι ' +
    'a-α b-β c-κ d-δ e-ε f-φ g-γ h-χ i-ι j-τζ k-κ l-λ m-μ n-ν o-ο p-π q-κ r-ρ s-σ t-τ u-ου v-β w-β x-ξ y-υ z-ζ',
);

/** By the numbers of scripts in kept-name.ts. */
export const LATIN = 0;
const [CYRILLIC, GREEK] = [1, 2];

/** Undefined where one of them is not written letter by letter, as names in Chinese and Arabic are not. */
function between(from: number, to: number): ((word: string) => string) | undefined {
  const letters =
    to === LATIN
      ? ([undefined, CYRILLIC_TO_LATIN, GREEK_TO_LATIN] as const)[from]
      : from === LATIN
        ? ([undefined, LATIN_TO_CYRILLIC, LATIN_TO_GREEK] as const)[to]
        : undefined;
  if (letters !== undefined) return (word) => written(word, letters);
  if (from === CYRILLIC && to === GREEK) return (word) => written(written(word, CYRILLIC_TO_LATIN), LATIN_TO_GREEK);
  if (from === GREEK && to === CYRILLIC) return (word) => written(written(word, GREEK_TO_LATIN), LATIN_TO_CYRILLIC);
  return undefined;
}

function written(word: string, letters: Letters): string {
  let text = '';
  for (let at = 0; at < word.length;) {
    const pair = letters.find(([from]) => word.startsWith(from, at));
    text += pair === undefined ? (word[at] ?? '') : pair[1];
    at += pair?.[0].length ?? 1;
  }
  return text;
}

/** The share of its letters in which a word may differ; of a word that was kept as digests less is known. */
const MOST_UNLIKE = 0.34;
const MOST_UNLIKE_KEPT = 0.5;

/**
 * Compares words of a name with words of a name in another script; undefined where that can't be told.
 * @param scripts that of the kept name, and that of the other
 */
export function soundsAlike(scripts: {
  readonly kept: number;
  readonly other: number;
}): ((one: KeptWord, word: string) => boolean) | undefined {
  const [there, back] = [between(scripts.other, scripts.kept), between(scripts.kept, scripts.other)];
  if (there === undefined || back === undefined) return undefined;
  return (one, word) => {
    if (one.isFormOf(word) || isLike(one.letters, one.see(there(word)), one.isWritten)) return true;
    return one.isWritten && isLike(word, back(one.letters), true);
  };
}

function isLike(one: string, other: string, isWritten: boolean): boolean {
  // An initial stands for the name.
  if (one.length <= 1 || other.length <= 1) return one.slice(0, 1) === other.slice(0, 1);
  const most = Math.floor(Math.max(one.length, other.length) * (isWritten ? MOST_UNLIKE : MOST_UNLIKE_KEPT));
  return editDistance(one, other, most) <= most;
}
