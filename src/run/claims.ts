/** How far an import shares with others who writes which e-mail and phone: as far as it shares its budget. */
import { join } from 'node:path';
import { setTimeout as sleepMs } from 'node:timers/promises';
import { askedOutageMs, longestFlightMs, outageMs } from '../api/patience.js';
import { comparableEmail } from '../contact/identity.js';
import { BothClaims } from '../storage/claims/both-claims.js';
import { NO_CLAIMS, type ClaimOptions, type Claims } from '../storage/claims/claim.js';
import { nameOfHolder, type Holder } from '../storage/claims/overdue.js';
import { FolderClaims } from '../storage/claims/folder-claims.js';
import { sharedFolder } from '../storage/state-folder.js';
import { reasonOf } from '../storage/failures.js';
import type { ImportListener } from './events.js';
import type { ApiOptions } from './settings.js';

type ClaimSettings = Pick<ApiOptions, 'redis' | 'stateDir' | 'maxOutageSeconds'>;

/** @throws ImporterError `usage` for a Redis whose address is none */
export async function openClaims(
  api: string,
  options: ClaimSettings,
  server: { readonly slowestMs: number | undefined },
  emit: ImportListener,
): Promise<Claims> {
  const how = {
    sleep: (ms: number): Promise<void> => sleepMs(ms),
    longestFlightMs: () => longestFlightMs(server.slowestMs),
  };
  if (options.redis === undefined) return openClaimsHere(api, options, how, emit);
  const { openRedisClaims } = await import('../storage/claims/redis-claims.js');
  const patienceMs = askedOutageMs(options.maxOutageSeconds);
  const afar = await openRedisClaims(options.redis, api, { ...how, patienceMs });
  // Not all imports of this machine may go by Redis.
  return new BothClaims(await openClaimsHere(api, options, how, emit), afar);
}

/** Those of this machine; none where it has no place for them. */
async function openClaimsHere(
  api: string,
  options: ClaimSettings,
  how: Pick<ClaimOptions, 'sleep' | 'longestFlightMs'>,
  emit: ImportListener,
): Promise<Claims> {
  const folder = sharedFolder(options.stateDir);
  if (folder === undefined) return NO_CLAIMS;
  try {
    const claims = new FolderClaims(join(folder, 'claims'), api, {
      ...how,
      now: () => performance.now(),
      patienceMs: outageMs(options.maxOutageSeconds),
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
  const { pid, host, isStopped } = holder;
  return isStopped
    ? `A contact is being written by another process (${pid}) that is stopped: it is waited for. Let it go on (kill -CONT ${pid}), or end it.`
    : `A contact is being written by another process (${host === undefined ? pid : nameOfHolder(holder)}), which is waited for.`;
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
