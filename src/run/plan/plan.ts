/** The dry run: everything that an import would do, and nothing of it done. Needs no key and no network. */
import { listScopes, readCheckpoint } from '../../checkpoint/checkpoint.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Decisions } from '../../plan/decisions.js';
import { withLikelyCountry } from './country-advice.js';
import { forecast, type ForecastOptions } from './forecast.js';
import { canonicalApiUrl, DEFAULT_API_URL } from '../../endpoint.js';
import { mappingByName, plannedColumns } from './planned-columns.js';
import { paceOf, rateToBegin, type KeysOfImport } from './rate-to-begin.js';
import { checkOptions } from '../../settings/call-options.js';
import type { ApiValues, LiveValues, Written } from '../../settings/settings.js';
import { EXIT } from '../../errors.js';
import { FileBooks } from '../file-books.js';
import { unseenBotNotes } from './unseen-bot.js';
import type { Kept } from '../reading/kept.js';
import { withBot, withBotOfBefore } from '../reading/kept/bot.js';
import type { Taken } from '../reading/kept/words.js';
import { stopBefore } from '../reading/stops.js';
import { stoppable } from '../stop.js';
import { listsWarning, rowsWarning } from './warnings-before.js';
import { OpenedFile } from '../reading/reading.js';
import type { Reading } from '../reading/first-reading.js';
import { reasonsOf } from '../reading/problem-digest.js';
import { Listeners } from '../outputs/listeners.js';
import type { Behind } from '../connection/behind.js';
import { callListener } from '../connection/listeners.js';
import type { ImportListener } from '../events.js';
import { liveOptions, wentOutBy } from '../known/live-options.js';
import { keptBeside } from '../known/nowhere.js';
import { Opened } from '../opened.js';
import { rejectsTold } from '../known/of-rejects/sent/unsent-told.js';
import { MendedRows } from '../known/mended.js';
import { isMoreOfAnother } from '../known/of-rejects/more-of-another.js';
import { writtenBy } from '../reading/mapping/several-files.js';
import { countToUndo, whatUndoWouldLose } from '../undo/reach.js';
import type { LiveWorkspace } from '../../workspace/live.js';
import { checkpointOf, defaultPaths, type ApiOptions, type ReadingOptions } from '../settings.js';
import { dialectToShow, doubtsIn, PlannedUpdates, type PlannedChange, type PlanResult } from './plan-result.js';

export type { PlannedChange, PlanResult };

export interface PlanOptions extends ReadingOptions, KeysOfImport, Omit<ApiValues, 'redis'>, Omit<LiveValues, 'live'> {
  /** Reads the workspace too, that of `apiUrl` unless it names its own: what would be created, updated and left alone is exact then. */
  readonly live?: ApiOptions | undefined;
  /** With `live`: lists what each update would change. */
  readonly diff?: boolean | undefined;
  /** Called with what would become of each row; waited for. */
  readonly onForeseen?: ForecastOptions['onForeseen'];
  readonly onEvent?: ImportListener | undefined;
}

/**
 * Plans an import.
 * @throws ImporterError with an exit status of 2: the file, its mapping or its checkpoint can't be used; with `live` also
 *   what keeps Clarky from being read
 */
export function planContacts(given: Written<PlanOptions>): Promise<PlanResult> {
  return stoppable('The plan', planned)(given);
}

async function planned(given: Written<PlanOptions>): Promise<PlanResult> {
  const start = new Date().toISOString();
  const { live, ...settings } = { ...given };
  const api = live && checkOptions(live, Date.now(), ['key'], 'live');
  const checked = checkOptions<Omit<PlanOptions, 'live'>>(settings, Date.now(), ['file']);
  const options: PlanOptions = { ...checked, live: api, onEvent: new Listeners(settings.onEvent).emit };
  const file = await OpenedFile.open(options);
  try {
    if (options.live !== undefined) return await planLive(file, start, options, options.live);
    const stages = file.needsStages ? (await readScope(options, file))?.stages : undefined;
    const reading = await file.read(stages, options.signal);
    // What deciding lets go is there for the checkpoint.
    const decisions = reading.decide();
    const checkpoint = await readScope(options, file);
    const api = canonicalApiUrl(options.apiUrl ?? DEFAULT_API_URL);
    const bot = options.bot ?? file.settings.bot ?? file.kept.bot ?? '';
    const named = options.bot ?? file.settings.bot;
    const botNotes = await unseenBotNotes(named, api, checkpointOf(options.file, options));
    // Where it went before is among those.
    const { taken, kept } = botNotes.length > 0 ? file : withBotOfBefore(file, named);
    return await planReading({ reading, decisions, checkpoint, api, bot, botNotes, taken, kept, start }, options);
  } finally {
    await file.close();
  }
}

async function planLive(file: OpenedFile, start: string, options: PlanOptions, api: ApiOptions): Promise<PlanResult> {
  const [{ Connection }, { Behind }, { LiveWorkspace }] = await Promise.all([
    import('../connection/connection.js'),
    import('../connection/behind.js'),
    import('../../workspace/live.js'),
  ]);
  const { signal, onEvent: emit = () => undefined } = options;
  const path = checkpointOf(options.file, options);
  const [opened, { apiUrl = options.apiUrl }] = [new Opened(), api];
  try {
    const behind = new Behind({ emit });
    const asked = { ...api, apiUrl, signal, behind, onCall: callListener(emit) };
    const connection = await opened.add(Connection.open(asked));
    // The key is checked while the file is read.
    const named = api.bot ?? options.bot ?? file.settings.bot;
    const access = connection.findBot(named, signal, file.kept.bot);
    access.catch(() => undefined);
    const stages = file.needsStages ? await connection.findStages(await access, signal) : undefined;
    const reading = await file.read(stages, signal);
    emit({ type: 'asking', what: 'access' });
    const bot = await access;
    const checkpoint = await readCheckpoint(path, { api: connection.apiUrl, bot }, file.settings.keepExisting);
    if (checkpoint !== undefined) behind.goBy(checkpoint.lately);
    const mayBeSent = (): boolean => options.resend === true;
    const beside = await keptBeside(path, opened);
    const live = liveOptions({ connection, bot, checkpoint: beside, signal, emit, mayBeSent });
    emit({ type: 'asking', what: 'contacts' });
    const wentOutWith = checkpoint && wentOutBy(checkpoint);
    const workspace = await opened.add(LiveWorkspace.open(live, reading, { ...file.settings, bot, wentOutWith }));
    const decisions = workspace.decide();
    const told = withBot(file, { named, bot, ...(await connection.access(signal)) });
    const parts = { reading, decisions, checkpoint, workspace, behind, api: connection.apiUrl, bot, ...told, start };
    return await planReading(parts, options);
  } finally {
    await opened.close();
  }
}

/** The checkpoint of where an import would send to; of several bots that of the last, where none is named. */
async function readScope(options: PlanOptions, file: OpenedFile): Promise<CheckpointState | undefined> {
  const path = checkpointOf(options.file, options);
  const { apiUrl, bot = file.settings.bot } = options;
  const api = canonicalApiUrl(apiUrl ?? DEFAULT_API_URL);
  const scope = bot === undefined ? (await listScopes(path)).findLast((one) => one.api === api) : { api, bot };
  return scope && readCheckpoint(path, scope, file.settings.keepExisting);
}

interface PlanParts {
  readonly reading: Reading;
  readonly decisions: Decisions;
  readonly checkpoint: CheckpointState | undefined;
  readonly workspace?: LiveWorkspace;
  readonly behind?: Behind;
  readonly api: string;
  readonly bot: string;
  readonly botNotes?: readonly string[];
  readonly taken: Taken | undefined;
  readonly kept: Kept;
  readonly start: string;
}

async function planReading(parts: PlanParts, options: PlanOptions): Promise<PlanResult> {
  const { reading, decisions, checkpoint, workspace, behind, api, bot, botNotes = [], taken, kept, start } = parts;
  const { file } = reading;
  const { lists = 'join', keepExisting = false } = file.settings;
  const updates = new PlannedUpdates({ lists, keepExisting, bot, checkpoint });
  const books = FileBooks.open(file.source, decisions);
  const paths = defaultPaths(options.file, options);
  const checkpointPath = options.checkpoint ?? paths.checkpoint;
  const place = { api, bot: bot === '' ? undefined : bot };
  const { counts, problems, leftOut, unclearNames } = await forecast({
    ...options,
    books,
    reading,
    decisions,
    checkpoint,
    live: workspace,
    behind,
    others: { ...place, checkpoint: checkpointPath, stateDir: options.stateDir },
    mended: MendedRows.of(reading, options, checkpoint, place, workspace),
    onUpdate: (planned, comparison) => updates.add(planned, comparison, options.diff === true),
  });
  const requests = counts.created + counts.updated;
  const ofLists = counts.updated === 0 ? [] : listsWarning(checkpoint, file, { live: workspace !== undefined });
  const rate = rateToBegin(api, options.rate, { ...options, ...options.live });
  const columns = plannedColumns(reading);
  const newest = { api, bot, sheet: reading.sheet?.name, checkpoint: checkpointPath };
  const isUndoable = workspace !== undefined && (requests > 0 || (await countToUndo(newest)) !== undefined);
  const ofUndo =
    workspace === undefined || requests === 0 || isMoreOfAnother(file, checkpointPath)
      ? []
      : await whatUndoWouldLose(newest);
  const stoppedBy = stopBefore(file, { ...options, isLive: workspace !== undefined });
  return {
    file: options.file,
    api,
    bot,
    start,
    end: new Date().toISOString(),
    exit: stoppedBy?.exitStatus ?? (counts.rejected > 0 ? EXIT.someRejected : EXIT.ok),
    stoppedBy,
    ...(books === undefined ? {} : { files: books.counts() }),
    ...(leftOut === undefined ? {} : { leftOut }),
    ...counts,
    requests,
    ...paceOf(requests, rate),
    complete: true,
    reasons: reasonsOf(problems),
    undoable: isUndoable,
    dryRun: true,
    checkpoint: checkpointPath,
    rejects: paths.rejects,
    ...(await rejectsTold(file, counts, options, { ...place, checkpoint: checkpointPath })),
    log: paths.log,
    report: paths.report,
    mapping: mappingByName(columns),
    columns,
    system: writtenBy(file),
    dialect: dialectToShow(file.dialect),
    mappingFile: file.mappingFile,
    notes: [
      ...(taken === undefined ? [] : [taken.message]),
      ...kept.differing.map(({ message }) => message),
      ...(kept.knownElsewhere === undefined ? [] : [kept.knownElsewhere.message]),
      ...botNotes,
      ...file.dialect.notes,
      ...reading.notes,
      ...file.mappingNotes.map(({ message }) => message),
      ...updates.notes(),
      ...(stoppedBy === undefined
        ? []
        : [`${stoppedBy.message} An import does not begin so. ${stoppedBy.next ?? ''}`.trim()]),
    ],
    warnings: [...reading.warnings, ...ofLists, ...rowsWarning(reading.rows), ...ofUndo].map(({ code, message }) => ({
      code,
      message,
    })),
    problems: withLikelyCountry(problems, reading.likelyCountries),
    corrected: reading.corrected,
    rowsLeftOut: reading.rowsLeftOut,
    staleCorrections: reading.staleCorrections,
    remarks: reading.remarks,
    ...doubtsIn(decisions.nameDoubts()),
    ...(unclearNames === undefined || unclearNames.contacts === 0 ? {} : { unclearNames: { ...unclearNames } }),
    live: workspace !== undefined,
    ...(options.diff === true ? { changes: updates.changes } : {}),
  };
}
