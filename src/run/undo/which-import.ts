/** Which import is taken back: the newest, or that of a sheet; and why none can be. */
import { readCheckpoint } from '../../checkpoint/checkpoint.js';
import { isSameScope, type Scope } from '../../checkpoint/format.js';
import type { UndoRecord } from '../../checkpoint/run-history.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { canonicalApiUrl, DEFAULT_API_URL } from '../../endpoint.js';
import { ImporterError } from '../../errors.js';
import type { ApiValues, ReadingValues } from '../../settings/settings.js';
import { quoted } from '../../source/sheet-choice.js';
import { checkpointOfRejects, placesImported } from '../known/of-rejects/rejects-left.js';
import { outputOf } from '../outputs/forms/forms.js';
import { listed } from '../../wording/rows/lines.js';
import { checkOutput } from '../../storage/outputs.js';
import { defaultPaths, type StateOptions } from '../settings.js';
import {
  journalsOfSheet,
  knownJournals,
  lastBegunAt,
  newestOf,
  type KnownJournal,
} from '../../workspace/undo/journals.js';
import { UndoJournal } from '../../workspace/undo/undo-journal.js';
import type { LeftContact } from './left.js';
import { reachOf } from './reach.js';

type WhichImport = { readonly file: string } & Pick<ReadingValues, 'name' | 'sheet'> &
  Pick<ApiValues, 'apiUrl' | 'bot'>;

/**
 * The journal of the newest import to the Clarky that is named, and to the bot, or of the newest of the sheet that is named.
 * @throws ImporterError `usage` where there is none, naming what there is, or where the checkpoint is somebody's file; `not_writable`
 */
export async function importToUndo(
  { file, name = file, sheet, apiUrl = DEFAULT_API_URL, bot }: WhichImport,
  checkpointPath: string,
): Promise<KnownJournal> {
  // Of a checkpoint that is a folder, a pipe or somebody's file nothing can have been written.
  await checkOutput(outputOf('checkpoint', checkpointPath));
  const all = await knownJournals(checkpointPath);
  if (all.length === 0) throw nothingToUndo(name);
  const here = all.filter(({ scope }) => scope.api === canonicalApiUrl(apiUrl));
  if (here.length === 0) throw otherWorkspace(name, distinct(all.map(({ scope }) => scope.api)));
  const ofBot = here.filter(({ scope }) => bot === undefined || scope.bot === bot);
  if (ofBot.length === 0) throw otherBot(name, bot ?? '', distinct(here.map(({ scope }) => scope.bot)));
  const chosen = await newestOf(sheet === undefined ? ofBot : journalsOfSheet(ofBot, sheet));
  if (chosen !== undefined) return chosen;
  throw noSuchSheet(name, sheet ?? '', distinct(ofBot.flatMap((one) => one.sheet ?? [])));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** The other sheets whose imports can be taken back still. */
export async function sheetsToUndo(
  checkpointPath: string,
  { runs, scope }: Pick<CheckpointState, 'runs' | 'scope'>,
  taken: KnownJournal,
): Promise<string[]> {
  const journals = await journalsToUndo(checkpointPath, { runs, scope });
  return journals.flatMap(({ path, sheet }) => (path === taken.path || sheet === undefined ? [] : [sheet]));
}

/** The sheets whose imports have written since to contacts that are left since they were changed. */
export async function laterSheets(
  checkpointPath: string,
  taken: KnownJournal,
  left: readonly LeftContact[],
): Promise<string[]> {
  const changed = new Set(left.flatMap(({ reason, contactId }) => (reason === 'changed' ? [contactId] : [])));
  if (changed.size === 0) return [];
  const begunAt = await lastBegunAt(taken);
  const later: string[] = [];
  for (const one of await knownJournals(checkpointPath)) {
    const isOther = one.path !== taken.path && isSameScope(one.scope, taken.scope);
    if (!isOther || one.sheet === undefined || (await lastBegunAt(one)) < begunAt) continue;
    const journal = await UndoJournal.open(one.path, 'all');
    if (journal.entries.some(({ id }) => id !== undefined && changed.has(id))) later.push(one.sheet);
    await journal.close();
  }
  return later;
}

/** The rejects files of an import whose own imports to the same place can be taken back still; of a sheet, no other sheet's. */
export async function rejectsToUndo(
  { file, ...where }: StateOptions & { readonly file: string; readonly stateDir?: string | false | undefined },
  { runs, scope }: Pick<CheckpointState, 'runs' | 'scope'>,
  { sheet }: Pick<KnownJournal, 'sheet'>,
  checkpointPath: string,
): Promise<string[]> {
  const sheetAt = sheetReadLast(runs, await knownJournals(checkpointPath), scope);
  const found: string[] = [];
  const { rejects } = defaultPaths(file, where);
  for (const path of await placesImported(rejects, checkpointPath, where)) {
    const checkpoint = checkpointOfRejects(path, where);
    const state = await readCheckpoint(checkpoint, scope).catch(() => undefined);
    const journals = state === undefined ? [] : await journalsToUndo(checkpoint, state);
    const begun = [...journals.map(({ at }) => at), ...(await Promise.all(journals.map(lastBegunAt)))];
    // One journal may have the rejects of two sheets: undone for one, the other's would be gone.
    const isOfOther = sheet !== undefined && begun.some((at) => (sheetAt(at) ?? sheet) !== sheet);
    if (journals.length > 0 && !isOfOther) found.push(path);
  }
  return found;
}

/** The sheet whose import was the newest at a time: what was rejected then is of it. */
function sheetReadLast(
  runs: CheckpointState['runs'],
  journals: readonly KnownJournal[],
  scope: Scope,
): (at: string) => string | undefined {
  const reads = [
    ...runs.ofSheets.map(({ start, sheet }) => ({ at: start, sheet: sheet?.name })),
    ...journals.filter((one) => isSameScope(one.scope, scope)),
  ].sort((one, other) => (one.at < other.at ? -1 : 1));
  return (at) => reads.filter((read) => read.at <= at).at(-1)?.sheet;
}

async function journalsToUndo(
  checkpointPath: string,
  { runs, scope }: Pick<CheckpointState, 'runs' | 'scope'>,
): Promise<KnownJournal[]> {
  return (await reachOf(checkpointPath, scope)).filter(({ sheet, at, left }) => {
    if (left.size === 0) return false;
    const undone = runs.undoneOf(sheet);
    const isLookedAt = undone?.import.at === at && undone.done + undone.left >= undone.of;
    return !isLookedAt || mayBeAsItWas(undone, sheet, runs);
  });
}

/** What was left since another sheet's import had changed it may be as this one's wrote it, now that the other is taken back. */
function mayBeAsItWas(undone: UndoRecord, sheet: string | undefined, runs: CheckpointState['runs']): boolean {
  if ((undone.because?.changed ?? 0) === 0) return false;
  return runs.ofSheets.some(({ sheet: other }) => {
    return other?.name !== sheet && (runs.undoneOf(other?.name)?.at ?? '') > undone.at;
  });
}

function nothingToUndo(file: string): ImporterError {
  return new ImporterError('usage', `There is no import of ${file} that can be undone.`, {
    next: 'Only what import --live wrote can be taken back: it notes what was there before.',
  });
}

function noSuchSheet(file: string, sheet: string, others: readonly string[]): ImporterError {
  return new ImporterError('usage', `There is no import of the sheet "${sheet}" of ${file} that can be undone.`, {
    next: others.length === 0 ? 'Leave --sheet out.' : `There is one of ${quoted(others)}.`,
  });
}

function otherBot(file: string, bot: string, imported: readonly string[]): ImporterError {
  const bots = imported.length === 1 ? 'the bot' : 'the bots';
  return new ImporterError('usage', `${file} was imported with ${bots} ${listed(imported)}, and not with ${bot}.`, {
    next: 'Leave --bot and CLARKY_BOT_ID out: undo takes the bot of the import.',
  });
}

function otherWorkspace(file: string, apis: readonly string[]): ImporterError {
  const which = apis.length === 1 ? 'which is not' : 'none of which is';
  return new ImporterError('usage', `${file} was imported to ${listed(apis)}, ${which} where this would be undone.`, {
    next: `Name ${apis.length === 1 ? 'that address' : 'one of them'} with --api-url or CLARKY_API_URL.`,
  });
}
