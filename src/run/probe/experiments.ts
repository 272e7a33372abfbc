/** What is done to the throw-away contact, and what each of that shows. */
import type { Client, UpsertResult } from '../../api/calls.js';
import type { WireContact } from '../../api/wire.js';
import type { Contact } from '../../contact/contact.js';
import { payloadOf, type ContactPointShape } from '../../contact/payload.js';
import { ImporterError } from '../../errors.js';
import { holdsAll } from '../../workspace/compare.js';
import { readStored, type StoredContact } from '../../workspace/stored.js';
import { leftOut } from '../../workspace/to-send.js';
import { PointShape } from '../import/shape.js';
import type { ProbeFindings } from './probed.js';
import {
  FIRST_CUSTOM,
  FIRST_TAG,
  isThrowAway,
  SECOND_CUSTOM,
  SECOND_TAG,
  spelledOut,
  type ThrowAway,
} from './throw-away.js';

export interface ExperimentParts {
  readonly client: Pick<Client, 'upsert' | 'getContact' | 'listContacts'>;
  readonly bot: string;
  /** The shape that was asked for: no other is tried. */
  readonly asked: ContactPointShape | undefined;
  readonly throwAway: ThrowAway;
  /** Told the id of each contact that an answer shows; resolves when that is noted. */
  readonly onMade: (id: string) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly onStep: (done: number, total: number) => void;
}

type Accepted = Extract<UpsertResult, { outcome: 'accepted' }>;
type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

const STEPS = 7;
/** Fields that a workspace may not take: it goes without them then, and shows nothing of them. */
const OPTIONAL = ['custom_fields', 'tags', 'phone_numbers', 'job_title', 'notes'] as const;

export class Experiments {
  readonly findings: Mutable<ProbeFindings> = {};
  readonly #parts: ExperimentParts;
  readonly #shape: PointShape;
  /** The contact that all is about, and what it is when it is whole. */
  #id = '';
  #whole: Contact;
  #taken: ContactPointShape = 'strings';
  /** True while a write may be under way of which nothing was heard. */
  isUnheard = false;

  constructor(parts: ExperimentParts) {
    this.#parts = parts;
    this.#whole = parts.throwAway.contact;
    this.#shape = new PointShape({ asked: parts.asked, found: undefined, onFound: () => Promise.resolve() });
  }

  /** @throws ImporterError what stops a run, the signal's reason included; what was found by then is kept */
  async run(): Promise<void> {
    const steps = [
      () => this.#create(),
      () => this.#search(),
      () => this.#leaveOut(),
      () => this.#otherShape(),
      () => this.#byPhone(),
      () => this.#restore(),
      () => this.#byEmail(),
    ];
    for (const [nth, step] of steps.entries()) {
      this.#parts.onStep(nth, STEPS);
      await step();
    }
  }

  async #create(): Promise<void> {
    let result = await this.#send(this.#whole);
    while (result.outcome === 'rejected') {
      const field = this.#optional(result.field);
      if (field === undefined) throw notTaken(result.field);
      const { [field]: _, ...rest } = this.#whole;
      this.#whole = rest;
      result = await this.#send(this.#whole);
    }
    this.#id = result.contact.id;
    const { findings } = this;
    findings.writes = this.#taken;
    if (result.created === true) findings.createdStatus = result.status;
    const answers = shapeOf((await this.#look()).wire);
    if (answers !== undefined) findings.answers = answers;
  }

  /** The field of the contact that Clarky does not take, where it can do without. */
  #optional(said: string | undefined): (typeof OPTIONAL)[number] | undefined {
    const field = said === FIRST_CUSTOM ? 'custom_fields' : said;
    return OPTIONAL.find((one) => one === field && this.#whole[one] !== undefined);
  }

  async #search(): Promise<void> {
    const [phone] = this.#whole.phone_numbers ?? [];
    if (phone === undefined) return;
    const { client, signal } = this.#parts;
    const { items } = await client.listContacts(1, { search: phone }, { signal });
    this.findings.phoneSearch = items.some(({ id }) => id === this.#id) ? 'found' : 'missed';
  }

  /** An update by the first e-mail, with another tag and another custom field. */
  async #leaveOut(): Promise<void> {
    const { stored: before } = await this.#look();
    const [email] = this.#parts.throwAway.emails;
    const update: Contact = {
      emails: [email],
      ...(this.#whole.tags === undefined ? {} : { tags: [SECOND_TAG] }),
      ...(this.#whole.custom_fields === undefined ? {} : { custom_fields: { [SECOND_CUSTOM]: 'b' } }),
    };
    const result = await this.#send(update);
    if (result.outcome === 'rejected' || result.contact.id !== this.#id) return;
    const { stored: after, wire } = await this.#look();
    const { findings } = this;
    const { lost, kept } = leftOut(before, update, wire);
    const ofFields = (names: Iterable<string>): string[] => [...names].filter((name) => !name.startsWith('custom_'));
    if (ofFields(lost.keys()).length > 0) findings.leftOut = 'cleared';
    else if (ofFields(kept).length > 0) findings.leftOut = 'kept';
    if (before.tags.includes(FIRST_TAG) && after.tags.includes(SECOND_TAG)) {
      findings.tags = after.tags.includes(FIRST_TAG) ? 'joined' : 'replaced';
    }
    if (before.emails.length > 1) findings.emails = after.emails.length > 1 ? 'joined' : 'replaced';
    const custom = (key: string, of: StoredContact): boolean => Object.hasOwn(of.custom_fields, key);
    if (custom(FIRST_CUSTOM, before) && custom(SECOND_CUSTOM, after)) {
      findings.customFields = custom(FIRST_CUSTOM, after) ? 'merged' : 'replaced';
    }
  }

  /** Whole again, in the other shape where that is taken as well. */
  async #otherShape(): Promise<void> {
    const { asked } = this.#parts;
    const other = this.#taken === 'strings' ? 'objects' : 'strings';
    if (asked === undefined && this.findings.writes === 'strings') {
      const result = await this.#sendAs(this.#whole, other);
      if (result.outcome === 'accepted' && result.contact.id === this.#id) {
        const { stored } = await this.#look();
        // What it does not understand it may take, and keep nothing of.
        if (this.#isWhole(stored)) this.findings.writes = 'both';
      }
    }
    await this.#restore();
  }

  /** By its second phone alone, and by that in another notation. */
  async #byPhone(): Promise<void> {
    const [, phone] = this.#whole.phone_numbers ?? [];
    if (phone === undefined) return;
    const result = await this.#send({ phone_numbers: [phone] });
    if (result.outcome === 'rejected') return;
    this.findings.phoneMatch = result.contact.id === this.#id ? 'any' : 'first';
    const again = await this.#send({ phone_numbers: [spelledOut(phone)] });
    if (again.outcome === 'rejected') return;
    this.findings.phoneNotation = again.contact.id === result.contact.id ? 'ignored' : 'minded';
  }

  /** By its second e-mail alone, and by that in other letters. */
  async #byEmail(): Promise<void> {
    const [, email] = this.#parts.throwAway.emails;
    if (!this.#isWhole((await this.#look()).stored)) return;
    const result = await this.#send({ emails: [email] });
    if (result.outcome === 'rejected') return;
    this.findings.emailMatch = result.contact.id === this.#id ? 'any' : 'first';
    const again = await this.#send({ emails: [email.replace('clarky-probe', 'Clarky-Probe')] });
    if (again.outcome === 'rejected') return;
    this.findings.emailCase = again.contact.id === result.contact.id ? 'ignored' : 'minded';
  }

  /** Sends the whole contact where an experiment took something from it; it may be found as another then. */
  async #restore(): Promise<void> {
    if (this.#isWhole((await this.#look()).stored)) return;
    const result = await this.#send(this.#whole);
    if (result.outcome === 'accepted') this.#id = result.contact.id;
  }

  #isWhole({ emails, phone_numbers: phones }: StoredContact): boolean {
    const { emails: ownEmails = [], phone_numbers: ownPhones = [] } = this.#whole;
    return holdsAll('emails', emails, ownEmails) && holdsAll('phone_numbers', phones, ownPhones);
  }

  async #look(): Promise<{ readonly wire: WireContact; readonly stored: StoredContact }> {
    const { client, signal } = this.#parts;
    const wire = await client.getContact(this.#id, { signal });
    const stored = readStored(wire);
    if (wire === undefined || stored === undefined) throw somebodyElses(this.#id);
    return { wire, stored };
  }

  #send(contact: Contact): Promise<UpsertResult> {
    return this.#shape.send((shape) => this.#sendAs(contact, shape));
  }

  async #sendAs(contact: Contact, shape: ContactPointShape): Promise<UpsertResult> {
    const { client, bot, signal } = this.#parts;
    const departing = (): Promise<void> => Promise.resolve(void (this.isUnheard = true));
    const turnedDown = (): Promise<void> => Promise.resolve(void (this.isUnheard = false));
    const result = await client.upsert(payloadOf(contact, bot, shape), { signal, departing, turnedDown });
    this.isUnheard = false;
    if (result.outcome === 'accepted') await this.#took(result, shape);
    return result;
  }

  async #took({ contact }: Accepted, shape: ContactPointShape): Promise<void> {
    const stored = readStored(contact);
    // An answer without e-mails and phones does not tell whose contact it is.
    const isShown = stored !== undefined && stored.emails.length + stored.phone_numbers.length > 0;
    if (isShown && !isThrowAway(stored, this.#parts.throwAway)) throw somebodyElses(contact.id);
    this.#taken = shape;
    await this.#parts.onMade(contact.id);
  }
}

function shapeOf(wire: WireContact): ContactPointShape | undefined {
  const points = [wire.emails, wire.phone_numbers].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  if (points.length === 0) return undefined;
  return points.every((point) => typeof point === 'string') ? 'strings' : 'objects';
}

function notTaken(field: string | undefined): ImporterError {
  const where = field === undefined ? '' : ` (${field})`;
  return new ImporterError('all_rejected', `Clarky rejected the throw-away contact${where}: nothing was found out.`, {
    next: 'An import of a small file with --live learns from its first update.',
  });
}

function somebodyElses(id: string): ImporterError {
  return new ImporterError('not_as_meant', `Clarky answered with another contact than the throw-away one: ${id}.`, {
    next: 'Probing has ended at once. Look at that contact in Clarky.',
  });
}
