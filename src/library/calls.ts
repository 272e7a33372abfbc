/** The calls of the library: what the command line does, with options that are checked to be the call's own. */
import { guarded, guardedAndHeard, listenerFailed, warnOfListener } from '../listening.js';
import type { Written } from '../settings/settings.js';
import { type Bot, type BotsOptions, listBots as list } from '../run/bots.js';
import { forgetFiles as forget, type ForgetOptions, type ForgetResult } from '../run/forget.js';
import { type FileOptions, importContacts as send, type ImportResult } from '../run/import/import.js';
import { Listeners } from '../run/outputs/listeners.js';
import type { ImportListener } from '../run/events.js';
import type { RowsOptions } from '../run/import/rows.js';
import { planContacts as plan, type PlanOptions, type PlanResult } from '../run/plan/plan.js';
import { readStatus as status, type StatusOptions, type StatusResult } from '../run/status.js';
import type { UndoResult } from '../run/undo/undo-result.js';
import { undoImport as undo, type UndoOptions } from '../run/undo/undo.js';
import type { VerifyResult } from '../run/verify/verify-result.js';
import { verifyContacts as verify, type VerifyOptions } from '../run/verify/verify.js';
import { checkTaken } from './names.js';

/** Tells of another listener of a call that failed. */
function tell(onEvent: ImportListener | undefined): (error: unknown) => void {
  if (onEvent === undefined) return warnOfListener;
  const { emit } = new Listeners(onEvent);
  return (error) => {
    emit({ type: 'warning', code: 'listener_failed', ...listenerFailed(error, 'the call goes on'), isPersonal: true });
  };
}

/**
 * Imports a file, or rows that are none.
 * @returns also where the run was stopped early once it had begun to send: by the signal, a deadline, a refusal, an outage
 * @throws ImporterError where it could not begin, or was stopped before it did: nothing was sent
 */
export async function importContacts(options: Written<FileOptions> | Written<RowsOptions>): Promise<ImportResult> {
  checkTaken('importContacts', options);
  return send(options);
}

/** What an import would do. */
export interface PlannedImport extends PlanResult {
  /** `exit`, as the results of the other calls have it. */
  readonly exitStatus: number;
}

/**
 * Plans an import. Nothing is sent.
 * @throws ImporterError with an exit status of 2: the file, its mapping or its checkpoint can't be used; with `live` also
 *   what keeps Clarky from being read
 */
export async function planContacts(options: Written<PlanOptions>): Promise<PlannedImport> {
  checkTaken('planContacts', options);
  if (typeof options.live === 'object') checkTaken('planContacts, as live,', options.live);
  const { onForeseen } = options;
  const listened = typeof onForeseen === 'function' && {
    onForeseen: guardedAndHeard(onForeseen, tell(options.onEvent)),
  };
  const result = await plan({ ...options, ...listened });
  return { ...result, exitStatus: result.exit };
}

/**
 * Compares a file with the workspace. Decides who is who as an import without `live` does.
 * @throws ImporterError what keeps the file or Clarky from being read; the signal's reason
 */
export async function verifyContacts(options: Written<VerifyOptions>): Promise<VerifyResult> {
  checkTaken('verifyContacts', options);
  const { onChecked } = options;
  if (typeof onChecked !== 'function') return verify(options);
  return verify({ ...options, onChecked: guarded(onChecked, tell(options.onEvent)) });
}

/**
 * Undoes the newest import of a file that was run with `live`, or the newest of a sheet.
 * @returns also where it was stopped early by the signal or an outage: the same call goes on
 * @throws ImporterError `usage` where there is nothing to undo, `not_as_meant`, `locked`, what keeps Clarky from being read
 */
export async function undoImport(options: Written<UndoOptions>): Promise<UndoResult> {
  checkTaken('undoImport', options);
  return undo(options);
}

/**
 * Removes what was kept of a file: the workspace snapshot, the undo journals, the corrections and the differences, which hold
 * personal data of people who may not be in it. The import can't be undone any more.
 * @param file as it was imported; it need not exist any more
 * @throws ImporterError `locked` while an import is under way, `not_writable`, and `usage` where one of the paths is none of
 *   our files, or they are another file's: nothing is removed then
 */
export async function forgetFiles(file: string, options: ForgetOptions = {}): Promise<ForgetResult> {
  checkTaken('forgetFiles', options);
  return forget(file, options);
}

/**
 * What the checkpoint of a file holds: how far its import is, and what was taken back. Needs no key and no network.
 * @param file as it was imported; it need not exist any more
 * @throws ImporterError `bad_checkpoint`, `usage` where the state is another file's
 */
export async function readStatus(file: string, options: StatusOptions = {}): Promise<StatusResult> {
  checkTaken('readStatus', options);
  return status(file, options);
}

/**
 * The bots that a key can see: those of its pipelines, the documented way to find one (Clarky API).
 * @throws ImporterError `unauthorized`, `forbidden` (the key may not read), `unreachable`…
 */
export async function listBots(options: BotsOptions): Promise<Bot[]> {
  checkTaken('listBots', options);
  return list(options);
}
