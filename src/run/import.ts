/** The main job: a file of contacts reaches the workspace, whole, within the limit, and goes on where it stopped. */
import { Checkpoint } from '../checkpoint/checkpoint.js';
import { digestText } from '../contact/identity.js';
import { EXIT, ImporterError } from '../errors.js';
import type { Planned, PlannedContact } from '../plan/planned.js';
import { openLog } from '../report/log.js';
import { openRejects, type OpenRejects } from '../report/rejects.js';
import { Connection, DEFAULT_CONCURRENCY } from './connection.js';
import type { ImportEvent, ImportListener } from './events.js';
import { forecast } from './forecast.js';
import type { LiveImport } from './live-import.js';
import { guardAgainst } from './guard.js';
import { rateListener } from './rate-listener.js';
import { OpenedFile, type Reading } from './reading.js';
import { refusedEarlier } from './refusals.js';
import { Sender } from './sender.js';
import { defaultPaths, type ImportOptions } from './settings.js';
import { StopControl } from './stop.js';
import { assertBooksBalance, runCountsOf, Tally, type Summary } from './tally.js';
import type { Decisions } from '../plan/decisions.js';

export interface ImportResult {
  readonly summary: Summary;
  /** What stopped the run before its end, if something did; the rest is pending. */
  readonly stoppedBy: ImporterError | undefined;
  /** What a command line exits with (contract.md, "Exit status"). */
  readonly exitStatus: number;
}

/** How long after a stop the rest of the file is still read, so that the summary has what was only waiting to be counted. */
const CLASSIFY_AFTER_STOP_MS = 2000;

/**
 * Imports a file.
 * @returns also where the run was stopped early: by the signal, a deadline, a refusal, an outage
 * @throws ImporterError where it could not begin, and nothing was sent
 */
export async function importContacts(options: ImportOptions): Promise<ImportResult> {
  const run = new ImportRun(options);
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
  readonly #paths: { checkpoint: string; rejects: string; log: string };
  /** What is to be closed at the end, the last opened first. */
  readonly #closers: (() => Promise<void> | void)[] = [];
  #tally = new Tally({ rows: 0, contacts: 0 });
  /** With `--live`. */
  #live: LiveImport | undefined;
  /** Records merged into contacts that were planned and not accepted. */
  #pendingMerges = 0;
  #lastProgressMs = 0;

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#stop = new StopControl(options);
    this.#closers.push(() => this.#stop.dispose());
    if (options.onEvent) this.#listeners.push(options.onEvent);
    const paths = defaultPaths(options.file);
    this.#paths = {
      checkpoint: options.checkpoint ?? paths.checkpoint,
      rejects: options.rejects ?? paths.rejects,
      log: options.log === false ? '' : (options.log ?? paths.log),
    };
  }

  async execute(): Promise<ImportResult> {
    const file = await this.#opened(OpenedFile.open({ ...this.#options, signal: this.#stop.signal }));
    const connection = await this.#opened(this.#connect());
    const named = this.#options.bot ?? file.settings.bot;
    // The key is checked while the file is read: both must be done before the first write.
    const access = connection.findBot(named, this.#stop.signal);
    access.catch(() => undefined);
    const stages = file.needsStages ? await connection.findStages(await access, this.#stop.signal) : undefined;
    const reading = await file.read(stages, this.#stop.signal);
    const bot = await access;

    const checkpoint = await this.#opened(
      Checkpoint.open(
        this.#paths.checkpoint,
        { api: connection.apiUrl, bot },
        { waitMs: this.#options.waitMs, signal: this.#stop.signal },
      ),
    );
    if (this.#options.live === true) {
      const { LiveImport } = await import('./live-import.js');
      this.#live = await this.#opened(
        LiveImport.open({
          connection,
          bot,
          checkpoint,
          reading,
          signal: this.#stop.signal,
          waitMs: this.#options.waitMs,
          emit: (event) => this.#emit(event),
          onUnchanged: (planned) => this.#end(planned, 'unchanged'),
        }),
      );
    }
    if (stages) await checkpoint.append({ kind: 'stages', ids: Object.fromEntries(stages) });
    const decisions = reading.decide();
    if (this.#options.failOverPercent !== undefined) {
      const { counts } = await forecast({
        ...this.#options,
        reading,
        decisions,
        checkpoint: checkpoint.state,
        live: this.#live?.workspace,
      });
      guardAgainst(counts, checkpoint.state, this.#options.failOverPercent);
    }
    this.#tally = new Tally(decisions.counts());
    const rejects = await this.#openOutputs(file);
    this.#listeners.push((event) => {
      // A failure to write it down comes up with the next contact.
      if (event.type === 'pace') checkpoint.append({ kind: 'pace', even: true }).catch(() => undefined);
    });
    await connection.openWrites(checkpoint.state.evenPace);
    await checkpoint.append({
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
      counts: this.#tally.counts(),
    });
    for (const doubt of decisions.nameDoubts()) this.#emit({ type: 'name_doubt', ...doubt });

    await this.#sendAll({ reading, decisions, checkpoint, connection, bot });
    return this.#finish(checkpoint, rejects);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  async #opened<T extends { close(): Promise<void> } | { dispose(): Promise<void> }>(opening: Promise<T>): Promise<T> {
    const opened = await opening;
    this.#closers.push(() => ('close' in opened ? opened.close() : opened.dispose()));
    return opened;
  }

  #connect(): Promise<Connection> {
    return Connection.open({
      ...this.#options,
      onRate: rateListener((event) => this.#emit(event), this.#options.rate),
      onCall: (event) => {
        if (event.type === 'attempt' && event.method === 'POST') {
          this.#tally.requests++;
          if (event.attempt > 1) this.#tally.retries++;
          if (event.status === 429) this.#tally.throttled++;
        }
        if (event.type === 'retry') {
          this.#emit({ type: 'retrying', reason: event.reason, attempt: event.attempt, waitMs: event.waitMs });
        }
      },
    });
  }

  async #openOutputs(file: OpenedFile): Promise<OpenRejects> {
    const log =
      this.#paths.log === ''
        ? undefined
        : await openLog(this.#paths.log, { onFailure: (failure) => this.#stop.stop(failure) });
    if (log) {
      this.#listeners.push(log.listener);
      this.#closers.push(() => log.close());
    }
    const rejects = await openRejects(this.#paths.rejects, file.dialect.header, file.isRejectsFile);
    this.#listeners.push(rejects.listener);
    this.#closers.push(() => rejects.discard());
    return rejects;
  }

  async #sendAll(parts: {
    reading: Reading;
    decisions: Decisions;
    checkpoint: Checkpoint;
    connection: Connection;
    bot: string;
  }): Promise<void> {
    const { reading, decisions, checkpoint, connection, bot } = parts;
    const sender = new Sender({
      target: connection.client,
      checkpoint,
      tally: this.#tally,
      stop: this.#stop,
      emit: (event) => this.#emit(event),
      bot,
      contactPoints: this.#options.contactPoints ?? reading.file.settings.contactPoints ?? 'strings',
      concurrency: this.#options.concurrency ?? DEFAULT_CONCURRENCY,
      ...this.#live?.hooks,
    });
    try {
      // What is new or changed goes before what Clarky refused before: a deadline may come.
      const refused = await this.#pass(reading, decisions, (planned) => this.#decide(planned, checkpoint, sender));
      await this.#live?.recordUnchanged();
      await sender.drain();
      if (refused > 0 && this.#options.retryRejected === true) {
        await this.#pass(reading, decisions, (planned) => this.#retry(planned, checkpoint, sender));
        await sender.drain();
      }
    } catch (error) {
      if (!(error instanceof ImporterError)) throw error;
      this.#stop.stop(error);
      await sender.drain();
    }
  }

  /** Reads the file once more, and gives how many of its contacts `handle` put off. */
  async #pass(
    reading: Reading,
    decisions: Decisions,
    handle: (planned: Planned) => Promise<'done' | 'put off'>,
  ): Promise<number> {
    let putOff = 0;
    let stoppedMs: number | undefined;
    for await (const batch of reading.planned(decisions)) {
      for (const planned of batch) {
        if ((await handle(planned)) === 'put off') putOff++;
        this.#emitProgress();
      }
      if (!this.#stop.signal.aborted) continue;
      stoppedMs ??= performance.now();
      if (performance.now() - stoppedMs > CLASSIFY_AFTER_STOP_MS) break;
    }
    return putOff;
  }

  async #decide(planned: Planned, checkpoint: Checkpoint, sender: Sender): Promise<'done' | 'put off'> {
    if (planned.kind === 'rejection') {
      this.#tally.count('rejected', 1);
      const { record, problems } = planned;
      this.#emit({
        type: 'contact',
        outcome: 'rejected',
        records: [record],
        remarks: [],
        attempts: 0,
        ms: 0,
        problems,
      });
      return 'done';
    }
    const { state } = checkpoint;
    if (this.#options.resend !== true && state.isUnchanged(planned.identity, planned.payload)) {
      this.#end(planned, 'unchanged');
      return 'done';
    }
    const refusal = state.refusalOf(planned.identity, digestText(planned.payload));
    if (refusal !== undefined) {
      if (this.#options.retryRejected === true) return 'put off';
      this.#end(planned, 'rejected', refusal);
      return 'done';
    }
    if ((await this.#live?.takeUnchanged(planned)) === true) return 'done';
    await this.#send(planned, sender);
    return 'done';
  }

  async #retry(planned: Planned, checkpoint: Checkpoint, sender: Sender): Promise<'done' | 'put off'> {
    if (planned.kind === 'rejection') return 'done';
    const refusal = checkpoint.state.refusalOf(planned.identity, digestText(planned.payload));
    if (refusal !== undefined) await this.#send(planned, sender);
    return 'done';
  }

  async #send(planned: PlannedContact, sender: Sender): Promise<void> {
    const merges = planned.records.length - 1;
    if (this.#stop.signal.aborted) this.#pendingMerges += merges;
    else await sender.send(planned);
  }

  #end(planned: PlannedContact, outcome: 'unchanged' | 'rejected', refusal?: string): void {
    const { records, remarks } = planned;
    this.#tally.count(outcome, records.length);
    const problems = refusal === undefined ? [] : [refusedEarlier(refusal)];
    this.#emit({ type: 'contact', outcome, records, remarks, attempts: 0, ms: 0, problems });
  }

  async #finish(checkpoint: Checkpoint, rejects: OpenRejects): Promise<ImportResult> {
    const wasStopped = this.#stop.reason !== undefined;
    const counts = this.#tally.counts(this.#pendingMerges);
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
      checkpoint.append({
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
      return error.code === 'not_writable' ? asStorageFailure(error) : error;
    }
  }

  /** At most ten a second: a million unchanged contacts are not a million repaints. */
  #emitProgress(): void {
    const nowMs = performance.now();
    if (nowMs - this.#lastProgressMs < 100) return;
    this.#lastProgressMs = nowMs;
    this.#emit({ type: 'progress', counts: this.#tally.counts() });
  }

  #emit(event: ImportEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** A file that can't be written is a matter of the command line only before anything was sent. */
function asStorageFailure(error: ImporterError): ImporterError {
  return new ImporterError('storage_failed', error.message, {
    next: 'Make room, then run the same command again: it goes on where it stopped.',
    cause: error,
  });
}
