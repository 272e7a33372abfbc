/** The guess at an encoding where neither a mark nor validity settles it: which reading looks like a language? */
import { isUtf8 } from 'node:buffer';
import { EAST_ASIAN, GUESSABLE, type GuessableEncoding } from './alphabets.js';
import { decodeWhole } from './codec.js';

/** Below this the best single-byte reading is not surely a language, and chardet is asked about East Asian ones. */
const PLAUSIBLE = 0.9;
/** Below this a guess is not used: it is better to ask than to garble every name. */
const IMPLAUSIBLE = 0.4;
/** The same where most bytes come in long runs, which Western text never has. */
const IMPLAUSIBLE_IN_RUNS = 0.7;
/** chardet's confidence (0 to 100) from which an East Asian answer is taken; 10 means "no evidence against". */
const EAST_ASIAN_CONFIDENCE = 30;

const LETTER = /\p{L}/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;
/** Signs that exports hold between or around words: quotes, dashes, currency, no-break space, ordinals, bullets. */
const USUAL_SIGN =
  /[\u2018-\u201e\u2013\u2014\u2026\u2022\u20ac\u00a3\u00a7\u00b0\u00a0\u00ab\u00bb\u00a9\u00ae\u2122\u00ba\u00aa\u00bf\u00a1\u00b7№]/;
/** An apostrophe or a middle dot may stand between two letters. */
const INNER_SIGN = /[\u2019\u2018\u00b7\u2013\u2014]/;

/** Fractions, powers and the like: seldom, but nothing against the reading. */
const SELDOM_SIGN = /[\u00b1-\u00b6\u00b9\u00bc-\u00be\u00d7\u00f7\u00a2\u00a5\u00ac\u00a6]/;
/** Signs that open something, and so never follow a letter. */
const OPENING_SIGN = /[\u201a\u201e\u00bf\u00a1]/;

/** Positive where the sign is at a place where people put it, negative where it cuts a word or is no sign of text at all. */
function signScore(sign: string, before: string, after: string): number {
  if (sign === '\ufffd' || sign < '\u00a0') return -4;
  if (LETTER.test(before) && LETTER.test(after)) return INNER_SIGN.test(sign) ? 0.5 : -1;
  if (OPENING_SIGN.test(sign) && LETTER.test(before)) return -1;
  if (USUAL_SIGN.test(sign)) return 0.5;
  return SELDOM_SIGN.test(sign) ? 0.3 : -0.5;
}

/** How much a letter's neighbours speak against it: a capital inside a word, two scripts in one word. */
function letterPenalty(letter: string, before: string, after: string): number {
  const latin = letter < '\u0370';
  const foreignNeighbour = (other: string): boolean => LETTER.test(other) && other < '\u0370' !== latin;
  let penalty = 0;
  if (UPPER.test(letter) && LOWER.test(before)) penalty += 1;
  if (LOWER.test(letter) && UPPER.test(before) && UPPER.test(after)) penalty += 0.5;
  if (foreignNeighbour(before) || foreignNeighbour(after)) penalty += 1.5;
  return penalty;
}

/**
 * How much a text looks as if it were written in one of the alphabets: about 1 for a language's own text, below 0 for
 * noise. Only characters beyond ASCII and their neighbours count.
 */
function plausibility(text: string, alphabets: readonly string[]): number {
  const hits = alphabets.map(() => 0);
  let letters = 0;
  let signs = 0;
  let score = 0;
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    if (character < '\u0080') continue;
    const before = characters[index - 1] ?? '\n';
    const after = characters[index + 1] ?? '\n';
    if (!LETTER.test(character) || character === '\u00aa' || character === '\u00ba') {
      signs += 1;
      score += signScore(character, before, after);
      continue;
    }
    letters += 1;
    score -= letterPenalty(character, before, after);
    const lower = character.toLowerCase();
    for (const [language, alphabet] of alphabets.entries()) {
      if (alphabet.includes(lower)) hits[language] = (hits[language] ?? 0) + 1;
    }
  }
  const known = Math.max(0, ...hits);
  return letters + signs === 0 ? 0 : (score + known) / (letters + signs * 0.5);
}

/** True where the text is UTF-8 with a few broken bytes, rather than something else that happens to look like it. */
function isBrokenUtf8(bytes: Buffer): boolean {
  let sequences = 0;
  let strays = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (byte >= 0xc2 && isUtf8(bytes.subarray(index, index + length)) && index + length <= bytes.length) {
      sequences += 1;
      index += length - 1;
    } else strays += 1;
  }
  return sequences > 0 && sequences >= strays;
}

async function eastAsian(sample: Buffer): Promise<{ codec: string; label: string } | undefined> {
  const { analyse } = await import('chardet');
  const [best] = analyse(sample);
  const found = best === undefined ? undefined : EAST_ASIAN[best.name];
  if (best === undefined || found === undefined || best.confidence < EAST_ASIAN_CONFIDENCE) return undefined;
  return decodeWhole(sample, found.codec).includes('\ufffd') ? undefined : found;
}

/** Most bytes beyond ASCII stand in runs of four and more: two characters of two bytes, and no Western word. */
function comesInRuns(bytes: Buffer): boolean {
  let inRuns = 0;
  let foreign = 0;
  let run = 0;
  for (const byte of [...bytes, 0]) {
    if (byte >= 0x80) run += 1;
    else {
      foreign += run;
      if (run >= 4) inRuns += run;
      run = 0;
    }
  }
  return inRuns > foreign / 2;
}

/**
 * The likeliest encoding of lines that aren't valid UTF-8 (or UTF-8, where they nearly are: reading on will name the line).
 * Undefined where no reading looks like a language.
 * @param sample lines of the file that hold bytes beyond ASCII
 * @param carriageReturnsOnly rows end with CR alone: the mark of an old Mac
 */
export async function guessEncoding(
  sample: Buffer,
  carriageReturnsOnly: boolean,
): Promise<{ codec: string; label: string } | undefined> {
  if (isBrokenUtf8(sample)) return { codec: 'utf-8', label: 'UTF-8' };
  const score = (candidate: GuessableEncoding): number =>
    plausibility(decodeWhole(sample, candidate.codec), candidate.alphabets) +
    candidate.prior +
    (carriageReturnsOnly && candidate.codec === 'macintosh' ? 0.1 : 0);
  const [best] = GUESSABLE.map((candidate) => ({ candidate, score: score(candidate) })).sort(
    (a, b) => b.score - a.score,
  );
  if (best === undefined) return undefined;
  if (best.score < PLAUSIBLE) {
    const found = await eastAsian(sample);
    if (found !== undefined) return found;
  }
  if (best.score < IMPLAUSIBLE || (best.score < IMPLAUSIBLE_IN_RUNS && comesInRuns(sample))) return undefined;
  return { codec: best.candidate.codec, label: best.candidate.label };
}
