/** What is decided of the rows of a file, all at once, or some after the others where the workspace is asked for their people. */
import type { Decisions } from './decisions.js';

/** Rows of which all is known, and what was decided about them. Nothing that is found later changes it. */
export interface DecidedRows {
  readonly decisions: Decisions;
  /** By the ordinals of rows, of each contact all or none; every one is of them where it is left out. */
  readonly isWanted: ((ordinal: number) => boolean) | undefined;
}

export class DecidedInTurn {
  readonly #turns: DecidedRows[] = [];
  readonly #first: DecidedRows;
  readonly #later: AsyncIterable<DecidedRows> | undefined;
  readonly #onDecided: (rows: DecidedRows) => void;

  /** @param onDecided told of each once */
  constructor(
    first: DecidedRows,
    later: AsyncIterable<DecidedRows> | undefined,
    onDecided: (rows: DecidedRows) => void,
  ) {
    this.#first = first;
    this.#later = later;
    this.#onDecided = onDecided;
  }

  /** Those that were decided before, in the same order each time, and then the others as they come. @throws what deciding throws */
  async *all(): AsyncGenerator<DecidedRows, void, undefined> {
    yield* this.#turns;
    if (this.#turns.length === 0) yield this.#take(this.#first);
    for await (const rows of this.#later ?? []) yield this.#take(rows);
  }

  /** Those that are not decided, as far as is known of them; undefined where all are. */
  get others(): DecidedRows | undefined {
    const { decisions, isWanted } = this.#turns.at(-1) ?? this.#first;
    if (isWanted === undefined) return undefined;
    return { decisions, isWanted: (ordinal) => !this.#turns.some((rows) => rows.isWanted?.(ordinal) === true) };
  }

  #take(rows: DecidedRows): DecidedRows {
    this.#turns.push(rows);
    this.#onDecided(rows);
    return rows;
  }
}
