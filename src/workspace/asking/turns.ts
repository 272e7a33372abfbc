/**
 * Which rows can be sent while others are yet to be asked for: those whose questions are answered, and those of every row that
 * has an e-mail or phone in common with them, in the file or by a contact of the workspace.
 */
import { UnionFind } from '../../collections/union-find.js';
import { digest, digestText } from '../../contact/identity.js';
import type { Questions } from './questions.js';

export class Turns {
  readonly #questions: Questions;
  readonly #together: UnionFind;
  /** By a point that no row has: a row of whoever has it in the workspace. */
  readonly #rowOfOther = new Map<string, number>();
  /** By the root of rows that belong together: the last of them. */
  readonly #last: Uint32Array;
  /** By row: the turn in which it was given, 0 before that. */
  readonly #turnOf: Uint32Array;
  #turn = 0;

  constructor(rows: number, questions: Questions) {
    this.#questions = questions;
    this.#together = new UnionFind(rows);
    this.#last = Uint32Array.from({ length: rows }, (_, row) => row);
    this.#turnOf = new Uint32Array(rows);
    for (const sharing of questions.sharing()) this.#join(sharing);
  }

  /**
   * Takes a contact of the workspace that has these e-mails and phones: whoever has one of them in the file belongs together.
   * @returns for each whether it is of rows that were given: what became of them does not change any more
   */
  meet(points: readonly Uint8Array[]): boolean[] {
    const rows = points.map((point) => this.#questions.rowOf(point) ?? this.#rowOfOther.get(digestText(point)));
    const open = rows.filter((row): row is number => row !== undefined && !this.#isGiven(row));
    this.#join(open);
    const [first] = open;
    if (first === undefined) return points.map(() => true);
    for (const [at, point] of points.entries())
      if (rows[at] === undefined) this.#rowOfOther.set(digestText(point), first);
    return rows.map((row) => row !== undefined && this.#isGiven(row));
  }

  /**
   * Gives those that can be sent now.
   * @param answered the number of rows, from the first one on, whose questions are answered
   * @returns whether a row is one of them; undefined where none is
   */
  next(answered: number): ((row: number) => boolean) | undefined {
    const turn = ++this.#turn;
    let given = 0;
    for (let row = 0; row < this.#turnOf.length; row++) {
      if (this.#isGiven(row) || (this.#last[this.#together.root(row)] ?? Infinity) >= answered) continue;
      this.#turnOf[row] = turn;
      given++;
    }
    return given === 0 ? undefined : (row) => this.#turnOf[row] === turn;
  }

  #isGiven(row: number): boolean {
    return this.#turnOf[row] !== 0;
  }

  #join([first, ...others]: readonly number[]): void {
    if (first === undefined) return;
    for (const other of others) {
      const last = Math.max(this.#lastWith(first), this.#lastWith(other));
      this.#together.join(first, other);
      this.#last[this.#together.root(first)] = last;
    }
  }

  #lastWith(row: number): number {
    return this.#last[this.#together.root(row)] ?? row;
  }
}

/** Stands for an e-mail or phone of rows that were given: nobody else has it. */
export function nobodysPoint(id: string, at: number): Uint8Array {
  return digest('phone', `given\n${id}\n${at}`);
}
