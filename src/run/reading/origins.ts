/** Which file a rejects file came from: it has that file's columns, and was written under the same settings. */
import { ImporterError } from '../../errors.js';
import { defaultPaths, type ListOfRejects, type ReadingOptions } from '../settings.js';

/**
 * `list.csv.rejected.csv`, `list.csv.rejected.edited-2026-11-25.csv` that was set aside, and what people and spreadsheets save them
 * as: `list.csv.rejected.xlsx`, `list.csv.rejected (1).csv`.
 */
const REJECTS = /\.rejected(?:[ ._(-](?:(?!\.rejected)[^/\\])*)?\.(?:csv|tsv|txt|xlsx|xlsm|xls|ods)$/i;

/** The files that a rejects file came from by their names, the nearest first; none for any other file. */
export function originsOf(file: string): string[] {
  const origins: string[] = [];
  for (let name = file.replace(REJECTS, ''), before = file; name !== before; name = name.replace(REJECTS, '')) {
    origins.push(name);
    before = name;
  }
  return origins;
}

/** The same, and behind them the list that is known by what stands in the file. */
export function originFilesOf(file: string, list: ListOfRejects | undefined): string[] {
  return [...originsOf(file), ...(list?.file === undefined ? [] : [list.file])];
}

/**
 * What the first file tells that rejects came from and that can be read. One that can't be opened, or not be read to its end, tells
 * nothing for sure.
 * @param use gives undefined for one that is another file
 */
export async function toldByOrigin<Opened extends { close(): Promise<void> }, Told>(
  { source, list }: { readonly source: { readonly path: string }; readonly list: ListOfRejects | undefined },
  open: (file: string) => Promise<Opened>,
  use: (origin: Opened) => Promise<Told | undefined>,
  signal: AbortSignal | undefined,
): Promise<Told | undefined> {
  for (const file of originFilesOf(source.path, list)) {
    const origin = await open(file).catch(() => undefined);
    if (origin === undefined) continue;
    try {
      const told = await use(origin);
      if (told !== undefined) return told;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ImporterError)) throw error;
    } finally {
      await origin.close();
    }
  }
  return undefined;
}

/**
 * The file in which those rows are corrected that an import of `file` has rejected: a rejects file itself, which can be imported again
 * and again, and sends what was sent from it no second time; a file of its own for each round would have a longer name each time.
 * @param isRejectsFile of one that was saved under another name its columns tell
 */
export function correctedIn(file: string, rejects: string, isRejectsFile = false): string {
  return isRejectsFile || originsOf(file).length > 0 ? file : rejects;
}

/** Where a mapping file may be, the strongest first. */
export function mappingCandidates(options: ReadingOptions): string[] {
  if (options.columns !== undefined) return [];
  if (options.mapping !== undefined) return [options.mapping];
  // A rejects file has the columns of the file it came from, so that file's mapping is right for it too.
  const files = [options.file, ...originFilesOf(options.file, options.list)];
  // One that a person wrote stands beside the file, wherever the rest is kept.
  return [...new Set([options, {}].flatMap((where) => files.map((file) => defaultPaths(file, where).mapping)))];
}
