/** The second reading of an import, and where needed a third: each planned contact is sent, or is known to need no write. */
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import { digestText } from '../../contact/identity.js';
import type { Decisions } from '../../plan/decisions.js';
import type { Planned, PlannedContact } from '../../plan/planned.js';
import type { LiveImport } from './live-import.js';
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
  readonly resend: boolean;
  readonly retryRejected: boolean;
}

/** How long after a stop the rest of the file is still read, so that the summary has what was only waiting to be counted. */
const CLASSIFY_AFTER_STOP_MS = 2000;

export class Passes {
  readonly #parts: PassesParts;

  constructor(parts: PassesParts) {
    this.#parts = parts;
  }

  /**
   * Sends what is new or changed, and then, if wanted, what Clarky refused before: a deadline may come between.
   * @throws ImporterError what stops the run
   */
  async sendAll(): Promise<void> {
    const { live, sender, retryRejected } = this.#parts;
    let putOff = 0;
    await this.#pass(async (planned) => {
      if ((await this.#decide(planned)) === 'put off') putOff++;
    });
    await live?.recordUnchanged();
    await sender.drain();
    if (putOff === 0 || !retryRejected) return;
    await this.#pass((planned) => this.#retry(planned));
    await sender.drain();
  }

  async #pass(handle: (planned: Planned) => Promise<void>): Promise<void> {
    const { reading, decisions, stop } = this.#parts;
    let stoppedMs: number | undefined;
    for await (const batch of reading.planned(decisions)) {
      for (const planned of batch) await handle(planned);
      if (!stop.signal.aborted) continue;
      stoppedMs ??= performance.now();
      if (performance.now() - stoppedMs > CLASSIFY_AFTER_STOP_MS) break;
    }
  }

  async #decide(planned: Planned): Promise<'done' | 'put off'> {
    const { checkpoint, live, outcomes, resend, retryRejected } = this.#parts;
    if (planned.kind === 'rejection') {
      outcomes.rejected(planned);
      return 'done';
    }
    if (!resend && checkpoint.state.isUnchanged(planned.identity, planned.payload)) {
      outcomes.unchanged(planned);
      return 'done';
    }
    const refusal = this.#refusalOf(planned);
    if (refusal !== undefined) {
      if (retryRejected) return 'put off';
      outcomes.refusedEarlier(planned, refusal);
      return 'done';
    }
    if ((await live?.takeUnchanged(planned)) !== true) await this.#send(planned);
    return 'done';
  }

  async #retry(planned: Planned): Promise<void> {
    if (planned.kind === 'contact' && this.#refusalOf(planned) !== undefined) await this.#send(planned);
  }

  #refusalOf({ identity, payload }: PlannedContact): string | undefined {
    return this.#parts.checkpoint.state.refusalOf(identity, digestText(payload));
  }

  async #send(planned: PlannedContact): Promise<void> {
    const { outcomes, sender, stop } = this.#parts;
    if (stop.signal.aborted) outcomes.leftPending(planned);
    else await sender.send(planned);
  }
}
