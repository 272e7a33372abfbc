/**
 * The rows of a source as they stood when they were rejected, by digests: where one stands so still, all that differs in its rejects
 * file was changed there, by a person or by their spreadsheet, and not in the source.
 */
import { createHash } from 'node:crypto';
import { displayHeader } from '../../mapping/header.js';
import type { ColumnMapping } from '../../mapping/mapping.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';

/** Their digests, one behind the other, by the milliseconds since which they stand so. */
type RowsSince = Readonly<Record<string, string>>;

/** 8 bytes of a digest. */
const CHARACTERS = 11;
/** If more rows are rejected, nothing is kept of them: people then correct the file itself. */
const MOST_ROWS = 20_000;
/** Of a row: on its line, anywhere, and of its points. */
const MOST_DIGESTS = 4;

/** Before what a digest is of: a row wherever it stands, and somebody's name with what was wrong. No key is one of them. */
const [ANYWHERE, POINT] = ['=', '@'];

/** What somebody is called. */
export const NAMES: ReadonlySet<string> = new Set(['name', 'first_name', 'last_name', 'company']);

const POINTS: ReadonlySet<string> = new Set(['emails', 'phone_numbers', 'phone_part']);

/** What a column is mapped to, in a word. */
export function fieldOf({ target }: Pick<ColumnMapping, 'target'>): string {
  return target.kind === 'field' ? target.field : target.kind;
}

/** By which columns the rows of a file tell who they are about: names, and e-mails and phones. */
class WhoCells {
  readonly #names: readonly number[];
  readonly #points: readonly ColumnMapping[];

  constructor(columns: readonly ColumnMapping[]) {
    this.#names = columns.filter((column) => NAMES.has(fieldOf(column))).map(({ index }) => index);
    this.#points = columns.filter((column) => POINTS.has(fieldOf(column)));
  }

  nameOf(cells: readonly (string | undefined)[]): string {
    return this.#names.map((at) => cells[at] ?? '').join('\n');
  }

  /** The filled cells of e-mails and phones, by digests. @param problems only those of which they complain */
  points(cells: readonly string[], problems?: readonly Problem[]): { readonly at: number; readonly digest: string }[] {
    return this.#points.flatMap(({ index: at, header }) => {
      const cell = cells[at] ?? '';
      const isIt = problems?.some(({ column }) => column === undefined || column === displayHeader(header)) !== false;
      return cell === '' || !isIt ? [] : [{ at, digest: digestOf(POINT, [this.nameOf(cells), cell]) }];
    });
  }
}

export class RejectedRows {
  readonly #who: WhoCells;
  readonly #sinceMs = new Map<string, number>();
  /** Met in this run. */
  readonly #met = new Set<string>();
  #rows = 0;

  constructor(columns: readonly ColumnMapping[], noted: RowsSince = {}) {
    this.#who = new WhoCells(columns);
    for (const [since, rows] of Object.entries(noted)) {
      const sinceMs = Number(since);
      for (let at = 0; at + CHARACTERS <= rows.length; at += CHARACTERS)
        this.#sinceMs.set(rows.slice(at, at + CHARACTERS), sinceMs);
    }
  }

  /**
   * A row is rejected, or would be, were it not corrected.
   * @param key by which its rejects file tells it
   * @param problems why; what was noted of it before stays where they are not known
   */
  meet(key: string, { cells }: Pick<SourceRecord, 'cells'>, problems?: readonly Problem[]): void {
    this.#rows++;
    if (this.#rows > MOST_ROWS) return this.#met.clear();
    this.#met.add(digestOf(key, cells)).add(digestOf(ANYWHERE, cells));
    const now = new Set(problems && this.#who.points(cells, problems).map(({ digest }) => digest));
    for (const { digest } of this.#who.points(cells))
      if (now.has(digest) || this.#sinceMs.has(digest)) this.#met.add(digest);
  }

  /** Since when it stands so, on whatever line; undefined where that is not known. */
  sinceMs(key: string, { cells }: Pick<SourceRecord, 'cells'>): number | undefined {
    return this.#sinceMs.get(digestOf(ANYWHERE, cells)) ?? this.#sinceMs.get(digestOf(key, cells));
  }

  /** The same of a row on that very line. */
  sinceMsOn(key: string, { cells }: Pick<SourceRecord, 'cells'>): number | undefined {
    return this.#sinceMs.get(digestOf(key, cells));
  }

  /** Whether it was rejected as it stands, and on another line. */
  hasMoved(key: string, { cells }: Pick<SourceRecord, 'cells'>): boolean {
    const since = this.#sinceMs.get(digestOf(ANYWHERE, cells));
    return since !== undefined && (this.#sinceMs.get(digestOf(key, cells)) ?? Infinity) > since;
  }

  /** The cells for which somebody of this name was rejected, and since when, whatever else the row held. */
  wrongPoints({ cells }: Pick<SourceRecord, 'cells'>): { readonly at: number; readonly sinceMs: number }[] {
    return this.#who.points(cells).flatMap(({ at, digest }) => {
      const sinceMs = this.#sinceMs.get(digest);
      return sinceMs === undefined ? [] : [{ at, sinceMs }];
    });
  }

  /** What the row of these cells says that somebody is called; line feeds alone where it says nothing. */
  nameOf(cells: readonly (string | undefined)[]): string {
    return this.#who.nameOf(cells);
  }

  /**
   * What is to be noted of them.
   * @param nowMs when this run began, which is before its rejects file was written
   * @param isWhole false for a run that did not come to all rows: the others stand as they did
   */
  noted(nowMs: number, isWhole: boolean): RowsSince {
    const all = isWhole ? this.#met : new Set([...this.#sinceMs.keys(), ...this.#met]);
    if (this.#rows > MOST_ROWS || all.size > MOST_ROWS * MOST_DIGESTS) return {};
    const bySince = new Map<number, string>();
    for (const digest of all) {
      const sinceMs = this.#sinceMs.get(digest) ?? nowMs;
      bySince.set(sinceMs, (bySince.get(sinceMs) ?? '') + digest);
    }
    return Object.fromEntries(bySince);
  }
}

function digestOf(key: string, cells: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([key, ...cells]));
  return hash.digest('base64url').slice(0, CHARACTERS);
}
