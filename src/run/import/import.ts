/** The main job: a file of contacts reaches the workspace, whole, within the limit, and goes on where it stopped. */
import { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { EXIT, ImporterError } from '../../errors.js';
import type { Decisions } from '../../plan/decisions.js';
import { openLog } from '../outputs/log.js';
import { openRejects, type OpenRejects } from '../outputs/rejects.js';
import { OpenReport } from '../outputs/report.js';
import { reportSettings } from '../outputs/report-settings.js';
import { Connection, DEFAULT_CONCURRENCY } from '../connection.js';
import type { ImportEvent, ImportListener } from '../events.js';
import { forecast } from '../plan/forecast.js';
import { plannedColumns } from '../plan/planned-columns.js';
import type { LiveImport } from './live-import.js';
import { guardAgainst } from './guard.js';
import { Opened } from '../opened.js';
import { Outcomes } from './outcomes.js';
import { Passes } from './passes.js';
import { rateListener } from '../rate-listener.js';
import { OpenedFile, type Reading } from '../reading/reading.js';
import { Sender } from './sender.js';
import { checkOptions } from '../../settings/resolve.js';
import { defaultPaths, type ImportOptions } from '../settings.js';
import { StopControl } from '../stop.js';
import { assertBooksBalance, runCountsOf, type Summary } from '../tally.js';

export interface ImportResult {
  readonly summary: Summary;
  /** What stopped the run before its end, if something did; the rest is pending. */
  readonly stoppedBy: ImporterError | undefined;
  /** What a command line exits with (contract.md, "Exit status"). */
  readonly exitStatus: number;
}

/**
 * Imports a file.
 * @returns also where the run was stopped early: by the signal, a deadline, a refusal, an outage
 * @throws ImporterError where it could not begin, and nothing was sent
 */
export async function importContacts(options: ImportOptions): Promise<ImportResult> {
  const run = new ImportRun(checkOptions(options, Date.now()));
  try {
    return await run.execute();
  } finally {
    await run.close();
  }
}

class ImportRun {
  readonly #options: ImportOptions;
  readonly #startedMs = performance.now();
  readonly #stop: StopControl;
  readonly #listeners: ImportListener[] = [];
  readonly #paths: { checkpoint: string; rejects: string; log: string; report: string };
  readonly #opened = new Opened();
  readonly #outcomes = new Outcomes((event) => this.#emit(event));
  /** With `--live`. */
  #live: LiveImport | undefined;
  #checkpoint: Checkpoint | undefined;
  /** Resolves once what the server was found to want is on disk. */
  #paceStored: Promise<void> | undefined;

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#stop = new StopControl(options);
    this.#opened.onClose(() => this.#stop.close());
    if (options.onEvent) this.#listeners.push(options.onEvent);
    const paths = defaultPaths(options.file);
    this.#paths = {
      checkpoint: options.checkpoint ?? paths.checkpoint,
      rejects: options.rejects ?? paths.rejects,
      log: options.log === false ? '' : (options.log ?? paths.log),
      report: options.report === false ? '' : (options.report ?? paths.report),
    };
  }

  async execute(): Promise<ImportResult> {
    const file = await this.#opened.add(OpenedFile.open({ ...this.#options, signal: this.#stop.signal }));
    const connection = await this.#opened.add(this.#connect());
    const named = this.#options.bot ?? file.settings.bot;
    // The key is checked while the file is read: both must be done before the first write.
    const access = connection.findBot(named, this.#stop.signal);
    access.catch(() => undefined);
    const stages = file.needsStages ? await connection.findStages(await access, this.#stop.signal) : undefined;
    const reading = await file.read(stages, this.#stop.signal);
    const bot = await access;

    const checkpoint = await this.#opened.add(
      Checkpoint.open(
        this.#paths.checkpoint,
        { api: connection.apiUrl, bot },
        { waitMs: this.#options.waitMs, signal: this.#stop.signal },
      ),
    );
    if (this.#options.live === true) this.#live = await this.#openLive(connection, bot, checkpoint, reading);
    if (stages) await checkpoint.note({ kind: 'stages', ids: Object.fromEntries(stages) });
    const decisions = reading.decide();
    await this.#guard(reading, decisions, checkpoint.state);
    const { rejects, report } = await this.#openOutputs(file);
    this.#outcomes.begin(decisions.counts(), {
      write: async (record, problems) => {
        const failure = await this.#store(() => rejects.write(record, problems));
        if (failure) throw failure;
      },
    });
    this.#checkpoint = checkpoint;
    await connection.openWrites(checkpoint.state.evenPace);
    await checkpoint.note({
      kind: 'started',
      at: new Date().toISOString(),
      rows: reading.rows,
      live: this.#live !== undefined,
    });
    this.#emit({
      type: 'started',
      file: this.#options.file,
      api: connection.apiUrl,
      bot,
      counts: this.#outcomes.counts(),
      limit: connection.limit,
    });
    for (const doubt of decisions.nameDoubts()) this.#emit({ type: 'name_doubt', ...doubt });

    const sender = new Sender({
      target: connection.client,
      checkpoint,
      outcomes: this.#outcomes,
      stop: this.#stop,
      bot,
      contactPoints: this.#options.contactPoints ?? file.settings.contactPoints ?? 'strings',
      concurrency: this.#options.concurrency ?? DEFAULT_CONCURRENCY,
      ...this.#live?.hooks,
    });
    await this.#sendAll({ reading, decisions, checkpoint, sender });
    const result = await this.#finish(checkpoint, rejects);
    const reached = { api: connection.apiUrl, bot, limit: connection.limit };
    const end = {
      ...result,
      columns: plannedColumns(reading),
      settings: reportSettings(this.#options, file, reached),
      isUndoable: this.#live !== undefined,
    };
    await report?.finish(end, (event) => this.#emit(event));
    return result;
  }

  close(): Promise<void> {
    return this.#opened.close();
  }

  #connect(): Promise<Connection> {
    const tellRate = rateListener((event) => this.#emit(event), this.#options.rate);
    return Connection.open({
      ...this.#options,
      onRate: (event) => {
        if (event.type === 'paced') this.#paceStored = this.#storePace();
        tellRate(event);
      },
      onCall: (event) => {
        if (event.type === 'attempt') {
          if (event.method === 'POST') this.#outcomes.attempted(event);
          this.#emit({ ...event, type: 'request' });
        }
        if (event.type === 'retry') {
          this.#emit({ type: 'retrying', reason: event.reason, attempt: event.attempt, waitMs: event.waitMs });
        }
      },
    });
  }

  async #storePace(): Promise<void> {
    const failure = await this.#store(async () => this.#checkpoint?.note({ kind: 'pace', even: true }));
    if (failure) this.#stop.stop(failure);
  }

  async #openLive(connection: Connection, bot: string, checkpoint: Checkpoint, reading: Reading): Promise<LiveImport> {
    const { LiveImport } = await import('./live-import.js');
    return this.#opened.add(
      LiveImport.open({
        connection,
        bot,
        checkpoint,
        reading,
        signal: this.#stop.signal,
        waitMs: this.#options.waitMs,
        emit: (event) => this.#emit(event),
        onUnchanged: (planned) => this.#outcomes.unchanged(planned),
      }),
    );
  }

  /** @throws ImporterError `guarded` where `--fail-over` is given and the file is not what a healthy one is */
  async #guard(reading: Reading, decisions: Decisions, checkpoint: CheckpointState): Promise<void> {
    const { failOverPercent } = this.#options;
    if (failOverPercent === undefined) return;
    const live = this.#live?.workspace;
    const { counts } = await forecast({ ...this.#options, reading, decisions, checkpoint, live });
    guardAgainst(counts, checkpoint, failOverPercent);
  }

  async #openOutputs(file: OpenedFile): Promise<{ rejects: OpenRejects; report: OpenReport | undefined }> {
    if (this.#paths.log !== '') {
      const onFailure = (failure: ImporterError): void => this.#stop.stop(failure);
      this.#listeners.push((await this.#opened.add(openLog(this.#paths.log, { onFailure }))).listener);
    }
    const rejects = await openRejects(this.#paths.rejects, file.dialect.header, file.isRejectsFile);
    this.#opened.onClose(() => rejects.discard());
    return { rejects, report: await this.#openReport() };
  }

  async #openReport(): Promise<OpenReport | undefined> {
    if (this.#paths.report === '') return undefined;
    const report = await OpenReport.open(this.#paths.report, {
      file: this.#options.file,
      isNamed: this.#options.report !== undefined,
      withData: this.#options.reportData === true,
    });
    if (report) this.#listeners.push(report.listener);
    else this.#paths.report = '';
    return report;
  }

  async #sendAll(parts: {
    reading: Reading;
    decisions: Decisions;
    checkpoint: Checkpoint;
    sender: Sender;
  }): Promise<void> {
    const passes = new Passes({
      ...parts,
      live: this.#live,
      outcomes: this.#outcomes,
      stop: this.#stop,
      options: this.#options,
    });
    try {
      await passes.sendAll();
    } catch (error) {
      if (!(error instanceof ImporterError)) throw error;
      this.#stop.stop(error);
      await parts.sender.drain();
    }
  }

  async #finish(checkpoint: Checkpoint, rejects: OpenRejects): Promise<ImportResult> {
    await this.#paceStored;
    const wasStopped = this.#stop.reason !== undefined;
    const counts = this.#outcomes.counts();
    assertBooksBalance(counts);
    if (!wasStopped && counts.pending > 0) throw new Error(`a run that was not stopped left ${counts.pending} pending`);
    const unwritten = await this.#store(async () => {
      await rejects.finish();
      if (!wasStopped) await this.#live?.end();
    });
    // What stops a run that has nothing left to send stops nothing.
    const stoppedBy = unwritten ?? (counts.pending > 0 ? this.#stop.reason : undefined);
    const exitStatus = stoppedBy?.exitStatus ?? (counts.rejected > 0 ? EXIT.someRejected : EXIT.ok);
    const summary: Summary = {
      file: this.#options.file,
      ...counts,
      seconds: Math.round(performance.now() - this.#startedMs) / 1000,
      complete: counts.pending === 0,
      ...this.#paths,
    };
    await this.#store(() =>
      checkpoint.note({
        kind: 'ended',
        at: new Date().toISOString(),
        exit: exitStatus,
        counts: runCountsOf(counts),
      }),
    );
    if (stoppedBy) this.#emit({ type: 'stopping', code: stoppedBy.code, message: stoppedBy.message });
    this.#emit({ type: 'ended', summary, exitStatus });
    return { summary, stoppedBy, exitStatus };
  }

  /** Gives what keeps the last things from being stored; by now contacts were sent, so the books are still to be shown. */
  async #store(write: () => Promise<void>): Promise<ImporterError | undefined> {
    try {
      await write();
      return undefined;
    } catch (error) {
      if (!(error instanceof ImporterError)) throw error;
      return asStorageFailure(error);
    }
  }

  #emit(event: ImportEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** A file that can't be written is a matter of the command line only before anything was sent. */
function asStorageFailure(error: ImporterError): ImporterError {
  if (error.code !== 'not_writable') return error;
  return new ImporterError('storage_failed', error.message, {
    next: 'Make room, then run the same command again: it goes on where it stopped.',
    cause: error,
  });
}
