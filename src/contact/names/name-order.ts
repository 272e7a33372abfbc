/** Names that begin with the family's. */

const CJK_WORD = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々]+$/u;
/** A father's name in Russian, which stands behind the first name. */
const PATRONYMIC = /(?:ович|евич|овна|евна|инична|ильич|кузьмич|лукич|фомич)$/iu;

/** Long enough to be no initials: `SMITH`, `DE LA CRUZ`, `O’NEIL`. */
function isInCapitals(word: string): boolean {
  return /^\p{Lu}[\p{Lu}'’-]*\p{Lu}$/u.test(word);
}

/**
 * How many of the words are the family's name, standing in front: `田中 太郎`, `DUPONT Jean` (capitals tell it from the first
 * name in French), `Иванов Иван Иванович`. 0 where nothing says so.
 */
export function familyWords(words: readonly string[]): number {
  if (words.length === 2 && words.every((word) => CJK_WORD.test(word))) return 1;
  const [, second = '', third = ''] = words;
  if (words.length === 3 && PATRONYMIC.test(third) && !PATRONYMIC.test(second)) return 1;
  const end = words.findIndex((word) => !isInCapitals(word));
  const isLong = words.slice(0, end).some((word) => word.replace(/[^\p{L}]/gu, '').length >= LONGER_THAN_INITIALS);
  const areNames = words.slice(end).every((word) => /^\p{Lu}\p{Ll}/u.test(word));
  return end > 0 && isLong && areNames ? end : 0;
}

const LONGER_THAN_INITIALS = 4;
