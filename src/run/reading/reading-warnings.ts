/** What `plan` shows of the columns and values, as sentences for those who only import. */
import { lineAtStart, linesInWords } from '../../wording/rows/lines.js';
import { ImporterError } from '../../errors.js';
import { shellWord } from '../../wording/shell.js';
import { displayHeader } from '../../mapping/header.js';
import type { ImportEvent } from '../events.js';
import { leftOutColumns, type MappedFile } from '../plan/left-out-columns.js';
import type { Dialect } from '../../source/dialect.js';
import { counted, formatCount } from '../../wording/durations.js';
import { shortened } from '../../wording/printable.js';
import type { ColumnProfile } from '../../mapping/compile/profile.js';
import type { FilledCells } from './filled-cells.js';
import type { Roster } from '../../plan/roster.js';
import type { ProblemKind } from './problem-digest.js';

/** Something about the file that whoever imports it should know, too. */
export type ReadingWarning = Pick<
  Extract<ImportEvent, { type: 'warning' }>,
  'code' | 'message' | 'isPersonal' | 'withoutData' | 'columns'
>;

/** A sentence, and a word for programs that says what it is about. */
export type CodedNote = Pick<ReadingWarning, 'code' | 'message'>;

/** @param notes by their code */
export function coded(notes: Readonly<Record<string, string | readonly string[]>>): CodedNote[] {
  return Object.entries(notes).flatMap(([code, messages]) => [messages].flat().map((message) => ({ code, message })));
}

interface ReadFile extends MappedFile {
  readonly dialect: Dialect;
  readonly mappingNotes: readonly CodedNote[];
}

interface Found {
  readonly fillRates: readonly number[];
  readonly placeholders: ReturnType<FilledCells['placeholders']>;
  /** Rows that are no records, and hidden ones that are. */
  readonly notes: readonly string[];
  readonly remarks: { kinds(): readonly ProblemKind[] };
  /** Sentences on garbled text, with the cells that they are about. */
  readonly repaired: readonly string[];
}

/** Other sheets, garbled text, persons, columns that are not sent, addresses that are nobody's. */
export function readingWarnings(file: ReadFile, found: Found): ReadingWarning[] {
  const { dialect, mapping, mappingNotes } = file;
  const becomes = file.settings.unmapped === 'custom' ? 'sent as a custom field' : 'left out';
  const leftOut = leftOutColumns(file, found.fillRates);
  const undecided = mapping.columns.filter(
    ({ target, suggestions, index }) =>
      target.kind === 'undecided' &&
      (suggestions[0] === 'emails' || suggestions[0] === 'phone_numbers') &&
      (found.fillRates[index] ?? 0) > 0,
  );
  const placeholders = found.remarks.kinds().filter(({ code }) => code === 'placeholder_email');
  return [
    ...dialect.warnings.map((warning) => ({ ...warning, isPersonal: true })),
    ...found.notes.map((message) => ({ code: 'rows', message })),
    ...dialect.changed.map((message) => ({ code: 'written_anew', message })),
    ...found.repaired.map((message) => ({ code: 'garbled_text', message, isPersonal: true, withoutData: GARBLED })),
    ...mappingNotes,
    ...undecided.map(({ header, suggestions, reason }) => ({
      code: 'undecided_column',
      message: `"${displayHeader(header)}" may hold ${suggestions[0] === 'emails' ? 'e-mails' : 'phones'} (${reason}): ${becomes} until you decide, with the map command.`,
    })),
    ...(leftOut === undefined ? [] : [{ code: 'left_out_columns', ...leftOut, isPersonal: true }]),
    ...blankWords(file, found.placeholders),
    ...byASpreadsheet(found.remarks.kinds()),
    ...placeholders.map(({ count }) => ({
      code: 'placeholder_email',
      message: `${count} ${count === 1 ? 'e-mail is' : 'e-mails are'} nobody's address (such as noemail@ or test@test): left out.`,
    })),
  ];
}

/** Cells of a rejects file that came back as a spreadsheet makes them: each column once. */
function byASpreadsheet(remarks: readonly ProblemKind[]): ReadingWarning[] {
  return remarks.flatMap(({ code, byColumn, hint = '' }) =>
    byColumn === undefined
      ? []
      : [{ code, message: [...byColumn.map(changedInWords), hint].join(' '), isPersonal: true }],
  );
}

/** What a spreadsheet made of the cells of a column: the first, and how many more. */
export function changedInWords({ count, first }: NonNullable<ProblemKind['byColumn']>[number]): string {
  const { column = '', message } = first;
  const more = count === 1 ? '' : ` Likewise ${counted(count - 1, 'more cell')} of ${column}.`;
  return `${lineAtStart([first])}, ${column}: ${message}${more}`;
}

/** Columns of dates that are sent as they stand, and why: one slip in a cell changes the whole column. */
export function sentAsText(
  { columns }: MappedFile['mapping'],
  profile: Pick<ColumnProfile, 'nearlyDates'>,
  roster: Pick<Roster, 'placeOf'>,
): string[] {
  return profile.nearlyDates().map(({ index, dates, others }) => {
    const name = shortened(displayHeader(columns.find((column) => column.index === index)?.header ?? ''), NAME_WIDTH);
    if (others.length === 0)
      return `"${name}" is sent as text: its ${formatCount(dates)} dates can be read in two ways. Decide with the map command.`;
    const lines = linesInWords(others.map((ordinal) => roster.placeOf(ordinal)));
    const it = others.length === 1 ? 'it' : 'them';
    return `"${name}" is sent as text: no date stands on ${lines}, and ${formatCount(dates)} values are dates. To send them as dates, correct ${it}, or decide so with the map command.`;
  });
}

const GARBLED = 'Text of the file was garbled by an earlier program: plan shows where, and what becomes of it.';

const MOST_NAMED = 5;
const WORD_WIDTH = 16;
const NAME_WIDTH = 24;

/** How often "N/A" and the like stand in which columns that are sent: they count as blank. */
function blankWords({ mapping }: ReadFile, found: Found['placeholders']): ReadingWarning[] {
  const columns = mapping.columns.flatMap(({ target, header, index }) => {
    const [first, ...others] = found[index] ?? [];
    const isSent = target.kind === 'field' || target.kind === 'name' || target.kind === 'custom';
    if (first === undefined || !isSent) return [];
    const rows = others.reduce((sum, word) => sum + word.rows, first.rows);
    const words = `"${shortened(first.text, WORD_WIDTH)}"${others.length === 0 ? '' : ' and the like'}`;
    return [`${formatCount(rows)} × ${words} in ${shortened(displayHeader(header), NAME_WIDTH)}`];
  });
  if (columns.length === 0) return [];
  const more = columns.length > MOST_NAMED ? `; and in ${columns.length - MOST_NAMED} more columns` : '';
  const message = `Counted as blank: ${columns.slice(0, MOST_NAMED).join('; ')}${more}.`;
  const withoutData = `Words such as "N/A" are counted as blank in ${counted(columns.length, 'column')}.`;
  return [{ code: 'blank_words', message, isPersonal: true, withoutData }];
}

/**
 * Compiles a mapping; where it has neither e-mails nor phones, and another sheet does, the error says so.
 * @throws ImporterError `bad_mapping`
 */
export function compileOnSheet<Compiled>(
  { otherSheets }: Pick<Dialect, 'otherSheets'>,
  compile: () => Compiled,
): Compiled {
  try {
    return compile();
  } catch (error) {
    const [first] = otherSheets;
    if (first === undefined || !(error instanceof ImporterError) || error.code !== 'bad_mapping') throw error;
    const names = otherSheets.map((name) => `"${name}"`).join(', ');
    throw new ImporterError('bad_mapping', `${error.message} Contacts stand on ${names}.`, {
      cause: error,
      next: `Name the sheet: --sheet ${shellWord(first)}`,
    });
  }
}
