/**
 * Where the corrections of a file belong now: rows may have been added, moved and removed since they were made. A row that is
 * not where it was is found again by what stands in it, where it stands in the file once.
 */
import type { SourceRecord } from '../../../source/record.js';
import type { Unfit } from '../../../wording/rows/corrections.js';
import { columnNames, rowText, type Correction } from './corrections.js';
import { isLikely, printOf } from './row-print.js';
import { whoColumnsOf, type WhoColumns } from './who-columns.js';

/** One that is not used, on the line on which it was made. */
export interface UnfitCorrection extends Pick<Correction, 'line' | 'column'> {
  /** What is in its way. */
  readonly why: 'changed' | 'gone' | 'ambiguous' | 'no_column';
}

export interface StaleCorrection {
  readonly correction: Correction;
  readonly why: Unfit;
}

export interface Placement {
  /** Those that fit, each with the line on which its row is now. */
  readonly placed: readonly Correction[];
  readonly stale: readonly StaleCorrection[];
  /** Of how many the row has moved. */
  readonly moved: number;
}

const NOBODY: WhoColumns = { first: [], last: [] };

type Records = () => AsyncIterable<readonly SourceRecord[]>;

/** A correction whose row is not on its line as it was. */
interface Sought {
  readonly correction: Correction;
  /** What stands on its line may still be its row, changed elsewhere. */
  readonly isLikelyThere: boolean;
  readonly why: Unfit;
  found: number;
  line: number;
  /** Rows elsewhere that may be it, changed in other cells. */
  likely: number;
  likelyLine: number;
}

const NOT_FOUND = { found: 0, line: 0, likely: 0, likelyLine: 0 };

/** Of so many that held the same, each is compared with each row that does: more are told apart by the whole row alone. */
const MOST_ALIKE = 20;

/** @param records reads the file from its start, as it is; as far as it must */
export async function placeCorrections(
  corrections: readonly Correction[],
  header: readonly string[],
  records: Records,
): Promise<Placement> {
  const columns = new Map(columnNames(header).map((name, at) => [name, at]));
  const who = corrections.length === 0 ? NOBODY : whoColumnsOf(header);
  const sought = new Map<Correction, Sought>();
  const standing = new Map<Correction, Correction>();
  for (const correction of corrections) {
    const why = correction.column === null || columns.has(correction.column) ? 'gone' : 'no_column';
    sought.set(correction, { correction, isLikelyThere: false, why, ...NOT_FOUND });
  }
  await forEachOfLines(corrections, records, (record, one) => {
    const at = one.column === null ? undefined : columns.get(one.column);
    if (one.column !== null && at === undefined) return;
    const stands = howItStands(record, one, { at, who });
    if (stands === 'there') {
      sought.delete(one);
      standing.set(one, withRow(one, record));
    } else if (stands !== 'gone') {
      const isLikelyThere = stands === 'likely';
      sought.set(one, { correction: one, isLikelyThere, why: 'changed', ...NOT_FOUND });
    }
  });
  await seek([...sought.values()], { columns, who }, records);
  return settle(corrections, standing, sought);
}

/** With what its row is known by, where it was not known yet. */
export function withRow(one: Correction, { cells }: SourceRecord): Correction {
  return one.column === null || one.row !== undefined ? one : { ...one, row: printOf(cells) };
}

/** Shows each correction the record on its line, and reads no further than the last. */
export async function forEachOfLines(
  corrections: readonly Correction[],
  records: Records,
  show: (record: SourceRecord, correction: Correction) => void,
): Promise<void> {
  const byLine = new Map<number, Correction[]>();
  let last = 0;
  for (const one of corrections) {
    addTo(byLine, one.line, one);
    last = Math.max(last, one.line);
  }
  if (byLine.size === 0) return;
  for await (const batch of records()) {
    for (const record of batch) for (const one of byLine.get(record.line) ?? []) show(record, one);
    if ((batch.at(-1)?.line ?? 0) >= last) return;
  }
}

function howItStands(
  { cells, problem }: SourceRecord,
  { was, row }: Correction,
  { at, who }: { readonly at: number | undefined; readonly who: WhoColumns },
): 'there' | 'likely' | 'changed' | 'gone' {
  if (at === undefined) return rowText(cells) === was ? 'there' : 'gone';
  // Of a malformed record no cell is where it seems to be.
  if (problem !== undefined) return 'gone';
  const isSame = (cells[at] ?? '') === was;
  // Of one that was made without it, line and cell are all that is known.
  if (row === undefined) return isSame ? 'there' : 'changed';
  if (isSame && printOf(cells) === row) return 'there';
  if (!isLikely(cells, { at, was, print: row }, who)) return 'gone';
  return isSame ? 'likely' : 'changed';
}

/** Looks through the file for rows that stand elsewhere now. */
async function seek(
  all: readonly Sought[],
  { columns, who }: { readonly columns: ReadonlyMap<string, number>; readonly who: WhoColumns },
  records: Records,
): Promise<void> {
  const rows = new Map<string, Sought[]>();
  const cells = new Map<number, Map<string, Map<string, Sought[]>>>();
  for (const one of all) {
    const { column, was, row } = one.correction;
    if (column === null) addTo(rows, was, one);
    const at = columns.get(column ?? '');
    if (column === null || row === undefined || at === undefined) continue;
    const byWas = cells.get(at) ?? new Map<string, Map<string, Sought[]>>();
    const byRow = byWas.get(was) ?? new Map<string, Sought[]>();
    addTo(byRow, row, one);
    cells.set(at, byWas.set(was, byRow));
  }
  if (rows.size === 0 && cells.size === 0) return;
  for await (const batch of records()) {
    for (const record of batch) {
      if (rows.size > 0) note(rows.get(rowText(record.cells)), record);
      if (record.problem !== undefined) continue;
      let print: string | undefined;
      for (const [at, byWas] of cells) {
        const was = record.cells[at] ?? '';
        const byRow = byWas.get(was);
        if (byRow === undefined) continue;
        note(byRow.get((print ??= printOf(record.cells))), record);
        // A cell that was blank tells nothing of its row.
        if (was !== '' && byRow.size <= MOST_ALIKE) noteLikely(byRow, record, { at, who });
      }
    }
  }
}

function addTo<K, T>(lists: Map<K, T[]>, key: K, one: T): void {
  const there = lists.get(key);
  if (there === undefined) lists.set(key, [one]);
  else there.push(one);
}

function note(sought: readonly Sought[] | undefined, { line }: SourceRecord): void {
  for (const one of sought ?? []) {
    one.found += 1;
    one.line = line;
  }
}

function noteLikely(
  byRow: ReadonlyMap<string, readonly Sought[]>,
  { cells, line }: SourceRecord,
  { at, who }: { readonly at: number; readonly who: WhoColumns },
): void {
  for (const [print, sought] of byRow) {
    if (!isLikely(cells, { at, was: cells[at] ?? '', print }, who)) continue;
    for (const one of sought) {
      one.likely += 1;
      one.likelyLine = line;
    }
  }
}

/** What was found once belongs there, unless that place is another's: then its own row is gone. */
function settle(
  all: readonly Correction[],
  standing: ReadonlyMap<Correction, Correction>,
  sought: ReadonlyMap<Correction, Sought>,
): Placement {
  const placed: Correction[] = [];
  const stale: StaleCorrection[] = [];
  const taken = new Set([...standing.values()].map(placeOf));
  let moved = 0;
  for (const correction of all) {
    const stands = standing.get(correction);
    const one = sought.get(correction);
    if (stands !== undefined) placed.push(stands);
    if (one === undefined) continue;
    const { isLikelyThere, why } = one;
    // A row that is as it was is it, and so is one on its line; then one that is most likely it.
    const isElsewhere = one.found === 0 && !isLikelyThere;
    const [found, line] = isElsewhere ? [one.likely, one.likelyLine] : [one.found, one.line];
    const there = { ...correction, line: found === 1 ? line : correction.line };
    if (found > 1) stale.push({ correction, why: 'ambiguous' });
    else if (found === 0 && !isLikelyThere) stale.push({ correction, why });
    else if (taken.has(placeOf(there))) stale.push({ correction, why: 'gone' });
    else {
      taken.add(placeOf(there));
      placed.push(there);
      moved += found;
    }
  }
  return { placed, stale, moved };
}

/** What tells the cells, and the rows, of corrections apart. */
export function placeOf({ line, column }: Pick<Correction, 'line' | 'column'>): string {
  return column === null ? `${line}` : `${line} ${column}`;
}
