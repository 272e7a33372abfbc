/** The rejects file: the refused rows as they were, and beside each why; to be corrected and imported as it is. */
import type { Dialect } from '../../source/dialect.js';
import { createCsvWriter, type CsvWriter } from '../../source/text/writer.js';
import type { Problem } from '../../problem.js';
import {
  asWritten,
  keptAsText,
  stillLost,
  withGuardNote,
  withLost,
  withoutNote,
  withRewritable,
  type Rewritable,
} from '../../mapping/rejects-note.js';
import { guardCell, unguardCell } from '../../source/text/formula.js';
import { displayHeader } from '../../mapping/header.js';
import { lineOfMember, originOf } from '../../source/several/origin.js';
import type { SourceRecord } from '../../source/record.js';
import { isReformatted, mayBeRewritten } from '../../contact/cell/rewritten.js';
import { removeFile } from '../../storage/replacement.js';
import { printable } from '../../wording/printable.js';
import { remedyOf } from '../../wording/remedies.js';

/** The columns that follow the source's own; an import of the file skips them. */
const REJECT_COLUMNS = ['import_line', 'import_error', 'import_message'] as const;

export interface OpenRejects {
  /** Writes one row, and why it is not sent; resolves once more may be written. @throws ImporterError `not_writable` */
  write(record: SourceRecord, problems: readonly Problem[]): Promise<void>;
  /** Writes no more; the digest of what is to stand there, '' where nothing was rejected. @throws ImporterError `not_writable` */
  end(): Promise<string>;
  /** Puts the file in its place, or removes an old one where nothing was refused. @throws ImporterError `not_writable` */
  finish(): Promise<void>;
  /** Leaves the file of an earlier run as it was. */
  discard(): Promise<void>;
}

/**
 * What a spreadsheet takes for the delimiter of a CSV file: a semicolon where numbers have a decimal comma.
 * @param country of the contacts, where it is known; else it is as on this machine
 */
export function spreadsheetDelimiter(country: string | undefined): ',' | ';' {
  const language = country === undefined ? undefined : new Intl.Locale('und', { region: country }).maximize().language;
  const locale = language === undefined ? undefined : `${language}-${country ?? ''}`;
  return new Intl.NumberFormat(locale).format(1.5).includes(',') ? ';' : ',';
}

/**
 * Opens the rejects file at `path` for a source with these columns and this delimiter.
 * @param isRejectsFile true where the source is such a file itself: its three last columns are written anew
 * @throws ImporterError `not_writable`
 */
export async function openRejects(
  path: string,
  { header, delimiter }: Pick<Dialect, 'header' | 'delimiter'>,
  isRejectsFile: boolean,
  country?: string,
): Promise<OpenRejects> {
  const { own, lineOf, cellsOf, lostOf } = rejectColumnsOf(isRejectsFile ? header : header.map(() => ''));
  // The user's own spreadsheet opens it: a workbook has no delimiter, and a strange one is not known again as ours.
  const between = /^[,;\t|]$/.test(delimiter) ? delimiter : spreadsheetDelimiter(country);
  const columns = [...own.map((at) => header[at] ?? ''), ...REJECT_COLUMNS];
  const writer: CsvWriter = await createCsvWriter(path, columns, { delimiter: between });
  // A file of text was opened by it before, as it stands; a cell of a workbook was not.
  const kept = (cell: string): string => (delimiter === '' ? keptAsText(cell, between === ';') : cell);
  const names = columns.map(displayHeader);
  const rewritable = (plain: readonly string[], problems: readonly Problem[]): Rewritable[] =>
    plain.flatMap((cell, column) => {
      const isComplainedOf = problems.some((problem) => problem.column === names[column]);
      const isAnother = mayBeRewritten(cell, between === ';');
      // In the rejects of a workbook an apostrophe keeps those that become others.
      const isListed = isAnother ? delimiter !== '' : isReformatted(cell);
      return isListed ? [{ column, cell, isComplainedOf }] : [];
    });
  let written = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    write: (record, problems) => {
      written++;
      const plain = cellsOf(record);
      const cells = plain.map(kept);
      const guarded = cells.flatMap((cell, at) => (guardCell(cell) === plain[at] ? [] : [at]));
      // Cells beyond the header stand behind the reasons, so that nothing is lost and nothing is out of place.
      const surplus = record.cells.slice(header.length);
      const reasons = [
        lineOf(record),
        problems.map(({ code }) => code).join(' '),
        withGuardNote(
          withRewritable(
            withLost(messageInWords(problems), lostOf(record), columns),
            rewritable(plain, problems),
            columns,
          ),
          guarded,
          columns,
        ),
      ];
      // One after the other: the workers reject as well, and all would wait for the same drain.
      writing = writing.then(() => writer.write([...cells, ...reasons, ...surplus]));
      return writing;
    },
    end: async () => {
      await writing;
      return written > 0 ? writer.end() : '';
    },
    finish: async () => {
      await writing;
      if (written > 0) return writer.commit();
      await writer.discard();
      await removeFile(path);
    },
    discard: () => writer.discard(),
  };
}

/** Where things are in a table that may be a rejects file: its own columns, and ours. */
export interface RejectColumns {
  readonly own: readonly number[];
  /** -1 where there is none. */
  readonly noteColumn: number;
  /** Where the codes of what is wrong stand; -1 likewise. */
  readonly codeColumn: number;
  /** The line of the file that a row came from first: it is the one that a person can find it by. */
  readonly lineOf: (record: SourceRecord) => string;
  /** What tells a row from all others of its source: the line, and of several files the one that it is of. */
  readonly keyOf: (record: SourceRecord) => string;
  /** The cells of its own columns, without the apostrophes that were put before some. */
  readonly cellsOf: (record: SourceRecord) => readonly string[];
  /** Which of its own columns could not be read, and are blank for that. */
  readonly lostOf: (record: SourceRecord) => readonly number[];
  /** What is wrong with a row. */
  readonly messageOf: (record: SourceRecord) => string;
}

export function rejectColumnsOf(header: readonly string[]): RejectColumns {
  const indexOf = (wanted: string): number => header.findIndex((name) => name.trim().toLowerCase() === wanted);
  const lineColumn = indexOf('import_line');
  const lineOf = (record: SourceRecord): string => record.cells[lineColumn] || String(record.line);
  const member = lineOfMember(header);
  const own = header.flatMap((name, at) => (isRejectColumn(name) ? [] : [at]));
  const noteColumn = indexOf('import_message');
  const plain = (cells: readonly string[]): readonly string[] =>
    noteColumn < 0 ? cells : asWritten(cells, noteColumn, header);
  return {
    own,
    noteColumn,
    codeColumn: indexOf('import_error'),
    cellsOf: ({ cells }) => own.map((at) => plain(cells)[at] ?? ''),
    lostOf: ({ cells, lost = stillLost(cells, noteColumn, header) }) =>
      own.flatMap((at, column) => (lost.includes(at) ? [column] : [])),
    // Of a file that an earlier version wrote as well.
    messageOf: ({ cells }) => printable(withoutNote(cells[noteColumn] ?? '')),
    lineOf,
    keyOf: (record) => {
      const { file, line } = member?.(record) ?? record;
      return file === undefined ? lineOf(record) : originOf(file, line);
    },
  };
}

/** With the names of its columns as they were: of a rejects file all of them were guarded, where that was needed. */
export function withoutHeaderGuards<Of extends { readonly header: readonly string[] }>(table: Of): Of {
  return hasRejectColumns(table.header) ? { ...table, header: table.header.map(unguardCell) } : table;
}

/** Whether the three columns of a rejects file are among these. */
export function hasRejectColumns(header: readonly string[]): boolean {
  return REJECT_COLUMNS.every((name) => header.some((one) => one.trim().toLowerCase() === name));
}

function isRejectColumn(name: string): boolean {
  return (REJECT_COLUMNS as readonly string[]).includes(name.trim().toLowerCase());
}

/** What is wrong with a row and what helps, as its `import_message` says it: a server or a name may have put anything into it. */
export function messageInWords(problems: readonly Problem[]): string {
  const helped = problems.map((problem) => ({ ...problem, hint: problem.hint ?? remedyOf(problem.code).inFile }));
  return printable(helped.map(inWords).join(' '));
}

/** A problem as one or two sentences, with its column. */
export function inWords({ column, message, hint }: Problem): string {
  const sentence = asSentence(message);
  const said = column === undefined ? sentence : `${column}: ${sentence}`;
  return hint === undefined ? said : `${said} ${asSentence(hint)}`;
}

function asSentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** What the three columns hold; a person's own columns of these names hold other things. A spreadsheet may have written the line as 3.0. */
const OURS: readonly RegExp[] = [/^(?:\d+(?:[.,]0+)?)?$/, /^(?:[a-z][a-z0-9_]*(?: [a-z][a-z0-9_]*)*)?$/, /^$|[.!?…]$/];

/** So many records tell. */
const RECORDS_LOOKED_AT = 20;

/**
 * Whether a file is a rejects file of ours, corrected or not: by its columns, and what is in them.
 * @param beginning its last record may be cut off
 */
export function isRejectsFile(beginning: string): boolean {
  const text = beginning.replace(/^\ufeff/, '');
  const [header = ''] = text.split(/\r?\n/, 1);
  for (const delimiter of [',', ';', '\t', '|']) {
    const [columns = [], ...records] = recordsOf(text, delimiter);
    const names = columns.map((name) => name.trim().toLowerCase());
    const first = names.indexOf(REJECT_COLUMNS[0]);
    if (first < 0 || REJECT_COLUMNS.some((name, at) => names[first + at] !== name)) continue;
    const isCutOff = text.length > header.length && !/[\r\n]$/.test(text) && records.length > 1;
    const whole = isCutOff ? records.slice(0, -1) : records;
    return whole.every((cells) => OURS.every((form, at) => form.test((cells[first + at] ?? '').trim())));
  }
  return false;
}

function recordsOf(text: string, delimiter: string): string[][] {
  const end = delimiter === '|' ? '\\|' : delimiter;
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${end}\\r\\n]*)(${end}|\\r?\\n|\\r|$)`, 'y');
  const records: string[][] = [];
  let cells: string[] = [];
  while (cell.lastIndex < text.length && records.length <= RECORDS_LOOKED_AT) {
    const found = cell.exec(text);
    if (found === null) break;
    const [, content = '', after = ''] = found;
    cells.push(content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content);
    if (after === delimiter) continue;
    records.push(cells);
    cells = [];
  }
  return records;
}
