/** Whom another file's import has sent may be gone: people are deleted, a number passes on, a workspace is emptied. */
import type { Client } from '../../api/calls.js';
import { comparableEmail } from '../../contact/identity.js';
import { ImporterError } from '../../errors.js';
import { isSamePhone } from '../../workspace/compare.js';
import { readStored } from '../../workspace/stored.js';

/** Whether Clarky has the contact of this id, and that with this e-mail or phone. */
export type StillHas = (id: string, kind: 'email' | 'phone', value: string) => Promise<boolean>;

/** Asks Clarky, a read each; whom the key may not see is taken to be there. */
export function askStillHas(client: Pick<Client, 'getContact'>, signal: AbortSignal): StillHas {
  let mayRead = true;
  return async (id, kind, value) => {
    if (!mayRead) return true;
    try {
      const stored = readStored(await client.getContact(id, { signal }));
      if (stored === undefined) return false;
      if (kind === 'phone') return stored.phone_numbers.some((phone) => isSamePhone(phone, value));
      return stored.emails.some((email) => comparableEmail(email.trim()) === comparableEmail(value));
    } catch (error) {
      if (!(error instanceof ImporterError) || error.code !== 'forbidden') throw error;
      mayRead = false;
      return true;
    }
  };
}
