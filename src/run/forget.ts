/** Removes what was kept about a file: personal data first of all. */
import { checkOptions } from '../settings/call-options.js';
import { peopleFilesOf } from '../checkpoint/others/places.js';
import { takeLock, takeLocksOfFile, type Lock } from '../storage/lock.js';
import { checkOutput, checkOutputs } from '../storage/outputs.js';
import { sweepPrivateFolders } from '../storage/private-folder.js';
import { entryAt, targetOf } from '../storage/private-file.js';
import { removeAbandonedTemporaries, removeFile } from '../storage/replacement.js';
import { checkpointOutputs, logOutputs, outputOf } from './outputs/forms/forms.js';
import { journalPaths } from '../workspace/undo/journals.js';
import { statesOf } from './known/of-rejects/as-written.js';
import { notesOfRejects } from './known/of-rejects/noted.js';
import { keptAsWritten, rejectsWithState, unsentCorrections } from './known/of-rejects/rejects-left.js';
import { requireOwnState } from './known/state-of-source.js';
import { draftOf } from './map-draft.js';
import { editedRejects } from './outputs/edited-rejects.js';
import { defaultPaths, type StateOptions } from './settings.js';

/** What is to be forgotten. */
export interface ForgetOptions extends StateOptions {
  /** Asked before anything is removed, with the paths; without it nothing is asked. */
  readonly confirm?: ((paths: readonly string[]) => Promise<boolean>) | undefined;
  /** Where the checkpoint of the import is; else `FILE.checkpoint.jsonl`. */
  readonly checkpoint?: string | undefined;
  /** Also removes the checkpoint, the log, the rejects (those set aside too, but none with corrections that were never imported), the report, the mapping's draft, and what imports of other files are told of it; never the file itself or its mapping. */
  readonly all?: boolean | undefined;
  /** Where imports note whom they have sent; default: the user's state folder; false: nowhere. */
  readonly stateDir?: string | false | undefined;
}

/** What was forgotten. */
export interface ForgetResult {
  /** As it was named. */
  readonly file: string;
  /** Paths that were there and are not any more. */
  readonly removed: readonly string[];
  /** Rejects that may hold corrections which no import has sent: they stay. */
  readonly kept: readonly string[];
  /** Rejects whose own imports have left files: to be forgotten by their own names. */
  readonly imported: readonly string[];
}

/**
 * Removes the workspace snapshot, the undo journals, the corrections, the differences and rejects that were only set aside of a file: what holds personal data
 * of people who may not be in it.
 * Without the journal the import can't be undone any more.
 * @throws ImporterError `locked` while an import is under way, `not_writable`, and `usage` where one of the paths is none of
 * our files, or they are another file's: nothing is removed then
 */
export async function forgetFiles(file: string, options: ForgetOptions = {}): Promise<ForgetResult> {
  checkOptions({ ...options, file }, Date.now(), ['file']);
  await requireOwnState({ ...options, file });
  const paths = defaultPaths(file, options);
  const checkpoint = options.checkpoint ?? paths.checkpoint;
  // Beside what a link leads to is what belongs to it.
  const places = [...new Set([checkpoint, await targetOf(checkpoint)])];
  const outputs = checkpointOutputs(checkpoint).filter(({ path }) => options.all === true || path !== checkpoint);
  for (const place of places) {
    const [, ...journalsOfSheets] = await journalPaths(place);
    outputs.push(...journalsOfSheets.map((path) => outputOf('journal', path)));
    if (place !== checkpoint) outputs.push(...checkpointOutputs(place).filter(({ path }) => path !== place));
  }
  if (options.all === true) {
    outputs.push(
      ...logOutputs(paths.log),
      outputOf('rejects', paths.rejects),
      ...(await editedRejects(paths.rejects)).map((path) => outputOf('rejects', path)),
      outputOf('mapping', draftOf(paths.mapping)),
      outputOf('report', paths.report),
      ...(await peopleFilesOf(checkpoint, options.stateDir)).map((path) => outputOf('people', path)),
      ...(await notesOfRejects(checkpoint, options.stateDir)).map((path) => outputOf('notes', path)),
    );
  } else outputs.push(...(await keptOnly(paths.rejects, checkpoint, options)).map((path) => outputOf('rejects', path)));
  outputs.push(outputOf('corrections', paths.corrections), outputOf('differences', paths.differences));
  await checkOutputs(file === '-' ? [] : [{ path: file, what: 'the file that was imported' }], outputs, advice);
  const kept = options.all === true ? await unsentCorrections(paths.rejects, checkpoint, { ...options, file }) : [];
  const imported = await rejectsWithState(paths.rejects, checkpoint, options);
  const there: string[] = [];
  // What a link of ours leads to goes with it: it is what was to be forgotten.
  for (const output of outputs.filter(({ path }) => !kept.includes(path)))
    if (await checkOutput(output, advice)) there.push(...new Set([output.path, await targetOf(output.path)]));
  const swept = await sweepPrivateFolders();
  for (const path of [checkpoint, ...outputs.map((output) => output.path)]) await removeAbandonedTemporaries(path);
  const untouched = { file, removed: swept, kept, imported };
  if (there.length === 0) return untouched;
  if (options.confirm !== undefined) {
    // One that is under way is told before the question; while it is asked a nightly import may begin.
    for (const lock of await locksOf(checkpoint, options)) await lock.release();
    if (!(await options.confirm(there))) return untouched;
  }
  const locks = await locksOf(checkpoint, options);
  try {
    const removed: string[] = [];
    for (const path of there) if (await removeFile(path)) removed.push(path);
    return { ...untouched, removed: [...swept, ...removed] };
  } finally {
    for (const lock of locks) await lock.release();
  }
}

/** What was set aside as it was written: the rows of another sheet, which its next import rejects again. */
async function keptOnly(rejects: string, checkpoint: string, where: StateOptions): Promise<string[]> {
  return keptAsWritten(rejects, await statesOf(checkpoint), where);
}

/** @throws ImporterError `locked` while an import is under way */
async function locksOf(checkpoint: string, options: ForgetOptions): Promise<readonly Lock[]> {
  const target = await targetOf(checkpoint);
  const lock = await takeLock(target);
  if ((await entryAt(target)) === undefined) return [lock];
  try {
    // Another name for it has its lock elsewhere.
    return [lock, ...(await takeLocksOfFile(target, options))];
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** What it can be told is where the checkpoint is. */
function advice(option: string): string | undefined {
  if (option === '--checkpoint') return undefined;
  return 'Nothing was removed. Put that file elsewhere, then run the same command again.';
}
