/** The runs that a checkpoint remembers: the last one, the last that decided every row, and of a workbook the last of each sheet. */
import type { RunCounts, RunFact } from './format.js';

/** A run as the checkpoint remembers it; `exit` is missing where it was killed. */
export interface RunRecord {
  readonly start: string;
  readonly rows: number;
  readonly live: boolean;
  readonly sheet?: { readonly name: string; readonly of: number };
  readonly end?: string;
  readonly exit?: number;
  readonly counts?: RunCounts;
}

/** What was taken back of an import, by one undo or several. */
export type UndoRecord = Omit<Extract<RunFact, { kind: 'undone' }>, 'kind'>;

/** No workbook has more that are worth remembering. */
export const MOST_SHEETS = 200;

export class RunHistory {
  #last: RunRecord | undefined;
  #finished: RunRecord | undefined;
  readonly #ofSheets = new Map<string, RunRecord>();
  #undone: UndoRecord | undefined;

  get last(): RunRecord | undefined {
    return this.#last;
  }

  /** The newest run that ended with every row decided: what a guard compares the next plan with. */
  get finished(): RunRecord | undefined {
    return this.#finished;
  }

  /** The newest run of each sheet of a workbook, in the order in which those were begun. */
  get ofSheets(): readonly RunRecord[] {
    return [...this.#ofSheets.values()];
  }

  /** What was taken back since the last run; undefined where nothing was. */
  get undone(): UndoRecord | undefined {
    return this.#undone;
  }

  /** Returns whether a line that told of an earlier run is now worth nothing. */
  apply(fact: Extract<RunFact, { kind: 'started' | 'ended' | 'undone' }>): boolean {
    switch (fact.kind) {
      case 'started':
        return this.#start(fact);
      case 'ended':
        return this.#end(fact);
      case 'undone': {
        const { kind: _, ...undone } = fact;
        const isReplaced = this.#undone !== undefined;
        this.#undone = undone;
        return isReplaced;
      }
    }
  }

  /** A contact was taken back: known though the undo is killed before its end. */
  tookBackOne(): void {
    if (this.#undone !== undefined) this.#undone = { ...this.#undone, done: this.#undone.done + 1 };
  }

  #start({ at, rows, live, sheet }: Extract<RunFact, { kind: 'started' }>): boolean {
    const before = this.#last;
    this.#undone = undefined;
    this.#remember({ start: at, rows, live: live === true, ...(sheet === undefined ? {} : { sheet }) });
    return before !== undefined && before !== this.#finished && !this.ofSheets.includes(before);
  }

  #end(fact: Extract<RunFact, { kind: 'ended' }>): boolean {
    if (this.#last === undefined) return false;
    const ended = { ...this.#last, end: fact.at, exit: fact.exit, counts: fact.counts };
    this.#remember(ended);
    if (!isFinished(fact)) return false;
    const isReplaced = this.#finished !== undefined && !this.ofSheets.includes(this.#finished);
    this.#finished = ended;
    return isReplaced;
  }

  #remember(run: RunRecord): void {
    this.#last = run;
    if (run.sheet === undefined) return;
    const { name } = run.sheet;
    this.#ofSheets.delete(name);
    if (this.#ofSheets.size < MOST_SHEETS) this.#ofSheets.set(name, run);
  }
}

/** True for the end of a run in which every row was decided. */
export function isFinished({ exit }: Extract<RunFact, { kind: 'ended' }>): boolean {
  return exit === 0 || exit === 3;
}
