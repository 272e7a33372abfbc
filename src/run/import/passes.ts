/** The second reading of an import, and where needed a third: each planned contact is sent, or is known to need no write. */
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import { GrowingUint32 } from '../../collections/growing.js';
import { decide, type DecideOptions } from '../../plan/decide.js';
import type { Decisions } from '../../plan/decisions.js';
import type { Planned, PlannedContact } from '../../plan/planned.js';
import { knownOf } from './before.js';
import type { LiveImport } from './live-import.js';
import { DELETED_IN_CLARKY, rejectedEarlier } from './not-sent.js';
import type { Outcomes } from './outcomes.js';
import type { Reading } from '../reading/reading.js';
import type { Sender } from './sender.js';
import type { StopControl } from '../stop.js';

export interface PassesParts {
  readonly reading: Reading;
  readonly decisions: Decisions;
  readonly checkpoint: Checkpoint;
  readonly sender: Sender;
  /** With `--live`. */
  readonly live: LiveImport | undefined;
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

  constructor(parts: PassesParts) {
    this.#parts = parts;
  }

  /**
   * Sends what is new or changed, and then, if wanted, what Clarky rejected before: a deadline may come between.
   * @throws ImporterError what stops the run
   */
  async sendAll(): Promise<void> {
    const { live, sender } = this.#parts;
    await this.#pass((planned, ordinal) => this.#settle(planned, ordinal));
    await live?.recordUnchanged();
    await sender.drain();
    if (this.#putOff.length === 0) return;
    let next = 0;
    await this.#pass(async (planned, ordinal) => {
      if (next === this.#putOff.length || this.#putOff.get(next) !== ordinal || planned.kind === 'rejection') return;
      next++;
      await this.#send(planned);
    });
    await sender.drain();
  }

  /** Reads the file, which gives the same contacts in the same order each time. */
  async #pass(handle: (planned: Planned, ordinal: number) => Promise<void>): Promise<void> {
    const { reading, decisions, stop } = this.#parts;
    let stoppedMs: number | undefined;
    let ordinal = 0;
    for await (const batch of reading.planned(decisions)) {
      for (const planned of batch) await handle(planned, ordinal++);
      if (!stop.signal.aborted) continue;
      stoppedMs ??= performance.now();
      if (performance.now() - stoppedMs > CLASSIFY_AFTER_STOP_MS) break;
    }
  }

  async #settle(planned: Planned, ordinal: number): Promise<void> {
    const { checkpoint, live, outcomes, options } = this.#parts;
    if (planned.kind === 'rejection') return outcomes.rejected(planned);
    const { before, comparison } = await knownOf(planned, checkpoint.state, live?.workspace, options);
    const decision = decide(before, options);
    switch (decision.kind) {
      case 'unchanged':
        if (decision.isRecorded || live === undefined) outcomes.unchanged(planned);
        else await live.takeUnchanged(planned, comparison);
        return;
      case 'rejected earlier':
        return outcomes.rejectedContact(planned, rejectedEarlier(decision.code));
      case 'deleted':
        return outcomes.rejectedContact(planned, DELETED_IN_CLARKY);
      case 'put off':
        this.#putOff.push(ordinal);
        return;
      case 'send':
        return this.#send(planned);
    }
  }

  async #send(planned: PlannedContact): Promise<void> {
    const { outcomes, sender, stop } = this.#parts;
    if (stop.signal.aborted) outcomes.leftPending(planned);
    else await sender.send(planned);
  }
}
