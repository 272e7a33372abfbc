/** The runs that a checkpoint remembers: the last one, and the last that decided every row. */
import type { RunCounts, RunFact } from './format.js';

/** A run as the checkpoint remembers it; `exit` is missing where it was killed. */
export interface RunRecord {
  readonly start: string;
  readonly rows: number;
  readonly live: boolean;
  readonly end?: string;
  readonly exit?: number;
  readonly counts?: RunCounts;
}

export class RunHistory {
  #last: RunRecord | undefined;
  #finished: RunRecord | undefined;

  get last(): RunRecord | undefined {
    return this.#last;
  }

  /** The newest run that ended with every row decided: what a guard compares the next plan with. */
  get finished(): RunRecord | undefined {
    return this.#finished;
  }

  /** Returns whether a line that told of an earlier run is now worth nothing. */
  apply(fact: Extract<RunFact, { kind: 'started' | 'ended' }>): boolean {
    if (fact.kind === 'started') {
      const isReplaced = this.#last !== undefined && this.#last !== this.#finished;
      this.#last = { start: fact.at, rows: fact.rows, live: fact.live === true };
      return isReplaced;
    }
    if (this.#last === undefined) return false;
    this.#last = { ...this.#last, end: fact.at, exit: fact.exit, counts: fact.counts };
    if (!isFinished(fact)) return false;
    const isReplaced = this.#finished !== undefined;
    this.#finished = this.#last;
    return isReplaced;
  }
}

/** True for the end of a run in which every row was decided. */
export function isFinished({ exit }: Extract<RunFact, { kind: 'ended' }>): boolean {
  return exit === 0 || exit === 3;
}
