/** What can be decided of many rows at once, in the words in which page and report say it. */

type Words<Value extends string> = readonly (readonly [Value, string])[];

export const ON_INVALID: Words<'reject' | 'omit'> = [
  ['reject', 'rejects its row'],
  ['omit', 'is left out, the rest of the row is sent'],
];

export const SHARED_PHONE: Words<'reject' | 'omit' | 'send'> = [
  ['reject', 'are not sent'],
  ['omit', 'are sent without the number'],
  ['send', 'are sent as they are'],
];

export const SHARED_EMAIL: Words<'reject' | 'omit' | 'merge'> = [
  ['reject', 'are not sent'],
  ['omit', 'are sent without the address'],
  ['merge', 'are sent as one contact'],
];

export const DUPLICATES: Words<'merge' | 'last' | 'first' | 'reject'> = [
  ['merge', 'is folded into one'],
  ['last', 'the last row counts'],
  ['first', 'the first row counts'],
  ['reject', 'is not sent'],
];

export const PERSONS: Words<'first' | 'each'> = [
  ['first', 'only the first becomes a contact'],
  ['each', 'each becomes a contact'],
];

export const UNMAPPED: Words<'ignore' | 'custom'> = [
  ['ignore', 'are left out'],
  ['custom', 'become custom fields'],
];

/** Of contacts that a file would send again though none of its own imports has sent them. */
export const FROM_ANOTHER_FILE = 'sent before from another file';

/** What was decided, as the end of its question. */
export function choiceInWords<Value extends string>(choices: Words<Value>, chosen: Value): string {
  return choices.find(([value]) => value === chosen)?.[1] ?? chosen;
}
