/** Undoes one contact after the other: read it, decide, write, record. */
import type { WriteOptions } from '../../api/calls.js';
import type { WireContact } from '../../api/wire.js';
import { ImporterError } from '../../errors.js';
import type { Claim } from '../../storage/claims/claim.js';
import type { FieldName } from '../../workspace/compare.js';
import {
  emptiedBy,
  fieldsLeftOut,
  notAsMeant,
  setBackBody,
  undoStepOf,
  valuesIn,
  wholeOf,
  type UndoStep,
} from '../../workspace/set-back.js';
import { otherFieldsOf } from '../../workspace/other-fields.js';
import { isMarkedDeleted, readStored, type StoredContact } from '../../workspace/stored.js';
import { pointsWritten, type UndoEntry } from '../../workspace/undo/undo-journal.js';
import { claimedOf } from '../claims.js';
import { departingBy } from '../import/flight/departure.js';
import { contactAsItIs } from './as-it-is.js';
import { leftOf, type LeftContact } from './left.js';
import { lookUntil } from './looking.js';
import type { UndoerParts } from './undoer-parts.js';

/** A contact that shows further e-mails at each look is taken as it is in the end. */
const MOST_LOOKS = 5;

/** Whether a write is read back before it is believed. */
export type Trust = 'reading back' | 'trusting';

export class Undoer {
  readonly #parts: UndoerParts;
  deleted = 0;
  setBack = 0;
  nothingToDo = 0;
  /** Contacts of which nothing was taken back. */
  readonly leftWhole: LeftContact[] = [];
  /** Contacts that were looked at. */
  done = 0;
  readonly left: LeftContact[] = [];
  /** True once one that was read back showed what becomes of what a PATCH does not name. */
  hasShownLeftOut = false;
  /** What a PATCH that did not name it has emptied. */
  readonly #emptied = new Set<FieldName>();

  constructor(parts: UndoerParts) {
    this.#parts = parts;
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
        const wire = await contactAsItIs(entry, this.#parts.client, stop.signal);
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
    const step = undoStepOf(entry, current, otherFieldsOf(wire));
    const kind = current === undefined ? step.kind : await this.#write(entry, step, current, { trust, claim });
    this.done++;
    if (kind === 'leave') {
      const left = leftOf(entry, step) ?? { line: entry.line, contactId: entry.id, reason: 'refused', fields: [] };
      for (const list of [this.left, this.leftWhole]) list.push(left);
      this.#emit(entry, 'left', left.fields);
      return kind;
    }
    if (kind === 'set_back' && current !== undefined)
      await earlier.gaveBack(entry, step, current, () => this.#read(current.id));
    // In this order: a run that is cut off in between undoes it once more, and the next import does not miss it.
    const isThere = kind === 'set_back' || (step.kind === 'nothing' && current !== undefined);
    await checkpoint.forgotten(entry.identity, isThere ? 'there' : entry.wasThere ? undefined : 'deleted');
    await journal.append({ kind: 'undone', identity: entry.identity });
    this.#count(entry, step, kind);
    return kind;
  }

  /** Gives what it came to: `leave` where Clarky refused it, `nothing` where the contact has just gone. */
  async #write(
    entry: UndoEntry,
    step: UndoStep,
    current: StoredContact,
    { trust, claim }: { trust: Trust; claim: Claim | undefined },
  ): Promise<UndoStep['kind']> {
    if (step.kind !== 'delete' && step.kind !== 'set_back') return step.kind;
    const { checkpoint, stop, wallClock } = this.#parts;
    const departing = departingBy(wallClock, async (nowMs, isAgain) => {
      await claim?.departs('changes');
      await checkpoint.undoing(entry.identity, nowMs, isAgain);
    });
    const turnedDown = (): Promise<void> => checkpoint.notUndone(entry.identity);
    const flight: WriteOptions = { signal: stop.signal, departing, turnedDown };
    const kind =
      step.kind === 'delete'
        ? await this.#delete(current.id, trust, flight)
        : await this.#setBack(entry, step.fields, current, { trust, flight });
    if (kind === 'leave') await turnedDown();
    return kind;
  }

  async #setBack(
    entry: UndoEntry,
    fields: readonly FieldName[],
    current: StoredContact,
    { trust, flight, lost = [] }: { trust: Trust; flight: WriteOptions; lost?: readonly FieldName[] },
  ): Promise<UndoStep['kind']> {
    const { client, contactPoints } = this.#parts;
    const isWhole = this.#emptied.size > 0;
    const aim = isWhole ? wholeOf(entry, fields, current, this.#emptied) : entry;
    const named = isWhole ? (Object.keys(aim.before) as FieldName[]) : fields;
    const result = await client.patchContact(current.id, setBackBody(aim, named, current, contactPoints), flight);
    // Who can be read, and not be changed, is there.
    if (result === undefined) return (await this.#read(current.id)) === undefined ? 'nothing' : 'leave';
    const isRejected = result !== 'unseen' && result.outcome === 'rejected';
    if (isRejected && lost.length === 0) return 'leave';
    if (trust === 'trusting' && !isWhole && result !== 'unseen') return 'set_back';
    const now = await this.#readUntil(
      current.id,
      readStored,
      (seen) =>
        seen === undefined ||
        emptiedBy(current, seen, named).length > 0 ||
        notAsMeant(aim, named, current, seen).length === 0,
    );
    if (now === undefined) return 'nothing';
    const emptied = emptiedBy(current, now, named);
    if (emptied.length > 0 && !isRejected) {
      await this.#noteEmptied(entry, emptied, current);
      return this.#setBack(entry, fields, current, { trust, flight, lost: [...lost, ...emptied] });
    }
    const wrong = notAsMeant(aim, named, current, now);
    if (wrong.length > 0) {
      throw this.#failed(
        `Contact ${current.id} (line ${entry.line}) was set back and read again, and is not as it should be in: ${wrong.join(', ')}.`,
      );
    }
    this.hasShownLeftOut ||= isWhole || fieldsLeftOut(current, named).length > 0;
    return 'set_back';
  }

  /** What was emptied is on disk before it is sent along: a run that is cut off in between leaves it to the next. */
  async #noteEmptied(
    { identity, line, id }: UndoEntry,
    fields: readonly FieldName[],
    was: StoredContact,
  ): Promise<void> {
    const wrote = Object.fromEntries(fields.map((field) => [field, null]));
    await this.#parts.journal.append({ kind: 'sending', identity, line, id, before: valuesIn(was, fields), wrote });
    if (this.#emptied.size === 0) {
      const named = fields.slice(0, 5).join(', ');
      const message = `Clarky empties what a PATCH does not name (${named}): that is given back at once, and all that a contact has is sent along from now on.`;
      this.#parts.emit({ type: 'warning', code: 'clears_fields', message });
    }
    for (const field of fields) this.#emptied.add(field);
  }

  async #delete(id: string, trust: Trust, flight: WriteOptions): Promise<UndoStep['kind']> {
    const result = await this.#parts.client.deleteContact(id, flight);
    if (result === 'refused') return 'leave';
    const isGone = (seen: WireContact | undefined): boolean => seen === undefined || isMarkedDeleted(seen);
    if (result !== 'missing' && trust === 'trusting') return 'delete';
    const there = result === 'missing' ? await this.#read(id) : await this.#readUntil(id, (seen) => seen, isGone);
    if (isGone(there)) return 'delete';
    // Clarky said that there is nobody to delete, and shows them.
    if (result === 'missing') return 'leave';
    throw this.#failed(`Contact ${id} was deleted and read again, and is still there.`);
  }

  #failed(message: string): ImporterError {
    const before = this.deleted + this.setBack;
    const others =
      before === 0 ? 'Nothing else was touched' : `${before} before it went as meant, and no others were touched`;
    return new ImporterError('not_as_meant', message, {
      next: `How Clarky takes PATCH and DELETE is not documented. ${others}: undo by hand, or ask Clarky.`,
    });
  }

  #read(id: string): Promise<WireContact | undefined> {
    return this.#parts.client.getContact(id, { signal: this.#parts.stop.signal });
  }

  #readUntil<T>(id: string, as: (wire: WireContact | undefined) => T, isGood: (seen: T) => boolean): Promise<T> {
    return lookUntil(async () => as(await this.#read(id)), isGood, this.#parts.sleep);
  }

  #count(entry: UndoEntry, step: UndoStep, kind: UndoStep['kind']): void {
    if (kind === 'delete') {
      this.deleted++;
      this.#emit(entry, 'deleted', []);
    } else if (kind === 'set_back' && step.kind === 'set_back') {
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
    { line, id }: UndoEntry,
    outcome: 'deleted' | 'set_back' | 'left' | 'nothing',
    fields: readonly string[],
  ): void {
    this.#parts.emit({ type: 'undone', line, contactId: id, outcome, fields });
  }
}
