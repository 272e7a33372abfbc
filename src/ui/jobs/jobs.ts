/** What runs on the files: the very functions that the commands call, one at a time for each file. */
import { ImporterError, isStopAskedFor } from '../../errors.js';
import { moodOf } from '../../report/import-part.js';
import { importContacts } from '../../run/import/import.js';
import type { TimelineData } from '../../report/timeline.js';
import type { ImportOptions } from '../../run/settings.js';
import type { UndoPlan } from '../../run/undo/undo-plan.js';
import { leftCountsOf, undoLeavesInWords } from '../../wording/left-as-is.js';
import { leftOutInWords } from '../../wording/left-out.js';
import { warningsOnPage } from '../../wording/on-page.js';
import { printable } from '../../wording/printable.js';
import { remedyOf, remedyOnPage } from '../../wording/remedies.js';
import { takenBackInWords, verdictOf, verifyVerdict } from '../../wording/results.js';
import { foundOf } from './found.js';
import { JobProgress } from './progress.js';
import { busy, stopped, usage } from './stops.js';
import { undoPlanView } from './undo-plan.js';
import type { Desk } from '../files/desk.js';
import type { JobKind, JobView, WireError } from '../wire.js';
import { wireError } from '../wire-error.js';

interface Job {
  readonly kind: JobKind;
  readonly progress: JobProgress;
  readonly controller: AbortController;
  readonly done: Promise<void>;
  /** Of an undo that has shown its plan. */
  answer?: ((isAgreed: boolean) => void) | undefined;
  /** How many contacts it would take back. */
  asked?: number | undefined;
}

/** Told how an import ended: its summary, or what is known of one that could not begin, and what stopped it. */
export type OnImported = (facts: object, error: ImporterError | undefined) => Promise<void>;

export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #folder: string;
  readonly #onChange: () => void;
  readonly #onImported: OnImported;
  readonly #key: Pick<Desk, 'keys' | 'keyWasTried'>;

  /**
   * @param folder that of the files
   * @param key told where Clarky does not take the one that a job had
   * @param onImported told how each import ended, once the page knows it
   */
  constructor(
    folder: string,
    onChange: () => void,
    key: Pick<Desk, 'keys' | 'keyWasTried'>,
    onImported: OnImported = () => Promise.resolve(),
  ) {
    this.#folder = folder;
    this.#key = key;
    this.#onChange = onChange;
    this.#onImported = onImported;
  }

  /** The newest of each file. */
  views(): JobView[] {
    return [...this.#jobs.values()].map(({ progress }) => progress.view());
  }

  /** The newest of a file; null where there was none. */
  viewOf(id: string): JobView | null {
    return this.#jobs.get(id)?.progress.view() ?? null;
  }

  /** @throws BadRequest `busy` where something runs on the file */
  checkFree(id: string): void {
    if (this.isRunning(id)) throw busy();
  }

  isRunning(id?: string): boolean {
    const jobs = id === undefined ? [...this.#jobs.values()] : [this.#jobs.get(id)];
    return jobs.some((job) => job !== undefined && !job.progress.isOver);
  }

  /**
   * @param sheet of a workbook, that which is read
   * @throws BadRequest `busy` where something runs on the file already
   */
  import(id: string, options: ImportOptions, sheet?: string): void {
    this.#start(id, 'import', { isRaised: options.rate === undefined }, async (progress, signal) => {
      progress.isOf(sheet);
      const run = importContacts({ ...options, signal, onEvent: progress.listener });
      const result = await run.catch(async (error: unknown) => {
        progress.failed(this.#told(error));
        const isTold = error instanceof ImporterError;
        if (isTold) await this.#onImported({ file: options.file, exit: error.exitStatus }, error);
      });
      if (result === undefined) return;
      const { summary, stoppedBy } = result;
      progress.isOf(summary.sheet);
      const ended = { counts: summary, stopped: stoppedBy && { isAsked: isStopAskedFor(stoppedBy.exitStatus) } };
      const reasons = Object.entries(summary.reasons);
      progress.because({
        reasons: reasons.map(([code, count]) => ({
          code,
          count,
          title: remedyOf(code).title,
          remedy: remedyOnPage(code),
        })),
        leftOut: (summary.leftOut ?? []).map(leftOutInWords),
        warnings: warningsOnPage(summary.warnings ?? []),
      });
      progress.ended(verdictOf(ended), moodOf(ended), summary, stoppedBy ? this.#told(stoppedBy) : null);
      await this.#onImported(summary, stoppedBy);
    });
  }

  /** @throws BadRequest `busy` */
  verify(id: string, options: ImportOptions): void {
    // What was sent is told of beside what is found of it.
    const beside = timelineOf(this.viewOf(id), options.sheet);
    this.#start(id, 'verify', { timeline: beside }, async (progress, signal) => {
      progress.isOf(options.sheet);
      const { verifyContacts } = await import('../../run/verify/verify.js');
      const result = await verifyContacts({
        ...options,
        signal,
        onEvent: progress.listener,
        onChecked: (checked, total) => progress.checked(checked, total),
      });
      progress.found(foundOf(result));
      progress.because({ leftOut: (result.leftOut ?? []).map(leftOutInWords) });
      const what = options.sheet === undefined ? undefined : `the sheet ${printable(options.sheet)}`;
      const verdict = lowerFirst(verifyVerdict(result, what));
      progress.ended(`Finished: ${verdict}`, result.allSame ? 'good' : 'mixed', null, null);
    });
  }

  /** Shows its plan, and waits for `answer`. @throws BadRequest `busy` */
  undo(id: string, options: ImportOptions): void {
    const before = this.#jobs.get(id);
    this.#start(id, 'undo', { isRaised: options.rate === undefined }, async (progress, signal) => {
      progress.isOf(options.sheet);
      const { undoImport } = await import('../../run/undo/undo.js');
      const confirm = (plan: UndoPlan): Promise<boolean> => this.#ask(id, progress, plan, signal);
      const result = await undoImport({ ...options, signal, onEvent: progress.listener, confirm });
      const { left, stoppedBy, confirmed } = result;
      if (!confirmed) return this.#putBack(id, before);
      const words = takenBackInWords({ ...result, left: left.length, leftBecause: leftCountsOf(left) });
      const isFailed = stoppedBy !== undefined && !isStopAskedFor(stoppedBy.exitStatus);
      const mood = isFailed ? 'stopped' : stoppedBy !== undefined || left.length > 0 ? 'mixed' : 'good';
      progress.ended(
        `${stoppedBy ? 'Stopped' : 'Finished'}: ${words} ${undoLeavesInWords(result)}`.trimEnd(),
        mood,
        null,
        stoppedBy ? this.#told(stoppedBy) : null,
      );
    });
  }

  /**
   * Answers the question of an undo with the number of contacts, typed; anything else is a no.
   * @throws ImporterError `usage` where nothing was asked
   */
  answer(id: string, typed: number | null): void {
    const job = this.#jobs.get(id);
    if (job?.answer === undefined || job.asked === undefined) throw usage('Nothing was asked.');
    if (typed !== null && typed !== job.asked) throw usage(`Type ${job.asked} to take them back.`);
    const { answer } = job;
    job.answer = undefined;
    if (typed !== null) job.progress.answered(job.asked);
    answer(typed !== null);
  }

  /** Stops what runs on a file as a signal stops a command: what is in flight is let finish. */
  stop(id: string): void {
    const job = this.#jobs.get(id);
    if (job === undefined || job.progress.isOver) return;
    job.progress.stopping();
    job.controller.abort(stopped(job.kind));
    const { answer } = job;
    // Who answers now, in another tab, answers nothing any more.
    job.answer = undefined;
    answer?.(false);
  }

  /** Tells no more of what is over. */
  forget(): void {
    for (const [id, { progress }] of this.#jobs) if (progress.isOver) this.#jobs.delete(id);
  }

  /** Stops everything, and waits until it has. */
  async close(): Promise<void> {
    for (const id of this.#jobs.keys()) this.stop(id);
    await Promise.all([...this.#jobs.values()].map(({ done }) => done));
  }

  #start(
    id: string,
    kind: JobKind,
    how: ConstructorParameters<typeof JobProgress>[3],
    run: (progress: JobProgress, signal: AbortSignal) => Promise<void>,
  ): void {
    this.checkFree(id);
    const progress = new JobProgress(id, kind, this.#onChange, how);
    const controller = new AbortController();
    const nth = this.#key.keys;
    const done = run(progress, controller.signal)
      .catch((error: unknown) => progress.failed(this.#told(error)))
      .then(() => {
        if (progress.view().error?.code !== 'unauthorized') return;
        this.#key.keyWasTried(nth, false);
        this.#onChange();
      });
    this.#jobs.set(id, { kind, progress, controller, done });
    this.#onChange();
  }

  /** What was asked, and answered with a no, has changed nothing: what was told before it is told again. */
  #putBack(id: string, before: Job | undefined): void {
    if (before === undefined) this.#jobs.delete(id);
    else this.#jobs.set(id, before);
    this.#onChange();
  }

  #told(error: unknown): WireError {
    return wireError(error, this.#folder);
  }

  #ask(id: string, progress: JobProgress, plan: UndoPlan, signal: AbortSignal): Promise<boolean> {
    const job = this.#jobs.get(id);
    if (job === undefined || signal.aborted) return Promise.resolve(false);
    const { toDelete, toSetBack } = plan;
    // What is gone already, or left as it is, is not taken back.
    const contacts = toDelete + toSetBack;
    if (contacts === 0) return Promise.resolve(true);
    job.asked = contacts;
    progress.isOf(plan.import.sheet);
    return new Promise((resolve) => {
      job.answer = resolve;
      progress.asks(undoPlanView(plan, contacts));
    });
  }
}

/** The writes of the job before, unless they were of another sheet than `sheet`. */
export function timelineOf(before: JobView | null, sheet: string | undefined): TimelineData | null {
  const of = before?.sheet ?? sheet;
  return sheet !== undefined && of !== sheet ? null : (before?.timeline ?? null);
}

/** As it stands after a colon. */
function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
