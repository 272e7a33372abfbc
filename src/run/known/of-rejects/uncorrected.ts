/** Which rows of a rejects file stand in it as in its list: nobody has corrected those. So it is told of a file that nothing is noted of. */
import { ImporterError } from '../../../errors.js';
import { displayHeader } from '../../../mapping/header.js';
import { guardCell } from '../../../source/text/formula.js';
import type { SourceRecord } from '../../../source/record.js';
import { rejectColumnsOf } from '../../outputs/rejects.js';
import { OpenedFile } from '../../reading/reading.js';
import { entryAt } from '../../../storage/private-file.js';
import { MOST_ROWS } from './noted.js';
import { digestOfTexts } from './prints.js';
import type { SourceOfRejects } from './places.js';

/** The rows of a rejects file, held against its list. */
export interface HeldAgainstList {
  /** By which its rows are told. */
  readonly keys: ReadonlySet<string>;
  readonly areAllAsInList: boolean;
  /** Whether a row of it stands so in the list. */
  isAsInList(record: SourceRecord): boolean;
}

/** A list that is open already, or how it is opened. */
export type List = OpenedFile | SourceOfRejects;

/** @returns undefined where that can't be told: of another table, of too many rows, or where one of them can't be read */
export async function heldAgainstList(path: string, list: List): Promise<HeldAgainstList | undefined> {
  try {
    if (list instanceof OpenedFile) return await held(path, list);
    // What was piped is gone, and what an address gives is not fetched for that.
    if (list.files === undefined && (await entryAt(list.file))?.isFile() !== true) return undefined;
    const opened = await OpenedFile.open(list);
    try {
      return await held(path, opened);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof ImporterError) return undefined;
    throw error;
  }
}

/** Whether every row of it stands so in the list, and is rejected. @param keys by which rejected rows are told */
export async function areAllRejectedStill(path: string, list: List, keys: readonly string[]): Promise<boolean> {
  const rows = await heldAgainstList(path, list);
  const rejected = new Set(keys);
  return rows?.areAllAsInList === true && [...rows.keys].every((key) => rejected.has(key));
}

async function held(path: string, list: OpenedFile): Promise<HeldAgainstList | undefined> {
  const rejects = await OpenedFile.open({ file: path, noEdits: true });
  try {
    if (!rejects.isRejectsFile) return undefined;
    const columns = rejectColumnsOf(rejects.dialect.header);
    const { header } = list.dialect;
    const own = rejectColumnsOf(list.isRejectsFile ? header : header.map(() => ''));
    if (namesOf(columns.own, rejects.dialect.header) !== namesOf(own.own, header)) return undefined;
    const surplusOf = ({ cells }: SourceRecord, of: OpenedFile): readonly string[] =>
      cells.slice(of.dialect.header.length);
    const printOf = (record: SourceRecord): string =>
      digestOf([...columns.cellsOf(record), ...surplusOf(record, rejects)]);
    const rows = new Map<string, string[]>();
    let count = 0;
    for await (const batch of rejects.records({})) {
      for (const record of batch) {
        if (++count > MOST_ROWS) return undefined;
        const key = columns.keyOf(record);
        rows.set(key, [...(rows.get(key) ?? []), printOf(record)]);
      }
    }
    const { keyOf } = rejectColumnsOf(header);
    const found = new Set<string>();
    for await (const batch of list.persons({})) {
      for (const record of batch) {
        const key = keyOf(record);
        const there = rows.get(key);
        if (there === undefined) continue;
        const cells = [...own.cellsOf(record), ...surplusOf(record, list)];
        // Version 1.0.0 did not say which cells it put an apostrophe before.
        for (const print of [digestOf(cells), digestOf(cells.map(guardCell))])
          if (there.includes(print)) found.add(`${key} ${print}`);
      }
    }
    return {
      keys: new Set(rows.keys()),
      areAllAsInList: [...rows].every(([key, prints]) => prints.every((print) => found.has(`${key} ${print}`))),
      isAsInList: (record) => found.has(`${columns.keyOf(record)} ${printOf(record)}`),
    };
  } finally {
    await rejects.close();
  }
}

function namesOf(columns: readonly number[], header: readonly string[]): string {
  return JSON.stringify(columns.map((at) => displayHeader(header[at] ?? '')));
}

const digestOf = (cells: readonly string[]): string => digestOfTexts(cells, 22);
