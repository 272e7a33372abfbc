/** Letters that NFKD leaves whole, and the spellings that stand for an umlaut: Müller, Mueller and Muller are one. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  œ: 'o',
  æ: 'a',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  oe: 'o',
  ae: 'a',
  ue: 'u',
};
const FOLDABLE = /ß|ø|œ|æ|ł|đ|ð|þ|ı|oe|ae|ue/g;

/** A word of a name, in lower case without accents, as it is compared: Müller and Mueller are one name. */
export function foldedWord(word: string): string {
  return word.replace(FOLDABLE, (letters) => FOLDED[letters] ?? letters);
}
