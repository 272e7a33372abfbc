/** Sends planned contacts: one writer for each identity, every acceptance on disk before it is counted. */
import type { UpsertResult } from '../../api/client.js';
import type { WireContact } from '../../api/wire.js';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Contact } from '../../contact/contact.js';
import { payloadOf, type ContactPointShape } from '../../contact/payload.js';
import type { Problem } from '../../problem.js';
import { ImporterError } from '../../errors.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Outcomes } from './outcomes.js';
import { LanePool } from '../pool.js';
import type { StopControl } from '../stop.js';

/** Where contacts go: the client, or what stands in front of it. */
export interface UpsertTarget {
  upsert(payload: object, options: { signal: AbortSignal }): Promise<UpsertResult>;
}

export interface SenderParts {
  readonly target: UpsertTarget;
  readonly checkpoint: Checkpoint;
  readonly outcomes: Outcomes;
  readonly stop: StopControl;
  readonly bot: string;
  readonly contactPoints: ContactPointShape;
  readonly concurrency: number;
  /** Called before a contact is sent: puts on disk what undoing it takes, and gives what is to be sent. */
  readonly beforeSend?: ((planned: PlannedContact) => Promise<Contact>) | undefined;
  readonly afterAccept?:
    ((planned: PlannedContact, contact: WireContact, created: boolean | undefined) => Promise<void>) | undefined;
  readonly now?: () => number;
  /** The wall clock, in ms since the epoch. */
  readonly wallClock?: () => number;
}

/** When so many first answers are all one refusal, every row would be refused: the settings are wrong, not the rows. */
const SAME_REFUSALS = 10;

type Rejected = Extract<UpsertResult, { outcome: 'rejected' }>;

interface Refusal {
  readonly planned: PlannedContact;
  readonly result: Rejected;
  readonly ms: number;
}

export class Sender {
  readonly #parts: SenderParts;
  readonly #pool: LanePool;
  readonly #now: () => number;
  #inFlight = 0;
  readonly #wallClock: () => number;
  /** The first refusals, kept back while nothing else was answered; undefined once rows are known to differ. */
  #firstRefusals: Refusal[] | undefined = [];

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#pool = new LanePool(parts.concurrency);
    this.#now = parts.now ?? (() => performance.now());
    this.#wallClock = parts.wallClock ?? Date.now;
  }

  /** Requests under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Takes a contact once there is room for it; does nothing with it once the run stops. */
  async send(planned: PlannedContact): Promise<void> {
    await this.#pool.add(lanesOf(planned), () => this.#sendNow(planned));
  }

  /** Resolves when all that was taken is answered and recorded, or the run has stopped. */
  async drain(): Promise<void> {
    await this.#pool.drain();
    await this.#settleFirstRefusals();
  }

  async #sendNow(planned: PlannedContact): Promise<void> {
    const { target, checkpoint, stop, bot, contactPoints, beforeSend, outcomes } = this.#parts;
    if (stop.signal.aborted) return outcomes.leftPending(planned);
    const startedMs = this.#now();
    try {
      const contact = beforeSend === undefined ? planned.contact : await beforeSend(planned);
      const payload = payloadOf(contact, bot, contactPoints);
      // Were the run cut off now and the row set back, it would look unchanged, whatever Clarky had made of this.
      // And what is under way when a run is cut off may still arrive.
      await checkpoint.sending(planned, this.#wallClock());
      this.#inFlight += 1;
      const result = await target.upsert(payload, { signal: stop.signal }).finally(() => (this.#inFlight -= 1));
      const ms = this.#now() - startedMs;
      if (result.outcome === 'accepted') await this.#accept(planned, result, ms);
      else await this.#refuse({ planned, result, ms });
    } catch (error) {
      outcomes.leftPending(planned);
      if (error instanceof ImporterError) stop.stop(error);
      else if (!stop.signal.aborted || error !== stop.signal.reason) throw error;
    }
  }

  async #accept(
    planned: PlannedContact,
    result: Extract<UpsertResult, { outcome: 'accepted' }>,
    ms: number,
  ): Promise<void> {
    const { checkpoint, outcomes, afterAccept } = this.#parts;
    const wasKnown = planned.external !== undefined || checkpoint.state.isKnown(planned);
    const { id } = result.contact;
    await afterAccept?.(planned, result.contact, result.created);
    await checkpoint.accepted({ contact: planned, id });
    const outcome = (result.created ?? !wasKnown) ? 'created' : 'updated';
    outcomes.accepted(planned, outcome, id, { status: result.status, attempts: result.attempts, ms });
    await this.#settleFirstRefusals();
  }

  async #refuse(refusal: Refusal): Promise<void> {
    const first = this.#firstRefusals;
    if (!first) return this.#recordRefusal(refusal);
    first.push(refusal);
    if (first.some(({ result }) => !isSameRefusal(result, refusal.result))) return this.#settleFirstRefusals();
    if (first.length < SAME_REFUSALS) return;
    for (const { planned } of first) this.#parts.outcomes.leftPending(planned);
    const { code, message, field } = refusal.result;
    this.#parts.stop.stop(
      new ImporterError(
        'all_rejected',
        `Clarky refused the first ${SAME_REFUSALS} contacts all in the same way: ${code}${field === undefined ? '' : ` (${field})`}. It says: ${message}`,
        { next: nextStepFor(refusal.result) },
      ),
    );
  }

  /** Once an answer differs, or all are in, the refusals kept back are the rows' own. */
  async #settleFirstRefusals(): Promise<void> {
    const refusals = this.#firstRefusals;
    if (!refusals || this.#parts.stop.reason?.code === 'all_rejected') return;
    this.#firstRefusals = undefined;
    for (const refusal of refusals) await this.#recordRefusal(refusal);
  }

  async #recordRefusal({ planned, result, ms }: Refusal): Promise<void> {
    const { checkpoint, outcomes } = this.#parts;
    await checkpoint.refused(planned, result.code);
    await outcomes.rejectedContact(planned, refusalProblem(result), {
      status: result.status,
      attempts: result.attempts,
      ms,
    });
  }
}

function lanesOf({ contact }: PlannedContact): string[] {
  return [...(contact.emails ?? []), ...(contact.phone_numbers ?? [])];
}

function isSameRefusal(a: Rejected, b: Rejected): boolean {
  return a.code === b.code && a.field === b.field && a.status === b.status;
}

function refusalProblem({ code, message, field }: Rejected): Problem {
  return {
    code,
    message: `Clarky rejected it${field === undefined ? '' : ` for ${field}`}: ${message}`,
    hint: 'Correct the row, then import again.',
  };
}

function nextStepFor({ field }: Rejected): string {
  if (field === 'emails' || field === 'phone_numbers') {
    return 'Clarky may want emails and phones in the other shape: try --contact-points objects (or strings).';
  }
  return 'Check the mapping with clarky-contacts plan FILE, and --set; then run the same command again.';
}
