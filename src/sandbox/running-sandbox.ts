import type { FaultSettings } from './faults.js';
import type { LoggedRequest, SandboxStats as LogStats } from './request-log.js';
import type { ContactPoint, WireContact } from './wire.js';

/** A stored contact as an answer would show it, with what only the sandbox knows. */
export interface SandboxContact extends WireContact {
  internal: {
    /** Place in the order of creation, from 1. */
    number: number;
    /** How often it was written, its creation included. */
    writes: number;
    emails: ContactPoint[];
    phoneNumbers: ContactPoint[];
  };
}

export interface SandboxStats extends LogStats {
  /** Contacts stored now. */
  contacts: number;
  connections: number;
  openConnections: number;
  maxOpenConnections: number;
  secondClient: { accepted: number; throttled: number };
}

/** A running sandbox. */
export interface Sandbox {
  /** The API's base, with `/api/v1`. */
  readonly url: string;
  readonly port: number;
  readonly key: string;
  /** Every full key, `key` first; each has a budget of its own. */
  readonly keys: readonly string[];
  /** A full key of another workspace, whose bots and contacts are others. */
  readonly foreignKey: string;
  readonly readOnlyKey: string;
  readonly writeOnlyKey: string;
  /** The first of `botIds`. */
  readonly botId: string;
  readonly botIds: readonly string[];
  /** Every request that reached the API, oldest first. */
  readonly requests: readonly LoggedRequest[];
  contacts(): SandboxContact[];
  stats(): SandboxStats;
  /** Replaces all faults; throws a RangeError for settings that can't be. */
  setFaults(faults: FaultSettings): void;
  /** Revokes a key, by default the full one: from now on it gets 401. */
  revokeKey(key?: string): void;
  /** Stores contacts without a request; `bot_id` is the first bot where none is given. */
  seed(contacts: readonly Record<string, unknown>[]): SandboxContact[];
  /** Forgets contacts, requests, budgets and revocations; the faults are those of the start again. */
  reset(): void;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}
