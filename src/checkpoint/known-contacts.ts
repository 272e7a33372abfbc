/**
 * Who is known by which e-mail, phone and contact id: some 75 bytes a contact of one e-mail and one phone. A contact is
 * a number here. Its identity stays with it; any other e-mail or phone passes to the contact that went out with it last.
 */
import type { Acceptance } from './acceptance.js';
import type { TakenBack } from './format.js';
import { idDigest } from './facts/digests.js';
import { DigestIndex } from '../collections/digest-index.js';
import { GrowingUint32, GrowingUint8 } from '../collections/growing.js';
import { eachDigest } from './points.js';
import { WordPair } from '../collections/word-pair.js';

/** In an owner's entry: set where the key is an identity, which does not pass on. */
const IS_IDENTITY = 0x8000_0000;
/** Set where the key was somebody else's before. */
const WAS_ANOTHERS = 0x4000_0000;
const OWNER = ~(IS_IDENTITY | WAS_ANOTHERS);

/** Beyond it a position does not fit: names are not told there, and the file has four gigabytes. */
const NOWHERE = 0xffff_ffff;

const IS_ACCEPTED = 1;
const HAS_ID = 2;
const IS_DELETED = 4;
const HAS_SEVERAL_IDENTITIES = 8;
const IS_LED_ELSEWHERE = 16;
const IS_SET_BACK = 32;
const IS_LED_BY_EMAIL = 64;
const IS_TOLD = 128;

export class KnownContacts {
  readonly #keys = new DigestIndex(2);
  /** By key: its contact's number plus one, and whether it is an identity of that contact. */
  readonly #owners = new GrowingUint32();
  readonly #ids = new DigestIndex(2);
  /** By contact id: its contact's number plus one. */
  readonly #ownersOfIds = new GrowingUint32();
  readonly #payloads = new WordPair();
  readonly #flags = new GrowingUint8();
  /** By key: where in the file the line begins that tells the name and id, plus one; 0 for nowhere. */
  readonly #positions = new GrowingUint32();
  #size = 0;
  /** How many are accepted, and how many were taken back and are there still. */
  acceptedCount = 0;
  setBackCount = 0;

  /** How many numbers were given. */
  get size(): number {
    return this.#size;
  }

  /** The contact of an e-mail, a phone or an identity, by its digest; -1 for none. */
  ownerOf(key: Uint8Array): number {
    const at = this.#keys.get(key);
    return at < 0 ? -1 : (this.#owners.get(at) & OWNER) - 1;
  }

  /** The contact of a contact id; -1 for none. */
  ownerOfId(id: string): number {
    const at = this.#ids.get(idDigest(id));
    return at < 0 ? -1 : this.#ownersOfIds.get(at) - 1;
  }

  /**
   * Whose acceptance it is. An identity that is new belongs to a contact that is there where Clarky answered with that
   * one's id and the two have an e-mail or phone in common: its e-mails may have changed places, or one was lost.
   */
  numberOfAccepted({ identity, points, id }: Pick<Acceptance, 'identity' | 'points' | 'id'>): number {
    const owner = this.ownerOf(identity);
    const ofId = id === undefined ? -1 : this.ownerOfId(id);
    // What was noted as it left made an identity of what was none before.
    const isNew = owner >= 0 && !this.isAccepted(owner) && !this.hasId(owner) && this.takenBack(owner) === undefined;
    if (this.isIdentity(identity) && !isNew) return owner;
    let number = owner >= 0 && (id === undefined || !this.hasId(owner) || ofId === owner) ? owner : -1;
    if ((number < 0 || isNew) && ofId >= 0) {
      // People who share a phone may share a contact as well, and stay two: by what it was led by before it is one.
      const isIts = (point: Uint8Array): boolean => this.ownerOf(point) === ofId && (!isNew || this.isIdentity(point));
      for (const point of eachDigest(points)) if (isIts(point)) number = ofId;
    }
    if (number < 0) return this.addContact(identity);
    if (number === owner && this.isIdentity(identity)) return owner;
    this.giveIdentity(identity, number);
    this.#flags.set(number, this.#flags.get(number) | HAS_SEVERAL_IDENTITIES);
    return number;
  }

  /** Whether it went out under several identities. */
  readonly hasSeveralIdentities = (number: number): boolean => this.#has(number, HAS_SEVERAL_IDENTITIES);

  /** Whether Clarky may find it by another e-mail or phone than an identity of it. */
  readonly mayBeLedElsewhere = (number: number): boolean =>
    this.#has(number, HAS_SEVERAL_IDENTITIES | IS_LED_ELSEWHERE | IS_LED_BY_EMAIL);

  /** Whether somebody else may have its phone, so that it is found by its e-mails alone. */
  readonly isLedByEmail = (number: number): boolean => this.#has(number, IS_LED_BY_EMAIL);

  /** Whether a line told its name, or by which other e-mails and phones it is known: those of version 1.0.0 did not. */
  readonly isTold = (number: number): boolean => this.#has(number, IS_TOLD);

  /** Of the contact of this identity, a new one where nobody has it. */
  numberFor(identity: Uint8Array): number {
    const owner = this.ownerOf(identity);
    return owner >= 0 ? owner : this.addContact(identity);
  }

  /** A new contact of this identity, whoever had it before. */
  addContact(identity: Uint8Array): number {
    const number = this.#size++;
    this.#flags.push(0);
    this.#payloads.push();
    this.giveIdentity(identity, number);
    return number;
  }

  /** An identity of a contact that is there. */
  giveIdentity(identity: Uint8Array, number: number): void {
    this.#own(this.#keyFor(identity), ((number + 1) | IS_IDENTITY) >>> 0);
  }

  /** The place of an e-mail, a phone or an identity; -1 where nothing is known of it. */
  keyOf(key: Uint8Array): number {
    return this.#keys.get(key);
  }

  readonly isIdentity = (key: Uint8Array): boolean => this.#isOwned(key, IS_IDENTITY);

  /** Whether an e-mail or phone passed to its contact from another one. */
  readonly wasAnothers = (key: Uint8Array): boolean => this.#isOwned(key, WAS_ANOTHERS);

  #isOwned(key: Uint8Array, how: number): boolean {
    const at = this.#keys.get(key);
    return at >= 0 && (this.#owners.get(at) & how) !== 0;
  }

  /** Notes that a contact went out with an e-mail or phone. */
  givePoint(point: Uint8Array, number: number): void {
    const key = this.#keyFor(point);
    if ((this.#owners.get(key) & IS_IDENTITY) === 0) this.#own(key, number + 1);
  }

  /** Notes the line that tells of a contact, for each e-mail and phone that is still its; one without a name takes no other's place. */
  givePosition(number: number, keys: readonly Uint8Array[], position: number, hasNames: boolean): void {
    for (const key of keys) {
      if (this.ownerOf(key) !== number || (!hasNames && this.positionOf(key) !== undefined)) continue;
      this.#positions.set(this.#keyFor(key), position < NOWHERE ? position + 1 : 0);
    }
  }

  /** Where the line begins that tells the name and id with which this e-mail or phone went out; undefined where none does. */
  positionOf(key: Uint8Array): number | undefined {
    const at = this.#keys.get(key);
    return at < 0 || this.#positions.get(at) === 0 ? undefined : this.#positions.get(at) - 1;
  }

  giveId(id: string, number: number): void {
    const at = this.#ids.add(idDigest(id));
    if (at === this.#ownersOfIds.length) this.#ownersOfIds.push(0);
    this.#ownersOfIds.set(at, number + 1);
    this.#flags.set(number, this.#flags.get(number) | HAS_ID);
  }

  /** It was accepted so. @param position where the line begins that tells of it */
  wentOut(number: number, acceptance: Acceptance, position: number): void {
    const { identity, payload, points, hasNames, id, ledElsewhere } = acceptance;
    this.accept(number, payload);
    for (const point of eachDigest(points)) this.givePoint(point, number);
    this.givePosition(number, [identity, ...eachDigest(points)], position, hasNames);
    const led = ledElsewhere === undefined ? 0 : ledElsewhere === true ? IS_LED_ELSEWHERE : IS_LED_BY_EMAIL;
    const told = hasNames || points.length > 0 ? IS_TOLD : 0;
    this.#flags.set(number, this.#flags.get(number) | led | told);
    if (id !== undefined) this.giveId(id, number);
  }

  /** It is on its way: whoever has any of its e-mails and phones keeps it, as nothing was answered yet. */
  leaves(number: number, points: readonly Uint8Array[]): void {
    for (const point of points) if (this.ownerOf(point) < 0) this.givePoint(point, number);
    if (!this.isAccepted(number)) this.forget(number, this.takenBack(number) === 'there' ? 'there' : undefined);
  }

  accept(number: number, payload: Uint8Array): void {
    this.#become(number, (this.#flags.get(number) | IS_ACCEPTED) & ~(IS_DELETED | IS_SET_BACK));
    this.#payloads.set(number, payload);
  }

  /** @param now `deleted` where Clarky does not have it any more: nobody else can be turned into it, or it into somebody else */
  forget(number: number, now: TakenBack | 'missing' | undefined): void {
    const kept = this.#flags.get(number) & (now === 'missing' ? ~IS_SET_BACK : HAS_SEVERAL_IDENTITIES);
    this.#become(number, kept | (now === undefined ? 0 : now === 'there' ? IS_SET_BACK : IS_DELETED));
  }

  /** What became of it where it was taken back; undefined where it was not. */
  takenBack(number: number): TakenBack | undefined {
    if (number < 0 || this.isAccepted(number)) return undefined;
    if ((this.#flags.get(number) & IS_SET_BACK) !== 0) return 'there';
    return this.isDeleted(number) ? 'deleted' : undefined;
  }

  #become(number: number, flags: number): void {
    const before = this.#flags.get(number);
    this.acceptedCount += (flags & IS_ACCEPTED) - (before & IS_ACCEPTED);
    this.setBackCount += ((flags & IS_SET_BACK) - (before & IS_SET_BACK)) / IS_SET_BACK;
    this.#flags.set(number, flags);
  }

  /** An import that read the workspace did not find it there. */
  wentMissing(number: number): void {
    this.#flags.set(number, this.#flags.get(number) | IS_DELETED);
  }

  /** Whether it was sent, and somebody has deleted it since. */
  isMissing(number: number): boolean {
    return this.isAccepted(number) && this.isDeleted(number);
  }

  readonly isDeleted = (number: number): boolean => this.#has(number, IS_DELETED);

  readonly isAccepted = (number: number): boolean => number >= 0 && this.#has(number, IS_ACCEPTED);

  /** Whether Clarky had it when it was last heard of: undo sets back whom it does not delete. */
  readonly wasThere = (number: number): boolean => number >= 0 && this.#has(number, IS_ACCEPTED | IS_SET_BACK);

  /** Whether it is known under which contact id Clarky has it. */
  readonly hasId = (number: number): boolean => this.#has(number, HAS_ID);

  hasPayload(number: number, payload: Uint8Array): boolean {
    return this.#payloads.equals(number, payload);
  }

  #has(number: number, flags: number): boolean {
    return (this.#flags.get(number) & flags) !== 0;
  }

  /** The name that a key went out with stays its owner's. */
  #own(key: number, owner: number): void {
    const before = this.#owners.get(key);
    const isAnother = ((before ^ owner) & OWNER) !== 0;
    if (isAnother) this.#positions.set(key, 0);
    const wasAnothers = isAnother && (before & OWNER) !== 0 ? WAS_ANOTHERS : before & WAS_ANOTHERS;
    this.#owners.set(key, (owner | wasAnothers) >>> 0);
  }

  #keyFor(digest: Uint8Array): number {
    const key = this.#keys.add(digest);
    if (key === this.#owners.length) {
      this.#owners.push(0);
      this.#positions.push(0);
    }
    return key;
  }
}
