import { counted, formatCount } from './durations.js';

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
