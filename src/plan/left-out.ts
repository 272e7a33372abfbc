/** A contact without an e-mail or phone that different people share, with the remark that says so; what a remark is. Pure. */
import type { Contact, CustomValue } from '../contact/contact.js';
import type { Problem } from '../problem.js';

export interface Remark {
  /** Of the record. */
  readonly line: number;
  /** Of several files: the one that it is of. */
  readonly file?: string;
  /** What is remarked. */
  readonly problem: Problem;
  /** True where a value was left out, false for a mere remark. */
  readonly isOmission: boolean;
}

export function withoutEmails(contact: Contact, shared: readonly string[]): Contact {
  const { emails = [], ...rest } = contact;
  const kept = emails.filter((email) => !shared.includes(email));
  return kept.length > 0 ? { ...rest, emails: kept } : rest;
}

/** @param keptIn the custom field that keeps the phones (`--keep-shared-phone`) */
export function withoutPhones(contact: Contact, shared: readonly string[], keptIn: string | undefined): Contact {
  const { phone_numbers: phones = [], ...rest } = contact;
  const kept = phones.filter((phone) => !shared.includes(phone));
  const custom: Record<string, CustomValue> = { ...contact.custom_fields };
  if (keptIn !== undefined) custom[keptIn] = shared.join(', ');
  return {
    ...rest,
    ...(kept.length > 0 ? { phone_numbers: kept } : {}),
    ...(Object.keys(custom).length > 0 ? { custom_fields: custom } : {}),
  };
}

export const SHARED_PHONE_OMITTED: Problem = {
  code: 'shared_phone_omitted',
  message: 'A phone number that different people share was left out.',
};

export const SHARED_EMAIL_OMITTED: Problem = {
  code: 'shared_email_omitted',
  message: 'An e-mail that different people share was left out.',
};
