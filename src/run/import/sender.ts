/** Sends planned contacts: one writer for each identity, every acceptance on disk before it is counted. */
import type { WireContact } from '../../api/wire.js';
import { claimedOf } from '../claims.js';
import type { Claim } from '../../storage/claims/claim.js';
import { ImporterError } from '../../errors.js';
import type { PlannedContact } from '../../plan/planned.js';
import { LanePool } from '../pool.js';
import { Judge, type Refusal, type Rejected } from './judge.js';
import { aimOf, foundByIn, meantOf, thatVery, type Meant } from './flight/meant.js';
import { Writes, type Accepted, type NotWritten } from './flight/writes.js';
import { flightOf, type Flight } from './flight/departure.js';
import { withDropped } from './answers/dropped.js';
import { giveBack } from './answers/given-back.js';
import { noteBegun, wasMade } from './answers/made.js';
import { MetThere } from './answers/met-there.js';
import type { SendOptions } from './flight/send-options.js';
import type { SenderParts } from './flight/sender-parts.js';
import { idOf, type FoundBy } from '../known/acquaintance.js';
import { isOfAnother, MixUps } from './mix-up.js';
import { SECOND_IN_CLARKY, type Problem } from '../../problem.js';
import { notSent, refusalProblem } from './not-sent.js';
import { haveSameLead } from '../../workspace/compare.js';
import { withoutOthers } from './answers/other-bots.js';
import { recordOf } from './flight/recorded.js';
import type { Prepared } from './preparer.js';

/** An acceptance, and how it came about. */
interface Arrival {
  readonly prepared: Prepared;
  readonly isKnown: boolean;
  /** What was known of it. */
  readonly how: SendOptions;
  readonly result: Accepted;
  readonly ms: number;
  readonly flight: Flight;
}

export class Sender {
  readonly #parts: SenderParts;
  readonly #pool: LanePool;
  readonly #now: () => number;
  readonly #writes: Writes;
  readonly #wallClock: () => number;
  readonly #judge = new Judge();
  readonly #mixUps: MixUps;
  readonly #met: MetThere;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#pool = new LanePool(parts.concurrency);
    this.#writes = new Writes(parts);
    this.#now = parts.now ?? (() => performance.now());
    this.#wallClock = parts.wallClock ?? Date.now;
    const { state } = parts.checkpoint;
    this.#mixUps = new MixUps(state, parts.bot, parts.others);
    this.#met = new MetThere(state, parts.notes !== undefined);
  }

  /** True while the first contacts were all rejected alike, and it is not known whether all would be. */
  get isJudging(): boolean {
    return this.#judge.isJudging;
  }

  /** A contact of the file that is sent no more: Clarky has it, and so does not reject every row of such a mapping. */
  async seen(planned: PlannedContact): Promise<void> {
    this.#mixUps.seen(planned);
    await this.#parts.unchanged.take(planned);
    await this.#recordAll(this.#judge.release());
  }

  /** Requests under way. */
  get inFlight(): number {
    return this.#writes.inFlight;
  }

  /** Takes a contact once there is room for it; does nothing with it once the run stops. */
  async send(planned: PlannedContact, how: SendOptions = {}): Promise<void> {
    await this.#pool.add(await this.#lanesOf(planned, how), () => this.#sendNow(planned, how));
  }

  /** Two rows that have nothing in common may be one contact by what was sent before, from here or from another file. */
  async #lanesOf(planned: PlannedContact, { contactId }: SendOptions): Promise<string[]> {
    const { emails = [], phone_numbers: phones = [] } = planned.contact;
    const [number, ids] = [this.#parts.checkpoint.state.numberOf(planned), await this.#parts.others?.idsOf(planned)];
    return [...emails, ...phones, ...(number < 0 ? [] : [String(number)]), ...[contactId ?? [], ids ?? []].flat()];
  }

  /** Resolves when all that was taken is answered and recorded, or the run has stopped. */
  async drain(): Promise<void> {
    await this.#pool.drain();
    await this.#parts.unchanged.flush();
    const { verdict } = this.#judge;
    if (verdict) await this.#stopFor(verdict);
    else if (!this.#parts.stop.signal.aborted) await this.#recordAll(this.#judge.release());
    else for (const { planned } of this.#judge.release()) await this.#leaveOpen(planned);
  }

  async #sendNow(given: PlannedContact, options: SendOptions): Promise<void> {
    const { checkpoint, stop, outcomes, otherBots, notes, claims, landing } = this.#parts;
    let planned = given;
    if (stop.signal.aborted) return outcomes.leftPending(given);
    const startedMs = this.#now();
    let prepared: Prepared | undefined;
    let claim: Claim | undefined;
    try {
      const hasLanded = landing.watch(planned.contact, options.underWay !== undefined);
      claim = await claims?.take(claimedOf(planned.contact), stop.signal, hasLanded);
      // Another import may have sent somebody with its e-mail or phone since it was decided: from here on none does.
      const { mustLookUp = false, contactId, foundBy } = options;
      const met = await this.#parts.others?.meet({ planned, claims: undefined, mustLookUp, contactId, foundBy }, true);
      if (met?.claims) return await outcomes.rejectedContact(planned, notSent({ kind: 'held', ...met.claims }));
      planned = met?.planned ?? planned;
      const how = { ...options, ...met };
      const isKnown = planned.external !== undefined || checkpoint.state.isKnown(planned);
      const isOver = how.underWay && (await landing.ofEarlierRun(planned, how.underWay, isKnown));
      const mayShow = (one: Prepared): boolean => this.#meant(one, how)?.isFound !== false;
      prepared = await otherBots.prepare([planned, isKnown, how], mayShow);
      if (prepared.problem) return await outcomes.rejectedContact(planned, prepared.problem);
      if (isOver !== undefined && (await notes?.takeIfUnchanged(prepared, isOver)) === true) return this.seen(planned);
      await notes?.beforeSend(prepared);
      const isThere = notes === undefined ? isKnown : prepared.stored !== undefined;
      const flight = flightOf(prepared, isThere, { checkpoint, landing, claim, wallClock: this.#wallClock });
      const result = await this.#write(prepared, flight, how);
      const ms = this.#now() - startedMs;
      if (result.outcome === 'accepted')
        await this.#accept(await this.#asMade({ prepared, isKnown: isThere, how, result, ms, flight }));
      else if (result.outcome === 'rejected') await this.#recordAll(this.#judge.refused({ planned, result, ms }));
      else await this.#leaveUnwritten(planned, result);
    } catch (error) {
      outcomes.leftPending(planned);
      if (error instanceof ImporterError) stop.stop(error);
      else if (!stop.signal.aborted || error !== stop.signal.reason) throw error;
    } finally {
      if (prepared) otherBots.settled(prepared);
      await claim?.giveUp();
    }
  }

  #write(
    prepared: Prepared,
    flight: Flight,
    how: SendOptions,
    meant?: Meant,
  ): Promise<Accepted | Rejected | NotWritten> {
    const foundBy = this.#foundBy(prepared, how);
    return this.#writes.send(prepared.contact, {
      ...(meant ? { foundBy, meant } : aimOf(prepared, foundBy, this.#meant(prepared, how))),
      flight,
      isAnother: (sent, result) => this.#mixUp({ prepared, how, result }, sent) !== undefined,
      onBegun: (first) => noteBegun(first, prepared, this.#parts),
    });
  }

  #foundBy(prepared: Prepared, how: SendOptions): FoundBy | undefined {
    return how.foundBy ?? foundByIn(prepared, this.#parts.checkpoint.state);
  }

  /** Where it is not known what Clarky has, or lists are not joined with that, an upsert holds what is in the row. */
  #meant(prepared: Prepared, how: SendOptions): Meant | undefined {
    const { notes, bot, preparer } = this.#parts;
    const byId = prepared.unseenId ?? prepared.doubtedId;
    if (notes === undefined && !preparer.joinsLists && byId === undefined) return undefined;
    return meantOf(prepared, { foundBy: this.#foundBy(prepared, how), bot, clears: preparer.clears });
  }

  #mixUp(
    { prepared, how, result }: Pick<Arrival, 'prepared' | 'how' | 'result'>,
    sent = prepared.contact,
  ): Problem | undefined {
    const knownAs = [how.contactId, prepared.stored?.id];
    return this.#mixUps.find(prepared.planned, sent, result.contact, { ...result, knownAs });
  }

  async #accept(arrival: Arrival): Promise<void> {
    const { checkpoint, outcomes, notes, seconds, stop, preparer } = this.#parts;
    const { prepared, isKnown, how, result, ms, flight } = arrival;
    const { planned } = prepared;
    const { id } = result.contact;
    const answered = { status: result.status, attempts: result.attempts, ms };
    const knownAs = this.#knownAs(arrival);
    const isKnownId = checkpoint.state.ownerOfId(id) >= 0 || [how.contactId, prepared.stored?.id].includes(id);
    const created = wasMade(result, isKnownId, notes && !isKnown ? prepared.contact : undefined);
    const problem = result.problem ?? this.#mixUp(arrival) ?? (await seconds?.find(prepared.contact, result, knownAs));
    // What was written to a contact of another bot can be taken back; what it did to somebody else is not known.
    if (!isOfAnother(problem)) await notes?.afterAccept(prepared, result.contact, created);
    if (problem) {
      const isUnder = problem.code === SECOND_IN_CLARKY ? knownAs() : result.problem && id;
      await checkpoint.refused(planned, problem.code, isUnder);
      await outcomes.rejectedContact(planned, problem, answered);
      await this.#recordAll(this.#judge.release());
      return seconds?.verdict && stop.stop(seconds.verdict);
    }
    const write = (again: Prepared, answer: WireContact) => this.#write(again, flight, how, thatVery(answer));
    await giveBack(prepared, result, { preparer, notes, write });
    const isByEmail = this.#foundBy(prepared, how) === 'emails';
    const ledElsewhere = isByEmail ? 'by e-mail' : !haveSameLead(planned.contact, prepared.contact);
    const wasThere = this.#met.has({ ...result, created }, { ...how, planned, isKnown: isKnown || isKnownId });
    await checkpoint.accepted({ ...recordOf(prepared, result.contact, this.#wallClock()), ledElsewhere });
    this.#mixUps.recorded(planned, id);
    const outcome = (created ?? !isKnown) ? 'created' : 'updated';
    outcomes.accepted(withDropped(planned, prepared.contact, result.contact), outcome, id, { ...answered, wasThere });
    await this.#recordAll(this.#judge.release());
  }

  /** Under which id Clarky had it before; undefined where that is not known, or it had nothing. */
  #knownAs({ prepared: { planned, stored }, how: { contactId } }: Arrival): () => string | undefined {
    const { state } = this.#parts.checkpoint;
    return () => stored?.id ?? contactId ?? idOf(state.numberOf(planned), planned.contact, state);
  }

  /** Made beside the contact of another bot, it has what it was sent of that one: it is given what is in the row alone. */
  async #asMade(arrival: Arrival): Promise<Arrival> {
    const { prepared, result, flight } = arrival;
    if (result.problem ?? this.#mixUp(arrival)) return arrival;
    if (!(await this.#parts.otherBots.see(prepared, result))) return arrival;
    const own = withoutOthers(prepared);
    const contact = await this.#writes.leaveAlone(result.contact, own.contact, prepared.contact, flight);
    return { ...arrival, prepared: own, isKnown: false, result: { ...result, contact: contact ?? result.contact } };
  }

  /** Nothing has left that may arrive, and the next run tries again. */
  async #leaveUnwritten(planned: PlannedContact, { problem }: NotWritten): Promise<void> {
    await this.#parts.checkpoint.answered(planned);
    await this.#parts.outcomes.rejectedContact(planned, problem);
    await this.#recordAll(this.#judge.release());
  }

  async #stopFor(verdict: ImporterError): Promise<void> {
    const refusals = this.#judge.release();
    this.#parts.stop.stop(verdict);
    for (const { planned } of refusals) await this.#leaveOpen(planned);
  }

  /** It was refused, and may be none to blame: the next run asks again, and has nothing to wait for. */
  async #leaveOpen(planned: PlannedContact): Promise<void> {
    this.#parts.outcomes.leftPending(planned);
    await this.#parts.checkpoint.answered(planned);
  }

  async #recordAll(refusals: readonly Refusal[]): Promise<void> {
    const { checkpoint, outcomes } = this.#parts;
    for (const { planned, result, ms } of refusals) {
      await checkpoint.refused(planned, result.code);
      const answered = { status: result.status, attempts: result.attempts, ms };
      await outcomes.rejectedContact(planned, refusalProblem(result), answered);
    }
  }
}
