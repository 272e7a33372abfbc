/**
 * The rows of a source as they stood when they were rejected, by digests: where one stands so still, all that differs in its rejects
 * file was changed there, by a person or by their spreadsheet, and not in the source.
 */
import { createHash } from 'node:crypto';
import type { SourceRecord } from '../../source/record.js';

/** Their digests, one behind the other, by the milliseconds since which they stand so. */
type RowsSince = Readonly<Record<string, string>>;

/** 8 bytes of a digest. */
const CHARACTERS = 11;
/** Of more than so many nothing is kept: whoever rejects them corrects the file itself. */
const MOST_ROWS = 20_000;

export class RejectedRows {
  readonly #sinceMs = new Map<string, number>();
  /** Met in this run. */
  readonly #met = new Set<string>();

  constructor(noted: RowsSince = {}) {
    for (const [since, rows] of Object.entries(noted)) {
      const sinceMs = Number(since);
      for (let at = 0; at + CHARACTERS <= rows.length; at += CHARACTERS)
        this.#sinceMs.set(rows.slice(at, at + CHARACTERS), sinceMs);
    }
  }

  /** A row is rejected, or would be, were it not corrected. @param key by which its rejects file tells it */
  meet(key: string, { cells }: Pick<SourceRecord, 'cells'>): void {
    this.#met.add(digestOf(key, cells));
  }

  /** Since when it stands so under this key; undefined where that is not known. */
  sinceMs(key: string, { cells }: Pick<SourceRecord, 'cells'>): number | undefined {
    return this.#sinceMs.get(digestOf(key, cells));
  }

  /**
   * What is to be noted of them.
   * @param nowMs when this run began, which is before its rejects file was written
   * @param isWhole false for a run that did not come to all rows: the others stand as they did
   */
  noted(nowMs: number, isWhole: boolean): RowsSince {
    const all = isWhole ? this.#met : new Set([...this.#sinceMs.keys(), ...this.#met]);
    if (all.size > MOST_ROWS) return {};
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
