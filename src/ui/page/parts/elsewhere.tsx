import { bestPlan, file, isRunning, job, otherSheetUnderWay } from '../store.js';

/** What is decided while it is sent comes too late for that. */
export function TooLate() {
  if (!isRunning(job.value) || job.value?.kind !== 'import') return null;
  return (
    <p class="notice">
      It is being sent just now, as it was decided before: what you change here is for the next time.
    </p>
  );
}

/** What is sent, or taken back, makes the plan another one. */
export function BeforeItEnds() {
  const { kind, undoing = null } = job.value ?? {};
  if (undoing !== null)
    return <p class="notice">What this shows is from before the undo that is under way; it is made anew at its end.</p>;
  if (!isRunning(job.value) || kind !== 'import') return null;
  return (
    <p class="notice">
      It is being sent just now: the numbers are from before, the rows as they stand; all is made anew at its end.
    </p>
  );
}

/** How much of it is done, as a bar. */
export function Far({
  of: { done, of },
  label,
}: {
  of: { readonly done: number; readonly of: number };
  label: string;
}) {
  return (
    <progress class="far" max={of} value={done} aria-label={label}>
      {done} of {of}
    </progress>
  );
}

/** How far another program is that sends the file. */
export function elsewhereInWords(): string {
  const { done, of } = progress();
  const count = (contacts: number): string => contacts.toLocaleString('en-US');
  const far = of === undefined ? count(done) : `${count(done)} of ${count(of)}`;
  return `Another program is at work on this file: ${far} ${(of ?? done) === 1 ? 'contact is' : 'contacts are'} in Clarky.`;
}

/** What another program sends: shown here, stopped there. */
export function Elsewhere() {
  const { done, of } = progress();
  return (
    <>
      {of !== undefined && <Far of={{ done, of }} label="Contacts in Clarky" />}
      <p>It goes on whether this page is open or not, and can be stopped where it was started.</p>
    </>
  );
}

function progress(): { readonly done: number; readonly of: number | undefined } {
  const done = file.value?.accepted ?? 0;
  const contacts = bestPlan.value.kind === 'there' ? bestPlan.value.value.plan.contacts : 0;
  // What is known of several sheets is no measure of one.
  const isOfPlan = otherSheetUnderWay.value === null && (file.value?.sheets.length ?? 0) < 2;
  return { done, of: isOfPlan && contacts >= done && contacts > 0 ? contacts : undefined };
}
