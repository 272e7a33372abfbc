/** The rejects files beside a source once it is done with: somebody's work may be in them, and an import of one has left state of its own. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readSettings } from '../../../checkpoint/checkpoint.js';
import { isSameScope, type Scope } from '../../../checkpoint/format.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import { isLoopback } from '../../../endpoint.js';
import { given } from '../../../given.js';
import { entryAt } from '../../../storage/private-file.js';
import { workspaceFilesOf } from '../../../workspace/files.js';
import { correctedRejects, digestOfFile, editedRejects, keptFiles } from '../../outputs/edited-rejects.js';
import { defaultPaths, type StateOptions } from '../../settings.js';
import { isPastKnown, statesOf, writtenIn } from './as-written.js';
import { importedElsewhere } from './noted.js';
import type { KnownOfList } from './arrived.js';
import { keptRejects, placesOfRejects, type PlaceOfList, type SourceOfRejects } from './places.js';
import type { List } from './uncorrected.js';

/** @returns where the state of an import of this rejects file lies */
export function checkpointOfRejects(rejects: string, { workDir }: StateOptions): string {
  return defaultPaths(rejects, given({ workDir })).checkpoint;
}

/**
 * Those of a source's rejects files, set aside or not, that may hold corrections which no import has sent to where the source went last,
 * nor to a Clarky of others that it went to before: a rehearsal on this machine is over.
 * @param checkpoint of the source: it knows what was written
 */
export async function unsentCorrections(
  rejects: string,
  checkpoint: string,
  where: SourceOfRejects,
): Promise<string[]> {
  const known = await newestFirst(checkpoint);
  const places = known.flatMap(({ scope }, at) => (at === 0 || !isOnThisMachine(scope) ? [scope] : []));
  const paths = [...(await editedRejects(rejects)), rejects];
  const unsent = await Promise.all(
    (places.length === 0 ? [undefined] : places).map((to) => unsentOf(paths, rejects, where, { known, to })),
  );
  return paths.filter((path) => unsent.some((some) => some.includes(path)));
}

/** The same of those that were set aside alone. @param state what the checkpoint knows, where that is read already */
export async function unsentAside(
  rejects: string,
  { checkpoint, state }: { readonly checkpoint: string; readonly state: CheckpointState },
  options: SourceOfRejects,
  list: List,
): Promise<string[]> {
  const paths = await editedRejects(rejects);
  if (paths.length === 0) return [];
  const known = [state, ...(await statesOf(checkpoint, state.scope))];
  const of = { known, to: state.scope, list };
  const unsent = await unsentOf(paths, rejects, options, of);
  return notArrived(unsent, rejects, options, { checkpoint, ...of });
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
  { checkpoint, known, to, list = options }: KnownOfUnsent & Pick<KnownOfList, 'checkpoint'>,
): Promise<string[]> {
  if (unsent.length === 0) return [];
  const imported = (await placesImported(rejects, checkpoint, options)).map((path) =>
    checkpointOfRejects(path, options),
  );
  const all = [...known, ...(await Promise.all(imported.map((path) => statesOf(path)))).flat()];
  const states = all.filter(({ scope }) => isAt(scope, to));
  const left: string[] = [];
  const { areAllSent } = await import('./arrived.js');
  for (const path of unsent) if (!(await areAllSent(path, { options, checkpoint, states, list }))) left.push(path);
  return left;
}

/**
 * Those that hold corrections which have not come to a Clarky, wherever the rejects were told to be.
 * @param to where the list would be sent to; undefined for where it went last
 */
export async function unsentAnywhere(
  options: SourceOfRejects,
  checkpoint: string,
  to?: PlaceOfList,
): Promise<string[]> {
  const before = keptRejects(checkpoint, (await readSettings(checkpoint))?.values);
  const known = await newestFirst(checkpoint);
  const last = known.find(({ scope }) => isAt(scope, to))?.scope;
  const of = { known, to: last ?? to };
  const ofPlace = async (path: string): Promise<string[]> => {
    const paths = [...(await editedRejects(path)), path];
    return notArrived(await unsentOf(paths, path, options, of), path, options, { checkpoint, ...of });
  };
  return (await Promise.all(placesOfRejects(options, before).map(ofPlace))).flat();
}

/** What is known of a list, beginning with where it was sent to last. */
async function newestFirst(checkpoint: string): Promise<CheckpointState[]> {
  const begun = ({ runs }: CheckpointState): string => runs.last?.start ?? '';
  return (await statesOf(checkpoint)).sort((a, b) => begun(b).localeCompare(begun(a)));
}

interface KnownOfUnsent {
  /** Of the list, for each place that it was sent to. */
  readonly known: readonly CheckpointState[];
  /** Where that is asked for; undefined for any. */
  readonly to: PlaceOfList | undefined;
  readonly list?: List;
}

async function unsentOf(
  paths: readonly string[],
  rejects: string,
  where: SourceOfRejects,
  { known, to, list = where }: KnownOfUnsent,
): Promise<string[]> {
  const unsent: string[] = [];
  for (const path of paths) {
    if ((await entryAt(path))?.isFile() !== true) continue;
    if ((await importOf(path, rejects, where, to)) !== undefined) continue;
    // What is as it was written has nobody's work in it.
    const own = await digestOfFile(path);
    if (writtenIn(known, own) !== undefined) continue;
    // Nor has what stands in the list just so, where nothing is noted of what was written.
    if (!isPastKnown(known) && (await isUncorrected(path, list))) continue;
    unsent.push(path);
  }
  return unsent;
}

function isOnThisMachine({ api }: Scope): boolean {
  return URL.canParse(api) && isLoopback(new URL(api).hostname);
}

/** Whether an import of one of these rejects files, finished or not, has its state beside it: `forget` removes that. */
export async function isAnyImportKnown(paths: readonly string[], where: StateOptions): Promise<boolean> {
  const entries = await Promise.all(paths.map((path) => entryAt(checkpointOfRejects(path, where))));
  return entries.some((entry) => entry !== undefined);
}

/** Whether what was sent there is at that place; of several bots at any, where none is known. */
function isAt(scope: Scope, to: PlaceOfList | undefined): boolean {
  return to === undefined || isSameScope(scope, { api: to.api, bot: to.bot ?? scope.bot });
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
  to: PlaceOfList | undefined,
): Promise<ImportOfRejects | undefined> {
  const { mtimeMs, ctimeMs } = await stat(aside);
  const changedMs = Math.floor(mtimeMs);
  for (const path of new Set([rejects, aside])) {
    for (const { runs, scope } of await statesOf(checkpointOfRejects(path, where))) {
      if (!isAt(scope, to)) continue;
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
