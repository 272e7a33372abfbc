/** What became of each record: counted, and told to the listeners, in one place so that the two can't disagree. */
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import type { PlannedContact, PlannedRejection } from '../../plan/planned.js';
import type { ImportListener } from '../events.js';
import { refusedEarlier } from './refusals.js';
import { Tally, type Counts } from '../tally.js';

/** How a contact's upsert was answered. */
export interface Answered {
  readonly status: number;
  readonly attempts: number;
  readonly ms: number;
}

/** A million unchanged contacts are not a million repaints. */
const PROGRESS_EVERY_MS = 100;

export class Outcomes {
  readonly #emit: ImportListener;
  readonly #now: () => number;
  #tally = new Tally({ rows: 0, contacts: 0 });
  #pendingMerges = 0;
  #lastProgressMs = Number.NEGATIVE_INFINITY;

  constructor(emit: ImportListener, now: () => number = () => performance.now()) {
    this.#emit = emit;
    this.#now = now;
  }

  /** Starts the books, once it is known what is in the file. */
  begin(total: { rows: number; contacts: number }): void {
    this.#tally = new Tally(total);
  }

  counts(): Counts {
    return this.#tally.counts(this.#pendingMerges);
  }

  /** A contact that was planned and will not be answered in this run; of its records only one is pending. */
  leftPending({ records }: PlannedContact): void {
    this.#pendingMerges += records.length - 1;
  }

  /** An upsert was sent, whatever came of it. */
  attempted({ attempt, status }: { readonly attempt: number; readonly status: number | undefined }): void {
    this.#tally.requests++;
    if (attempt > 1) this.#tally.retries++;
    if (status === 429) this.#tally.throttled++;
  }

  /** A record that is not sent. */
  rejected({ record, problems }: PlannedRejection): void {
    this.#end('rejected', [record], problems);
  }

  /** A contact that is as it was last sent, or in Clarky as the file says. */
  unchanged(planned: PlannedContact): void {
    this.#end('unchanged', planned.records, [], planned);
  }

  /** A contact that Clarky refused in an earlier run, and that is not asked again. */
  refusedEarlier(planned: PlannedContact, code: string): void {
    this.#end('rejected', planned.records, [refusedEarlier(code)], planned);
  }

  accepted(planned: PlannedContact, outcome: 'created' | 'updated', contactId: string, answered: Answered): void {
    this.#end(outcome, planned.records, [], planned, { contactId, ...answered });
  }

  refused(planned: PlannedContact, problem: Problem, answered: Answered): void {
    this.#end('rejected', planned.records, [problem], planned, answered);
  }

  #end(
    outcome: 'created' | 'updated' | 'unchanged' | 'rejected',
    records: readonly SourceRecord[],
    problems: readonly Problem[],
    planned?: PlannedContact,
    answered: Partial<Answered> & { readonly contactId?: string } = {},
  ): void {
    this.#tally.count(outcome, records.length);
    this.#emit({
      type: 'contact',
      outcome,
      records,
      remarks: planned?.remarks ?? [],
      attempts: 0,
      ms: 0,
      problems,
      ...answered,
    });
    const nowMs = this.#now();
    if (nowMs - this.#lastProgressMs < PROGRESS_EVERY_MS) return;
    this.#lastProgressMs = nowMs;
    this.#emit({ type: 'progress', counts: this.counts() });
  }
}
