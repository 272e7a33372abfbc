/** Tells rows that Clarky rejects from settings for which it would reject every row. */
import type { UpsertResult } from '../../api/calls.js';
import { ImporterError } from '../../errors.js';
import type { PlannedContact } from '../../plan/planned.js';

export type Rejected = Extract<UpsertResult, { outcome: 'rejected' }>;

export interface Refusal {
  readonly planned: PlannedContact;
  readonly result: Rejected;
  readonly ms: number;
  /** True for one from elsewhere in the file, sent to see whether it fares better. */
  readonly isProbe: boolean;
}

/** When so many first answers are all one refusal, it may be the settings. */
const SAME_REFUSALS = 10;
/** So many from elsewhere in the file are then asked: if they are refused alike as well, every row would be. */
export const PROBES = 5;

export class Judge {
  /** The first refusals, kept back while nothing else was answered; undefined once rows are known to differ. */
  #alike: Refusal[] | undefined = [];

  /** True while it is not known whether every row would be refused. */
  get isJudging(): boolean {
    return (this.#alike?.length ?? 0) >= SAME_REFUSALS;
  }

  /**
   * Takes a refusal.
   * @returns the refusals that are now known to be the rows' own; none while that is not known
   */
  refused(refusal: Refusal): readonly Refusal[] {
    if (this.#alike === undefined) return [refusal];
    this.#alike.push(refusal);
    return this.#alike.some(({ result }) => !isAlike(result, refusal.result)) ? this.release() : [];
  }

  /** Something was answered otherwise, or nothing is left to ask: gives the refusals that were kept back. */
  release(): readonly Refusal[] {
    const refusals = this.#alike ?? [];
    this.#alike = undefined;
    return refusals;
  }

  /** What stops the run, once every row asked was refused alike; undefined before. @param isEnd no more can be asked */
  verdict(isEnd: boolean): ImporterError | undefined {
    const [first] = this.#alike ?? [];
    if (first === undefined || !this.isJudging) return undefined;
    const probes = this.#alike?.filter(({ isProbe }) => isProbe).length ?? 0;
    if (probes < PROBES && !isEnd) return undefined;
    const { code, message, field } = first.result;
    const blamed = field === undefined ? '' : ` (${field})`;
    return new ImporterError(
      'all_rejected',
      `Clarky rejected the first ${SAME_REFUSALS} contacts that were sent, and others, all in the same way: ${code}${blamed}.`,
      { next: nextStepFor(field), said: message },
    );
  }
}

function isAlike(a: Rejected, b: Rejected): boolean {
  return a.code === b.code && a.field === b.field && a.status === b.status;
}

function nextStepFor(field: string | undefined): string {
  if (field === 'emails' || field === 'phone_numbers') {
    return 'Clarky may want e-mails and phones in the other shape: try --contact-points objects (or strings).';
  }
  return 'Check the mapping with clarky-contacts plan FILE, and --set; then run the same command again.';
}
