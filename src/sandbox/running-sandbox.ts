import type { FaultSettings } from './faults.js';
import type { LoggedRequest, SandboxStats as LogStats } from './request-log.js';
import type { ContactPoint, WireContact } from './wire.js';

/** A stored contact as an answer would show it, with what only the sandbox knows. */
export interface SandboxContact extends WireContact {
  /** What no answer shows. */
  internal: {
    /** Place in the order of creation, from 1. */
    number: number;
    /** How often it was written, its creation included. */
    writes: number;
    /** Its addresses, the primary one marked. */
    emails: ContactPoint[];
    /** Its phone numbers, likewise. */
    phoneNumbers: ContactPoint[];
  };
}

/** What the sandbox saw since its start, or since it was reset. */
export interface SandboxStats extends LogStats {
  /** Contacts stored now. */
  contacts: number;
  /** Connections that were opened. */
  connections: number;
  /** Those that are open now. */
  openConnections: number;
  /** The most that were open together. */
  maxOpenConnections: number;
  /** What became of the writes of the second client. */
  secondClient: {
    /** How many were accepted. */
    accepted: number;
    /** How many got 429. */
    throttled: number;
  };
}

/** A running sandbox. */
export interface Sandbox {
  /** The API's base, with `/api/v1`. */
  readonly url: string;
  /** Of 127.0.0.1. */
  readonly port: number;
  /** A key that may read and write. */
  readonly key: string;
  /** Every full key, `key` first; each has a budget of its own. */
  readonly keys: readonly string[];
  /** A full key of another workspace, whose bots and contacts are others. */
  readonly foreignKey: string;
  /** A key that may only read. */
  readonly readOnlyKey: string;
  /** A key that may only write. */
  readonly writeOnlyKey: string;
  /** The first of `botIds`. */
  readonly botId: string;
  /** The bots that the keys see. */
  readonly botIds: readonly string[];
  /** Every request that reached the API, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** All contacts that are stored, in the order of their creation. */
  contacts(): SandboxContact[];
  /** What the sandbox saw. */
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
