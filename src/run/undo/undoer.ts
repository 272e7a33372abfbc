/** Undoes one contact after the other: read it, decide, write, record. */
import { placeOf } from '../../wording/rows/lines.js';
import type { WriteOptions } from '../../api/calls.js';
import type { WireContact } from '../../api/wire.js';
import type { ImporterError } from '../../errors.js';
import type { Claim } from '../../storage/claims/claim.js';
import { undoStepOf, type UndoStep } from '../../workspace/set-back.js';
import { otherFieldsOf } from '../../workspace/other-fields.js';
import { isMarkedDeleted, readStored, type StoredContact } from '../../workspace/stored.js';
import { pointsWritten, type UndoEntry } from '../../workspace/undo/undo-journal.js';
import { claimedOf } from '../claims.js';
import { departingBy } from '../import/flight/departure.js';
import { contactAsItIs, lookUntil } from './as-it-is.js';
import { leftOf, REJECTED, type Done, type LeftContact } from './left.js';
import { notAsMeantAfter, SettingBack, type Trust } from './setting-back.js';
import type { UndoerParts } from './undoer-parts.js';

/** A contact that shows further e-mails at each look is taken as it is in the end. */
const MOST_LOOKS = 5;

export class Undoer {
  readonly #parts: UndoerParts;
  deleted = 0;
  setBack = 0;
  nothingToDo = 0;
  /** Contacts of which nothing was taken back. */
  readonly leftWhole: LeftContact[] = [];
  /** Contacts that were looked at. */
  done = 0;
  /** Writes that are under way, or wait for their turn. */
  inFlight = 0;
  readonly left: LeftContact[] = [];
  readonly #looked = new Set<UndoEntry>();
  readonly #settingBack: SettingBack;

  constructor(parts: UndoerParts) {
    this.#parts = parts;
    const read = (id: string): Promise<WireContact | undefined> => this.#read(id);
    this.#settingBack = new SettingBack({ ...parts, read, failed: (message) => this.#failed(message) });
  }

  /** True once one that was read back showed what becomes of what a PATCH does not name. */
  get hasShownLeftOut(): boolean {
    return this.#settingBack.hasShownLeftOut;
  }

  /**
   * Undoes one, as it is now: it may have changed since the plan. Does nothing once the run stops.
   * @returns what it came to
   * @throws ImporterError `not_as_meant` where a write that is read back did something else; what stops a run
   */
  async undo(entry: UndoEntry, trust: Trust): Promise<UndoStep['kind'] | 'stopped'> {
    const { claims, checkpoint, stop } = this.#parts;
    if (stop.signal.aborted) return 'stopped';
    if (entry.id === undefined) return this.#undoAsItIs(entry, undefined, trust, undefined);
    // What its own import had under way was waited for before the plan.
    const isOwn = checkpoint.state.underWay({ contact: {}, identity: Buffer.from(entry.identity, 'base64url') });
    const keys = new Set([...claimedOf(entry.after ?? {}), ...claimedOf(pointsWritten(entry))]);
    for (let looks = 1; ; looks++) {
      const claim = await claims.take([...keys], stop.signal, () => Promise.resolve(isOwn !== undefined));
      try {
        // From here on no import writes to it; it may have, to this moment.
        const wire = await contactAsItIs(entry, this.#parts.client, stop.signal, checkpoint.state.scope.bot);
        const before = keys.size;
        for (const key of claimedOf(readStored(wire) ?? {})) keys.add(key);
        if (keys.size === before || looks === MOST_LOOKS) return await this.#undoAsItIs(entry, wire, trust, claim);
      } finally {
        await claim.giveUp();
      }
    }
  }

  async #undoAsItIs(
    entry: UndoEntry,
    wire: WireContact | undefined,
    trust: Trust,
    claim: Claim | undefined,
  ): Promise<UndoStep['kind']> {
    const { earlier, checkpoint, journal } = this.#parts;
    const current = readStored(wire);
    const meant = undoStepOf(entry, current, otherFieldsOf(wire), Date.now());
    const step: Done = current === undefined ? meant : await this.#write(entry, meant, current, { trust, claim });
    const { kind } = step;
    this.done++;
    this.#looked.add(entry);
    if (kind === 'leave') {
      this.#leave(entry, step);
      return kind;
    }
    if (step.kind === 'set_back' && step.joined === undefined && current !== undefined)
      await earlier.gaveBack(entry, step, current, () => this.#read(current.id));
    // In this order: a run that is cut off in between undoes it once more, and the next import does not miss it.
    const isThere = kind === 'set_back' || (meant.kind === 'nothing' && current !== undefined);
    const gone = entry.restores === true ? 'missing' : 'deleted';
    await checkpoint.forgotten(entry.identity, isThere ? 'there' : entry.wasThere ? undefined : gone);
    await journal.append({ kind: 'undone', identity: entry.identity });
    this.#count(entry, step);
    return kind;
  }

  /** Gives what it came to: `leave` where Clarky rejected it, `nothing` where the contact has just gone. */
  async #write(
    entry: UndoEntry,
    step: UndoStep,
    current: StoredContact,
    { trust, claim }: { trust: Trust; claim: Claim | undefined },
  ): Promise<Done> {
    if (step.kind !== 'delete' && step.kind !== 'set_back') return step;
    const { checkpoint, stop, wallClock } = this.#parts;
    const departing = departingBy(wallClock, async (nowMs, isAgain) => {
      await claim?.departs('changes');
      await checkpoint.undoing(entry.identity, nowMs, isAgain);
    });
    const turnedDown = (): Promise<void> => checkpoint.notUndone(entry.identity);
    const flight: WriteOptions = { signal: stop.signal, departing, turnedDown };
    this.inFlight++;
    const sent =
      step.kind === 'delete'
        ? this.#delete(current.id, trust, flight)
        : this.#settingBack.set(entry, step, current, { trust, flight });
    const done = await sent.finally(() => this.inFlight--);
    if (done.kind === 'leave') await turnedDown();
    return done;
  }

  async #delete(id: string, trust: Trust, flight: WriteOptions): Promise<Done> {
    const result = await this.#parts.client.deleteContact(id, flight);
    if (result === 'refused') return REJECTED;
    const isGone = (seen: WireContact | undefined): boolean => seen === undefined || isMarkedDeleted(seen);
    if (result !== 'missing' && trust === 'trusting') return { kind: 'delete' };
    const look = (): Promise<WireContact | undefined> => this.#read(id);
    const there = result === 'missing' ? await look() : await lookUntil(look, isGone, this.#parts.sleep);
    if (isGone(there)) return { kind: 'delete' };
    // Clarky said that there is nobody to delete, and shows them.
    if (result === 'missing') return REJECTED;
    throw this.#failed(`Contact ${id} was deleted and read again, and is still there.`);
  }

  /** Whom the plan found to stay as they are: a run that stops before it looks again goes by that. */
  endAsPlanned(steps: readonly { readonly entry: UndoEntry; readonly step: UndoStep }[]): void {
    for (const { entry, step } of steps) {
      if (this.#looked.has(entry) || step.kind !== 'leave') continue;
      this.done++;
      this.#leave(entry, step);
    }
  }

  #leave(entry: UndoEntry, step: Extract<Done, { kind: 'leave' }>): void {
    const left = leftOf(entry, step);
    for (const list of [this.left, this.leftWhole]) list.push(left);
    this.#emit(entry, 'left', left.fields);
  }

  #failed(message: string): ImporterError {
    return notAsMeantAfter(this.deleted + this.setBack, message);
  }

  #read(id: string): Promise<WireContact | undefined> {
    return this.#parts.client.getContact(id, { signal: this.#parts.afterWrite });
  }

  #count(entry: UndoEntry, step: Done): void {
    if (step.kind === 'delete') {
      this.deleted++;
      this.#emit(entry, 'deleted', []);
    } else if (step.kind === 'set_back') {
      this.setBack++;
      this.#emit(entry, 'set_back', step.fields);
      const left = leftOf(entry, step);
      if (left) this.left.push(left);
    } else {
      this.nothingToDo++;
      this.#emit(entry, 'nothing', []);
    }
  }

  #emit(
    { line, file, id }: UndoEntry,
    outcome: 'deleted' | 'set_back' | 'left' | 'nothing',
    fields: readonly string[],
  ): void {
    this.#parts.emit({ type: 'undone', ...placeOf({ line, file }), contactId: id, outcome, fields });
  }
}
