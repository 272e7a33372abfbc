/** The rows of rejects files as they stand there, densely: a file of them may be as large as the list that they are of. */
import { TextPool } from '../../collections/digest-index.js';
import type { Contact } from '../../contact/contact.js';
import { digestText } from '../../contact/identity.js';
import type { PlannedContact } from '../../plan/planned.js';

/** A rejects file. */
export interface CandidateFile {
  readonly path: string;
  /** Under which it may have been imported. */
  readonly checkpoints: readonly string[];
  /** What is complained of is the value to which it was corrected before. */
  readonly isRejectedAgain: boolean;
  /** When the rejects file was last saved. */
  readonly savedMs: number;
}

/** A row of it. */
export interface Candidate extends CandidateFile {
  readonly planned: PlannedContact;
  /** By column of the source, undefined where the rejects file has another one there. */
  readonly cells: readonly (string | undefined)[];
  readonly codes: string;
  readonly message: string;
  /** Its place among all. */
  readonly at: number;
}

interface Kept extends Pick<Candidate, 'codes' | 'message'> {
  readonly file: number;
  readonly line: number;
  readonly of: string | undefined;
  readonly contact: Contact;
  readonly identity: string;
  readonly payload: string;
  readonly cells: readonly (string | null)[];
}

export class Candidates {
  readonly #texts = new TextPool();
  readonly #files: CandidateFile[] = [];
  readonly #byRow = new Map<string, number[]>();
  #byName: Map<string, number[]> | undefined;
  #byIdentity: Map<string, number[]> | undefined;
  readonly #nameOf: (cells: Candidate['cells']) => string;

  /** @param nameOf what a row says that somebody is called */
  constructor(nameOf: (cells: Candidate['cells']) => string) {
    this.#nameOf = nameOf;
  }

  /** Adds a row. @param key by which the rejects file tells it */
  add(key: string, file: CandidateFile, row: Pick<Candidate, 'planned' | 'cells' | 'codes' | 'message'>): void {
    if (this.#files.at(-1) !== file) this.#files.push(file);
    const { planned, cells, codes, message } = row;
    const record = planned.records.at(-1);
    const kept: Kept = {
      file: this.#files.length - 1,
      line: record?.line ?? 0,
      of: record?.file,
      contact: planned.contact,
      identity: digestText(planned.identity),
      payload: digestText(planned.payload),
      cells: cells.map((cell) => cell ?? null),
      codes,
      message,
    };
    append(this.#byRow, key, this.#texts.add(JSON.stringify(kept)));
  }

  ofRow(key: string): Candidate[] {
    return (this.#byRow.get(key) ?? []).map((at) => this.#get(at));
  }

  /** Those whose rows say that somebody is called so. */
  ofName(name: string): Candidate[] {
    this.#byName ??= this.#indexed(({ cells }) => this.#nameOf(cells));
    return (this.#byName.get(name) ?? []).map((at) => this.#get(at));
  }

  ofIdentity(identity: Uint8Array): Candidate[] {
    this.#byIdentity ??= this.#indexed(({ planned }) => digestText(planned.identity));
    return (this.#byIdentity.get(digestText(identity)) ?? []).map((at) => this.#get(at));
  }

  #indexed(keyOf: (one: Candidate) => string): Map<string, number[]> {
    const index = new Map<string, number[]>();
    for (let at = 0; at < this.#texts.size; at++) append(index, keyOf(this.#get(at)), at);
    return index;
  }

  #get(at: number): Candidate {
    const { file, line, of, contact, identity, payload, cells, codes, message } = JSON.parse(
      this.#texts.get(at),
    ) as Kept;
    const there = this.#files[file];
    if (there === undefined) throw new RangeError(`There is no rejects file ${file}.`);
    const planned: PlannedContact = {
      kind: 'contact',
      contact,
      identity: Buffer.from(identity, 'base64url'),
      payload: Buffer.from(payload, 'base64url'),
      records: [{ line, ...(of === undefined ? {} : { file: of }), cells: [] }],
      remarks: [],
      external: undefined,
    };
    return { ...there, planned, cells: cells.map((cell) => cell ?? undefined), codes, message, at };
  }
}

function append(index: Map<string, number[]>, key: string, at: number): void {
  const there = index.get(key);
  if (there === undefined) index.set(key, [at]);
  else there.push(at);
}
