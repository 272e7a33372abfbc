/** Contacts that are in Clarky, or would be, without a value that their row has: how many, without which, and why. Pure. */
import type { ContactField } from '../contact/contact.js';
import type { ColumnMapping } from '../mapping/mapping.js';
import type { Remark } from './left-out.js';

/** Values of a kind that contacts go without. */
export interface LeftOutValue {
  /** The column's header; `Phone` or `E-mail` where it may be any of several. */
  readonly column: string;
  /** That of the problem. */
  readonly code: string;
  /** How many contacts go without. */
  readonly contacts: number;
}

/** A file may have any number of columns. */
const MOST_KINDS = 200;

/** What several people have may stand in any column of its kind: by the field, and what such a column is called where there are several. */
const OF_ANY_COLUMN: Readonly<Record<string, { readonly field: ContactField; readonly called: string }>> = {
  shared_phone_omitted: { field: 'phone_numbers', called: 'Phone' },
  shared_email_omitted: { field: 'emails', called: 'E-mail' },
};

/** Remarks on addresses and numbers that are nobody's, which no setting sends. */
const NOBODYS: ReadonlySet<string> = new Set(['placeholder_email', 'placeholder_phone']);

/** True where a remark of this code tells of a value that is not sent. */
export function isLeftOut({ problem, isOmission }: Pick<Remark, 'problem' | 'isOmission'>): boolean {
  return isOmission || NOBODYS.has(problem.code);
}

export class LeftOutValues {
  readonly #kinds = new Map<string, LeftOutValue>();
  #contacts = 0;
  #columns: readonly Pick<ColumnMapping, 'header' | 'target'>[] = [];

  /** Which columns there are, as they are mapped. */
  of({ columns }: { readonly columns: readonly Pick<ColumnMapping, 'header' | 'target'>[] }): this {
    this.#columns = columns;
    return this;
  }

  /** How many contacts go without one value or more. */
  get contacts(): number {
    return this.#contacts;
  }

  /** Counts a contact, each of its kinds once. */
  add(remarks: readonly Remark[]): void {
    const seen = new Set<string>();
    if (remarks.some(isLeftOut)) this.#contacts++;
    for (const remark of remarks) {
      if (!isLeftOut(remark)) continue;
      const { code, column = this.#columnOf(code) } = remark.problem;
      const key = `${code}\n${column}`;
      const known = this.#kinds.get(key);
      if (seen.has(key) || (known === undefined && this.#kinds.size >= MOST_KINDS)) continue;
      seen.add(key);
      this.#kinds.set(key, { column, code, contacts: (known?.contacts ?? 0) + 1 });
    }
  }

  #columnOf(code: string): string {
    const shared = OF_ANY_COLUMN[code];
    if (shared === undefined) return '';
    const headers = this.#columns.flatMap(({ header, target }) =>
      target.kind === 'field' && target.field === shared.field ? [header] : [],
    );
    return headers.length === 1 ? (headers[0] ?? shared.called) : shared.called;
  }

  /** The most frequent first; undefined where nothing was left out. */
  list(): readonly LeftOutValue[] | undefined {
    if (this.#kinds.size === 0) return undefined;
    return [...this.#kinds.values()].sort((a, b) => b.contacts - a.contacts);
  }
}
