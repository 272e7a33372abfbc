/** How a file is to be read: encoding, cells, header; all found by content, and said in sentences. */
import { ImporterError } from '../errors.js';
import { delimiterStillThere, encodingToBelieve, type WrittenBefore } from './as-before.js';
import { columnKinds } from './cell-kinds.js';
import { readText } from './encoding/decode.js';
import { detectEncoding, type Encoding } from './encoding/encoding.js';
import { fitHeader } from './header-fit.js';
import { columnNamesTest, trimHeader, type KindOfName, type KnownHeader } from './header.js';
import type { Source } from './opening/source.js';
import type { SourceRecord } from './record.js';
import { readRecords, type Table } from './records.js';
import { openRowFile } from './open-row-file.js';
import { placeHeader, withoutHeader, type PlacedHeader } from './placed-header.js';
import { refuseTooWide, type FileWarning, type RowFile } from './row-file.js';
import { chooseSheet, hiddenColumns, refuseSheet } from './sheet-choice.js';
import { MAX_RECORD_BYTES } from './text/follow.js';
import { delimiterByName, detectFormat, type FoundFormat, type Head, type Reading } from './text/format.js';
import type { RawRecord } from './text/rows.js';

/** Text that the dialect is judged by; some 2000 records. */
const HEAD_BYTES = 256 * 1024;
/** Records kept as a sample for the mapping. */
export const SAMPLE_RECORDS = 200;
/** Titles and notes that may stand before the header of a sheet. */
const PREAMBLE_ROWS = 30;

export interface Dialect extends Table {
  /** What a user should know about how the file is read, as sentences. */
  readonly notes: readonly string[];
  /** Those of them that an import must say as well: contacts may be elsewhere. */
  readonly warnings: readonly FileWarning[];
  /** How it is written otherwise than it was before, as sentences. */
  readonly changed: readonly string[];
  /** Sheets that hold contacts beside the one that was named. */
  readonly otherSheets: readonly string[];
  /** The first records behind the header, at most 200. */
  readonly sampleRecords: readonly SourceRecord[];
}

export interface DialectOptions {
  /** An encoding's name, believed. */
  readonly encoding?: string | undefined;
  /** One character, or `tab`, `comma`, `semicolon`, `pipe`. */
  readonly delimiter?: string | undefined;
  readonly before?: WrittenBefore | undefined;
  /** The sheet of a workbook, by name; the one with contacts by default. */
  readonly sheet?: string | undefined;
  /** `none`: the file has no header, and its columns are called "Column 1"… */
  readonly header?: 'auto' | 'none' | undefined;
  /** How many cells of a record are known names of columns; outvotes what the cells look like. */
  readonly knownHeader?: KnownHeader | undefined;
  /** What the cells under a name should look like; tells which column is missing where the header is of another width. */
  readonly kindOfName?: KindOfName | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What gives the rows, where the source is several files. */
  readonly rows?: RowFile | undefined;
}

/** What is known of a text or a sheet before its header is looked for. */
interface Opening {
  readonly reading: Reading;
  readonly records: readonly RawRecord[];
  /** The line of `sep=;`, which is no record. */
  readonly directiveLine: number;
  readonly notes: readonly string[];
  readonly warnings: readonly FileWarning[];
  readonly otherSheets?: readonly string[];
  readonly rows?: Table['rows'];
}

async function readHead(source: Source, encoding: Encoding): Promise<Head> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of readText(source, encoding)) {
    blocks.push(block);
    bytes += block.length;
    const hasLine = blocks.some((part) => part.includes(0x0a) || part.includes(0x0d));
    if (bytes >= HEAD_BYTES && (hasLine || bytes > MAX_RECORD_BYTES))
      return { text: Buffer.concat(blocks), complete: false };
  }
  return { text: Buffer.concat(blocks), complete: true };
}

const inArchive = (source: Source): string[] =>
  source.member === undefined ? [] : [`The file inside the archive is ${source.member}.`];

async function openText(source: Source, options: DialectOptions): Promise<Opening> {
  const encoding = await detectEncoding(source, options.encoding);
  const head = await readHead(source, encoding);
  const directive = separatorDirective(head);
  const { format, records } = ((): FoundFormat => {
    if (options.delimiter !== undefined) {
      return detectFormat(head, delimiterByName(options.delimiter), options.knownHeader);
    }
    const said = detectFormat(head, directive ?? delimiterStillThere(head, options.before), options.knownHeader);
    // Whoever wrote the line may have written another delimiter.
    const isTrue = directive === undefined || said.records.slice(1).some(({ cells }) => cells.length > 1);
    return isTrue ? said : detectFormat(head, undefined, options.knownHeader);
  })();
  const notes = inArchive(source);
  if (encoding.certain === 'guessed')
    notes.push('The encoding is a guess: look at the sample values, or say --encoding.');
  if (directive !== undefined) {
    const isOther = format.delimiter !== directive && options.delimiter === undefined;
    const but = isOther ? '; the lines below it have another delimiter' : '';
    notes.push(`The first line says sep=${directive === '\t' ? 'tab' : directive}${but}`);
  }
  if (format.quote === "'") notes.push("Cells are quoted with apostrophes (').");
  if (format.spacedQuotes) notes.push('Spaces between delimiters and quotes are taken off.');
  if (format.linesInQuotes) notes.push('Lines that stand in quotes as a whole are taken apart.');
  return {
    reading: { encoding: encoding.label, encodingCertain: encoding.certain, codec: encoding.codec, ...format },
    records,
    directiveLine: directive === undefined ? 0 : 1,
    notes,
    warnings: [],
  };
}

async function openRows(source: Source, file: RowFile, options: DialectOptions): Promise<Opening> {
  const { sheet, before, knownHeader: known } = options;
  const choice = { displayName: source.displayName, wanted: sheet, before: before?.sheet, known };
  const { index, name, rows, notes, warnings, others } = await chooseSheet(
    file,
    choice,
    SAMPLE_RECORDS + PREAMBLE_ROWS,
  );
  return {
    reading: {
      encoding: file.label,
      encodingCertain: 'valid',
      codec: '',
      delimiter: '',
      quote: null,
      spacedQuotes: false,
      loneCrIsText: true,
      linesInQuotes: false,
      ...(name === undefined ? {} : { sheet: name }),
    },
    records: rows,
    directiveLine: 0,
    notes: [...inArchive(source), ...(file.notes ?? []), ...notes],
    warnings: [...(file.warnings ?? []), ...warnings],
    otherSheets: others,
    rows: { file, sheet: index },
  };
}

async function firstRecords(
  source: Source,
  dialect: Dialect,
  signal: AbortSignal | undefined,
): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const batch of readRecords(source, dialect, { signal })) {
    records.push(...batch);
    if (records.length >= SAMPLE_RECORDS) break;
  }
  return records.slice(0, SAMPLE_RECORDS);
}

/** Forms that say themselves how their text is written, or are no text. */
const WITH_ENCODING: ReadonlySet<string> = new Set<Source['form']>(['xlsx', 'ods', 'flat-ods', 'whole-workbook']);

function encodingIgnored({ form }: Source, { encoding, rows }: DialectOptions): FileWarning[] {
  if (encoding === undefined || rows !== undefined || !WITH_ENCODING.has(form)) return [];
  return [
    { code: 'no_encoding', message: '--encoding has no meaning for a workbook, which says it itself: it is not used.' },
  ];
}

/**
 * Finds out how a source is to be read. The encoding is checked over the whole file, the rest on its head.
 * @throws ImporterError `bad_encoding`; `bad_dialect` where the file is empty, has no header or far too many columns;
 * `usage` for options that can't be; `file_unreadable`
 */
export function detectDialect(source: Source, given: DialectOptions = {}): Promise<Dialect> {
  return detected(source, given).catch((error: unknown) => {
    if (given.delimiter === undefined || !(error instanceof ImporterError) || error.code !== 'bad_dialect') throw error;
    const next = `${NOT_THAT_DELIMITER} ${error.next ?? ''}`.trim();
    throw new ImporterError(error.code, error.message, { next, cause: error });
  });
}

const NOT_THAT_DELIMITER = 'Leave --delimiter out where something else parts the cells: it is found then.';

async function detected(source: Source, given: DialectOptions): Promise<Dialect> {
  const { encoding, changed } = await encodingToBelieve(source, given.encoding, given.rows ? undefined : given.before);
  const options = { ...given, encoding };
  const file = options.rows ?? (await openRowFile(source, options.encoding));
  if (file === undefined && options.sheet !== undefined) refuseSheet(source.displayName, options.sheet);
  const opening = file === undefined ? await openText(source, options) : await openRows(source, file, options);
  const { reading, records, directiveLine } = opening;
  const candidates = records.filter(({ line }) => line > directiveLine);
  const placed = ((): PlacedHeader => {
    if (file?.header !== undefined && candidates.length > 0)
      return { names: file.header, line: 0, lastLine: 0, data: candidates, notes: [], warnings: [] };
    if (options.header === 'none' && candidates.length > 0) return withoutHeader(candidates, directiveLine);
    return placeHeader(source.displayName, candidates, options.knownHeader);
  })();
  refuseTooWide(source.displayName, trimHeader(placed.names, []).length);
  const isText = file === undefined && options.header !== 'none';
  const { knownHeader, kindOfName } = options;
  const fitting = { delimiter: reading.delimiter, kindOfName };
  const fitted = isText ? fitHeader(source.displayName, placed.names, placed.data, fitting) : { names: placed.names };
  const header = trimHeader(fitted.names, placed.data);
  refuseTooWide(source.displayName, header.length);
  const warnings = [
    ...opening.warnings,
    ...encodingIgnored(source, given),
    ...hiddenColumns(opening.rows, header),
    ...(fitted.said ?? []),
    ...placed.warnings,
  ];
  const dialect: Dialect = {
    ...reading,
    headerLine: placed.line,
    lastHeaderLine: placed.lastLine,
    header,
    width: header.length,
    rowCells: fitted.rowCells ?? header.length,
    columnKinds: columnKinds(placed.data, fitted.rowCells ?? header.length, header, kindOfName),
    ...(knownHeader && kindOfName ? { namesColumns: columnNamesTest(knownHeader, kindOfName) } : {}),
    ...(opening.rows === undefined ? {} : { rows: opening.rows }),
    notes: [...opening.notes, ...warnings.map(({ message }) => message), ...changed, ...placed.notes],
    warnings,
    changed,
    otherSheets: opening.otherSheets ?? [],
    sampleRecords: [],
  };
  return { ...dialect, sampleRecords: await firstRecords(source, dialect, options.signal) };
}

/** Excel's own directive on the first line: `sep=;` says the delimiter and is no record. */
function separatorDirective(head: Head): string | undefined {
  const match = /^"?sep=([^"\r\n])"?[^\S\r\n]*(?:[\r\n]|$)/iu.exec(head.text.toString('utf8', 0, 64));
  return match?.[1];
}
