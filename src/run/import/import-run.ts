/** One import, from the opening of its file to its last line. */
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import { EXIT, ImporterError } from '../../errors.js';
import { openImportOutputs, prepareImportPaths, type ImportOutputs } from '../outputs/import-outputs.js';
import { Listeners } from '../outputs/listeners.js';
import { FileBooks } from '../file-books.js';
import { failureOf } from '../outputs/storing.js';
import { reportSettings } from '../outputs/report-settings.js';
import { openClaims } from '../claims.js';
import { Behind } from '../connection/behind.js';
import { Connection } from '../connection/connection.js';
import { plannedColumns } from '../plan/planned-columns.js';
import { warningsBefore } from '../plan/warnings-before.js';
import type { LiveImport, LiveImportOptions } from './live-import.js';
import { leaveUnchanged, noteFetched } from './unchanged-address.js';
import { openOwnCheckpoint } from '../known/own-checkpoint.js';
import { stoppedWithout } from '../known/nowhere.js';
import { noteSentCorrections } from '../known/of-rejects/sent/sent-corrections.js';
import { Others } from '../known/others.js';
import { othersPlace } from '../known/others/place.js';
import { Reads } from './flight/reads.js';
import { noteSlowest } from './flight/slowest.js';
import { guard } from './guard.js';
import { Opened } from '../opened.js';
import { Outcomes } from './outcomes.js';
import { Passes, type PassesParts } from './passes.js';
import { callListener, rateListener } from '../connection/listeners.js';
import { MendedRows } from '../known/mended.js';
import { keepSettings } from '../reading/kept.js';
import { withBot } from '../reading/kept/bot.js';
import { openInput } from './input.js';
import { senderOf, type SendingParts } from './sending.js';
import type { ImportOptions } from '../settings.js';
import { sayRate } from '../../rate/rate.js';
import { storageFailed, tooManyFiles } from '../../storage/failures.js';
import { StopControl } from '../stop.js';
import { assertBooksBalance, type ImportResult, type Summary } from '../tally.js';

export class ImportRun {
  readonly #options: ImportOptions;
  readonly #calledAs: string;
  readonly #startedMs = performance.now();
  readonly #start = new Date().toISOString();
  readonly #stop: StopControl;
  readonly #listeners: Listeners;
  readonly #opened = new Opened();
  readonly #outcomes: Outcomes;
  readonly #behind: Behind;
  /** With `--live`. */
  #live: LiveImport | undefined;
  #checkpoint: Checkpoint | undefined;
  /** Resolves once what the server was found to want is on disk. */
  #paceStored: Promise<void> | undefined;

  /** @param calledAs what the file is told as, where the run is given something in its place, of which `read` tells how far it is */
  constructor(options: ImportOptions, calledAs = options.file, read?: { tell?: (rows: number) => void }) {
    this.#options = options;
    this.#calledAs = calledAs;
    this.#stop = new StopControl(options);
    this.#opened.onClose(() => this.#stop.close());
    this.#listeners = new Listeners(options.onEvent, options.wording);
    this.#outcomes = new Outcomes(this.#listeners.emit);
    this.#behind = new Behind(this.#listeners);
    if (read !== undefined) read.tell = (rows) => this.#listeners.emit({ type: 'reading', rows });
  }

  async execute(): Promise<ImportResult> {
    await prepareImportPaths(this.#options);
    this.#listeners.emit({ type: 'reading', rows: 0 });
    const unchanged = await this.#leaveUnchanged();
    if (unchanged !== undefined) return unchanged;
    const { signal } = this.#stop;
    const input = { opened: this.#opened, signal, connect: () => this.#connect() };
    const { file, connection } = await openInput(this.#options, input);
    // The key is checked while the file is read: both must be done before the first write.
    const named = this.#options.bot ?? file.settings.bot;
    const access = connection.findBot(named, this.#stop.signal, file.kept.bot);
    access.catch(() => undefined);
    const stages = file.needsStages ? await connection.findStages(await access, this.#stop.signal) : undefined;
    const reading = await file.read(stages, this.#stop.signal);
    this.#listeners.emit({ type: 'asking', what: 'access' });
    const bot = await access;
    // What deciding lets go is there for the checkpoint; the workspace's contacts take part in it.
    const decided = this.#options.live === true ? undefined : reading.decide();
    const lent = { signal: this.#stop.signal, emit: this.#listeners.emit, keepExisting: file.settings.keepExisting };
    const scope = { api: connection.apiUrl, bot };
    const checkpoint = await this.#opened.add(openOwnCheckpoint(this.#options, scope, lent));
    this.#behind.goBy(checkpoint.state.lately);
    if (this.#options.live === true) this.#live = await this.#openLive({ connection, bot, checkpoint, reading });
    if (stages) await checkpoint.note({ kind: 'stages', ids: Object.fromEntries(stages) });
    const told = withBot(file, { named, bot, ...(await connection.access()) });
    const { mappingFile, list } = file;
    await keepSettings({ ...told, mappingFile, list }, { ...this.#options, bot }, checkpoint, this.#listeners.emit);
    const later = this.#live?.decided();
    const first = (await later?.next())?.value ?? { decisions: decided ?? reading.decide(), isWanted: undefined };
    const [{ decisions }, { state }] = [first, checkpoint];
    const others = othersPlace(this.#options, { ...scope, ...(await connection.access()) }, this.#listeners.emit);
    const live = this.#live?.workspace;
    const mended = MendedRows.of(reading, this.#options, state, scope, live);
    const run = { ...scope, startedMs: this.#startedMs, ...this.#listeners.told() };
    await guard({ options: this.#options, reading, decisions, checkpoint: state, live, mended, others }, run);
    const outputs = await openImportOutputs(
      file,
      { ...this.#options, file: this.#calledAs },
      {
        opened: this.#opened,
        listeners: this.#listeners,
        checkpoint,
        onFailure: (failure) => this.#stop.stop(failure),
      },
    );
    this.#outcomes.begin(decisions.counts(), outputs.rejects, FileBooks.open(file.source, decisions));
    this.#checkpoint = checkpoint;
    connection.beginWrites(state.evenPace);
    const probed = await connection.probed(bot);
    const { rows, sheet } = reading;
    // Before this run is noted: what the last one was told is among them.
    const warnings = warningsBefore(this.#options, reading, { probed, state });
    this.#outcomes.learnt(reading);
    await checkpoint.note({ kind: 'started', at: this.#start, rows, live: this.#live !== undefined, sheet });
    this.#listeners.emit({
      type: 'started',
      ...{ file: this.#calledAs, start: this.#start, sheet: sheet?.name, ...scope },
      counts: this.#outcomes.counts(),
      limit: sayRate(connection.limit),
    });
    const { emit } = this.#listeners;
    warnings.forEach(emit);
    const claims = await this.#opened.add(openClaims(connection.apiUrl, this.#options, checkpoint.state, emit));
    const reads = new Reads(connection.client, bot, emit, this.#behind);
    const known = await Others.toImport(others, { reading, decisions, reads, signal }, checkpoint);
    const sent = { ...this.#own, file, connection, checkpoint, bot, claims, reads, others: known, probed };
    const sender = senderOf(sent);
    const isFinished = this.#stop.tellFinishing(() => sender.inFlight, emit);
    await this.#sendAll({ reading, first, later, checkpoint, sender, mended, others: known });
    isFinished();
    await mended?.noteMoved();
    await noteSentCorrections({ file, reading, decisions }, checkpoint, this.#options);
    if (connection.mayBurstNext) await this.#storePace(false);
    const result = await this.#finish(scope, checkpoint, outputs);
    if (result.exitStatus === EXIT.ok)
      await failureOf(() => noteFetched(checkpoint, file.source.validators, this.#options, file.kept));
    const settings = reportSettings(this.#options, file, { ...scope, limit: connection.limit });
    const read = { columns: plannedColumns(reading), corrections: reading.corrected, rowsLeftOut: reading.rowsLeftOut };
    const reach = { isUndoable: this.#live?.isUndoable === true, toUndo: await this.#live?.countToUndo() };
    await outputs.report?.finish({ ...result, ...read, settings, ...reach }, this.#listeners.emit);
    return result;
  }

  close(): Promise<void> {
    return this.#opened.close();
  }

  async #leaveUnchanged(): Promise<ImportResult | undefined> {
    const lent = { opened: this.#opened, listeners: this.#listeners, signal: this.#stop.signal };
    const began = { ms: this.#startedMs, start: this.#start };
    const summary = await leaveUnchanged(this.#options, began, { ...lent, connect: () => this.#connect() });
    return summary && { summary, stoppedBy: undefined, exitStatus: EXIT.ok };
  }

  /** What all that sends goes by. */
  get #own(): Pick<SendingParts, 'options' | 'outcomes' | 'stop' | 'live' | 'emit'> {
    const { emit } = this.#listeners;
    return { options: this.#options, outcomes: this.#outcomes, stop: this.#stop, live: this.#live, emit };
  }

  #connect(): Promise<Connection> {
    const tellRate = rateListener(this.#listeners.emit, this.#options.rate);
    const tellCall = callListener(this.#listeners.emit);
    return Connection.open({
      ...this.#options,
      signal: this.#stop.signal,
      behind: this.#behind,
      onRate: (event) => {
        if (event.type === 'paced' && event.reason === 'refused') this.#paceStored = this.#storePace(true);
        if (event.type === 'unpaced') this.#paceStored = this.#storePace(false);
        tellRate(event);
      },
      onCall: (event) => {
        if (event.type === 'attempt') this.#outcomes.attempted(event);
        noteSlowest(this.#checkpoint, event);
        tellCall(event);
      },
    });
  }

  async #storePace(even: boolean): Promise<void> {
    const failure = await failureOf(async () => this.#checkpoint?.note({ kind: 'pace', even }));
    if (failure) this.#stop.stop(failure);
  }

  async #openLive(
    parts: Pick<LiveImportOptions, 'connection' | 'bot' | 'checkpoint' | 'reading'>,
  ): Promise<LiveImport> {
    const { LiveImport } = await import('./live-import.js');
    const onUnchanged: LiveImportOptions['onUnchanged'] = (planned) => this.#outcomes.unchanged(planned);
    const { waitMs, resend, failOverPercent } = this.#options;
    const lent = { opened: this.#opened, signal: this.#stop.signal, emit: this.#listeners.emit };
    const given = { waitMs, resend, failOverPercent, startedAt: this.#start, onUnchanged };
    return this.#opened.add(LiveImport.open({ ...parts, ...lent, ...given }));
  }

  async #sendAll(parts: Omit<PassesParts, 'live' | 'outcomes' | 'stop' | 'options'>): Promise<void> {
    const passes = new Passes({ ...parts, ...this.#own });
    try {
      await passes.sendAll();
    } catch (error) {
      const reason = tooManyFiles(error) === undefined ? error : storageFailed('What the run needs', error);
      if (!(reason instanceof ImporterError)) throw error;
      this.#stop.stop(reason);
      await parts.sender.drain();
    }
  }

  async #finish(scope: Scope, checkpoint: Checkpoint, { rejects, paths, told }: ImportOutputs): Promise<ImportResult> {
    await this.#paceStored;
    const wasStopped = this.#stop.reason !== undefined;
    const counts = this.#outcomes.counts();
    assertBooksBalance(counts);
    if (!wasStopped && counts.pending > 0) throw new Error(`a run that was not stopped left ${counts.pending} pending`);
    const unwritten = await failureOf(async () => {
      await rejects.finish(!wasStopped);
      if (!wasStopped) await this.#live?.end();
    });
    const reason = unwritten ?? (counts.pending > 0 ? this.#stop.reason : undefined);
    const stoppedBy = stoppedWithout(reason, this.#options.checkpoint);
    const exitStatus = stoppedBy?.exitStatus ?? (counts.rejected > 0 ? EXIT.someRejected : EXIT.ok);
    const summary: Summary = {
      file: this.#calledAs,
      ...this.#outcomes.files(),
      ...counts,
      seconds: Math.round(performance.now() - this.#startedMs) / 1000,
      complete: counts.pending === 0,
      reasons: this.#outcomes.reasons(),
      undoable: (await this.#live?.hasToUndo(counts)) === true,
      ...{ ...paths, ...told(), ...scope, ...this.#listeners.told() },
      start: this.#start,
      end: new Date().toISOString(),
      exit: exitStatus,
      ...(stoppedBy === undefined ? {} : { error: stoppedBy.code, message: stoppedBy.message }),
    };
    await failureOf(() => checkpoint.note({ kind: 'ended', at: summary.end, exit: exitStatus, counts }));
    if (stoppedBy) this.#listeners.emit({ type: 'stopping', code: stoppedBy.code, message: stoppedBy.message });
    this.#listeners.emit({ type: 'ended', summary, exitStatus });
    return { summary, stoppedBy, exitStatus };
  }
}
