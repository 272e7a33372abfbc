/** Tells rows that Clarky rejects from settings for which it would reject every row. */
import type { UpsertResult } from '../../api/calls.js';
import { ImporterError } from '../../errors.js';
import type { Decisions } from '../../plan/decisions.js';
import type { PlannedContact } from '../../plan/planned.js';

export type Rejected = Extract<UpsertResult, { outcome: 'rejected' }>;

export interface Refusal {
  readonly planned: PlannedContact;
  readonly result: Rejected;
  readonly ms: number;
}

/** When so many first answers are all one refusal, it may be the settings. */
const SAME_REFUSALS = 10;
/** So many from all over the rest of the file are then asked: if they are refused alike as well, every row would be. */
const PROBES = 5;

/**
 * The places of a file that are asked: its last one in any case, and others in each run.
 * @param from the first place that is left, `to` the last
 * @param turn another number in each run
 */
export function placesToProbe(from: number, to: number, turn: number): number[] {
  const step = Math.max(1, Math.ceil((to - from) / (PROBES - 1)));
  const places = Array.from({ length: PROBES - 1 }, (_, at) => from + at * step + (turn % step));
  return [...new Set([...places, to])].filter((place) => place <= to).sort((a, b) => a - b);
}

/** Each row is a place, but for those that are folded into another. */
function lastPlaceOf(decisions: Pick<Decisions, 'counts'>): number {
  const { rows, merged } = decisions.counts();
  return rows - merged - 1;
}

/** Which contacts from elsewhere in a file are sent, once the first were all rejected alike: they show whether all are. */
export class Probes {
  readonly #turn: number;
  #left: number[] | undefined;

  /** @param turn another number in each run */
  constructor(turn: number) {
    this.#turn = turn;
  }

  /** Whether it is one of them. @param ordinal its place, asked for in order */
  take(ordinal: number, decisions: Pick<Decisions, 'counts'>): boolean {
    this.#left ??= placesToProbe(ordinal, lastPlaceOf(decisions), this.#turn);
    if (ordinal < (this.#left[0] ?? Infinity)) return false;
    this.#left = this.#left.filter((place) => place > ordinal);
    return true;
  }
}

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

  /** What stops the run, where every row asked was refused alike; for when all that was sent is answered. */
  get verdict(): ImporterError | undefined {
    const [first] = this.#alike ?? [];
    if (first === undefined || !this.isJudging) return undefined;
    const { code, message, field } = first.result;
    const blamed = field === undefined ? '' : ` (${field})`;
    const more = (this.#alike?.length ?? 0) > SAME_REFUSALS ? ', and others' : '';
    return new ImporterError(
      'all_rejected',
      `Clarky rejected the first ${SAME_REFUSALS} contacts that were sent${more}, all in the same way: ${code}${blamed}.`,
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
  return 'Check the mapping and what is set for all, then run the same command again. Both are shown by: clarky-contacts plan FILE';
}
