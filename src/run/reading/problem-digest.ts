/** The problems of a file by kind: how many, and the first of each with its line. Bounded, whatever the file. */
import { LACKS_COUNTRY, type Problem } from '../../problem.js';
import { placeOf } from '../../wording/rows/lines.js';

const EXAMPLES_PER_KIND = 3;

type MappedPlace = Parameters<typeof placeOf>[0];

/** One of several problems of a kind. */
export interface ProblemExample {
  /** Of the record. */
  readonly line: number;
  /** Of several files: the one that it is of. */
  readonly file?: string;
  /** The column's name, where it is of one. */
  readonly column?: string;
  /** One sentence; it may quote the value. */
  readonly message: string;
}

/** Problems of one kind. */
export interface ProblemKind {
  /** That of the problems. */
  readonly code: string;
  /** How many records have it. */
  readonly count: number;
  /** What to do about it. */
  readonly hint?: string;
  /** The first of them. */
  readonly examples: readonly ProblemExample[];
  /** How many of these rows `--on-invalid omit` would send; absent where none. */
  readonly omittable?: number;
  /** What a spreadsheet changed: in each column how many cells, and the first of them; absent for all else. */
  readonly byColumn?: readonly {
    /** How many cells. */
    readonly count: number;
    /** The first of them. */
    readonly first: ProblemExample;
  }[];
}

/** Of these a row may have several, each with the same to be said of it: they are told by their columns. */
const TOLD_BY_COLUMN: ReadonlySet<string> = new Set(['spreadsheet_put_back', 'spreadsheet_date', 'letters_lost']);

interface Kind {
  count: number;
  omittable: number;
  hint: string | undefined;
  readonly examples: ProblemExample[];
  readonly byColumn: Map<string, { count: number; readonly first: ProblemExample }>;
}

export class ProblemDigest {
  readonly #kinds = new Map<string, Kind>();
  readonly #lackingCountry = new Set<string>();

  /** Of several files, those in which phones lack their country. */
  get filesLackingCountry(): ReadonlySet<string> {
    return this.#lackingCountry;
  }

  /** Counts one record's problems, each kind once. @param isOmittable whether it could be sent without those values */
  add(place: MappedPlace, problems: readonly Problem[], isOmittable = false): void {
    const seen = new Set<string>();
    for (const { code, column, message, hint } of problems) {
      const kind: Kind = this.#kinds.get(code) ?? { count: 0, omittable: 0, hint, examples: [], byColumn: new Map() };
      this.#kinds.set(code, kind);
      const example = { ...placeOf(place), ...(column === undefined ? {} : { column }), message };
      if (column !== undefined && TOLD_BY_COLUMN.has(code)) {
        const ofColumn = kind.byColumn.get(column) ?? { count: 0, first: example };
        kind.byColumn.set(column, ofColumn);
        ofColumn.count++;
      }
      if (code === LACKS_COUNTRY && place.file !== undefined) this.#lackingCountry.add(place.file);
      if (seen.has(code)) continue;
      seen.add(code);
      kind.count++;
      if (helpsMore(hint, kind.hint)) kind.hint = hint;
      if (isOmittable) kind.omittable++;
      if (kind.examples.length < EXAMPLES_PER_KIND) kind.examples.push(example);
    }
  }

  /** The kinds, the most frequent first. */
  kinds(): ProblemKind[] {
    return [...this.#kinds]
      .map(([code, { count, omittable, hint, examples, byColumn }]) => ({
        ...{ code, count, examples },
        ...(hint === undefined ? {} : { hint }),
        ...(omittable === 0 ? {} : { omittable }),
        ...(byColumn.size === 0 ? {} : { byColumn: [...byColumn.values()] }),
      }))
      .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
  }
}

/** How many rows have each, by its code: a row with several stands under each. */
export function reasonsOf(kinds: readonly ProblemKind[]): Record<string, number> {
  return Object.fromEntries(kinds.map(({ code, count }) => [code, count]));
}

/** One of the rows may have a way out that those before have not, or several. */
function helpsMore(hint = '', before = ''): boolean {
  const [own, other] = [hint.includes('--'), before.includes('--')];
  return own === other ? hint.length > before.length : own;
}
