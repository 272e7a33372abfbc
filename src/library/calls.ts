/** The calls of the library: what the command line does, with options that are checked to be the call's own. */
import { guarded } from '../listening.js';
import type { Written } from '../settings/settings.js';
import { type Bot, type BotsOptions, listBots as list } from '../run/bots.js';
import { forgetFiles as forget, type ForgetOptions, type ForgetResult } from '../run/forget.js';
import { type FileOptions, importContacts as send, type ImportResult } from '../run/import/import.js';
import { withColumns } from '../run/reading/mapping/columns-in-code.js';
import type { Rows } from '../run/import/rows/row-types.js';
import type { RowsOptions } from '../run/import/rows/rows.js';
import { readStatus as status, type StatusOptions, type StatusResult } from '../run/status.js';
import type { UndoResult } from '../run/undo/undo-result.js';
import { undoImport as undo, type UndoOptions as OfOneUndo } from '../run/undo/undo.js';
import type { VerifyResult } from '../run/verify/verify-result.js';
import type { GivenVerify } from '../run/verify/verify-options.js';
import { verifyContacts as verify } from '../run/verify/verify.js';
import { type OfFiles, stateOf, withFiles, withGivenFiles, withState } from './files.js';
import { keepHostFetch } from './host-fetch.js';
import { told, toldOfRun, wordsInCode, wordsOfRows } from './in-code.js';
import { checkTaken } from './names.js';
import { heardInCode, summaryInCode, tell } from './telling.js';

/**
 * Imports a file, several or a folder as one list, or rows that are no file.
 * @returns also where the run was stopped early once it had begun to send: by the signal, a deadline, a refusal, an outage
 * @throws ImporterError where it could not begin, or was stopped before it did: nothing was sent
 */
export async function importContacts<Given extends Rows = Rows>(
  options: Written<OfFiles<FileOptions>> | Written<RowsOptions<Given>>,
): Promise<ImportResult> {
  checkTaken('importContacts', options);
  keepHostFetch();
  // A row is what `mapRow` was typed for, whatever that is.
  const given = options as Written<FileOptions> | Written<RowsOptions>;
  const isOfRows = given.rows !== undefined;
  const wording = isOfRows ? wordsOfRows : wordsInCode;
  const result = await toldOfRun(async () => {
    // Rows go on at once: a stream has to be taken up before anything else happens.
    const asked = isOfRows ? given : await withFiles(given);
    const heard = { ...heardInCode(asked, wording), wording };
    return send(heard);
  }, wording);
  return { ...result, summary: summaryInCode(result.summary, wording) };
}

/**
 * Compares a file with the workspace. Decides who is who as an import without `live` does.
 * @throws ImporterError what keeps the file or Clarky from being read; the signal's reason
 */
export async function verifyContacts(options: Written<OfFiles<GivenVerify>>): Promise<VerifyResult> {
  checkTaken('verifyContacts', options);
  keepHostFetch();
  const { onChecked } = options;
  const heard = typeof onChecked === 'function' && { onChecked: guarded(onChecked, tell(options.onEvent)) };
  return told(async () =>
    verify({ ...heardInCode(await withColumns(await withGivenFiles(options as Written<GivenVerify>))), ...heard }),
  );
}

/** What an undo is asked: of a file, of several, or of what kept its state under a `name`. */
export type UndoOptions =
  | OfFiles<OfOneUndo>
  | (Omit<OfOneUndo, 'file' | 'name'> & {
      /** Under which an import of rows, or of whatever file, kept its state. */
      readonly name: string;
      /** The name leads to it by itself. */
      readonly file?: undefined;
      /** The name leads to it by itself. */
      readonly files?: undefined;
    });

/**
 * Undoes the newest import of a file that was run with `live`, or the newest of a sheet.
 * @returns also where it was stopped early by the signal or an outage: the same call goes on
 * @throws ImporterError `usage` where there is nothing to undo, `not_as_meant`, `locked`, what keeps Clarky from being read
 */
export async function undoImport(options: Written<UndoOptions>): Promise<UndoResult> {
  checkTaken('undoImport', options);
  keepHostFetch();
  return toldOfRun(async () => undo(heardInCode(await withState(options)) as Written<OfOneUndo>));
}

/**
 * Removes what was kept of a file: the workspace snapshot, the undo journals, the corrections and the differences, which hold
 * personal data of people who may not be in it. The import can't be undone any more.
 * @param file as it was imported, several as a list, rows by their `name`; it need not exist any more
 * @throws ImporterError `locked` while an import is under way, `not_writable`, and `usage` where one of the paths is none of
 *   our files, or they are another file's: nothing is removed then
 */
export async function forgetFiles(
  file: string | readonly string[],
  options: ForgetOptions = {},
): Promise<ForgetResult> {
  checkTaken('forgetFiles', options);
  return told(async () => forget(await stateOf(file, options.name), options));
}

/**
 * What the checkpoint of a file holds: how far its import is, and what was taken back. Needs no key and no network.
 * @param file as it was imported, several as a list, rows by their `name`; it need not exist any more
 * @throws ImporterError `bad_checkpoint`, `usage` where the state is another file's
 */
export async function readStatus(file: string | readonly string[], options: StatusOptions = {}): Promise<StatusResult> {
  checkTaken('readStatus', options);
  return told(async () => status(await stateOf(file, options.name), options));
}

/**
 * The bots that a key can see: those of its pipelines, the documented way to find one (Clarky API).
 * @throws ImporterError `unauthorized`, `forbidden` (the key may not read), `unreachable`…
 */
export async function listBots(options: BotsOptions): Promise<Bot[]> {
  checkTaken('listBots', options);
  keepHostFetch();
  return told(() => list(options));
}
