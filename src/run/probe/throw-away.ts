/** The contact that is made for probing: nobody's, and told from everybody else's. Pure. */
import type { Contact } from '../../contact/contact.js';
import { comparableEmail } from '../../contact/identity.js';
import { isSamePhone } from '../../workspace/compare.js';
import type { StoredContact } from '../../workspace/stored.js';

export const FIRST_TAG = 'clarky-contacts-probe';
export const SECOND_TAG = 'clarky-contacts-probe-2';
export const FIRST_CUSTOM = 'clarky_contacts_probe';
export const SECOND_CUSTOM = 'clarky_contacts_probe_2';

export interface ThrowAway {
  /** 16 hexadecimal digits, of which all else is made. */
  readonly token: string;
  readonly emails: readonly [string, string];
  readonly phones: readonly [string, string];
  /** The whole of it. */
  readonly contact: Contact;
}

/** Area codes; their numbers from 555-0100 to 555-0199 are kept free for made-up people. */
const AREAS = [202, 206, 212, 213, 303, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 804];

/**
 * @param token 16 random hexadecimal digits: no e-mail of anybody has them. The domain is kept free for examples, and takes no
 * mail.
 */
export function throwAwayOf(token: string): ThrowAway {
  const [area = 0, number = 0] = [token.slice(0, 4), token.slice(4, 8)].map((digits) => Number.parseInt(digits, 16));
  const phone = (nth: number): string =>
    `+1${String(AREAS[area % AREAS.length])}55501${String(20 + ((number * 2 + nth) % 70)).padStart(2, '0')}`;
  const emails = [`clarky-probe-${token}@example.com`, `clarky-probe-${token}-2@example.com`] as const;
  const phones = [phone(0), phone(1)] as const;
  return {
    token,
    emails,
    phones,
    contact: {
      first_name: 'Probe',
      last_name: 'of clarky-contacts',
      job_title: 'Throw-away contact',
      notes: 'Made by "clarky-contacts doctor --probe", which deletes it again. It may be deleted.',
      emails,
      phone_numbers: phones,
      tags: [FIRST_TAG],
      custom_fields: { [FIRST_CUSTOM]: 'a' },
    },
  };
}

/** True for what was made by probing alone: nothing in it is anybody's. */
export function isThrowAway(stored: StoredContact, { emails, phones, contact }: ThrowAway): boolean {
  if (stored.emails.length + stored.phone_numbers.length === 0) return false;
  const areOwn =
    stored.emails.every((email) => emails.some((own) => comparableEmail(own) === comparableEmail(email))) &&
    stored.phone_numbers.every((phone) => phones.some((own) => isSamePhone(own, phone)));
  const isOwn = (field: 'first_name' | 'last_name' | 'notes'): boolean =>
    stored[field] === undefined || stored[field] === contact[field];
  return areOwn && isOwn('first_name') && isOwn('last_name') && isOwn('notes');
}

/** How a person writes such a phone. */
export function spelledOut(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3');
}
