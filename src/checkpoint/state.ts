/** What a checkpoint's facts add up to, for one scope. Pure: facts in, questions answered. */
import type { Contact } from '../contact/contact.js';
import { DIGEST_BYTES, digestText } from '../contact/identity.js';
import { DELETED_IN_CLARKY } from '../problem.js';
import { Lately } from './facts/lately.js';
import type { Fact, Scope, TakenBack } from './format.js';
import { KnownContacts } from './known-contacts.js';
import { acceptanceOf, acceptedAs, type Acceptance, type Sendable } from './acceptance.js';
import type { BotsContacts } from './facts/run-fact.js';
import { NamesOfPoints } from './names-of-points.js';
import { Neighbours } from './neighbours.js';
import { bytesOf, eachDigest, pointDigest, pointDigestsOf } from './points.js';
import { Refusals } from './refusals.js';
import { RunHistory } from './run-history.js';
import { Unanswered, type UnderWay } from './unanswered.js';

export type { Sendable };

/** The contacts of one scope: which went out, as what, and under which e-mails, phones and contact ids. */
export class CheckpointState {
  readonly scope: Scope;
  readonly runs = new RunHistory();
  /** Contacts of the workspace that kept rows back. */
  readonly neighbours: Neighbours;
  readonly #contacts = new KnownContacts();
  readonly names: NamesOfPoints;
  readonly lately = new Lately();
  readonly #refusals = new Refusals();
  readonly #unanswered = new Unanswered();
  /** Whether the server was found to want even spacing, and the shape of e-mails and phones that it was found to take. */
  evenPace = false;
  shape: 'strings' | 'objects' | undefined;
  /** Whether the server was found to empty what an upsert leaves out, and which fields that no upsert can name. */
  clears = false;
  emptied: readonly string[] = [];
  /** What was seen of the contacts of other bots; undefined where nothing was. */
  bots: BotsContacts | undefined;
  /** The longest that the server took to answer a write; undefined where it never did. */
  slowestMs: number | undefined;
  /** The rejects file as it was last written, and those that were written before, by digests; undefined where nothing is known. */
  rejects: Extract<Fact, { kind: 'rejects' }> | undefined;
  /** The newest fact of what an address gave, so long as nothing else happened. */
  fetched: Extract<Fact, { kind: 'fetched' }> | undefined;
  /** Pipeline stages by name, as last looked up. */
  stages: ReadonlyMap<string, string> | undefined;
  /** Lines that hold a fact which a later one replaced; what compaction would win. */
  replacedLines = 0;
  /** With `--keep-existing`: whether contacts that were accepted without the fields that Clarky was to keep count as accepted. */
  keepsExisting = false;

  /** @param lineAt a line of the checkpoint by the byte at which it begins */
  constructor(scope: Scope, lineAt: (position: number) => string | undefined) {
    this.scope = scope;
    this.names = new NamesOfPoints(this.#contacts, lineAt, (number) => this.#unanswered.pointsOf(number));
    this.neighbours = new Neighbours(lineAt);
  }

  get acceptedCount(): number {
    return this.#contacts.acceptedCount;
  }

  /** How many were taken back and are there still, as they were before. */
  get setBackCount(): number {
    return this.#contacts.setBackCount;
  }

  /** How many contacts have a number, accepted or not. */
  get numberCount(): number {
    return this.#contacts.size;
  }

  get refusedCount(): number {
    return this.#refusals.size;
  }

  /** True where this is what was last accepted for the contact, and nothing else was sent since. */
  isUnchanged({ identity, payload }: Pick<Sendable, 'identity' | 'payload'>): boolean {
    const number = this.#contacts.ownerOf(identity);
    if (!this.#contacts.isAccepted(number) || this.#unanswered.has(number)) return false;
    return acceptedAs(payload, this.keepsExisting).some((one) => this.#contacts.hasPayload(number, one));
  }

  /** True where anything was accepted for the contact. */
  readonly isKnown = (of: Pick<Sendable, 'identity'>): boolean => this.isAccepted(this.numberOf(of));

  /** What became of a contact that undo has taken back; undefined of any other. */
  readonly takenBack = (of: Pick<Sendable, 'identity'>): TakenBack | undefined =>
    this.#contacts.takenBack(this.numberOf(of));

  /** The code with which this very payload was refused, if it was; of one that is gone from Clarky `DELETED_IN_CLARKY`. */
  refusalOf({ identity, payload }: Pick<Sendable, 'identity' | 'payload'>): string | undefined {
    if (this.isMissing(this.numberOf({ identity }))) return DELETED_IN_CLARKY;
    return this.#refusals.codeOf(this.#contacts.keyOf(identity), payload);
  }

  /** The number of the contact that this identity stands for; -1 where none was sent. */
  readonly numberOf = ({ identity }: Pick<Sendable, 'identity'>): number => this.#contacts.ownerOf(identity);

  /** True where this is what a contact is known under, and not only one more of its e-mails and phones. */
  readonly isIdentity = ({ identity }: Pick<Sendable, 'identity'>): boolean => this.#contacts.isIdentity(identity);

  /** True where the contact of this number is known under this e-mail or phone. */
  isLedBy(kind: 'email' | 'phone', value: string, number: number): boolean {
    const point = pointDigest(kind, value);
    return this.#contacts.ownerOf(point) === number && this.#contacts.isIdentity(point);
  }

  /** True where it can't be told by which of its e-mails and phones Clarky finds the contact of this number. */
  readonly mayBeLedElsewhere = (number: number): boolean => this.#contacts.mayBeLedElsewhere(number);

  /** True where somebody else may have the phone of the contact of this number: an upsert finds it by its e-mails alone. */
  readonly isLedByEmail = (number: number): boolean => this.#contacts.isLedByEmail(number);

  /** True where the contact of this number went out under several identities, or may now. */
  mayBeSeveralRows({ identity }: Pick<Sendable, 'identity'>, number: number): boolean {
    return !this.#contacts.isIdentity(identity) || this.#contacts.hasSeveralIdentities(number);
  }

  /** True where anything was accepted for the contact of this number; where Clarky has it, and be it set back by undo. */
  readonly isAccepted = (number: number): boolean => this.#contacts.isAccepted(number);
  readonly isThere = (number: number): boolean => this.#contacts.wasThere(number) && !this.#contacts.isDeleted(number);

  /** True where the last run that read the workspace did not find the contact of this number. */
  readonly isMissing = (number: number): boolean => this.#contacts.isMissing(number);

  /** True where the contact of this number was accepted, or set back by undo, or was sent with no answer noted. */
  readonly mayBeThere = (number: number): boolean => this.#contacts.wasThere(number) || this.#unanswered.has(number);

  /** The number of the contact that an e-mail or phone (normalised) went out with last, whichever of its values; -1 for none. */
  readonly ownerOf = (kind: 'email' | 'phone', value: string): number =>
    this.#contacts.ownerOf(pointDigest(kind, value));

  /** The numbers of all contacts that any e-mail or phone of this one went out with, that of its identity first. */
  ownersOf({ contact, identity }: Pick<Sendable, 'contact'> & Partial<Pick<Sendable, 'identity'>>): number[] {
    const keys = [...(identity === undefined ? [] : [identity]), ...pointDigestsOf(contact)];
    return [...new Set(keys.map((key) => this.#contacts.ownerOf(key)).filter((number) => number >= 0))];
  }

  /** The number of the contact that Clarky has under this id, so far as was answered; -1 where it is nobody's. */
  ownerOfId(id: string): number {
    const number = this.#contacts.ownerOfId(id);
    return this.#contacts.isAccepted(number) ? number : -1;
  }

  /** True where the contact of this number went out, with an e-mail or phone of `contact`, as clearly somebody else. */
  readonly isSomebodyElse = (number: number, contact: Contact, by?: 'unseen'): boolean =>
    this.names.isSomebodyElse(number, contact, by);

  /** Under which id Clarky has whom this e-mail or phone went out with last; undefined where it is not known. */
  readonly idUnder = (kind: 'email' | 'phone', value: string): string | undefined =>
    this.names.idOf(pointDigest(kind, value));

  /** What an earlier run sent for this contact, or one with an e-mail or phone of it, with no answer noted: it may still arrive. */
  underWay(sendable: Pick<Sendable, 'contact' | 'identity'>): UnderWay | undefined {
    return this.#unanswered.of(() => this.ownersOf(sendable));
  }

  /** Everything that is known by now was done by earlier runs. */
  readonly beginRun = (): void => this.#unanswered.beginRun();

  /** The contact went out to another bot of the same workspace, answered or not: what it was sent here may not be there any more. */
  wentElsewhere(identity: Uint8Array): void {
    const number = this.#contacts.ownerOf(identity);
    if (!this.#contacts.isAccepted(number)) return;
    this.#contacts.accept(number, new Uint8Array(DIGEST_BYTES));
    this.fetched = undefined;
  }

  /** Takes one fact of this scope into account. @param position the byte at which its line begins */
  apply(fact: Fact, position: number): void {
    if ('identity' in fact || fact.kind === 'started') this.fetched = undefined;
    // Settings are read before it is known which scope they are for (load.ts).
    if (fact.kind === 'settings' || fact.kind === 'header' || fact.kind === 'scope') return;
    switch (fact.kind) {
      case 'accepted':
        return this.accept(acceptanceOf(fact), position);
      case 'refused':
        return this.#refuse(fact, position);
      case 'sending':
        return this.#send(fact, position);
      case 'answered':
        this.replacedLines += this.#unanswered.refused(this.#contacts.numberFor(bytesOf(fact.identity))) ? 2 : 1;
        return;
      case 'forgotten':
        return this.#forget(bytesOf(fact.identity), fact.now);
      case 'neighbour':
      case 'no neighbour':
        return void (this.replacedLines += this.neighbours.apply(fact, position));
      case 'started':
      case 'ended':
      case 'undone':
        return void (this.replacedLines += this.runs.apply(fact) ? 1 : 0);
      case 'pace':
        return void (this.evenPace = fact.even);
      case 'shape':
        return void (this.shape = fact.shape);
      case 'clears':
        return void (fact.others === undefined ? (this.clears = true) : (this.emptied = fact.others));
      case 'bots':
        return void (this.bots = fact.contacts);
      case 'slowest':
        return void (this.slowestMs = fact.ms);
      case 'rejects':
        return void (this.rejects = fact);
      case 'fetched':
        this.replacedLines++;
        return void (this.fetched = fact);
      case 'stages':
        return void (this.stages = new Map(Object.entries(fact.ids)));
    }
  }

  accept(acceptance: Acceptance, position: number): void {
    this.fetched = undefined;
    const [sentAs, number] = [this.#contacts.ownerOf(acceptance.identity), this.#contacts.numberOfAccepted(acceptance)];
    if (this.#contacts.isAccepted(number)) this.replacedLines++;
    this.#contacts.wentOut(number, acceptance, position);
    this.lately.note(acceptance, number);
    if (this.#refusals.delete(this.#contacts.keyOf(acceptance.identity))) this.replacedLines++;
    if (this.#unanswered.accepted(number, () => digestText(acceptance.payload), sentAs)) this.replacedLines++;
  }

  #refuse({ payload, code, id, ...fact }: Extract<Fact, { kind: 'refused' }>, position: number): void {
    const [identity, points] = [bytesOf(fact.identity), [...eachDigest(bytesOf(fact.points ?? ''))]];
    const number = this.#contacts.numberFor(identity);
    if (code === DELETED_IN_CLARKY) return this.#contacts.wentMissing(number);
    this.#contacts.leaves(number, points);
    if (id ?? fact.names) this.#contacts.givePosition(number, [identity, ...points], position, false);
    if (this.#refusals.set(this.#contacts.keyOf(identity), bytesOf(payload), code)) this.replacedLines++;
    if (this.#unanswered.refused(number)) this.replacedLines++;
  }

  #send({ atMs = 0, payload, names, again, ...fact }: Extract<Fact, { kind: 'sending' }>, position: number): void {
    const [identity, points] = [bytesOf(fact.identity), [...eachDigest(bytesOf(fact.points ?? ''))]];
    const number = this.#contacts.numberFor(identity);
    this.#contacts.leaves(number, points);
    if (names !== undefined) this.#contacts.givePosition(number, [identity, ...points], position, false);
    if (this.#unanswered.send(number, { sentMs: atMs, payload, points: fact.points }, again)) this.replacedLines++;
  }

  #forget(identity: Uint8Array, now: TakenBack | 'missing' | undefined): void {
    this.runs.tookBack(identity);
    const number = this.#contacts.numberFor(identity);
    this.replacedLines += (this.#unanswered.over(number) ? 2 : 1) + (this.#contacts.isAccepted(number) ? 1 : 0);
    this.#contacts.forget(number, now);
    this.lately.forget(number);
    this.#refusals.delete(this.#contacts.keyOf(identity));
  }
}
