/** The main job: a file of contacts reaches the workspace, whole, within the limit, and goes on where it stopped. */
import { ImporterError } from '../../errors.js';
import { checkOptions } from '../../settings/call-options.js';
import type { Written } from '../../settings/settings.js';
import type { GivenImport, ImportOptions } from '../settings.js';
import type { ImportResult } from '../tally.js';
import { ImportRun } from './import-run.js';
import { withColumns } from '../reading/mapping/columns-in-code.js';
import type { MapRow } from './rows/row-types.js';
import type { FromRows, RowsOptions } from './rows/rows.js';
import { takenUp } from './rows/source.js';

export type { ImportResult } from '../tally.js';

/**
 * Imports a file, or rows that are none.
 * @returns also where the run was stopped early once it had begun to send: by the signal, a deadline, a refusal, an outage
 * @throws ImporterError where it could not begin, or was stopped before it did: nothing was sent
 */
export async function importContacts(given: Written<FileOptions> | Written<RowsOptions>): Promise<ImportResult> {
  const letGo = takenUp(given.rows);
  try {
    const asked = checkOptions<FileOptions | RowsOptions>(await withColumns(given), Date.now());
    return await imported(await inputOf(asked), given.rows !== undefined);
  } finally {
    letGo();
  }
}

async function imported({ options, shownAs, letGo, read }: FromRows, isOfRows: boolean): Promise<ImportResult> {
  try {
    const run = new ImportRun(checkOptions(options, Date.now(), ['file', 'key']), shownAs, read);
    try {
      return await run.execute();
    } catch (error) {
      throw isOfRows ? withoutFile(error) : error;
    } finally {
      await run.close();
    }
  } finally {
    // Of a run that was stopped meanwhile its source may still be waiting for somebody else.
    letGo?.();
  }
}

/** Rows are no file that a command could map. */
function withoutFile(error: unknown): unknown {
  if (!(error instanceof ImporterError) || error.next?.includes('clarky-contacts map') !== true) return error;
  const next = error.message.startsWith('The mapping file ')
    ? "Name one that is there as `mapping`, or say in its place what becomes of the columns, such as { Mail: 'emails' }."
    : 'Call a column of the rows `email` or `phone`, in mapRow for example, or name a mapping file as `mapping`.';
  return new ImporterError(error.code, error.message, { next, said: error.said, cause: error.cause });
}

/** A file, whose rows may be changed before they are mapped. */
export interface FileOptions extends GivenImport {
  /** Changes each row before it is mapped, or drops it; what it throws ends the call. */
  readonly mapRow?: MapRow | undefined;
  /** A file is given in the place of rows. */
  readonly rows?: undefined;
}

async function inputOf(given: FileOptions | RowsOptions): Promise<FromRows> {
  const needsRows = 'rows' in given && given.rows !== undefined;
  if (needsRows && 'file' in given && given.file !== undefined) {
    throw new ImporterError('usage', 'rows and file are both there.', { next: 'Hand over one of them.' });
  }
  if (!('rows' in given) && !('file' in given)) {
    throw new ImporterError('usage', 'Neither file nor rows are there.', {
      next: 'Hand over the path of a file as `file`, several as `files`, or records as `rows`.',
    });
  }
  if (!needsRows && 'rows' in given && !('file' in given && given.file !== undefined)) {
    throw new ImporterError('usage', 'rows: there are none, not even an empty list.', {
      next: 'Hand over a list of records, a stream, or a Buffer; or the path of a file as `file`.',
    });
  }
  if (!needsRows && (!('mapRow' in given) || given.mapRow === undefined)) {
    const options = given as ImportOptions;
    return { options, shownAs: options.file };
  }
  const { fromFile, fromRows } = await import('./rows/rows.js');
  if (needsRows) return fromRows(given);
  const { mapRow, ...options } = given as FileOptions & { readonly mapRow: MapRow };
  return fromFile(options, mapRow);
}
