/** Names of couples that differ in their ends alone. Pure. */

const LEAST_STEM = 3;

/** How a man's name and a woman's differ in their ends, where one is made of the other; '' follows a consonant. */
const ENDINGS_OF_COUPLES: readonly (readonly [man: string, woman: string])[] = [
  ['', 'a'],
  ['', 'e'],
  ['', 'ine'],
  ['', 'ina'],
  ['', 'ette'],
  ['', 'elle'],
  ['', 'а'],
  ['и', 'я'],
  ['o', 'a'],
  ['us', 'a'],
  ['os', 'a'],
  ['ος', 'α'],
  ['e', 'ee'],
];
const ENDS_IN_VOWEL = /[aeiouyаеёиоуыэюяйαεηιουω]$/u;

/** The names that a man would have instead of a woman of this name, and a woman instead of a man. */
export function counterpartsOf(word: string): string[] {
  return ENDINGS_OF_COUPLES.flatMap((pair) =>
    pair.flatMap((ending, at) => {
      const stem = word.slice(0, word.length - ending.length);
      if (!word.endsWith(ending) || stem.length < LEAST_STEM) return [];
      return pair[0] === '' && ENDS_IN_VOWEL.test(stem) ? [] : [`${stem}${pair[1 - at] ?? ''}`];
    }),
  );
}
