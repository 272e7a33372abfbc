/** The rejects files beside a source once it is done with: somebody's work may be in them, and an import of one has left state of its own. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readSettings } from '../../../checkpoint/checkpoint.js';
import { isSameScope, type Scope } from '../../../checkpoint/format.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import { given } from '../../../given.js';
import { entryAt } from '../../../storage/private-file.js';
import { workspaceFilesOf } from '../../../workspace/files.js';
import { correctedRejects, digestOfFile, editedRejects, keptFiles } from '../../outputs/edited-rejects.js';
import { defaultPaths, type StateOptions } from '../../settings.js';
import type { Summary } from '../../tally.js';
import { isPastKnown, statesOf, writtenIn } from './as-written.js';
import { importedElsewhere } from './noted.js';
import type { KnownOfList } from './arrived.js';
import { keptRejects, placesOfRejects, type SourceOfRejects } from './places.js';
import type { List } from './uncorrected.js';

/** @returns where the state of an import of this rejects file lies */
export function checkpointOfRejects(rejects: string, { workDir }: StateOptions): string {
  return defaultPaths(rejects, given({ workDir })).checkpoint;
}

/**
 * Those of a source's rejects files, set aside or not, that may hold corrections which no import has sent.
 * @param checkpoint of the source: it knows what was written
 */
export async function unsentCorrections(
  rejects: string,
  checkpoint: string,
  where: SourceOfRejects,
): Promise<string[]> {
  return unsentOf([...(await editedRejects(rejects)), rejects], rejects, where, () => newestFirst(checkpoint));
}

/** The same of those that were set aside alone. @param state what the checkpoint knows, where that is read already */
export async function unsentAside(
  rejects: string,
  { checkpoint, state }: { readonly checkpoint: string; readonly state: CheckpointState },
  options: SourceOfRejects,
  list: List,
): Promise<string[]> {
  const statesRead = async (): Promise<CheckpointState[]> => [state, ...(await statesOf(checkpoint, state.scope))];
  const unsent = await unsentOf(await editedRejects(rejects), rejects, options, statesRead, list);
  return unsent.length === 0
    ? []
    : notArrived(unsent, rejects, options, { checkpoint, states: await statesRead(), list });
}

/**
 * The files that were set aside as they were written, and that no import of their own has left anything beside.
 * @param states what is known of the list
 * @param sheet of a workbook: those that are of this sheet alone; undefined for all
 */
export async function keptAsWritten(
  rejects: string,
  states: readonly CheckpointState[],
  where: StateOptions,
  sheet?: string,
): Promise<string[]> {
  const kept: string[] = [];
  for (const path of await keptFiles(rejects)) {
    const written = writtenIn(states, await digestOfFile(path));
    if (written === undefined || (sheet !== undefined && written.sheet !== sheet)) continue;
    if ((await entryAt(checkpointOfRejects(path, where))) === undefined) kept.push(path);
  }
  return kept;
}

/** Without those of which every correction has come to Clarky another way. */
async function notArrived(
  unsent: readonly string[],
  rejects: string,
  options: SourceOfRejects,
  { checkpoint, states: ofList, list }: Pick<KnownOfList, 'checkpoint' | 'states' | 'list'>,
): Promise<string[]> {
  const imported = (await placesImported(rejects, checkpoint, options)).map((path) =>
    checkpointOfRejects(path, options),
  );
  const all = [...ofList, ...(await Promise.all(imported.map((path) => statesOf(path)))).flat()];
  const to = ofList[0]?.scope;
  const states = all.filter(({ scope }) => to === undefined || isSameScope(scope, to));
  const left: string[] = [];
  const { areAllSent } = await import('./arrived.js');
  for (const path of unsent) if (!(await areAllSent(path, { options, checkpoint, states, list }))) left.push(path);
  return left;
}

/** The same, wherever the rejects were told to be. */
export async function unsentAnywhere(options: SourceOfRejects, checkpoint: string): Promise<string[]> {
  const before = keptRejects(checkpoint, (await readSettings(checkpoint))?.values);
  const places = placesOfRejects(options, before);
  const ofPlace = async (path: string): Promise<string[]> => {
    const unsent = await unsentCorrections(path, checkpoint, options);
    const states = unsent.length === 0 ? [] : await newestFirst(checkpoint);
    return unsent.length === 0 ? [] : notArrived(unsent, path, options, { checkpoint, states, list: options });
  };
  return (await Promise.all(places.map(ofPlace))).flat();
}

/** What a plan and a check say of the rejects beside their counts. */
export async function rejectsTold(
  { isRejectsFile }: { readonly isRejectsFile: boolean },
  { rejected }: { readonly rejected: number },
  options: SourceOfRejects,
  checkpoint: string,
): Promise<Pick<Summary, 'isRejectsFile' | 'unsentRejects'>> {
  const unsent = rejected > 0 ? await unsentAnywhere(options, checkpoint) : [];
  return { ...(isRejectsFile && { isRejectsFile }), ...(unsent.length > 0 && { unsentRejects: unsent }) };
}

/** What is known of a list, beginning with where it was sent to last. */
async function newestFirst(checkpoint: string): Promise<CheckpointState[]> {
  const begun = ({ runs }: CheckpointState): string => runs.last?.start ?? '';
  return (await statesOf(checkpoint)).sort((a, b) => begun(b).localeCompare(begun(a)));
}

/** @param statesOfSource gives what is known of the list; the first of it where it is, or was last, sent to */
async function unsentOf(
  paths: readonly string[],
  rejects: string,
  where: SourceOfRejects,
  statesOfSource: () => Promise<CheckpointState[]>,
  list: List = where,
): Promise<string[]> {
  const unsent: string[] = [];
  let states: Promise<CheckpointState[]> | undefined;
  for (const path of paths) {
    if ((await entryAt(path))?.isFile() !== true) continue;
    const known = await (states ??= statesOfSource());
    if ((await importOf(path, rejects, where, known[0]?.scope)) !== undefined) continue;
    // What is as it was written has nobody's work in it.
    const own = await digestOfFile(path);
    if (writtenIn(known, own) !== undefined) continue;
    // Nor has what stands in the list just so, where nothing is noted of what was written.
    if (!isPastKnown(known) && (await isUncorrected(path, list))) continue;
    unsent.push(path);
  }
  return unsent;
}

async function isUncorrected(path: string, list: List): Promise<boolean> {
  const { heldAgainstList } = await import('./uncorrected.js');
  return (await heldAgainstList(path, list))?.areAllAsInList === true;
}

/** An import that decided every row of a rejects file. */
export interface ImportOfRejects {
  /** Rows that it rejected itself. */
  readonly rejected: number;
  /** Where it put them, unless it was told otherwise. */
  readonly path: string;
}

/**
 * @param aside set aside from `rejects`
 * @param to where the list is sent to: a rehearsal elsewhere, or an import for another bot, has sent nothing there
 * @returns the import of all of it since its last change that was not taken back
 */
export async function importOf(
  aside: string,
  rejects: string,
  where: StateOptions,
  to: Scope | undefined,
): Promise<ImportOfRejects | undefined> {
  const { mtimeMs, ctimeMs } = await stat(aside);
  const changedMs = Math.floor(mtimeMs);
  for (const path of new Set([rejects, aside])) {
    for (const { runs, scope } of await statesOf(checkpointOfRejects(path, where))) {
      if (to !== undefined && !isSameScope(scope, to)) continue;
      const { finished, undone } = runs;
      if (finished === undefined || undone !== undefined || Date.parse(finished.start) < changedMs) continue;
      // What stood in the place of the rejects after it was set aside is another file.
      if (path !== aside && Date.parse(finished.start) > ctimeMs) continue;
      const { workDir } = where;
      return { rejected: finished.counts?.rejected ?? 0, path: defaultPaths(path, given({ workDir })).rejects };
    }
  }
  return undefined;
}

/** The rejects files of a source whose own imports have left a checkpoint, a copy of the workspace or what undo needs. */
export async function rejectsWithState(...of: Parameters<typeof placesImported>): Promise<string[]> {
  const withState: string[] = [];
  for (const path of await placesImported(...of)) {
    const checkpoint = checkpointOfRejects(path, of[2]);
    const { snapshot, journal } = workspaceFilesOf(checkpoint);
    if ((await Promise.all([checkpoint, snapshot, journal].map(entryAt))).some((entry) => entry !== undefined))
      withState.push(path);
  }
  return withState;
}

/**
 * Where the rejects of a source are whose own imports left their state beside them: by their usual names, and under others that were noted.
 * @param checkpoint of the source
 */
export async function placesImported(
  rejects: string,
  checkpoint: string,
  where: StateOptions & Pick<SourceOfRejects, 'stateDir'>,
): Promise<string[]> {
  const usual = [...(await correctedRejects(rejects)), rejects];
  const known = new Set(usual.map((path) => resolve(path)));
  const noted = await importedElsewhere(checkpoint, where.stateDir);
  const elsewhere = noted.filter(
    (one) => !known.has(resolve(one.file)) && resolve(checkpointOfRejects(one.file, where)) === resolve(one.checkpoint),
  );
  return [...new Set([...usual, ...elsewhere.map(({ file }) => file)])];
}
