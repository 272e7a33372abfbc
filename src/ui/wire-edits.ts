/** Of what page and server tell each other: corrections. */
import type { Unfit } from '../wording/rows/corrections.js';

/** One correction: what a cell held, and what is to be read instead; `column` and `value` null leave the row out. */
export interface Correction {
  readonly line: number;
  readonly column: string | null;
  readonly was: string;
  readonly value: string | null;
}

export interface CorrectionsView {
  /** Those that are used, on the lines where their rows are now. */
  readonly corrections: readonly Correction[];
  /** Those that no longer fit, on the lines where they were made. */
  readonly stale: readonly (Correction & { readonly why: Unfit })[];
}

/** One that somebody wants gone. */
export interface TakenBack extends Pick<Correction, 'line' | 'column'> {
  readonly isStale: boolean;
}
