/** How a file was read, as the page shows it. */
import { becomes } from '../../mapping/mapping.js';
import { writtenBy } from '../../run/reading/mapping/several-files.js';
import { OpenedFile } from '../../run/reading/reading.js';
import { COUNTRY_CODES } from '../../settings/countries.js';
import { noteOnPage } from '../../wording/on-page.js';
import { hintOf, likelyOf } from './country-of-phones.js';
import type { UiContext } from '../context.js';
import type { ReadingView } from '../wire.js';

const ROWS_SHOWN = 20;
const MOST_CELL = 500;

/** @param language of the person, such as de-DE */
export async function readingView({ desk }: UiContext, path: string, language?: string): Promise<ReadingView> {
  const options = desk.reading(path);
  const file = await OpenedFile.open(options);
  try {
    const { dialect, settings, mapping } = file;
    const { sampleRecords, rows } = dialect;
    const hint = hintOf(desk, language);
    const sheets = (rows?.file.sheets ?? []).filter(({ isHidden }) => !isHidden).map(({ name }) => name);
    return {
      encoding: dialect.encoding,
      isEncodingGuessed: dialect.encodingCertain === 'guessed',
      delimiter: dialect.delimiter,
      headerLine: rows?.file.header === undefined ? dialect.headerLine : null,
      sheet: dialect.sheet ?? null,
      sheets,
      sheetsWithContacts: sheetsWithContacts(dialect, sheets),
      country: settings.country ?? null,
      rowsHaveCountries: mapping.columns.some(becomes('country')),
      likelyCountry: settings.country === undefined ? likelyOf(sampleRecords, mapping, hint) : null,
      system: writtenBy(file) ?? null,
      notes: dialect.notes.map(noteOnPage).filter((note) => note !== ''),
      header: dialect.header.map((name, at) => name || `Column ${at + 1}`),
      rows: firstRows(file),
      noHeader: (options.noHeader ?? file.kept.settings.noHeader) === true,
      countries: [...COUNTRY_CODES],
    };
  } finally {
    await file.close();
  }
}

/** As the file has them, and beside it what somebody corrected. */
function firstRows({ asInFile, dialect }: OpenedFile): ReadingView['rows'] {
  const readAs = new Map(dialect.sampleRecords.map((record) => [record.line, record.cells]));
  return asInFile.slice(0, ROWS_SHOWN).map(({ line, cells, problem }) => {
    const read = readAs.get(line);
    return {
      line,
      cells: cells.map(shortCell),
      problem: problem?.message ?? null,
      corrected: (read ?? []).flatMap((value, at) =>
        value === (cells[at] ?? '') ? [] : [{ at, value: shortCell(value) }],
      ),
      isLeftOut: read === undefined,
    };
  });
}

function shortCell(cell: string): string {
  return cell.slice(0, MOST_CELL);
}

/** In the order of the workbook. */
function sheetsWithContacts(
  { sheet, otherSheets }: Pick<OpenedFile['dialect'], 'sheet' | 'otherSheets'>,
  all: readonly string[],
): string[] {
  if (sheet === undefined) return [];
  const found = new Set([sheet, ...otherSheets]);
  return [...all.filter((name) => found.has(name)), ...(all.includes(sheet) ? [] : [sheet])];
}
