import { formatCount } from './durations.js';

/** What is held against Clarky, as the end of "as": the file, or what was corrected of it. */
export function fileWithCorrections(corrections: number): string {
  if (corrections === 0) return 'the file says';
  return `the file and its ${corrections === 1 ? 'one correction' : `${formatCount(corrections)} corrections`} say`;
}
