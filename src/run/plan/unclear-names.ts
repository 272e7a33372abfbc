/** Rows that are sent as a contact whose name can't be compared with theirs: they may be two people. Pure. */

/** Such a row. */
export interface UnclearName {
  /** On which it starts. */
  readonly line: number;
  /** Of several files: the one that it is of. */
  readonly file?: string;
  /** Its own name: personal data. */
  readonly name: string;
}

/** So many are named in a plan. */
const MOST_NAMED = 20;

/** Those of a whole file: how many, and the first of them. */
export class UnclearNames {
  /** The first of them. */
  readonly examples: UnclearName[] = [];
  /** How many. */
  contacts = 0;

  add(unclear: UnclearName | undefined): void {
    if (unclear === undefined) return;
    this.contacts++;
    if (this.examples.length < MOST_NAMED) this.examples.push(unclear);
  }
}
