/** Takes back a live import, the newest or that of a sheet: what it made is deleted, what it changed is set back, as far as it is still so. */
import { requireKept } from '../known/nowhere.js';
import { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import type { ImporterError } from '../../errors.js';
import { EXIT } from '../../errors.js';
import { openClaims } from '../claims.js';
import { checkRunPaths } from '../outputs/check.js';
import { failureOf } from '../outputs/storing.js';
import { Listeners } from '../outputs/listeners.js';
import { openLog } from '../outputs/log.js';
import { UndoJournal } from '../../workspace/undo/undo-journal.js';
import { importToUndo, sheetsToUndo } from './which-import.js';
import { Connection } from '../connection/connection.js';
import type { ImportListener } from '../events.js';
import { littleAfter, sleepUnless } from '../import/flight/waiting.js';
import { Opened } from '../opened.js';
import { callListener, lockListener, rateListener } from '../connection/listeners.js';
import { toldOfRun } from '../outputs/named-again.js';
import { undoReportPart } from '../outputs/later-report.js';
import { checkReportPath, writeReportLast } from '../outputs/report-file.js';
import { checkOptions } from '../../settings/call-options.js';
import type { ReadingValues, ReportValues, RunValues, Written } from '../../settings/settings.js';
import { defaultPaths, type GivenApi, type Heard } from '../settings.js';
import { requireOwnState } from '../known/state-of-source.js';
import { StopControl } from '../stop.js';
import { EarlierSheets } from './earlier-sheets.js';
import { countsOf, type UndoResult } from './undo-result.js';
import { planUndo, type UndoGround, type UndoPlan } from './undo-plan.js';
import { undoAll, untriedFirst, type PlannedStep } from './undo-steps.js';
import { leftCountsOf } from '../../wording/left-as-is.js';
import type { LeftContact } from './left.js';
import { Undoer } from './undoer.js';

/** What an undo is asked. */
export interface UndoOptions
  extends
    GivenApi,
    Heard,
    Pick<ReadingValues, 'checkpoint' | 'sheet' | 'workDir' | 'name'>,
    Pick<RunValues, 'log' | 'waitMs'>,
    Pick<ReportValues, 'report'> {
  /** The file as it was imported; it need not exist any more. */
  readonly file: string;
  /** Asked once the plan is known, before anything is written; without it nothing is asked. */
  readonly confirm?: ((plan: UndoPlan) => boolean | Promise<boolean>) | undefined;
  /** Stops the undo: what is under way is let finish, and the same call goes on later. */
  readonly signal?: AbortSignal | undefined;
}

/** Only that: a prompt may hand over what was typed, and "no" is true to JavaScript. */
function isYes(answer: unknown): boolean {
  return answer === true;
}

/**
 * Undoes the newest import of a file that was run with `live`, or the newest of a sheet. The first contact of each kind is read back, since what a
 * PATCH and a DELETE take is not documented.
 * @returns also where it was stopped early by the signal or an outage: the same call goes on
 * @throws ImporterError `usage` where there is nothing to undo, `not_as_meant`, `locked`, what keeps Clarky from being read
 */
export async function undoImport(given: Written<UndoOptions>): Promise<UndoResult> {
  const start = new Date().toISOString();
  const options = {
    ...checkOptions<UndoOptions>(given, Date.now(), ['file', 'key']),
    onEvent: new Listeners(given.onEvent).emit,
  };
  const { paths, scope } = await checkedPlaces(options);
  const opened = new Opened();
  const stop = new StopControl({ ...options, what: 'The undo' });
  opened.onClose(() => stop.close());
  try {
    const ground = await openUndo(options, paths, { scope, opened, stop });
    const { checkpoint, chosen, journal, emit } = ground;
    const { plan, steps } = await planUndo(ground);
    const undoer = await openUndoer(ground, options, { opened, stop });
    const isConfirmed = steps.length === 0 || options.confirm === undefined || isYes(await options.confirm(plan));
    if (isConfirmed && steps.length > 0) {
      const note = undoNote(checkpoint, plan, steps);
      await note([]);
      const isFinished = stop.tellFinishing(() => undoer.inFlight, emit);
      await undoAll(untriedFirst(steps, checkpoint.state), undoer, stop);
      isFinished();
      undoer.endAsPlanned(steps);
      await failureOf(async () => {
        await note(undoer.leftWhole);
        if (undoer.done === plan.contacts) await journal.end();
      });
    }
    const end = new Date().toISOString();
    const otherSheets = await sheetsToUndo(paths.checkpoint, checkpoint.state, chosen);
    const result = { ...scope, start, end, ...resultOf(plan, undoer, stop.reason, isConfirmed), otherSheets };
    const { sheet } = plan.import;
    if (isConfirmed) emit({ type: 'undo_ended', start, api: scope.api, ...countsOf(result), sheet });
    const part = undoReportPart(result, toldOfRun({ ...options, sheet }), start, checkpoint.state.runs.undoneOf(sheet));
    if (isConfirmed && paths.report !== false) await writeReportLast(paths.report, options, part);
    return result;
  } finally {
    await opened.close();
  }
}

/** Options as they were checked. */
type CheckedOptions = UndoOptions & { readonly onEvent: ImportListener | undefined };

interface UndoPaths {
  readonly checkpoint: string;
  readonly log: string | false;
  readonly report: string | false;
}

/** Where its own files are, and where the import went. @throws ImporterError `usage` where there is nothing to undo, or a path is somebody's file */
async function checkedPlaces(options: CheckedOptions): Promise<{ paths: UndoPaths; scope: Scope }> {
  const defaults = defaultPaths(options.file, options);
  const { checkpoint = defaults.checkpoint, log = defaults.log, report = defaults.report } = options;
  requireKept(checkpoint);
  await requireOwnState(options);
  const { scope } = await importToUndo(options, checkpoint);
  if (options.report !== undefined && report !== false) await checkReportPath(report);
  const paths = { checkpoint, log, report };
  await checkRunPaths([options.file], paths);
  return { paths, scope };
}

/** What everything that is opened is closed with, and stopped by. */
interface Lifetime {
  readonly opened: Opened;
  readonly stop: StopControl;
}

async function openUndo(
  options: CheckedOptions,
  paths: UndoPaths,
  { scope, opened, stop }: Lifetime & { readonly scope: Scope },
): Promise<UndoGround> {
  const listeners: ImportListener[] = options.onEvent ? [options.onEvent] : [];
  const emit: ImportListener = (event) => listeners.forEach((listener) => listener(event));
  const connection = await opened.add(
    Connection.open({
      ...options,
      signal: stop.signal,
      onRate: rateListener(emit, options.rate),
      onCall: callListener(emit),
    }),
  );
  const checkpoint = await opened.add(
    Checkpoint.open(paths.checkpoint, scope, {
      waitMs: options.waitMs,
      advice: 'Wait for it to end, or use --wait 10m.',
      signal: stop.signal,
      stateDir: options.stateDir,
      onWait: lockListener(emit),
    }),
  );
  // Under the checkpoint's lock: an import that was waited for has written to it in the meantime.
  const chosen = await importToUndo({ ...options, bot: scope.bot }, paths.checkpoint);
  const journal = await opened.add(UndoJournal.open(chosen.path, 'all', checkpoint));
  if (paths.log !== false) {
    const listening = await opened.add(openLog(paths.log, { onFailure: (failure) => stop.stop(failure) }));
    listeners.push(listening.listener);
  }
  emit({ type: 'asking', what: 'access' });
  await connection.findBot(scope.bot, stop.signal);
  emit({ type: 'asking', what: 'contacts' });
  connection.beginWrites(checkpoint.state.evenPace);
  const { signal } = stop;
  return { options, checkpointPath: paths.checkpoint, connection, checkpoint, chosen, journal, signal, emit };
}

async function openUndoer(ground: UndoGround, options: CheckedOptions, { opened, stop }: Lifetime): Promise<Undoer> {
  const { checkpointPath, connection, checkpoint, chosen, journal, emit } = ground;
  const wanted = checkpoint.state.shape ?? (await connection.probed(checkpoint.state.scope.bot))?.writes;
  const afterWrite = littleAfter(stop.signal);
  return new Undoer({
    client: connection.client,
    journal,
    earlier: await opened.add(EarlierSheets.open(checkpoint, checkpointPath, chosen)),
    checkpoint,
    claims: await opened.add(openClaims(connection.apiUrl, options, checkpoint.state, emit)),
    contactPoints: options.contactPoints ?? (wanted === 'objects' ? 'objects' : 'strings'),
    stop,
    afterWrite,
    wallClock: Date.now,
    sleep: (ms) => sleepUnless(afterWrite, ms),
    emit,
  });
}

/** Notes how far all undos of an import are: before the first write as well, so that it is known where one is killed. */
function undoNote(
  checkpoint: Checkpoint,
  plan: UndoPlan,
  steps: readonly PlannedStep[],
): (left: readonly LeftContact[]) => Promise<void> {
  const { at: importedAt, sheet } = plan.import;
  const { runs } = checkpoint.state;
  const done = (): number => {
    const before = runs.undoneOf(sheet);
    return before?.import.at === importedAt ? before.done : 0;
  };
  // An undo that was killed between the checkpoint's note and the journal's does that one once more.
  const isDone = ({ entry }: PlannedStep): boolean =>
    runs.hasTakenBack(Buffer.from(entry.identity, 'base64url'), sheet);
  const of = done() + steps.filter((step) => done() === 0 || !isDone(step)).length;
  return (left) => {
    const now = { at: new Date().toISOString(), left: left.length, because: leftCountsOf(left) };
    return checkpoint.note({ kind: 'undone', import: { at: importedAt, sheet }, of, done: done(), ...now });
  };
}

function resultOf(
  plan: UndoPlan,
  undoer: Undoer,
  reason: ImporterError | undefined,
  confirmed: boolean,
): Omit<UndoResult, 'api' | 'bot' | 'start' | 'end' | 'otherSheets'> {
  const { deleted, setBack, nothingToDo, left, done } = undoer;
  const { file, contacts, ofRejects, laterSheets: later, beyondUndo } = plan;
  const pending = contacts - done;
  const stoppedBy = confirmed && pending > 0 ? reason : undefined;
  const exitStatus = stoppedBy?.exitStatus ?? (left.length > 0 ? EXIT.someRejected : EXIT.ok);
  return {
    ...{ file, contacts, deleted, setBack },
    left: [...left].sort((a, b) => a.line - b.line),
    nothingToDo,
    pending,
    ...{ confirmed, complete: pending === 0 },
    ...{ ofRejects, laterSheets: later, beyondUndo },
    exit: exitStatus,
    exitStatus,
    stoppedBy,
  };
}
