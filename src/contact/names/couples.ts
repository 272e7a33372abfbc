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

/** Whether one is the name that a man has and the other that of a woman, made of one stem. Symmetric. */
export function areOfACouple(one: string, other: string): boolean {
  return ENDINGS_OF_COUPLES.some(
    ([man, woman]) => areHisAndHers(one, man, other, woman) || areHisAndHers(other, man, one, woman),
  );
}

function areHisAndHers(his: string, man: string, hers: string, woman: string): boolean {
  const stem = his.length - man.length;
  if (stem < LEAST_STEM || stem !== hers.length - woman.length || !his.endsWith(man) || !hers.endsWith(woman))
    return false;
  const common = his.slice(0, stem);
  return hers.startsWith(common) && !(man === '' && ENDS_IN_VOWEL.test(common));
}
