/** Under which name an e-mail or phone went out: read from the checkpoint's line where it is asked for, which is rare. */
import type { Contact } from '../contact/contact.js';
import { digestText } from '../contact/identity.js';
import { nameOf, whoOf } from '../contact/names/full-name.js';
import { DIGEST_CHARACTERS } from './facts/digests.js';
import { parseFact, type ContactFact } from './format.js';
import type { KnownContacts } from './known-contacts.js';
import {
  isNamedOtherwise,
  isNamedSo,
  isUnclear,
  nameDigest,
  nameKeyOfPoint,
  ofOneLength,
  saysLessThanKept,
} from './name-digest.js';
import { holdsDigest, indexOfDigest, pointDigest, pointsOf, pointsText, type Point } from './points.js';

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

/** E-mails and phones, of whomever. */
export type Points = Pick<Contact, 'emails' | 'phone_numbers'>;

/** A contact that Clarky has as it was sent, and under which id, where that was answered. */
export interface AcceptedContact {
  readonly contact: Acceptable;
  readonly id: string | undefined;
  /** True where Clarky finds it by an e-mail or phone that is not its identity; or by its e-mails alone. */
  readonly ledElsewhere?: boolean | 'by e-mail' | undefined;
  /** The e-mails and phones that Clarky has of it, be they in no row. */
  readonly stored?: Points | undefined;
}

/** The names that an e-mail or phone is known under, as digests. */
export type NamesUnder = (point: Point) => readonly Uint8Array[];

/** A contact as Clarky has accepted it, with the id under which it has it, where that was answered. */
export function acceptedFact(
  { contact: sent, ...known }: AcceptedContact,
  namesUnder: NamesUnder = () => [],
  wentOutWith: (of: Acceptable, contact: Points, phone: string) => boolean = () => false,
): Extract<ContactFact, { kind: 'accepted' }> {
  const { contact: row, identity, payload, foldedAway } = sent;
  const { id, ledElsewhere = false } = known;
  const stored = foldedAway === undefined ? known.stored : withPoints(known.stored ?? {}, foldedAway);
  const others = stored?.phone_numbers?.filter((phone) => row.phone_numbers?.includes(phone) !== true) ?? [];
  const added = others.filter((phone) => !wentOutWith(sent, { ...row, ...stored }, phone));
  const itsOwn = others.filter((phone) => !added.includes(phone));
  const contact = stored === undefined ? row : withPoints(row, { ...stored, phone_numbers: [...itsOwn, ...added] });
  return {
    kind: 'accepted',
    identity: digestText(identity),
    payload: digestText(payload),
    ...(id === undefined ? {} : { id }),
    ...pointsText(contact, identity),
    ...namesText(contact, identity, namesUnder),
    ...(ledElsewhere === false ? {} : { ledElsewhere }),
    ...(added.length === 0 ? {} : { added: new Set(added).size }),
  };
}

/** A contact as it leaves: it may be in Clarky from then on, whoever asks for its e-mails and phones next. */
export function leavingFact(
  { contact, identity }: Omit<Acceptable, 'payload'>,
  namesUnder: NamesUnder = () => [],
): Extract<ContactFact, { kind: 'sending' }> {
  return {
    kind: 'sending',
    identity: digestText(identity),
    ...pointsText(contact, identity),
    ...namesText(contact, identity, namesUnder),
  };
}

/** A contact that Clarky did not take as it was sent, with the id under which it has it all the same, where that is known. */
export function refusedFact(
  { contact: sent, code, id }: { readonly contact: Acceptable; readonly code: string; readonly id: string | undefined },
  namesUnder: NamesUnder = () => [],
): Extract<ContactFact, { kind: 'refused' }> {
  const { contact, identity, payload } = sent;
  return {
    kind: 'refused',
    identity: digestText(identity),
    payload: digestText(payload),
    code,
    ...(id === undefined ? {} : { id }),
    ...pointsText(contact, identity),
    ...namesText(contact, identity, namesUnder),
  };
}

/** What it goes by in the file first. */
function withPoints(contact: Contact, { emails = [], phone_numbers: phones = [] }: Points): Contact {
  return {
    ...contact,
    emails: [...new Set([...(contact.emails ?? []), ...emails])],
    phone_numbers: [...new Set([...(contact.phone_numbers ?? []), ...phones])],
  };
}

interface Acceptable {
  readonly contact: Contact;
  /** Its as well, though it did not go out with them. */
  readonly foldedAway?: Points;
  readonly identity: Uint8Array;
  readonly payload: Uint8Array;
}

/**
 * The name as a checkpoint's line has it: once for the identity and once for each of the other e-mails and phones. One that says
 * less than the name which is known takes no place from that: it would fit others as well.
 */
function namesText(contact: Contact, identity: Uint8Array, namesUnder: NamesUnder): { names?: string } {
  const who = whoOf(contact);
  const own = digestText(identity);
  const points = pointsOf(contact);
  const isOwn = ({ kind, value }: Point): boolean => digestText(pointDigest(kind, value)) === own;
  // People who share a phone are known under no e-mail or phone, but by the phone and their name.
  const first = points.find(isOwn) ?? points[0];
  if (who === '' || first === undefined) return {};
  const all = [first, ...points.filter((point) => !isOwn(point))];
  const digests = all.map((point) => {
    const key = nameKeyOfPoint(point);
    const known = namesUnder(point).find((digest) => saysLessThanKept(digest, point, who));
    return [known ?? nameDigest(who, key), key] as const;
  });
  const bytes = Buffer.concat(ofOneLength(digests));
  return bytes.length === 0 ? {} : { names: bytes.toString('base64url') };
}
