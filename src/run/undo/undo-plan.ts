/** What an undo is about to do: which contacts it would take back, as they are now, and what it can't reach. */
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import { paceFromNow, type KeysOfImport } from '../plan/rate-to-begin.js';
import { leastSeconds, READS_PER_MINUTE } from '../../rate/rate.js';
import type { UndoStep } from '../../workspace/set-back.js';
import type { KnownJournal } from '../../workspace/undo/journals.js';
import type { UndoJournal } from '../../workspace/undo/undo-journal.js';
import type { Connection } from '../connection/connection.js';
import type { ImportListener } from '../events.js';
import type { ApiOptions, StateOptions } from '../settings.js';
import { markedElsewhere } from './elsewhere.js';
import { flightsOf, landed } from './landed.js';
import { leftOf, type LeftContact } from './left.js';
import { countBeyondUndo } from './reach.js';
import { planSteps, type PlannedStep } from './undo-steps.js';
import { laterSheets, rejectsToUndo } from './which-import.js';

/** What an undo is about to do. */
export interface UndoPlan {
  /** As it was named. */
  readonly file: string;
  /** Where the import went, when it began, and of a workbook its sheet. */
  readonly import: Scope & { readonly at: string; readonly sheet?: string | undefined };
  /** Rejects of it whose own imports can be taken back too: before this one, where they changed what it made. */
  readonly ofRejects: readonly string[];
  /** Sheets whose imports have written since to what is left. */
  readonly laterSheets: readonly string[];
  /** Contacts that the file has or had, and that are in Clarky by other imports, or were there before: no undo takes them back. */
  readonly beyondUndo: number;
  /** What the import sent and was not undone yet. */
  readonly contacts: number;
  /** Contacts that the import made and nobody changed since. */
  readonly toDelete: number;
  /** Contacts that were there before, of which at least one field is set back. */
  readonly toSetBack: number;
  /** Contacts, or fields of contacts that are set back otherwise, which somebody changed since. */
  readonly left: readonly LeftContact[];
  /** Contacts that are gone, or hold what they held before. */
  readonly nothingToDo: number;
  /** The least time that the writes take within the limit. */
  readonly seconds: number;
}

/** What an undo has opened to plan with, under the checkpoint's lock. */
export interface UndoGround {
  readonly options: StateOptions & KeysOfImport & Pick<ApiOptions, 'rate'> & { readonly file: string };
  readonly checkpointPath: string;
  readonly connection: Connection;
  readonly checkpoint: Checkpoint;
  /** The import that is taken back. */
  readonly chosen: KnownJournal;
  readonly journal: UndoJournal;
  readonly signal: AbortSignal;
  readonly emit: ImportListener;
}

/** Looks at each contact of the journal as it is now. @throws what keeps Clarky from being read, and the reason of a stop */
export async function planUndo(ground: UndoGround): Promise<{ plan: UndoPlan; steps: PlannedStep[] }> {
  const { options, checkpointPath, connection, checkpoint, chosen, journal, signal, emit } = ground;
  const { scope } = checkpoint.state;
  const live = { connection, bot: scope.bot, checkpoint: checkpointPath, signal, emit };
  const entries = await landed(journal.entries, flightsOf(checkpoint, live));
  const steps = await planSteps(await markedElsewhere(entries, scope, checkpointPath, options), live);
  const { at = '', sheet } = journal.import ?? {};
  const ofRejects = await rejectsToUndo(options, checkpoint.state, chosen, checkpointPath);
  const known = planOf(options.file, steps, (writes) =>
    Math.max(
      leastSeconds(writes, connection.limit),
      paceFromNow(writes, { rate: undefined, ...options, apiUrl: scope.api }).seconds,
    ),
  );
  const plan = {
    ...known,
    import: { ...scope, at, sheet },
    ofRejects,
    laterSheets: await laterSheets(checkpointPath, chosen, known.left),
    beyondUndo: await countBeyondUndo(checkpointPath, checkpoint.state),
  };
  return { plan, steps };
}

function planOf(
  file: string,
  steps: readonly PlannedStep[],
  secondsOf: (writes: number) => number,
): Omit<UndoPlan, 'import' | 'ofRejects' | 'laterSheets' | 'beyondUndo'> {
  const count = (kind: UndoStep['kind']): number => steps.filter(({ step }) => step.kind === kind).length;
  const writes = count('delete') + count('set_back');
  // Each is read again before it is touched, within a window in which the plan has read as well.
  const reads = writes + Math.min(steps.length, READS_PER_MINUTE.limit);
  return {
    file,
    contacts: steps.length,
    toDelete: count('delete'),
    toSetBack: count('set_back'),
    left: steps.flatMap(({ entry, step }) => leftOf(entry, step) ?? []),
    nothingToDo: count('nothing'),
    seconds: Math.max(secondsOf(writes), leastSeconds(reads, READS_PER_MINUTE)),
  };
}
