/**
 * What is written for a contact: an upsert; and where that, with all of its e-mails and phones, could find somebody else, an
 * upsert without those and then a change of the very contact that it found.
 */
import { isDeepStrictEqual } from 'node:util';
import type { UpsertResult } from '../../../api/calls.js';
import type { WireContact } from '../../../api/wire.js';
import { wasThereBefore } from '../../../api/answers/was-created.js';
import type { Contact } from '../../../contact/contact.js';
import { payloadOf, type ContactPointShape } from '../../../contact/payload.js';
import { ImporterError } from '../../../errors.js';
import type { Problem } from '../../../problem.js';
import type { Rejected } from '../judge.js';
import { notChanged, notGiven } from '../not-sent.js';
import type { Flight } from './departure.js';
import { clearsFields } from './other-fields-watch.js';
import type { FoundBy } from '../../known/acquaintance.js';
import { thatVery, type Meant } from './meant.js';
import { contactToSend, leftOut } from '../../../workspace/to-send.js';
import { fieldsOf } from '../../../workspace/compare.js';
import { setBackBody } from '../../../workspace/set-back.js';
import { readStored } from '../../../workspace/stored.js';
import type { SenderParts } from './sender-parts.js';

export type Accepted = Extract<UpsertResult, { outcome: 'accepted' }> & {
  /** The contact that the upsert found or made, where it went out without all of its e-mails or phones first. */
  readonly madeAs?: string;
  /** True where that very contact was changed, and no upsert was sent. */
  readonly isChange?: true;
  /** Why it is not all in Clarky. */
  readonly problem?: Problem;
};

/** Nothing was written: by no write that Clarky takes would it be of this contact alone, and all of it there. */
export interface NotWritten {
  readonly outcome: 'not written';
  readonly problem: Problem;
}

/** How a contact is written. */
export interface WriteOptions {
  /** By which of both alone the upsert finds the contact, where that is so. */
  readonly foundBy: FoundBy | undefined;
  /** Where others have an e-mail or phone of it: whom the write is meant for, so far as is known. */
  readonly meant: Meant | undefined;
  readonly flight: Flight;
  readonly isAnother: IsAnother;
  /** Told of the first of two writes, once it is answered. */
  readonly onBegun: (first: Accepted) => Promise<void>;
}

/** Whether an answer is of somebody else than was sent. */
export type IsAnother = (sent: Contact, answer: UpsertResult & { outcome: 'accepted' }) => boolean;

type WritesParts = Pick<SenderParts, 'target' | 'stop' | 'bot' | 'shape' | 'confirm' | 'onChangeEmpties'>;

export class Writes {
  readonly #parts: WritesParts;
  #inFlight = 0;
  /** A change was seen to empty what it did not name. */
  #empties = false;

  constructor(parts: WritesParts) {
    this.#parts = parts;
  }

  /** Requests under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Which of two contacts an upsert takes is not known where the e-mail is one's and the phone another's, nor whether it looks for
   * the phone of somebody whose e-mail it does not know. Where the contact is known, it is changed itself; how is not documented, and
   * what does not take it gets an upsert.
   * @throws ImporterError what stops a run
   */
  async send(
    contact: Contact,
    { foundBy, meant, flight, isAnother, onBegun }: WriteOptions,
  ): Promise<Accepted | Rejected | NotWritten> {
    const later = foundBy === 'emails' ? 'phone_numbers' : 'emails';
    if (meant !== undefined) {
      const changed = await this.#change(meant, contact, flight);
      if (changed !== undefined) return { ...changed, created: false, madeAs: meant.id, isChange: true };
      if (meant.isOnlyChanged) return { outcome: 'not written', problem: notChanged(meant, contact) };
    }
    if (foundBy === undefined || contact[foundBy] === undefined || contact[later] === undefined)
      return this.#upsert(contact, flight);
    const { [later]: _, ...rest } = contact;
    const first = await this.#upsert(rest, flight);
    if (first.outcome === 'rejected' || isAnother(rest, first)) return first;
    const { id } = first.contact;
    await onBegun(first);
    const changed = await this.#give(first, contact, flight);
    if (changed === undefined) return { ...first, madeAs: id, problem: notGiven(later, id) };
    return { ...changed, created: first.created, madeAs: id };
  }

  #upsert(contact: Contact, flight: Flight): Promise<UpsertResult> {
    const { target, bot } = this.#parts;
    return this.#inShape((points, signal) => target.upsert(payloadOf(contact, bot, points), { ...flight, signal }));
  }

  /**
   * With all of it, and again with what that has emptied: nothing says what becomes of what a change does not name. Where that was
   * seen, all that the contact has is sent along at once.
   * @throws ImporterError `clears_fields` where it stays empty
   */
  async #give(found: Accepted, contact: Contact, flight: Flight): Promise<Accepted | undefined> {
    const [meant, was] = [thatVery(found.contact), readStored(found.contact)];
    if (was === undefined) return this.#change(meant, contact, flight);
    const whole = contactToSend(contact, was, { lists: 'as sent', keepExisting: false, fillsAll: true });
    const lostBy = (answer: Accepted): string[] => [...leftOut(was, contact, answer.contact).lost.keys()];
    const changed = await this.#change(meant, this.#empties ? whole : contact, flight);
    const lost = changed === undefined ? [] : lostBy(changed);
    if (lost.length === 0) return changed;
    if (!this.#empties) this.#parts.onChangeEmpties?.(lost);
    this.#empties = true;
    const again = await this.#change(meant, whole, flight);
    if (again === undefined || lostBy(again).length > 0) throw clearsFields(lost);
    return again;
  }

  #change({ id, isOfOtherBot }: Meant, contact: Contact, flight: Flight): Promise<Accepted | undefined> {
    const changes = (points: ContactPointShape): object => {
      const { bot_id: bot, ...fields } = payloadOf(contact, this.#parts.bot, points);
      return isOfOtherBot ? { bot_id: bot, ...fields } : fields;
    };
    return this.#patch(id, changes, flight);
  }

  /** Gives the contact that was made with all of `sent` what `contact` holds alone, if that is less or otherwise. */
  async leaveAlone(
    made: WireContact,
    contact: Contact,
    sent: Contact,
    flight: Flight,
  ): Promise<WireContact | undefined> {
    const current = readStored(made);
    if (current === undefined || isDeepStrictEqual(contact, sent)) return undefined;
    const meant = fieldsOf(contact);
    const fields = [...new Set([...meant.keys(), ...fieldsOf(sent).keys()])];
    const entry = { before: Object.fromEntries(meant) };
    const changed = await this.#patch(made.id, (points) => setBackBody(entry, fields, current, points), flight);
    return changed?.contact;
  }

  /** Undefined where Clarky does not let it be changed so. */
  async #patch(
    id: string,
    changesIn: (points: ContactPointShape) => object,
    { departing }: Flight,
  ): Promise<Accepted | undefined> {
    const { target } = this.#parts;
    try {
      const result = await this.#inShape(async (points, signal) => {
        const changed = await target.patchContact(id, changesIn(points), { departing, signal });
        if (changed === 'unseen') return { ...UNSEEN, contact: { id } };
        return changed ?? MISSING;
      });
      return result.outcome === 'rejected' ? undefined : result;
    } catch (error) {
      // It takes no PATCH: how one is made is not documented.
      if (error instanceof ImporterError && error.code === 'not_as_meant') return undefined;
      throw error;
    }
  }

  #inShape(write: (points: ContactPointShape, signal: AbortSignal) => Promise<UpsertResult>): Promise<UpsertResult> {
    const { shape, stop, confirm } = this.#parts;
    return shape.send(async (points) => {
      this.#inFlight++;
      try {
        const result = await write(points, stop.signal);
        if (result.outcome === 'rejected' || confirm === undefined) return result;
        const contact = await confirm(result.contact);
        return { ...result, contact, created: result.created && !wasThereBefore(contact, result) };
      } finally {
        this.#inFlight--;
      }
    });
  }
}

/** Said to be done, and not shown. */
const UNSEEN = { outcome: 'accepted', status: 200, attempts: 1, created: false } as const;

/** It was there when the upsert was answered. */
const MISSING: Rejected = {
  outcome: 'rejected',
  status: 404,
  code: 'not_found',
  message: '',
  field: undefined,
  attempts: 1,
};
