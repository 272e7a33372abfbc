/** Under which name an e-mail or phone went out: read from the checkpoint's line where it is asked for, which is rare. */
import type { Contact } from '../contact/contact.js';
import { digestText } from '../contact/identity.js';
import { nameOf, whoOf } from '../contact/names/full-name.js';
import { DIGEST_CHARACTERS } from './facts/digests.js';
import type { Points } from './facts/contact-facts.js';
import { parseFact, type ContactFact } from './format.js';
import type { KnownContacts } from './known-contacts.js';
import { isNamedOtherwise, isNamedSo, isUnclear, saysLessThanKept } from './name-digest.js';
import { holdsDigest, indexOfDigest, pointDigest, pointsOf, type Point } from './points.js';

export class NamesOfPoints {
  readonly #contacts: KnownContacts;
  readonly #lineAt: (position: number) => string | undefined;
  readonly #underWay: (number: number) => string;

  /**
   * @param lineAt a line of the checkpoint by the byte at which it begins
   * @param underWay the digests of the e-mails and phones that a contact was sent with, without an answer so far
   */
  constructor(
    contacts: KnownContacts,
    lineAt: (position: number) => string | undefined,
    underWay: (number: number) => string = () => '',
  ) {
    this.#contacts = contacts;
    this.#lineAt = lineAt;
    this.#underWay = underWay;
  }

  /**
   * Whether the contact of this number went out as clearly another person, by an e-mail or phone that `contact` has in
   * common with it. Where it is an e-mail, the phones do not count.
   * @param by `unseen`: by how it is addressed, or by its firm alone
   */
  isSomebodyElse(number: number, contact: Contact, by?: 'unseen'): boolean {
    const who = whoOf(contact);
    if (who === '' || this.#contacts.isDeleted(number)) return false;
    for (const [point, digest] of this.#commonWith(number, contact)) {
      if (by === 'unseen' && isNamedOtherwise(digest, point, nameWithoutCourtesy(contact))) return false;
      return isNamedOtherwise(digest, point, who);
    }
    return false;
  }

  /** The name that this e-mail or phone went out with last, as a digest; undefined where none is known, or it was taken back. */
  under({ kind, value }: Point): Uint8Array | undefined {
    const key = pointDigest(kind, value);
    const owner = this.#contacts.ownerOf(key);
    return owner < 0 || this.#contacts.isDeleted(owner) ? undefined : this.#digestOf(key);
  }

  /** Whether a line tells of the contact of this number more than that it was accepted. */
  readonly areTold = (number: number): boolean => this.#contacts.isTold(number);

  /** Whether the contact of this number went out under this very name, by all that `contact` has in common with it. */
  isNamedSo(number: number, contact: Contact): boolean {
    return [...this.#commonWith(number, contact)].every(([point, digest]) => isNamedSo(digest, point, whoOf(contact)));
  }

  /**
   * Whether the contact of this number went out as clearly another person than `contact`, which a name that says less, such as
   * Clarky has by now, does not show.
   */
  isHiddenBy(name: string, number: number, contact: Contact): boolean {
    if (!this.isSomebodyElse(number, contact)) return false;
    return [...this.#commonWith(number, contact)].some(([point, digest]) => saysLessThanKept(digest, point, name));
  }

  /** Whether the contact of this number went out with an e-mail of this one, and it is not clear that it is: its name is in another script. */
  isUnclear(number: number, contact: Contact): boolean {
    const isOne = ([point, digest]: readonly [Point, Uint8Array]): boolean =>
      point.kind === 'email' && isUnclear(digest, point, whoOf(contact));
    return [...this.#commonWith(number, contact)].some(isOne);
  }

  *#commonWith(number: number, contact: Contact): Generator<readonly [Point, Uint8Array]> {
    for (const point of pointsOf(contact)) {
      const key = pointDigest(point.kind, point.value);
      const digest = this.#contacts.ownerOf(key) === number ? this.#digestOf(key) : undefined;
      if (digest !== undefined) yield [point, digest];
    }
  }

  /**
   * Whether the contact of this number went out with this phone, as the lines tell that tell of any of its e-mails and phones: it is
   * there since a colleague gave it that otherwise. Undefined where no line tells of it.
   */
  wentOutWith(number: number, contact: Points, phone: string): boolean | undefined {
    const of = pointDigest('phone', phone);
    if (holdsDigest(this.#underWay(number), of)) return true;
    let wentOut: boolean | undefined;
    for (const { kind, value } of pointsOf(contact)) {
      const key = pointDigest(kind, value);
      const fact = this.#contacts.ownerOf(key) === number ? this.#factOf(key) : undefined;
      if (fact?.kind !== 'accepted') continue;
      const { identity, points = '', added = 0 } = fact;
      const own = points.slice(0, points.length - added * DIGEST_CHARACTERS);
      if (holdsDigest(identity + own, of)) return true;
      wentOut = false;
    }
    return wentOut;
  }

  /** Where the line begins that tells with whom this e-mail or phone went out last; undefined where none does. */
  readonly lineOf = ({ kind, value }: Point) => this.#contacts.positionOf(pointDigest(kind, value));

  /** Whether an e-mail or phone went out with somebody before it went out with whoever has it now. */
  readonly wasAnothers = ({ kind, value }: Point): boolean => this.#contacts.wasAnothers(pointDigest(kind, value));

  /** The id that Clarky answered when this e-mail or phone went out last, with a name or never with one; undefined where none is known. */
  idOf(key: Uint8Array): string | undefined {
    const fact = this.#factOf(key);
    return fact !== undefined && 'id' in fact ? fact.id : undefined;
  }

  #factOf(key: Uint8Array): ContactFact | undefined {
    const position = this.#contacts.positionOf(key);
    const line = position === undefined ? undefined : this.#lineAt(position);
    const fact = line === undefined ? undefined : parseFact(line);
    return fact !== undefined && 'identity' in fact ? fact : undefined;
  }

  #digestOf(key: Uint8Array): Uint8Array | undefined {
    const fact = this.#factOf(key);
    if (fact === undefined || !('names' in fact) || fact.names === undefined) return undefined;
    const { identity, points = '' } = fact;
    const names = Buffer.from(fact.names, 'base64url');
    const length = names.length / (1 + points.length / DIGEST_CHARACTERS);
    const text = digestText(key);
    const at = text === identity ? 0 : indexOfDigest(points, text) + 1;
    const isThere = Number.isInteger(length) && (at > 0 || text === identity);
    return isThere ? names.subarray(at * length, (at + 1) * length) : undefined;
  }
}

function nameWithoutCourtesy({ first_name: first, last_name: last }: Contact): string {
  return nameOf({ first_name: first, last_name: last });
}
