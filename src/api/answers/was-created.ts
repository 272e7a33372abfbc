/** Whether an upsert made its contact, by what it was answered. Pure. */
import type { WireContact } from '../wire.js';

export interface WriteTimes {
  /** In ms, from when it left first to the answer. */
  readonly underWayMs?: number | undefined;
  /** The server's clock as its answer tells it, ms since the epoch; undefined where it does not. */
  readonly serverMs?: number | undefined;
}

/** Stamps may be of whole seconds, and of two clocks of one system. */
const STAMP_SLACK_MS = 1000;
/** What answers and what keeps the contacts may be two machines. */
const CLOCK_SKEW_MS = 60_000;
const MOMENT = /\d:\d.*(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * 201 says so, and a server that ever answers 201 means an update by 200; one that always answers 200 tells by its stamps: a
 * contact never updated was created just now. Who was made before the request left was not made by it, whatever the status.
 * Undefined where nothing tells.
 */
export function wasCreated(
  status: number,
  contact: WireContact,
  answers201: boolean,
  times: WriteTimes,
): boolean | undefined {
  if (wasThereBefore(contact, times)) return false;
  if (status === 201) return true;
  if (answers201) return false;
  return typeof contact['created_at'] === 'string' && typeof contact['updated_at'] === 'string'
    ? isNeverUpdated(contact)
    : undefined;
}

/**
 * Whether the stamps of a contact, by the clocks of the server alone, show it as made since the write left first that it is the
 * answer to: by an attempt whose answer was lost, it may be. Where they tell nothing it is not.
 */
export function isMadeSince(contact: WireContact, times: WriteTimes): boolean {
  const { created_at: created, updated_at: updated } = contact;
  const { underWayMs, serverMs } = times;
  if (underWayMs === undefined || serverMs === undefined) return false;
  if (typeof created !== 'string' || typeof updated !== 'string' || !MOMENT.test(created)) return false;
  // What can't be read compares as not longer ago, and so is not taken for ours.
  return !wasThereBefore(contact, times) && serverMs - Date.parse(created) <= underWayMs + STAMP_SLACK_MS;
}

/** True where a contact has stamps, and they are one. */
export function isNeverUpdated({ created_at: created, updated_at: updated }: WireContact): boolean {
  return typeof created === 'string' && created === updated;
}

/** Whether a contact was made before the write left that it is the answer to, by the clocks of the server alone. */
export function wasThereBefore(
  { created_at: created, updated_at: updated }: WireContact,
  { underWayMs = 0, serverMs }: WriteTimes,
): boolean {
  if (typeof created !== 'string') return false;
  const createdMs = Date.parse(created);
  const updatedMs = typeof updated === 'string' ? Date.parse(updated) : Number.NaN;
  // What can't be read compares as not longer.
  if (updatedMs - createdMs > underWayMs + STAMP_SLACK_MS) return true;
  return MOMENT.test(created) && serverMs !== undefined && serverMs - createdMs > underWayMs + CLOCK_SKEW_MS;
}
