/** The state of the server as it comes, for as long as the page is open, and what of it loads what is shown anew. */
import { effect } from '@preact/signals';
import type { FileEntry, JobView, UiState } from '../wire.js';
import { Refused, signIn, stateEvents } from './api.js';
import { changes, choose, connection, file, fileId, go, isRunning, job, loadAll, plan, state, step } from './store.js';

// What is asked is answered beside what it is about, whoever comes to look how far it is.
effect(() => {
  if (job.value?.phase === 'asking' && step.value === 'run') go('result');
});

/** Signs in and follows the state, for as long as the page is open. */
export async function connect(): Promise<void> {
  try {
    await signIn();
  } catch {
    connection.value = 'refused';
    return;
  }
  for (let misses = 0; ;) {
    try {
      for await (const next of stateEvents(new AbortController().signal)) {
        misses = 0;
        take(withLater(next as UiState));
      }
      if (isOver()) return;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        connection.value = 'refused';
        return;
      }
    }
    if (isOver()) return;
    misses++;
    if (misses > 1) connection.value = 'lost';
    await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 300 * misses)));
  }
}

function isOver(): boolean {
  return connection.value === 'ended';
}

function take(next: UiState): void {
  // What is under way is let finish, and told of until then.
  if (isOver()) return;
  const before = state.value;
  const fileBefore = file.value;
  const jobBefore = job.value;
  const wasLost = connection.value === 'lost';
  state.value = next;
  connection.value = 'open';
  if (before === undefined && next.first !== null && fileId.value === undefined) {
    choose(next.first);
    if (step.value === 'files') go('reading');
    return;
  }
  if (isRunning(job.value)) return;
  // One that was short may have ended before it was told of.
  const isShort = before !== undefined && job.value !== undefined && job.value.endedAt !== jobBefore?.endedAt;
  if (isRunning(jobBefore) || isShort) {
    if (step.value === 'run') go('result');
    // What a run left changes the plan.
    changes.value = undefined;
    loadAll();
  } else if (wasLost || (fileBefore !== undefined && isAnother(fileBefore, file.value))) {
    // Another tab, the command line or another program has changed what is shown here, or it was decided here just now.
    loadAll(wasLost || fileBefore === undefined || !isPlanned(fileBefore, file.value));
  }
}

function isAnother(before: FileEntry, now: FileEntry | undefined): boolean {
  if (before.id !== now?.id) return false;
  return (
    before.revision !== now.revision ||
    before.lastRun?.toldAt !== now.lastRun?.toldAt ||
    (before.elsewhere === null) !== (now.elsewhere === null) ||
    before.undone?.done !== now.undone?.done ||
    JSON.stringify(before.sheets) !== JSON.stringify(now.sheets)
  );
}

/** Whether the plan that is shown is of what was decided since: made once more, it would keep a button from who presses it just then. */
function isPlanned(before: FileEntry, now: FileEntry | undefined): boolean {
  if (now === undefined || isAnother({ ...before, revision: now.revision }, now)) return false;
  return plan.value.kind === 'there' && plan.value.value.revision === now.revision;
}

/** Takes what an answer says of a job, before the next state does; an answer that states have overtaken says nothing new. */
export function takeJob(newest: JobView): void {
  if (state.value === undefined) return;
  const others = state.value.jobs.filter((one) => one.file !== newest.file || one.toldMs > newest.toldMs);
  if (others.some((one) => one.file === newest.file)) return;
  take({ ...state.value, jobs: [...others, newest] });
}

/** A state, with what answers that have overtaken it said since. */
function withLater(next: UiState): UiState {
  const later = (state.value?.jobs ?? []).filter((one) => one.toldMs > next.toldMs);
  const jobs = next.jobs.filter(({ file: id }) => !later.some((one) => one.file === id));
  return { ...next, jobs: [...jobs, ...later] };
}
