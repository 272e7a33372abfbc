/**
 * The lines by which records are told where they are not those of what is read: those of a list by their place in it, and those of
 * a rejects file by the line of the file that they came from, which stands beside them, and in what is written of them.
 */
import { basename } from 'node:path';
import type { SourceRecord } from '../../source/record.js';
import { rejectColumnsOf } from '../outputs/rejects.js';
import type { HandedOver } from '../settings.js';
import { originsOf } from './origins.js';

/** Gives a record of a rejects file with this header the line that it had in its source; one that was added since keeps its own. */
export function lineOfSource(header: readonly string[]): (record: SourceRecord) => SourceRecord {
  const { lineOf } = rejectColumnsOf(header);
  return (record) => {
    // A spreadsheet may have written it as 3.0.
    const line = Number.parseInt(lineOf(record), 10);
    return line > 0 ? { ...record, line } : record;
  };
}

/** What is said of that. */
export function linesOfSourceInWords(file: string): string {
  const [source] = originsOf(basename(file));
  return `Lines are numbered as in ${source ?? 'the file that these rows came from'}: see the column import_line.`;
}

/** A record of a list is numbered by its place in it. */
export function lineOfHandedOver(all: readonly HandedOver[]): (record: SourceRecord) => SourceRecord {
  return (record) => {
    const { line, problem = record.problem } = all[record.line - 1] ?? record;
    return { line, cells: record.cells, ...(problem === undefined ? {} : { problem }) };
  };
}
