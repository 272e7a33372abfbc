/** One pass over a file with its corrections, and what a person should know of them. */
import type { SourceRecord } from '../../../source/record.js';
import { rowsLeftOutInWords, UNFIT, type Unfit } from '../../../wording/rows/corrections.js';
import { columnNames, rowText, type Correction } from './corrections.js';
import type { Placement, StaleCorrection } from './placement.js';

export class Correcting {
  readonly #byLine = new Map<number, Correction[]>();
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #applied = new Set<Correction>();

  /** @param placed on the lines where their rows are now */
  constructor(placed: readonly Correction[], header: readonly string[]) {
    this.#indexOf = new Map(columnNames(header).map((name, at) => [name, at]));
    for (const one of placed) {
      const there = this.#byLine.get(one.line);
      if (there === undefined) this.#byLine.set(one.line, [one]);
      else there.push(one);
    }
  }

  /** The records with their corrections; those that are left out are missing. */
  apply(records: readonly SourceRecord[]): readonly SourceRecord[] {
    if (!records.some(({ line }) => this.#byLine.has(line))) return records;
    return records.flatMap((record) => {
      const corrections = this.#byLine.get(record.line);
      if (corrections === undefined) return [record];
      const corrected = this.#correct(record, corrections);
      return corrected === undefined ? [] : [corrected];
    });
  }

  /** How many were applied so far. */
  get applied(): number {
    return this.#applied.size;
  }

  /** Rows that were left out by one so far. */
  get rowsLeftOut(): number {
    return [...this.#applied].filter(({ column }) => column === null).length;
  }

  #correct(record: SourceRecord, corrections: readonly Correction[]): SourceRecord | undefined {
    const cells = [...record.cells];
    let isCorrected = false;
    for (const one of corrections) {
      if (one.column === null) {
        if (rowText(record.cells) !== one.was) continue;
        this.#applied.add(one);
        return undefined;
      }
      const at = this.#indexOf.get(one.column);
      // Of a malformed record no cell is where it seems to be.
      if (at === undefined || one.value === null || record.problem !== undefined) continue;
      if ((record.cells[at] ?? '') !== one.was) continue;
      cells[at] = one.value;
      isCorrected = true;
      this.#applied.add(one);
    }
    // A blank line is no row, whoever blanked it.
    return isCorrected && cells.every((cell) => cell.trim() === '') ? undefined : { ...record, cells };
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
