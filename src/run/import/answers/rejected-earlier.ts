/** Why a contact that Clarky rejected in an earlier run, and that has not changed since, is not asked again, in words. */
import { SECOND_IN_CLARKY, type Problem } from '../../../problem.js';

export function rejectedEarlier(code: string): Problem {
  return (
    NOT_AS_IT_IS.get(code) ?? {
      code: EARLIER,
      message: `Clarky rejected this contact in an earlier run (${code}), and it has not changed since.`,
      hint: 'Correct the row, or use --retry-rejected to send it again as it is.',
    }
  );
}

const EARLIER = 'rejected_earlier';
/** Behind what Clarky said when it rejected a row, then and in the runs since. */
export const CORRECT_IT = 'Correct the row, then import again.';
const STILL_SO =
  'The row has not changed since an earlier run: correct it, or use --retry-rejected to send it again as it is.';

/** What Clarky said of a row, from what was written of it then, or since; undefined where that is not there. */
export function reasonIn(message: string): string | undefined {
  if (!message.startsWith('Clarky rejected it')) return undefined;
  const end = [CORRECT_IT, STILL_SO].find((hint) => message.endsWith(hint));
  return end === undefined ? undefined : message.slice(0, -end.length).trim();
}

/** The same problem, with what Clarky said in that run; any other as it is. */
export function withReason(problem: Problem, reason: string): Problem {
  return problem.code === EARLIER ? { ...problem, message: reason, hint: STILL_SO } : problem;
}

/** What makes one row of two that Clarky has as one contact. */
export const MAKE_ONE_ROW =
  'Make one row of the two, with all of their e-mails and phones; if they are two people, give each their own in Clarky as well.';

/** What was written to the contact of another row, or made anew, would be so again. */
const NOT_AS_IT_IS: ReadonlyMap<string, Problem> = new Map(
  [
    {
      code: SECOND_IN_CLARKY,
      message:
        'Clarky made a second contact of this row when it was sent, and would make one more: it is not sent again.',
      hint: 'Look at both contacts in Clarky, leave one of them, then use --retry-rejected.',
    },
    {
      code: 'same_in_clarky',
      message:
        'Clarky has this person already, as the contact of another row, and would write this row to it once more: it is not sent again.',
      hint: MAKE_ONE_ROW,
    },
    {
      code: 'merged_in_clarky',
      message:
        'Clarky wrote this row to a contact that is somebody else, and would do so once more: it is not sent again.',
      hint: 'Look at that contact in Clarky; give the two rows e-mails and phones of their own. Where it is right by now, use --retry-rejected.',
    },
  ].map((problem) => [problem.code, problem]),
);
