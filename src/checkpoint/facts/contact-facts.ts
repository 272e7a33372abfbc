/** The lines of a checkpoint that tell of a contact: as it was accepted, as it leaves, and as it was refused. */
import type { Contact } from '../../contact/contact.js';
import { digestText } from '../../contact/identity.js';
import { whoOf } from '../../contact/names/full-name.js';
import type { ContactFact } from '../format.js';
import { nameDigest, nameKeyOfPoint, ofOneLength, saysLessThanKept } from '../name-digest.js';
import { pointDigest, pointsOf, pointsText, type Point } from '../points.js';
import type { Written } from './lately.js';

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
  /** When Clarky wrote it, where it said so. */
  readonly written?: Written | undefined;
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
  const { id, ledElsewhere = false, written } = known;
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
    ...(written === undefined ? {} : { written }),
  };
}

/** A contact as it leaves: from then on Clarky may have it, whichever row has its e-mails and phones next. */
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

/** Whether a line of it tells more than its identity: by whom else it is known, or under which name. */
export function tellsOthersApart({ contact, identity }: Pick<Acceptable, 'contact' | 'identity'>): boolean {
  return (
    pointsText(contact, identity).points !== undefined || namesText(contact, identity, () => []).names !== undefined
  );
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
