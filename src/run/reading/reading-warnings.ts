/** What `plan` shows of the columns and values, as sentences for those who only import. */
import { ImporterError } from '../../errors.js';
import { shellWord } from '../../wording/shell.js';
import { displayHeader } from '../../mapping/header.js';
import { leftOutColumns, type MappedFile } from '../plan/left-out-columns.js';
import type { Dialect } from '../../source/dialect.js';
import type { ProblemKind } from './problem-digest.js';

/** Something about the file that whoever imports it should know, too. */
export interface ReadingWarning {
  readonly code: string;
  readonly message: string;
  /** It quotes the file: never in a log. */
  readonly isPersonal?: boolean;
}

interface ReadFile extends MappedFile {
  readonly dialect: Dialect;
  readonly mappingNotes: readonly string[];
}

interface Found {
  readonly fillRates: readonly number[];
  /** Rows that are no records, and hidden ones that are. */
  readonly notes: readonly string[];
  readonly remarks: { kinds(): readonly ProblemKind[] };
  /** Sentences on garbled text, with the cells that they are about. */
  readonly repaired: readonly string[];
}

/** Other sheets, garbled text, persons, columns that are not sent, addresses that are nobody's. */
export function readingWarnings(file: ReadFile, found: Found): ReadingWarning[] {
  const { dialect, mapping, mappingNotes } = file;
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
    ...found.repaired.map((message) => ({ code: 'garbled_text', message, isPersonal: true })),
    ...mappingNotes.map((message) => ({ code: 'mapping', message })),
    ...undecided.map(({ header, suggestions, reason }) => ({
      code: 'undecided_column',
      message: `"${displayHeader(header)}" may hold ${suggestions[0] === 'emails' ? 'e-mails' : 'phones'} (${reason}): left out until you decide, with the map command.`,
    })),
    ...(leftOut === undefined ? [] : [{ code: 'left_out_columns', message: leftOut, isPersonal: true }]),
    ...placeholders.map(({ count }) => ({
      code: 'placeholder_email',
      message: `${count} ${count === 1 ? 'e-mail is' : 'e-mails are'} nobody's address (such as noemail@ or test@test): left out.`,
    })),
  ];
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
