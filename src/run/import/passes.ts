/** The second reading of an import, and where needed a third: each planned contact is sent, or is known to need no write. */
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { UnderWay } from '../../checkpoint/unanswered.js';
import { digestText } from '../../contact/identity.js';
import { GrowingUint32 } from '../../collections/growing.js';
import { decide, type DecideOptions } from '../../plan/decide.js';
import { DecidedInTurn, type DecidedRows } from '../../plan/decided-rows.js';
import { DELETED_IN_CLARKY, type Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';
import { ImporterError } from '../../errors.js';
import type { Planned, PlannedContact, PlannedRejection } from '../../plan/planned.js';
import { knownUnlessStopped, type Known, type KnownOptions } from '../known/before.js';
import { asSent } from '../known/former-phones.js';
import { withOwnContact } from '../known/live/own-contact.js';
import { Absentees } from '../known/absent.js';
import { InFile } from '../known/in-file.js';
import type { Others } from '../known/others.js';
import { RowsOfContact } from '../known/rows-of-contact.js';
import type { Became } from '../known/live/as-corrected.js';
import type { MendedRows } from '../known/mended.js';
import { unclearNameOf } from '../known/others/unclear.js';
import type { LiveImport } from './live-import.js';
import { notSent } from './not-sent.js';
import type { Outcomes } from './outcomes.js';
import type { Reading } from '../reading/first-reading.js';
import { Probes } from './judge.js';
import { Ahead } from './flight/ahead.js';
import type { SendOptions } from './flight/send-options.js';
import type { Sender } from './sender.js';
import type { StopControl } from '../stop.js';

export interface PassesParts {
  readonly reading: Reading;
  /** Rows that are decided, and those that will be once their people are found. */
  readonly first: DecidedRows;
  readonly later?: AsyncIterable<DecidedRows> | undefined;
  readonly checkpoint: Checkpoint;
  readonly sender: Sender;
  /** With `--live`. */
  readonly live: LiveImport | undefined;
  readonly mended?: MendedRows | undefined;
  /** Whom imports of other files have sent; undefined with `--live`. */
  readonly others?: Others | undefined;
  readonly outcomes: Outcomes;
  readonly stop: StopControl;
  readonly options: DecideOptions;
}

/** How long after a stop the rest of the file is still read, so that the summary has what was only waiting to be counted. */
const CLASSIFY_AFTER_STOP_MS = 2000;

export class Passes {
  readonly #parts: PassesParts;
  /** Places of the contacts that are sent last, in order. What this run rejects is not among them. */
  readonly #putOff = new GrowingUint32();
  readonly #startedMs = Date.now();
  /** Put together once: for each row it would take longer than all else that is done with it. */
  readonly #knownOptions: KnownOptions;
  readonly #probes = new Probes(this.#startedMs);
  /** None for a rejects file, which never holds everybody. */
  readonly #absentees: Absentees | undefined;
  readonly #turns: DecidedInTurn;
  readonly #ahead: Ahead;

  constructor(parts: PassesParts) {
    this.#parts = parts;
    const { reading, first, stop, checkpoint, live, options } = parts;
    this.#turns = new DecidedInTurn(first, parts.later, (rows) => parts.outcomes.decided(rows));
    const { runs, acceptedCount } = checkpoint.state;
    const isRejects = reading.file.mapping.system?.id === 'clarky-rejects';
    // Those of another sheet are in the workbook.
    const isOneOfSheets = runs.ofSheets.some(({ sheet }) => sheet?.name !== reading.sheet?.name);
    this.#absentees =
      isRejects || isOneOfSheets || acceptedCount === 0
        ? undefined
        : new Absentees(checkpoint.state, live !== undefined);
    const planned = (): ReturnType<Reading['planned']> => reading.planned(first.decisions, stop.signal);
    const inFile = new InFile(planned, checkpoint.state);
    this.#knownOptions = {
      ...options,
      ...reading.file.settings,
      checkpoint: checkpoint.state,
      live: live?.workspace,
      isInFile: (number) => inFile.has(number),
      others: parts.others,
      rowsOfContact: new RowsOfContact(planned, checkpoint.state),
    };
    this.#ahead = new Ahead({ ...parts, known: this.#knownOptions });
  }

  /**
   * Sends what is new or changed, and then, if wanted, what Clarky rejected before: a deadline may come between.
   * @throws ImporterError what stops the run
   */
  async sendAll(): Promise<void> {
    const { live, sender, stop, outcomes } = this.#parts;
    this.#ahead.begin();
    try {
      await this.#pass((planned, ordinal) => this.#settle(planned, ordinal));
    } catch (error) {
      if (!(error instanceof ImporterError)) throw error;
      stop.stop(error);
    } finally {
      await this.#ahead.end();
    }
    if (stop.signal.aborted) await this.#leaveOthers();
    else outcomes.absent = this.#absentees?.count();
    await live?.recordUnchanged();
    await sender.drain();
    if (this.#putOff.length === 0) return;
    let next = 0;
    await this.#pass(async (planned, ordinal) => {
      if (next === this.#putOff.length || this.#putOff.get(next) !== ordinal || planned?.kind !== 'contact') return;
      next++;
      await this.#sendPutOff(planned);
    });
    await sender.drain();
    await live?.recordUnchanged();
  }

  /** Reads the file, which gives the same contacts in the same order each time. */
  async #pass(handle: (planned: Planned | undefined, ordinal: number) => Promise<void>): Promise<void> {
    const { reading, stop } = this.#parts;
    let stoppedMs: number | undefined;
    let ordinal = 0;
    for await (const { decisions, isWanted } of this.#turns.all()) {
      for await (const batch of reading.planned(decisions, undefined, isWanted)) {
        for (const planned of batch) await handle(await withOwnContact(planned, this.#knownOptions), ordinal++);
        if (!stop.signal.aborted) continue;
        stoppedMs ??= performance.now();
        if (performance.now() - stoppedMs > CLASSIFY_AFTER_STOP_MS) return;
      }
    }
  }

  /** Those whose people were not found before the run stopped. */
  async #leaveOthers(): Promise<void> {
    const { others } = this.#turns;
    if (others === undefined) return;
    for await (const batch of this.#parts.reading.planned(others.decisions, undefined, others.isWanted)) {
      for (const planned of batch) {
        if (planned.kind === 'rejection') await this.#reject(planned);
        else this.#parts.outcomes.leftPending(planned);
      }
    }
  }

  async #settle(given: Planned | undefined, ordinal: number): Promise<void> {
    const { live, outcomes, options, sender, mended, checkpoint } = this.#parts;
    this.#ahead.at(ordinal);
    if (given === undefined) return;
    if (given.kind === 'rejection') return this.#reject(given);
    outcomes.begun(given);
    const known = await knownUnlessStopped(given, this.#knownOptions, this.#parts.stop.signal);
    if (known === undefined) return outcomes.leftPending(given);
    const { before, comparison, planned } = known;
    this.#absentees?.meet(planned);
    const decision = decide(before, options);
    switch (decision.kind) {
      case 'unchanged':
        if (!decision.isRecorded && this.#mayYetChange(known)) return void this.#putOff.push(ordinal);
        await sender.seen(planned);
        if (decision.isRecorded || live === undefined) return outcomes.unchanged(planned);
        return live.takeUnchanged(planned, comparison);
      case 'put off':
        return void this.#putOff.push(ordinal);
      case 'send': {
        const there = await mended?.isThere(planned, decision);
        if (there === undefined) return this.#sendNowOrLater(known, ordinal);
        return there === 'corrected' ? outcomes.corrected(planned.records) : outcomes.rejectedContact(planned, there);
      }
      default: {
        // An import that does not read the workspace is not to make it anew, once its row changes.
        const isNew = before.refusal !== DELETED_IN_CLARKY;
        if (decision.kind === 'deleted' && isNew && decision.isDoubted !== true)
          await checkpoint.refused(planned, DELETED_IN_CLARKY);
        const why = notSent(decision);
        const became = await mended?.become(planned.records, [why], decision.kind === 'rejected earlier');
        return this.#end(planned.records, became, (problem = why) => outcomes.rejectedContact(planned, problem));
      }
    }
  }

  async #reject(given: PlannedRejection): Promise<void> {
    const { outcomes, mended } = this.#parts;
    this.#absentees?.meetRejected(given.contact);
    const became = await mended?.become([given.record], given.problems, false);
    if (became?.kind === 'sent again') outcomes.begun({ wasHeld: true });
    return this.#end([given.record], became, (problem) =>
      outcomes.rejected(problem === undefined ? given : { ...given, problems: [problem] }),
    );
  }

  /** Of rows that are rejected as they stand, and were perhaps sent as they were corrected. */
  async #end(
    records: readonly SourceRecord[],
    became: Became | undefined,
    reject: (problem?: Problem) => Promise<void>,
  ): Promise<void> {
    if (became === undefined) return reject();
    if (became.kind === 'rejected') return reject(became.problem);
    if (became.kind === 'corrected') {
      for (const { planned } of became.sent) if (planned !== undefined) this.#absentees?.meet(planned);
      return this.#parts.outcomes.corrected(records);
    }
    const { planned } = became;
    this.#absentees?.meet(planned);
    await this.#send(planned, { underWay: this.#underWay(planned) });
  }

  async #sendNowOrLater(known: Known, ordinal: number): Promise<void> {
    const { first, sender, outcomes } = this.#parts;
    const { planned, mustLookUp, contactId, foundBy } = known;
    outcomes.unclear(await unclearNameOf(known, this.#knownOptions));
    const how = { mustLookUp, contactId, foundBy };
    // What a run that was cut off had in flight may still arrive: it is sent when the most time has passed.
    const isLater = this.#underWay(planned) !== undefined;
    if (isLater || (sender.isJudging && !this.#probes.take(ordinal, first.decisions))) this.#putOff.push(ordinal);
    else await this.#send(planned, how);
  }

  async #sendPutOff(given: PlannedContact): Promise<void> {
    const known = await knownUnlessStopped(given, this.#knownOptions, this.#parts.stop.signal);
    if (known === undefined) return this.#parts.outcomes.leftPending(given);
    const { planned, mustLookUp, contactId, foundBy } = known;
    await this.#send(planned, { mustLookUp, contactId, foundBy, underWay: this.#underWay(planned) });
  }

  /** What an earlier run sent for it, and was cut off before the answer. */
  #underWay(planned: PlannedContact): UnderWay | undefined {
    const found = this.#parts.checkpoint.state.underWay({ ...planned, contact: asSent(planned) });
    // That run had ended before this one began, whenever it sent it.
    return found?.sentMs === 0 ? { ...found, sentMs: this.#startedMs } : found;
  }

  /** Clarky has it as the file says, and something else may still arrive, or what else it had went with that. */
  #mayYetChange({ planned, comparison }: Known): boolean {
    const underWay = this.#underWay(planned);
    if (underWay !== undefined && underWay.payload !== digestText(planned.payload)) return true;
    return comparison !== undefined && this.#parts.live?.asBefore(planned, comparison).emptied !== undefined;
  }

  async #send(planned: PlannedContact, how: SendOptions): Promise<void> {
    const { outcomes, sender, stop } = this.#parts;
    if (stop.signal.aborted) outcomes.leftPending(planned);
    else await this.#ahead.during(sender.send(planned, how));
  }
}
