/** What of a rejected row could be sent all the same, without the values that are wrong. */
import type { PlannedRejection } from '../../plan/planned.js';
import { OMISSION, remedyOf } from '../../wording/remedies.js';

type Wrong = Pick<PlannedRejection, 'contact' | 'problems'>;

/** Whether what can be read of the row has an e-mail or a phone beside those that are wrong, or somebody else's. */
export function isSomebodyWithout({ contact, problems }: Wrong): boolean {
  const isOf = (code: string): boolean => problems.some((problem) => problem.code === code);
  const hasEmail = contact.emails !== undefined && !isOf('shared_email');
  const hasPhone = contact.phone_numbers !== undefined && !isOf('shared_phone');
  return hasEmail || hasPhone;
}

/** Whether all that is wrong are values that `--on-invalid omit` leaves out. */
export function areOmittable(problems: Wrong['problems']): boolean {
  return problems.every(({ code }) => remedyOf(code).flag === OMISSION);
}

/** Whether `--on-invalid omit` would send the row. */
export function isSentByOmission(wrong: Wrong): boolean {
  return areOmittable(wrong.problems) && isSomebodyWithout(wrong);
}
