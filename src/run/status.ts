/** What a checkpoint holds, for a person who wants to know how far an import is. Needs no key and no network. */
import { listScopes, readCheckpoint, readSettings } from '../checkpoint/checkpoint.js';
import type { Scope } from '../checkpoint/format.js';
import type { RunRecord, UndoRecord } from '../checkpoint/run-history.js';
import { lockHolder, type Holding } from '../storage/lock.js';
import { targetOf } from '../storage/private-file.js';
import { EXIT } from '../errors.js';
import { checkOptions } from '../settings/call-options.js';
import type { ApiValues, LiveValues, ReadingValues } from '../settings/settings.js';
import { hasJournal, type ImportOf } from '../workspace/undo/journals.js';
import { beyond, endsWithNext, reachOf } from './undo/reach.js';
import { mappingOf } from './known/kept-mapping.js';
import { importOfRejects, unsentToTell } from './known/of-rejects/became.js';
import { requireOwnState, requireWorkDir } from './known/state-of-source.js';
import { usableSettings } from './reading/kept/usable.js';
import { checkpointOf, defaultPaths, type StateOptions } from './settings.js';

/** How far the import is to one workspace and bot. */
export interface ScopeStatus extends Scope {
  /** Contacts that Clarky accepted. */
  readonly accepted: number;
  /** Contacts that an undo has set back: Clarky has them, as they were before. */
  readonly setBack: number;
  /** Contacts that Clarky rejected and that have not been accepted since; none where the last run had every row in Clarky. */
  readonly rejected: number;
  /** True where the server was found to want even spacing. */
  readonly evenPace: boolean;
  /** The newest run; undefined where there was none. */
  readonly lastRun: RunRecord | undefined;
  /** Of a workbook: the newest import of each sheet. */
  readonly sheets: readonly SheetStatus[];
  /** What was taken back of the last run. */
  readonly undone: UndoRecord | undefined;
  /** Something is left in a journal of what an import to it changed. */
  readonly isUndoable: boolean;
  /** How many contacts undo can take back of its newest import until another that can be undone sends something; 0 where that would go on with it. */
  readonly undoEndsFor: number;
  /** Of the accepted: those that came by other imports, or were there before: no undo takes them back. */
  readonly beyondUndo: number;
  /** The newest import of what the last run had rejected, from its rejects file, with the counts of all of them. */
  readonly ofRejects: RunRecord | undefined;
}

/** The newest import of a sheet of a workbook. */
export interface SheetStatus extends RunRecord {
  /** What was taken back of it. */
  readonly undone: UndoRecord | undefined;
  /** Something is left in the journal of what it changed. */
  readonly isUndoable: boolean;
  /** How many contacts undo can take back until another import that can be undone sends something; 0 where that would go on with this one. */
  readonly undoEndsFor: number;
}

/** What a checkpoint holds. */
export interface StatusResult {
  /** As it was named. */
  readonly file: string;
  /** The path of the checkpoint; it need not be there. */
  readonly checkpoint: string;
  /** One for each workspace and bot that the file was imported to; empty where there was no import yet. */
  readonly scopes: readonly ScopeStatus[];
  /** What the last import was told, which the next command on the file takes as its defaults. */
  readonly settings: KeptSettings;
  /** Where the last import rejected rows: rejects files that were changed and not imported since. Absent where there are none. */
  readonly unsentRejects?: readonly string[];
}

/** Settings that go on to hold for the next command on the file. */
export interface KeptSettings
  extends ReadingValues, Pick<ApiValues, 'bot'>, Pick<LiveValues, 'lists' | 'keepExisting'> {}

/** Where the checkpoint is looked for. */
export interface StatusOptions extends StateOptions {
  /** Where the progress of the import is kept; else `FILE.checkpoint.jsonl`. */
  readonly checkpoint?: string | undefined;
}

/** True where there is a journal of what an import changed. */
export async function hasUndoJournal(file: string, options: StateOptions, of: ImportOf): Promise<boolean> {
  return hasJournal(defaultPaths(file, options).checkpoint, of);
}

/** Who imports a file just now; undefined where nobody does, or this process. @throws ImporterError `usage` where the state's folder is none */
export async function importerOf(file: string, options: StatusOptions = {}): Promise<Holding | undefined> {
  requireWorkDir(options);
  return lockHolder(await targetOf(checkpointOf(file, options)));
}

/** @throws ImporterError `bad_checkpoint`, `usage` where the state is another file's */
export async function readStatus(file: string, options: StatusOptions = {}): Promise<StatusResult> {
  checkOptions({ ...options, file }, Date.now(), ['file']);
  await requireOwnState({ ...options, file });
  const path = checkpointOf(file, options);
  const scopes: ScopeStatus[] = [];
  const written = await listScopes(path);
  // Of one without a scope every line is looked at, too: it may be damaged just there.
  if (written.length === 0) await readCheckpoint(path);
  for (const scope of written) {
    const state = await readCheckpoint(path, scope);
    if (!state) continue;
    const { acceptedCount: accepted, setBackCount: setBack, evenPace, runs } = state;
    const reach = await reachOf(path, scope);
    const endsFor = (run?: RunRecord): number => endsWithNext(reach.find((one) => one.sheet === run?.sheet?.name));
    const undoable = reach.filter(({ left }) => left.size > 0);
    // What a row was corrected to may be another contact: what was rejected of the old one is of no row any more.
    const rejected = runs.last?.exit === EXIT.ok && runs.ofSheets.length < 2 ? 0 : state.refusedCount;
    scopes.push({
      ...scope,
      accepted,
      setBack,
      rejected,
      evenPace,
      lastRun: runs.last,
      sheets: runs.ofSheets.map((run) => ({
        ...run,
        undone: runs.undoneOf(run.sheet?.name),
        isUndoable: undoable.some((one) => one.sheet === run.sheet?.name),
        undoEndsFor: endsFor(run),
      })),
      undone: runs.undone,
      isUndoable: undoable.length > 0,
      undoEndsFor: endsFor(runs.last),
      beyondUndo: beyond(state, reach),
      ofRejects: await importOfRejects({ file, checkpoint: path, options }, scope, runs.last),
    });
  }
  const kept = await readSettings(path);
  const mapping = mappingOf(path, kept?.values);
  const settings = usableSettings(kept?.values ?? {});
  // What an undo has taken back is not led to be sent again.
  const areRejected = scopes.some(
    ({ lastRun, undone }) => undone === undefined && (lastRun?.counts?.rejected ?? 0) > 0,
  );
  const unsent = areRejected ? await unsentToTell({ file, checkpoint: path, options }) : [];
  return {
    file,
    checkpoint: path,
    scopes,
    settings: mapping === undefined ? settings : { ...settings, mapping },
    ...(unsent.length > 0 && { unsentRejects: unsent }),
  };
}
