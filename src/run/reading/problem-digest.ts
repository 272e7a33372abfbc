/** The problems of a file by kind: how many, and the first of each with its line. Bounded, whatever the file. */
import type { Problem } from '../../problem.js';

const EXAMPLES_PER_KIND = 3;

export interface ProblemExample {
  readonly line: number;
  readonly column?: string;
  readonly message: string;
}

export interface ProblemKind {
  readonly code: string;
  readonly count: number;
  readonly hint?: string;
  readonly examples: readonly ProblemExample[];
  /** How many of these rows `--on-invalid omit` would send; absent where none. */
  readonly omittable?: number;
}

interface Kind {
  count: number;
  omittable: number;
  hint: string | undefined;
  readonly examples: ProblemExample[];
}

export class ProblemDigest {
  readonly #kinds = new Map<string, Kind>();

  /** Counts one record's problems, each kind once. @param isOmittable whether it could be sent without those values */
  add(line: number, problems: readonly Problem[], isOmittable = false): void {
    const seen = new Set<string>();
    for (const { code, column, message, hint } of problems) {
      if (seen.has(code)) continue;
      seen.add(code);
      const kind = this.#kinds.get(code) ?? { count: 0, omittable: 0, hint, examples: [] };
      this.#kinds.set(code, kind);
      kind.count++;
      if (helpsMore(hint, kind.hint)) kind.hint = hint;
      if (isOmittable) kind.omittable++;
      if (kind.examples.length < EXAMPLES_PER_KIND) {
        kind.examples.push({ line, ...(column === undefined ? {} : { column }), message });
      }
    }
  }

  /** The kinds, the most frequent first. */
  kinds(): ProblemKind[] {
    return [...this.#kinds]
      .map(([code, { count, omittable, hint, examples }]) => ({
        ...{ code, count, examples },
        ...(hint === undefined ? {} : { hint }),
        ...(omittable === 0 ? {} : { omittable }),
      }))
      .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
  }
}

/** One of the rows may have a way out that those before have not, or several. */
function helpsMore(hint = '', before = ''): boolean {
  const [own, other] = [hint.includes('--'), before.includes('--')];
  return own === other ? hint.length > before.length : own;
}
