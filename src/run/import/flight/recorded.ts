/** What the checkpoint keeps of a contact that was written, in view of what Clarky had. Pure. */
import type { WireContact } from '../../../api/wire.js';
import type { AcceptedContact } from '../../../checkpoint/facts/contact-facts.js';
import { keptBackDigest } from '../../../contact/payload.js';
import type { PlannedContact } from '../../../plan/planned.js';
import { storedPoints } from '../../../workspace/compare.js';
import { writtenMsOf } from '../../connection/behind.js';
import type { Prepared } from '../preparer.js';

/** What was accepted. @param answer the contact as Clarky answered it */
export function recordOf(prepared: Prepared, answer: WireContact, nowMs: number): AcceptedContact {
  const atMs = writtenMsOf(answer);
  const written = Number.isNaN(atMs) ? undefined : { atMs, aheadMs: nowMs - atMs };
  return { contact: asRecorded(prepared), id: answer.id, stored: pointsLeft(prepared), written };
}

/** As what it counts as accepted: what was kept against what the row says (`--keep-existing`) is yet to be sent without that. */
export function asRecorded({ planned, keepsBack }: Pick<Prepared, 'planned' | 'keepsBack'>): PlannedContact {
  return keepsBack === true ? { ...planned, payload: keptBackDigest(planned.payload) } : planned;
}

/** The e-mails and phones that Clarky has of a contact after it was written, so far as is known. */
function pointsLeft({ contact, stored, passedOn = [] }: Prepared): ReturnType<typeof storedPoints> | undefined {
  if (stored === undefined) return undefined;
  const { emails = stored.emails, phone_numbers: phones = stored.phone_numbers } = contact;
  return storedPoints({ emails, phone_numbers: phones.filter((phone) => !passedOn.includes(phone)) });
}
