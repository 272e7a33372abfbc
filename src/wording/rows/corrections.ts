import { counted, formatCount } from '../durations.js';

/** What is held against Clarky, as the end of "as": the file or `what` of it, or what was corrected of it. */
export function fileWithCorrections(corrections: number, what = 'the file'): string {
  if (corrections === 0) return `${what} says`;
  return `${what} and its ${corrections === 1 ? 'one correction' : `${formatCount(corrections)} corrections`} say`;
}

/** What is said of rows that somebody left out: without it, the counts seem to lose them. */
export function rowsLeftOutInWords(rows: number): string {
  const [are, they] = rows === 1 ? ['is', 'it is'] : ['are', 'they are'];
  return `${counted(rows, 'row')} ${are} left out by hand: ${they} in no other number.`;
}

/** Why a correction is not used, as the end of "where". */
export const UNFIT = {
  changed: 'the cell holds something else now',
  gone: 'there is no such row any more',
  ambiguous: 'the row has moved, and is in the file more than once',
  no_column: 'there is no such column any more',
} as const;

export type Unfit = keyof typeof UNFIT;
