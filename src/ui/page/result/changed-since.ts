/** What is still to be sent of a file that was replaced, or changed, after it had been sent. */
import { computed, type ReadonlySignal } from '@preact/signals';
import { counted } from '../../../wording/durations.js';
import { bestPlan, file, isPlanOld, isRunning, job, sentOfShown } from '../store.js';

/** How many contacts; 0 where the file is as it was, and while it is not known. */
export const sinceChanged: ReadonlySignal<number> = computed(() => {
  const { run, undone } = sentOfShown.value;
  const now = job.value;
  if (run === null || undone !== null || isRunning(now) || isPlanOld.value || bestPlan.value.kind !== 'there') return 0;
  // What was stopped is gone on with, whatever the file is.
  if ((now?.counts ?? run.counts)?.pending !== 0 || (file.value?.modifiedMs ?? 0) <= Date.parse(run.at)) return 0;
  const { plan, chosen } = bestPlan.value.value;
  return chosen.resend === true ? 0 : plan.requests;
});

/** Behind what came of the import: it was of another file. */
export function sinceChangedInWords(): string {
  const toSend = sinceChanged.value;
  if (toSend === 0 || (job.value ?? { kind: 'import' }).kind !== 'import') return '';
  const are = toSend === 1 ? 'is' : 'are';
  return ` That was before the file changed: ${counted(toSend, 'contact')} of it ${are} still to be sent.`;
}
