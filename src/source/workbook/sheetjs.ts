/**
 * SheetJS in a thread of its own. It believes the counts that a file states, so a damaged or hostile one of a few
 * kilobytes can make it fill any memory: here the thread ends at its bound, and the file is refused.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CellObject } from '@e965/xlsx';

/** A workbook as far as it is of use. */
export interface ReadWorkbook {
  readonly since1904: boolean;
  readonly sheets: readonly {
    readonly name: string;
    readonly isHidden: boolean;
    /** Cells by row and column; only what is there. */
    readonly data: readonly ((CellObject | undefined)[] | undefined)[];
    /** Rows that the sheet does not show, by their places. */
    readonly hiddenRows: readonly number[];
    /** Columns that it does not show; Numbers documents do not say. */
    readonly hiddenColumns: readonly number[];
  }[];
}

type Answer = { readonly workbook: ReadWorkbook } | { readonly message: string };

/** Far above what the smallest workbook takes. */
const MIN_HEAP_MIB = 256;
/** Cells take up to about eight times what they take in the file. */
const HEAP_BYTES_A_BYTE = 16;

/** Far longer than it takes on the slowest of machines, to begin with and for each MiB: a damaged one can loop for ever. */
const LONGEST_START_MS = 30_000;
const LONGEST_MS_A_MIB = 2000;

/** How long a workbook may take to be read. */
export function longestReadingMs(unpackedBytes: number): number {
  return LONGEST_START_MS + (unpackedBytes / 2 ** 20) * LONGEST_MS_A_MIB;
}

// A text, since a module for a thread would have to be found both in the sources and in what is built of them.
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const iconv = require(workerData.iconv);
  const PAGES = {
    1200: 'utf16le', 65001: 'utf8', 10000: 'macroman', 10006: 'macgreek', 10007: 'maccyrillic', 10029: 'maccenteuro',
    10079: 'maciceland', 10081: 'macturkish',
  };
  // Texts of before Unicode are in the code page that the workbook names, for which SheetJS alone has no tables.
  const decode = (page, bytes) => iconv.decode(Buffer.from(bytes), PAGES[page] ?? 'cp' + page, { stripBOM: false });
  const how = { dense: true, cellNF: true, cellText: false, cellFormula: false, cellHTML: false };
  const hiddenOf = (parts) => Object.entries(parts ?? []).flatMap(([at, part]) => (part?.hidden ? [Number(at)] : []));
  const looksOf = (read) => {
    try {
      // What columns look like comes only with what every cell looks like: of the first row alone.
      return read(workerData.bytes, { ...how, cellStyles: true, sheetRows: 1 }).Sheets;
    } catch {
      return {};
    }
  };
  import(workerData.library)
    .then((library) => {
      const { read, set_cptable } = library.set_cptable ? library : library.default;
      set_cptable({ utils: { decode } });
      const book = read(workerData.bytes, how);
      const looks = workerData.tellsColumns ? looksOf(read) : {};
      const sheets = book.SheetNames.map((name, index) => ({
        name,
        isHidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
        data: book.Sheets[name]?.['!data'] ?? [],
        hiddenRows: hiddenOf(book.Sheets[name]?.['!rows']),
        hiddenColumns: hiddenOf(looks[name]?.['!cols']),
      }));
      parentPort.postMessage({ workbook: { since1904: book.Workbook?.WBProps?.date1904 === true, sheets } });
    })
    .catch((error) => parentPort.postMessage({ message: String(error?.message ?? error) }));
`;

export interface WorkbookForm {
  /** What its parts unpack to, or its size. */
  readonly unpackedBytes: number;
  /** The form says which columns are hidden. */
  readonly tellsColumns: boolean;
}

/**
 * Reads a workbook of a form that can't be read as a stream.
 * @throws Error where it can't be read, also for the memory or the time that it would take
 */
export async function readWorkbook(
  bytes: Buffer,
  { unpackedBytes, tellsColumns }: WorkbookForm,
  longestMs = longestReadingMs(unpackedBytes),
): Promise<ReadWorkbook> {
  const { resolve: pathOf } = createRequire(import.meta.url);
  const library = pathToFileURL(pathOf('@e965/xlsx')).href;
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { bytes, library, iconv: pathOf('iconv-lite'), tellsColumns },
    resourceLimits: { maxOldGenerationSizeMb: MIN_HEAP_MIB + Math.ceil((unpackedBytes * HEAP_BYTES_A_BYTE) / 2 ** 20) },
    // It prints remarks of its own on strange records; nothing from a file is printed raw.
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('it takes too long')), longestMs);
      worker.once('message', resolve);
      worker.once('messageerror', reject);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('it ended without an answer')));
    });
    if ('message' in answer) throw new Error(answer.message);
    return answer.workbook;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
