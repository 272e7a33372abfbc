/** How far an import shares with others who writes which e-mail and phone: as far as it shares its budget. */
import { join } from 'node:path';
import { setTimeout as sleepMs } from 'node:timers/promises';
import { askedOutageMs, DEFAULT_MAX_OUTAGE_SECONDS, longestFlightMs } from '../api/patience.js';
import { comparableEmail } from '../contact/identity.js';
import { NO_CLAIMS, type Claims } from '../storage/claims/claim.js';
import type { Holder } from '../storage/claims/overdue.js';
import { FolderClaims } from '../storage/claims/folder-claims.js';
import { sharedFolder } from '../storage/state-folder.js';
import { reasonOf } from '../storage/failures.js';
import type { ImportListener } from './events.js';
import type { ApiOptions } from './settings.js';

/** @throws ImporterError `usage` for a Redis whose address is none */
export async function openClaims(
  api: string,
  options: Pick<ApiOptions, 'redis' | 'stateDir' | 'maxOutageSeconds'>,
  server: { readonly slowestMs: number | undefined },
  emit: ImportListener,
): Promise<Claims> {
  const flightMs = (): number => longestFlightMs(server.slowestMs);
  const sleep = (ms: number): Promise<void> => sleepMs(ms);
  if (options.redis !== undefined) {
    const { openRedisClaims } = await import('../storage/claims/redis-claims.js');
    return openRedisClaims(options.redis, api, {
      sleep,
      longestFlightMs: flightMs,
      patienceMs: askedOutageMs(options.maxOutageSeconds),
    });
  }
  const folder = sharedFolder(options.stateDir);
  if (folder === undefined) return NO_CLAIMS;
  try {
    const claims = new FolderClaims(join(folder, 'claims'), api, {
      sleep,
      now: () => performance.now(),
      longestFlightMs: flightMs,
      patienceMs: (options.maxOutageSeconds ?? DEFAULT_MAX_OUTAGE_SECONDS) * 1000,
      onWait: (holder) => emit({ type: 'warning', code: 'contact_claimed', message: waitInWords(holder) }),
      onAlone: (error) =>
        emit({
          type: 'warning',
          code: 'contacts_not_shared',
          message: `Other imports of the same contacts on this machine are not waited for: ${folder} can't be used (${reasonOf(error)}).`,
        }),
    });
    await claims.sweep().catch(() => undefined);
    return claims;
  } catch {
    // The budget can't be shared there either, and says so.
    return NO_CLAIMS;
  }
}

function waitInWords(holder: Holder | undefined): string {
  if (holder === undefined) {
    return "A contact was being written by a process that was killed: it is waited for until that can't arrive any more.";
  }
  const { pid, isStopped } = holder;
  return isStopped
    ? `A contact is being written by another process (${pid}) that is stopped: it is waited for. Let it go on (kill -CONT ${pid}), or end it.`
    : `A contact is being written by another process (${pid}), which is waited for.`;
}

/** What is claimed for a contact, as a file or Clarky has it: every e-mail and phone that Clarky might know it by. */
export function claimedOf({
  emails = [],
  phone_numbers: phones = [],
}: {
  readonly emails?: readonly string[] | undefined;
  readonly phone_numbers?: readonly string[] | undefined;
}): string[] {
  const comparable = (phone: string): string => (phone.startsWith('+') ? phone.replace(/[^+\d]/g, '') : phone);
  return [
    ...emails.map((email) => `email ${comparableEmail(email)}`),
    ...phones.map((phone) => `phone ${comparable(phone)}`),
  ];
}
