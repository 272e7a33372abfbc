/** First names that may be one person's. */
import { nameKeyOf } from '../contact/name.js';
import { formsOfKey } from '../contact/names/first-names.js';

/** Other forms of a first name, as Bob and Rob are of Robert; none of one that is not known. */
export function formsOf(firstName: string): readonly string[] {
  const [word = ''] = nameKeyOf(firstName).split(' ');
  return formsOfKey(word).filter((name) => name !== word);
}
