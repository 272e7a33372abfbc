/** One pass over a file with its corrections, and what a person should know of them. */
import type { SourceRecord } from '../../../source/record.js';
import { rowsLeftOutInWords, UNFIT, type Unfit } from '../../../wording/rows/corrections.js';
import { placesOfLine } from './by-line.js';
import { columnNames, rowText, type Correction } from './corrections.js';
import type { Placement, StaleCorrection } from './placement.js';

export class Correcting {
  /** In the order of the lines on which their rows are now. */
  readonly #placed: readonly Correction[];
  readonly #indexOf: ReadonlyMap<string, number>;
  /** 1 for each that was applied. */
  readonly #applied: Uint8Array;
  #count = 0;
  #leftOut = 0;

  /** @param placed on the lines where their rows are now, in the order of these */
  constructor(placed: readonly Correction[], header: readonly string[]) {
    this.#indexOf = new Map(columnNames(header).map((name, at) => [name, at]));
    this.#placed = placed;
    this.#applied = new Uint8Array(placed.length);
  }

  /** The records with their corrections; those that are left out are missing. */
  apply(records: readonly SourceRecord[]): readonly SourceRecord[] {
    if (this.#placed.length === 0) return records;
    return records.flatMap((record) => {
      const { from, to } = placesOfLine(this.#placed, record.line);
      if (from === to) return [record];
      const corrected = this.#correct(record, from, to);
      return corrected === undefined ? [] : [corrected];
    });
  }

  /** How many were applied so far. */
  get applied(): number {
    return this.#count;
  }

  /** Rows that were left out by one so far. */
  get rowsLeftOut(): number {
    return this.#leftOut;
  }

  #correct(record: SourceRecord, from: number, to: number): SourceRecord | undefined {
    const cells = [...record.cells];
    let isCorrected = false;
    for (const [nth, one] of this.#placed.slice(from, to).entries()) {
      if (one.column === null) {
        if (rowText(record.cells) !== one.was) continue;
        this.#note(from + nth, true);
        return undefined;
      }
      const at = this.#indexOf.get(one.column);
      // Of a malformed record no cell is where it seems to be.
      if (at === undefined || one.value === null || record.problem !== undefined) continue;
      if ((record.cells[at] ?? '') !== one.was) continue;
      cells[at] = one.value;
      isCorrected = true;
      this.#note(from + nth, false);
    }
    // A blank line is no row, whoever blanked it.
    return isCorrected && cells.every((cell) => cell.trim() === '') ? undefined : { ...record, cells };
  }

  /** A file is read more than once: each counts once. */
  #note(index: number, isOfRow: boolean): void {
    if (this.#applied[index] === 1) return;
    this.#applied[index] = 1;
    this.#count += 1;
    if (isOfRow) this.#leftOut += 1;
  }
}

/** What a person should know of the corrections of a file, as sentences. */
export function correctionNotes(
  path: string,
  { applied, rowsLeftOut }: Pick<Correcting, 'applied' | 'rowsLeftOut'>,
  { moved, stale }: Pick<Placement, 'moved' | 'stale'>,
): string[] {
  const notes: string[] = [];
  if (applied > 0) {
    const followed =
      moved === 0
        ? ''
        : `, ${moved === applied ? (applied === 1 ? 'to a row' : 'all to rows') : `${moved} of them to rows`} that moved`;
    const left = rowsLeftOut === 0 ? '' : ` ${rowsLeftOutInWords(rowsLeftOut)}`;
    const are = applied === 1 ? '1 correction of' : `${applied} corrections of`;
    notes.push(`${are} ${path} ${applied === 1 ? 'is' : 'are'} applied${followed}.${left}`);
  }
  if (stale.length > 0) {
    const are =
      stale.length === 1 ? '1 correction no longer fits and is' : `${stale.length} corrections no longer fit and are`;
    notes.push(`${are} not used: ${unfitInWords(stale)}.`);
  }
  return notes;
}

/** By what is in the way, on which lines they were made. */
function unfitInWords(stale: readonly StaleCorrection[]): string {
  return (Object.keys(UNFIT) as Unfit[])
    .flatMap((why) => {
      const these = stale.filter((one) => one.why === why).map(({ correction }) => correction);
      const places = these
        .slice(0, 5)
        .map(({ line, column }) => (column === null ? `line ${line}` : `line ${line} (${column})`));
      const more = these.length > places.length ? ` and ${these.length - places.length} more` : '';
      return these.length === 0 ? [] : [`${places.join(', ')}${more}, where ${UNFIT[why]}`];
    })
    .join('; ');
}
