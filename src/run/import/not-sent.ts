/** Why a contact that could be sent is not, in words. */
import type { Problem } from '../../problem.js';

/** A contact that Clarky rejected in an earlier run, and that has not changed since: it is not asked again. */
export function rejectedEarlier(code: string): Problem {
  return {
    code: 'refused_earlier',
    message: `Clarky rejected this contact in an earlier run (${code}), and it has not changed since.`,
    hint: 'Correct the row, or use --retry-rejected to send it again as it is.',
  };
}

/** A contact that was imported before and is not in the workspace any more. */
export const DELETED_IN_CLARKY: Problem = {
  code: 'deleted_in_clarky',
  message: 'This contact was imported before, and somebody has deleted it in Clarky since.',
  hint: 'Leave the row out, or use --restore-deleted to send it again.',
};
