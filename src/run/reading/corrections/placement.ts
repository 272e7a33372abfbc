/**
 * Where the corrections of a file belong now: rows may have been added, moved and removed since they were made. A row that is
 * not where it was is found again by what stands in it, where it stands in the file once.
 */
import type { SourceRecord } from '../../../source/record.js';
import type { Unfit } from '../../../wording/rows/corrections.js';
import { inOrderOfLines, placesOfLine } from './by-line.js';
import { columnNames, rowText, type Correction } from './corrections.js';
import { PlacesByText } from './places-by-text.js';
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
  /** Those that fit, each with the line on which its row is now, in the order of these. */
  readonly placed: readonly Correction[];
  readonly stale: readonly StaleCorrection[];
  /** Of how many the row has moved. */
  readonly moved: number;
}

const NOBODY: WhoColumns = { first: [], last: [] };

type Records = () => AsyncIterable<readonly SourceRecord[]>;

/** What stands on the line of a correction: its row, one that is most likely it, one of which the cell has changed, another or none. */
const STANDS = ['gone', 'changed', 'likely', 'there'] as const;

type Stands = (typeof STANDS)[number];

/** Of so many that held the same, each is compared with each row that does: more are told apart by the whole row alone. */
const MOST_ALIKE = 20;

/** @param records reads the file from its start, as it is; as far as it must */
export async function placeCorrections(
  corrections: readonly Correction[],
  header: readonly string[],
  records: Records,
): Promise<Placement> {
  const all = inOrderOfLines(corrections);
  const columns = new Map(columnNames(header).map((name, at) => [name, at]));
  const who = all.length === 0 ? NOBODY : whoColumnsOf(header);
  const standing = new Array<Correction | undefined>(all.length);
  const stands = new Uint8Array(all.length);
  await forEachOfLines(all, records, (record, one, index) => {
    const at = one.column === null ? undefined : columns.get(one.column);
    if ((one.column !== null && at === undefined) || standing[index] !== undefined) return;
    const how = howItStands(record, one, { at, who });
    stands[index] = STANDS.indexOf(how);
    if (how === 'there') standing[index] = withRow(one, record);
  });
  const found = await seek({ all, standing }, { columns, who }, records);
  return settle({ all, standing, found }, (index) => {
    const { column } = all[index] ?? {};
    const how = STANDS[stands[index] ?? 0] ?? 'gone';
    const isLikelyThere = how === 'likely';
    if (how !== 'gone') return { isLikelyThere, why: 'changed' };
    return {
      isLikelyThere,
      why: column === undefined || column === null || columns.has(column) ? 'gone' : 'no_column',
    };
  });
}

/** With what its row is known by, where it was not known yet. */
export function withRow(one: Correction, { cells }: SourceRecord): Correction {
  return one.column === null || one.row !== undefined ? one : { ...one, row: printOf(cells) };
}

/**
 * Shows each correction the record on its line, and reads no further than the last.
 * @param inOrder of their lines
 */
export async function forEachOfLines(
  inOrder: readonly Correction[],
  records: Records,
  show: (record: SourceRecord, correction: Correction, index: number) => void,
): Promise<void> {
  const last = inOrder.at(-1)?.line;
  if (last === undefined) return;
  for await (const batch of records()) {
    for (const record of batch) {
      const { from, to } = placesOfLine(inOrder, record.line);
      for (const [nth, one] of inOrder.slice(from, to).entries()) show(record, one, from + nth);
    }
    if ((batch.at(-1)?.line ?? 0) >= last) return;
  }
}

function howItStands(
  { cells, problem }: SourceRecord,
  { was, row }: Correction,
  { at, who }: { readonly at: number | undefined; readonly who: WhoColumns },
): Stands {
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

/** By the places of corrections: how often a row was found for each, and where last. */
class Found {
  readonly times: Uint32Array;
  readonly lines: Uint32Array;

  constructor(size: number) {
    this.times = new Uint32Array(size);
    this.lines = new Uint32Array(size);
  }

  add(index: number, line: number): void {
    this.times[index] = (this.times[index] ?? 0) + 1;
    this.lines[index] = line;
  }
}

interface FoundElsewhere {
  /** Rows that are as it was. */
  readonly same: Found;
  /** Rows that may be it, changed in other cells. */
  readonly likely: Found;
}

/** Looks through the file for rows that stand elsewhere now. */
async function seek(
  { all, standing }: { readonly all: readonly Correction[]; readonly standing: readonly (Correction | undefined)[] },
  { columns, who }: { readonly columns: ReadonlyMap<string, number>; readonly who: WhoColumns },
  records: Records,
): Promise<FoundElsewhere> {
  const found = { same: new Found(all.length), likely: new Found(all.length) };
  const rows = new PlacesByText(all.length);
  const cells = new Map<number, { readonly byRow: PlacesByText; readonly byWas: PlacesByText }>();
  for (const [index, { column, was, row }] of all.entries()) {
    if (standing[index] !== undefined) continue;
    if (column === null) rows.add(was, index);
    const at = columns.get(column ?? '');
    if (column === null || row === undefined || at === undefined) continue;
    const there = cells.get(at) ?? { byRow: new PlacesByText(all.length), byWas: new PlacesByText(all.length) };
    cells.set(at, there);
    there.byRow.add(row, index);
    there.byWas.add(was, index);
  }
  if (rows.size === 0 && cells.size === 0) return found;
  for (const { byWas } of cells.values()) {
    byWas.keepOnly((places) => new Set(places.map((index) => all[index]?.row)).size <= MOST_ALIKE);
  }
  for await (const batch of records()) {
    for (const record of batch) {
      const { line } = record;
      if (rows.size > 0) for (const index of rows.of(rowText(record.cells))) found.same.add(index, line);
      if (record.problem !== undefined) continue;
      const print = cells.size === 0 ? '' : printOf(record.cells);
      for (const [at, { byRow, byWas }] of cells) {
        const was = record.cells[at] ?? '';
        for (const index of byRow.of(print)) if (all[index]?.was === was) found.same.add(index, line);
        const byPrint = new Map<string, boolean>();
        for (const index of byWas.of(was)) {
          const before = all[index]?.row ?? '';
          const isIt = byPrint.get(before) ?? isLikely(record.cells, { at, was, print: before }, who);
          byPrint.set(before, isIt);
          if (isIt) found.likely.add(index, line);
        }
      }
    }
  }
  return found;
}

/** What was found once belongs there, unless that place is another's: then its own row is gone. */
function settle(
  {
    all,
    standing,
    found: { same, likely },
  }: {
    readonly all: readonly Correction[];
    readonly standing: readonly (Correction | undefined)[];
    readonly found: FoundElsewhere;
  },
  onItsLine: (index: number) => { readonly isLikelyThere: boolean; readonly why: Unfit },
): Placement {
  const placed: Correction[] = [];
  const stale: StaleCorrection[] = [];
  const taken = new Set<string>();
  const isTaken = (there: Correction): boolean => {
    const { from, to } = placesOfLine(all, there.line);
    const isThere = standing.slice(from, to).some((one) => one !== undefined && placeOf(one) === placeOf(there));
    return isThere || taken.has(placeOf(there));
  };
  let moved = 0;
  for (const [index, correction] of all.entries()) {
    const stands = standing[index];
    if (stands !== undefined) {
      placed.push(stands);
      continue;
    }
    const { isLikelyThere, why } = onItsLine(index);
    // A row that is as it was is it, and so is one on its line; then one that is most likely it.
    const found = (same.times[index] ?? 0) === 0 && !isLikelyThere ? likely : same;
    const times = found.times[index] ?? 0;
    const there = times === 1 ? { ...correction, line: found.lines[index] ?? 0 } : correction;
    if (times > 1) stale.push({ correction, why: 'ambiguous' });
    else if (times === 0 && !isLikelyThere) stale.push({ correction, why });
    else if (isTaken(there)) stale.push({ correction, why: 'gone' });
    else {
      taken.add(placeOf(there));
      placed.push(there);
      moved += times;
    }
  }
  return { placed: inOrderOfLines(placed), stale, moved };
}

/** What tells the cells, and the rows, of corrections apart. */
export function placeOf({ line, column }: Pick<Correction, 'line' | 'column'>): string {
  return column === null ? `${line}` : `${line} ${column}`;
}
