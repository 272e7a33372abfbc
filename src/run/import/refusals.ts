import type { Problem } from '../../problem.js';

/** A contact that Clarky refused in an earlier run, and that has not changed since: it is not asked again. */
export function refusedEarlier(code: string): Problem {
  return {
    code: 'refused_earlier',
    message: `Clarky refused this contact in an earlier run (${code}), and it has not changed since.`,
    hint: 'Correct the row, or use --retry-rejected to send it again as it is.',
  };
}
