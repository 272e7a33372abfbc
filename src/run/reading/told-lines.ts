/**
 * The lines by which records are told where they are not those of what is read: those of a list by their place in it, and those of
 * a rejects file by the line of the file that they came from, which stands beside them, and in what is written of them.
 */
import { basename } from 'node:path';
import { lineOfMember } from '../../source/several/origin.js';
import type { SourceRecord } from '../../source/record.js';
import { rejectColumnsOf } from '../outputs/rejects.js';
import type { Source } from '../../source/opening/source.js';
import type { HandedOver, ListOfRejects, ReadingOptions } from '../settings.js';
import { originFilesOf } from './origins.js';

interface Told {
  /** Gives a record the line by which it is told; undefined where that is its own. */
  readonly told: ((record: SourceRecord) => SourceRecord) | undefined;
  /** What is said of that. */
  readonly note: string | undefined;
}

/** By which lines the records of a file are told. */
export function toldLines(
  file: {
    readonly isRejectsFile: boolean;
    readonly source: Pick<Source, 'path' | 'members'>;
    readonly list: ListOfRejects | undefined;
    readonly dialect: { readonly header: readonly string[] };
  },
  { handedOver, ownLines }: Pick<ReadingOptions, 'handedOver' | 'ownLines'>,
): Told {
  if (file.source.members !== undefined) return { told: lineOfMember(file.dialect.header), note: undefined };
  if (file.isRejectsFile && ownLines !== true)
    return {
      told: lineOfSource(file.dialect.header),
      note: linesOfSourceInWords(originFilesOf(file.source.path, file.list), file.dialect.header),
    };
  return { told: handedOver && lineOfHandedOver(handedOver), note: undefined };
}

/** Gives a record of a rejects file with this header the line that it had in its source; one that was added since keeps its own. */
function lineOfSource(header: readonly string[]): (record: SourceRecord) => SourceRecord {
  // Of several files each row says from which it is.
  const member = lineOfMember(header);
  const { lineOf } = rejectColumnsOf(header);
  return (record) => {
    const there = member?.(record);
    if (there?.file !== undefined) return there;
    // A spreadsheet may have written it as 3.0.
    const line = Number.parseInt(lineOf(record), 10);
    return line > 0 ? { ...record, line } : record;
  };
}

function linesOfSourceInWords(files: readonly string[], header: readonly string[]): string {
  if (lineOfMember(header) !== undefined)
    return 'Lines are numbered as in the files that these rows came from: see the column import_source.';
  // Rejects of rejects keep the lines of the first file.
  const source = files.at(-1);
  return source === undefined
    ? UNDER_ANOTHER_NAME
    : `Lines are numbered as in ${basename(source)}: see the column import_line.`;
}

/** What that file was told is found by the name. */
export const UNDER_ANOTHER_NAME =
  'This is a rejects file under another name: its lines are numbered as in the file that the rows came from (see the column import_line), and ' +
  "that file's mapping, country and other settings are not known. To import it with them, save it beside that file under the name that it had.";

/** A record of a list is numbered by its place in it. */
function lineOfHandedOver(all: readonly HandedOver[]): (record: SourceRecord) => SourceRecord {
  return (record) => {
    const { line, problem = record.problem } = all[record.line - 1] ?? record;
    const { cells, given } = record;
    return { line, cells, isOfCode: true, ...(given && { given }), ...(problem && { problem }) };
  };
}
