/** Names of columns that hold a part of a phone number: its calling code, its area code, its country. Pure. */

import { PHONE_PART_NAMES } from '../../vocabulary/phone-parts.js';
import { keysOf, once } from '../../vocabulary/words.js';
import { lookUp } from './lookup.js';
import { isOfField, type PhonePartName, type Sense } from '../sense.js';

const partsByKey = once(() => {
  const byKey = new Map<string, PhonePartName>();
  for (const [part, list] of Object.entries(PHONE_PART_NAMES)) {
    for (const key of keysOf(list)) if (!byKey.has(key)) byKey.set(key, part as PhonePartName);
  }
  return byKey;
});

/** Parts that say so only beside a phone's own words: "Home Phone Area". */
const SHORT_PARTS: Readonly<Record<string, PhonePartName>> = { country: 'code', area: 'area_code' };
/** Of what may be a phone they make one: "Home Area Code". */
const CERTAIN: ReadonlySet<PhonePartName> = new Set(['area_code', 'calling_code']);

const LONGEST_PART = 4;

/** "Dial Code", "Phone Country", "Primary Phone Calling Code", "Area code (mobile)". */
export function phonePartSense(tokens: readonly string[]): Sense | undefined {
  const words = tokens.filter((token) => !/^\d{1,2}$/.test(token));
  const whole = partsByKey().get(words.join(''));
  if (whole !== undefined) return { kind: 'phone_part', part: whole };
  for (let length = Math.min(LONGEST_PART, words.length - 1); length > 0; length -= 1) {
    const ends: readonly (readonly [part: readonly string[], rest: readonly string[]])[] = [
      [words.slice(-length), words.slice(0, -length)],
      [words.slice(0, length), words.slice(length)],
    ];
    for (const [part, rest] of ends) {
      const key = part.join('');
      const found = partsByKey().get(key) ?? SHORT_PARTS[key];
      if (found === undefined) continue;
      if (namesAPhone(rest) || (CERTAIN.has(found) && lookUp(rest)?.kind === 'ask'))
        return { kind: 'phone_part', part: found };
    }
  }
  return undefined;
}

/** "Primary Phone", "mobile", "Phones / Primary Phone": words that are about one phone number. */
function namesAPhone(words: readonly string[]): boolean {
  const isPhone = (tokens: readonly string[]): boolean => isOfField(lookUp(tokens), 'phone_numbers');
  return isPhone(words) || words.some((_, at) => at > 0 && isPhone(words.slice(0, at)) && isPhone(words.slice(at)));
}
