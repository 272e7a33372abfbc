/** What a run waits for of its own accord, in the words of terminal, log and page. Pure. */
import { formatCount, formatDuration, secondsLeftOf } from './durations.js';

/** What can go out next, and when. */
export interface NextOut {
  readonly of: 'writes' | 'reads';
  readonly ms: number;
}

/** By the code of a warning: why nothing seems to happen, as the beginning of a sentence. */
export const WHY_IT_WAITS = {
  under_way: 'A write whose answer was not heard may still arrive',
  reads_behind: 'Clarky does not show yet all that it answered',
} as const;

/** @param limit how many reads a minute a key has */
export function readsSpentInWords(limit: number): string {
  return `Clarky lets a key read ${limit} times a minute, and that is spent: it goes on as they come back.`;
}

/** Another limit is in force. */
export function limitInWords({ writes, seconds }: { readonly writes: number; readonly seconds: number }): string {
  return `As Clarky announces, the limit is now ${formatCount(writes)} writes in any ${formatDuration(seconds)}.`;
}

/** A countdown, as a part of a sentence. */
export function nextInWords({ of, ms }: NextOut): string {
  return `next ${of} in ${formatDuration(secondsLeftOf(ms))}`;
}
