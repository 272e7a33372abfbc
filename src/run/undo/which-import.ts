/** Which import is taken back: the newest, or that of a sheet; and why none can be. */
import { readCheckpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { ImporterError } from '../../errors.js';
import type { ReadingValues } from '../../settings/settings.js';
import { quoted } from '../../source/sheet-choice.js';
import { checkpointOfRejects } from '../known/rejects-left.js';
import { correctedRejects } from '../outputs/edited-rejects.js';
import { defaultPaths, type StateOptions } from '../settings.js';
import { journalOfSheet, knownJournals, newestOf, type KnownJournal } from '../../workspace/undo/journals.js';

/**
 * The journal of the newest import, or of the newest of the sheet that is named.
 * @throws ImporterError `usage` where there is none, `not_writable`
 */
export async function importToUndo(
  { file, name = file, sheet }: { readonly file: string } & Pick<ReadingValues, 'name' | 'sheet'>,
  checkpointPath: string,
): Promise<KnownJournal> {
  const journals = await knownJournals(checkpointPath);
  const chosen = sheet === undefined ? await newestOf(journals) : journalOfSheet(journals, sheet);
  if (chosen !== undefined) return chosen;
  if (sheet === undefined || journals.length === 0) throw nothingToUndo(name);
  throw noSuchSheet(
    name,
    sheet,
    journals.flatMap((one) => one.sheet ?? []),
  );
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

/** The rejects files of a source whose own imports to the same place can be taken back still. */
export async function rejectsToUndo(
  { file, ...where }: StateOptions & { readonly file: string },
  scope: Scope,
): Promise<string[]> {
  const found: string[] = [];
  const { rejects } = defaultPaths(file, where);
  for (const path of new Set([...(await correctedRejects(rejects)), rejects])) {
    const checkpoint = checkpointOfRejects(path, where);
    const state = await readCheckpoint(checkpoint, scope).catch(() => undefined);
    if (state !== undefined && (await journalsToUndo(checkpoint, state)).length > 0) found.push(path);
  }
  return found;
}

async function journalsToUndo(
  checkpointPath: string,
  { runs, scope }: Pick<CheckpointState, 'runs' | 'scope'>,
): Promise<KnownJournal[]> {
  return (await knownJournals(checkpointPath)).filter(({ sheet, at, scope: { api, bot } }) => {
    if (api !== scope.api || bot !== scope.bot) return false;
    const undone = runs.undoneOf(sheet);
    return undone?.import.at !== at || undone.done + undone.left < undone.of;
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

export function begunAnew(file: string): ImporterError {
  return new ImporterError('usage', `Another import of ${file} has begun in the meantime.`, {
    next: 'Run the same command again to undo that one.',
  });
}

export function otherBot(file: string, bot: string, imported: string): ImporterError {
  return new ImporterError('usage', `${file} was imported with the bot ${imported}, and not with ${bot}.`, {
    next: 'Leave --bot and CLARKY_BOT_ID out: undo takes the bot of the import.',
  });
}

export function otherWorkspace(file: string, api: string): ImporterError {
  return new ImporterError('usage', `${file} was imported to ${api}, which is not where this would be undone.`, {
    next: 'Name that address with --api-url or CLARKY_API_URL.',
  });
}
