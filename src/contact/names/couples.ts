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
  ['rich', 'erike'],
  ['ich', 'ike'],
];
const ENDS_IN_VOWEL = /[aeiouyаеёиоуыэюяйαεηιουω]$/u;

/**
 * The names that a woman has where this one is the man's, and the other way round, made of one stem. The one is among those of the
 * other where the other is among those of the one.
 */
export function othersOfCouple(name: string): string[] {
  return ENDINGS_OF_COUPLES.flatMap(([man, woman]) => [
    ...withEnd(name, man, woman, man),
    ...withEnd(name, woman, man, man),
  ]);
}

function withEnd(name: string, end: string, other: string, man: string): string[] {
  const stem = name.slice(0, name.length - end.length);
  if (stem.length < LEAST_STEM || !name.endsWith(end) || (man === '' && ENDS_IN_VOWEL.test(stem))) return [];
  return [stem + other];
}
