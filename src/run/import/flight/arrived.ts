/** Who came of a write that an earlier run was cut off from, and has nothing by which the row of today finds it. */
import type { Client } from '../../../api/calls.js';
import type { Point } from '../../../checkpoint/points.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { UnderWay } from '../../../checkpoint/unanswered.js';
import { nameOf } from '../../../contact/names/full-name.js';
import { areOfDifferentPeople } from '../../../contact/names/one-person.js';
import type { PlannedContact } from '../../../plan/planned.js';
import { asSent } from '../../known/former-phones.js';
import { storedEmail } from '../../../workspace/compare.js';
import { storedPhoneReader } from '../../../workspace/stored-phones.js';
import { changedAfter, CLOCK_SKEW_MS } from '../../../workspace/refresh.js';
import { readStored, type StoredContact } from '../../../workspace/stored.js';

/** A server that does not know the filter lists everybody. */
const MOST_PAGES = 20;

export type FindArrived = (planned: PlannedContact, underWay: UnderWay) => Promise<StoredContact | undefined>;

/**
 * Makes what looks among the contacts that changed since for one with an e-mail or phone that was in flight: of those there are
 * only digests, which nothing can be searched for by.
 */
export function arrivedFinder(
  client: Pick<Client, 'contactPages'>,
  state: Pick<CheckpointState, 'ownersOf' | 'ownerOf' | 'isIdentity'>,
  signal: AbortSignal,
): FindArrived {
  const readPhone = storedPhoneReader([]);
  return async (planned, { sentMs }) => {
    // Clarky was asked for what it went out under.
    if (state.isIdentity(planned) && planned.formerly === undefined) return undefined;
    const owners = state.ownersOf({ ...planned, contact: asSent(planned) });
    const isOf = (kind: Point['kind']) => (value: string) => owners.includes(state.ownerOf(kind, value));
    const sinceMs = Math.max(0, sentMs - CLOCK_SKEW_MS);
    for await (const { page, items } of changedAfter(sinceMs, { client, signal })) {
      const found = items
        .flatMap((item) => readStored(item) ?? [])
        .find(
          ({ emails, phone_numbers: phones }) =>
            emails.map(storedEmail).some(isOf('email')) || phones.flatMap(readPhone).some(isOf('phone')),
        );
      if (found !== undefined)
        return areOfDifferentPeople([nameOf(found), nameOf(planned.contact)]) ? undefined : found;
      if (page >= MOST_PAGES) return undefined;
    }
    return undefined;
  };
}
