import { createServer } from 'node:http';
import { control } from './control.js';
import { Delays } from './http/delays.js';
import { exchange } from './http/exchange.js';
import type { FaultSettings } from './faults.js';
import { API_BASE, CONTROL_BASE } from './http/incoming.js';
import { Listener } from './http/listener.js';
import { settleOptions, type SandboxOptions } from './options.js';
import type { LoggedRequest, SandboxStats as LogStats } from './request-log.js';
import { SandboxState } from './state.js';
import { wireContact, type StoredContact } from './contacts/stored-contact.js';
import type { ContactPoint, WireContact } from './wire.js';

/** Longer than any rolling window, so that a client's idle connection outlives its wait. */
const KEEP_ALIVE_MS = 75_000;

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

/**
 * Starts a Clarky-compatible server on 127.0.0.1. Rejects with a RangeError for options that can't be, with the
 * system's error where the port is taken, and with an Error where the store is no store.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settleOptions(options);
  const delays = new Delays();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const listener = new Listener(server, delays);
  const state = new SandboxState(settings, delays, (durationMs) => {
    listener.refuseFor(durationMs);
  });
  const shown = (contact: StoredContact): SandboxContact => ({
    ...wireContact(contact, settings.readings.answers),
    internal: {
      number: contact.number,
      writes: contact.writes,
      emails: contact.emails,
      phoneNumbers: contact.phone_numbers,
    },
  });
  const sandbox: Sandbox = {
    get url() {
      return `http://127.0.0.1:${String(listener.port)}${API_BASE}`;
    },
    get port() {
      return listener.port;
    },
    key: settings.key,
    readOnlyKey: settings.readOnlyKey,
    writeOnlyKey: settings.writeOnlyKey,
    botId: state.workspace.botIds[0] ?? '',
    botIds: state.workspace.botIds,
    get requests() {
      return state.log.requests;
    },
    contacts: () => state.store.all().map(shown),
    stats: () => ({
      ...state.log.stats(),
      contacts: state.store.size,
      connections: listener.total,
      openConnections: listener.open,
      maxOpenConnections: listener.maxOpen,
      secondClient: state.gate.secondClient,
    }),
    setFaults: (faults) => {
      state.setFaults(faults);
    },
    revokeKey: (key = settings.key) => {
      state.gate.revoke(key);
    },
    seed: (contacts) => state.seed(contacts).map(shown),
    reset: () => {
      state.reset();
    },
    close: async () => {
      delays.clear();
      await listener.close();
      state.store.close();
    },
  };
  server.on('request', (request, response) => {
    const isControl = request.url?.startsWith(`${CONTROL_BASE}/`) === true;
    const answered = isControl ? control(request, response, sandbox) : exchange(request, response, state);
    // Nothing here is meant to reject; a mistake of ours must look like one, and must not end the server.
    answered.catch(() => {
      response.destroy();
    });
  });
  try {
    await listener.listen(settings.port);
  } catch (error) {
    state.store.close();
    throw error;
  }
  state.begin();
  return sandbox;
}
