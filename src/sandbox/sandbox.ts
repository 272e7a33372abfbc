import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { control } from './control.js';
import { Delays } from './http/delays.js';
import { exchange } from './http/exchange.js';
import { API_BASE, CONTROL_BASE } from './http/incoming.js';
import { Listener } from './http/listener.js';
import { settleOptions, type SandboxOptions } from './options.js';
import { page } from './page.js';
import type { Sandbox, SandboxContact } from './running-sandbox.js';
import { SandboxState } from './state.js';
import { wireContact, type StoredContact } from './contacts/stored-contact.js';

/** Longer than any rolling window, so that a client's idle connection outlives its wait. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Starts a Clarky-compatible server on 127.0.0.1. Rejects with a RangeError for options that can't be, with the
 * system's error where the port is taken, and with an Error where the store is no store.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settleOptions(options);
  const delays = new Delays();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const listener = new Listener(server, delays);
  const state = new SandboxState(settings, delays, listener);
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
    keys: state.fullKeys,
    foreignKey: state.foreignKey,
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
  const handlerOf = (url = ''): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
    if (url === '/') return (request, response) => page(request, response, sandbox);
    if (url.startsWith(`${CONTROL_BASE}/`)) return (request, response) => control(request, response, sandbox);
    return (request, response) => exchange(request, response, state);
  };
  server.on('request', (request, response) => {
    const answered = handlerOf(request.url)(request, response);
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
