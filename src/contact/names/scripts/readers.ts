/** Words of names in scripts that are read letter by letter, in Latin letters; of some there are several readings. Pure. */
import * as letters from './letters.js';

type Reader = (word: string) => string[];

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\p{Script=Han}/u, () => []],
  [/^\p{Script=Hangul}+$/u, readHangul],
  [/^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u, readKana],
  [/^\p{Script=Thai}+$/u, readThai],
  [/^[\u0900-\u0d7f]+$/u, readIndic],
  [/^\p{Script=Arabic}/u, readArabic],
  [/^\p{Script=Hebrew}/u, readHebrew],
  [/^\p{Script=Georgian}+$/u, (word) => [[...word].map((letter) => letters.GEORGIAN.get(letter) ?? '').join('')]],
  [
    /^\p{Script=Armenian}+$/u,
    (word) => [
      [...word.toLowerCase()]
        .map((letter) => letters.ARMENIAN.get(letter) ?? '')
        .join('')
        .replaceAll('ov', 'u'),
    ],
  ],
];

/** None where its sound is not known. */
export function readLetters(word: string): string[] {
  return READERS.find(([script]) => script.test(word))?.[1](word) ?? [];
}

function readHangul(word: string): string[] {
  const read = [...word].map((syllable) => {
    const number = (syllable.codePointAt(0) ?? 0) - 0xac00;
    const [initial, vowel, final] = [Math.floor(number / 588), Math.floor((number % 588) / 28), number % 28];
    return `${letters.HANGUL_INITIALS[initial] ?? ''}${letters.HANGUL_VOWELS[vowel] ?? ''}${letters.HANGUL_FINALS[final] ?? ''}`;
  });
  return [read.join('')];
}

const KATAKANA = 0x30a1;
const HIRAGANA = 0x3041;

function readKana(word: string): string[] {
  let text = '';
  let isDoubled = false;
  for (const sign of word) {
    const code = sign.codePointAt(0) ?? 0;
    const kana = letters.KANA[code - (code >= KATAKANA ? KATAKANA : HIRAGANA)] ?? '';
    const isSmall = kana !== kana.toLowerCase();
    if (kana === 'TSU') isDoubled = true;
    else if (isSmall) text = joined(text, kana.toLowerCase());
    else text += (isDoubled ? kana.slice(0, 1) : '') + kana;
    if (kana !== 'TSU') isDoubled = false;
  }
  return [text];
}

/** A small sign changes the vowel before it: ki and ya are kya, shi and ya are sha. */
function joined(text: string, small: string): string {
  const stem = text.replace(/[aiueo]$/, '');
  return stem + (/(?:sh|ch|j)$/.test(stem) ? small.replace('y', '') : small);
}

const THAI = 0x0e00;
const [THAI_A, THAI_IN_FRONT, THAI_SILENT, THAI_O] = [0x30, 0x40, 0x4c, 0x2d];

function readThai(word: string): string[] {
  // A consonant that is not spoken, with the vowel that may stand between; two that are a vowel together.
  const spelled = word.replace(/[\u0e01-\u0e2e][\u0e34\u0e38]?\u0e4c/gu, '').replace(/รร/g, '\u0e31');
  const codes = [...spelled].map((sign) => (sign.codePointAt(0) ?? 0) - THAI);
  let text = '';
  let inFront = '';
  for (const [at, code] of codes.entries()) {
    const consonant = letters.THAI_CONSONANTS[code - 1];
    const vowel = letters.THAI_VOWELS[code - THAI_A];
    if (code >= THAI_IN_FRONT && code < THAI_IN_FRONT + letters.THAI_VOWELS_IN_FRONT.length) {
      inFront = letters.THAI_VOWELS_IN_FRONT[code - THAI_IN_FRONT] ?? '';
    } else if (consonant !== undefined && code > 0) {
      const next = codes.slice(at + 1).find((other) => other < 0x47);
      const hasVowel = inFront !== '' || (next !== undefined && next >= THAI_A && next < THAI_IN_FRONT);
      const isCarrier = code === THAI_O && hasVowel;
      // Between two consonants one is spoken.
      const spoken = hasVowel || next === undefined || next === THAI_O || code === THAI_O ? '' : 'a';
      text += (isCarrier ? '' : consonant) + inFront + spoken;
      inFront = '';
    } else if (code < THAI_SILENT) {
      text += vowel ?? '';
    }
  }
  return [text];
}

function readIndic(word: string): string[] {
  let text = '';
  let isOpen = false;
  for (const sign of word) {
    const code = (sign.codePointAt(0) ?? 0) & 0x7f;
    const consonant = letters.INDIC_CONSONANTS[code - 0x15] ?? letters.INDIC_DOTTED[code - 0x58];
    const vowel = letters.INDIC_VOWELS[code - 0x05];
    if (code >= 0x15 && consonant !== undefined) {
      text += (isOpen ? 'a' : '') + consonant;
      isOpen = true;
    } else if (code >= 0x05 && vowel !== undefined) {
      text += (isOpen ? 'a' : '') + vowel;
      isOpen = false;
    } else if (code === 0x01 || code === 0x02) {
      text += isOpen ? 'an' : 'n';
      isOpen = false;
    } else if (code >= 0x3e && code <= 0x4d) {
      text += letters.INDIC_SIGNS[code - 0x3e] ?? '';
      isOpen = false;
    }
  }
  return [text];
}

function readArabic(word: string): string[] {
  const read = withVowels([...word].flatMap((letter) => letters.ARABIC.get(letter) ?? []));
  return [
    read,
    // Al-Khatib is Khatib as well; of Abdulrahman the first half may stand alone.
    ...(word.startsWith('ال') ? [read.slice(2)] : []),
    ...(word.startsWith('عبد') ? ['abd'] : []),
    // In Iran and India it is another sound.
    ...(word.includes('ض') ? [read.replace('d', 'z')] : []),
  ];
}

function readHebrew(word: string): string[] {
  const read = [...word.replace(/וו/g, 'ב').replace(/יי/g, 'עי')].flatMap((letter) => letters.HEBREW.get(letter) ?? []);
  const [consonants, vowels] = ['v', 'o'].map((sound) => read.map((letter) => (letter === 'w' ? sound : letter)));
  return [consonants, vowels].map((letters = []) => withVowels(letters));
}

/** Short vowels are not written, and some letters are one or the other: w and y. */
function withVowels(read: readonly string[]): string {
  let text = '';
  for (const [at, letter] of read.entries()) {
    const isSilentEnd = letter === 'h' && at === read.length - 1 && at > 1;
    const isVowelHere = at > 0 && !/[aiuo]$/.test(text) && !/^[aiu]/.test(read[at + 1] ?? '');
    const sound = isSilentEnd
      ? 'a'
      : isVowelHere && letter === 'w'
        ? 'u'
        : isVowelHere && letter === 'y'
          ? 'i'
          : letter;
    const isBetween = text !== '' && !/[aiuo]$/.test(text) && !/^[aiuo]/.test(sound);
    text += (isBetween ? 'a' : '') + sound;
  }
  return text;
}
