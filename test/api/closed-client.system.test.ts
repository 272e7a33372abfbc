/** A client that is closed asks nothing more, whatever it asked before: each call says so at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type Client, createClient, ImporterError, openGate, startSandbox } from '../../src/index.js';

async function errorFrom(call: () => Promise<unknown>): Promise<ImporterError> {
  const error: unknown = await call().catch((thrown: unknown) => thrown);
  if (!(error instanceof ImporterError)) throw new Error('it did not reject', { cause: error });
  return error;
}

const CALLS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  getContact: (client) => client.getContact('con_1'),
  getByEmail: (client) => client.getByEmail('ann@x.example'),
  listContacts: (client) => client.listContacts(1),
  listStages: (client) => client.listStages('p'),
  checkAccess: (client) => client.checkAccess(),
  pipelines: (client) => client.pipelines()[Symbol.asyncIterator]().next(),
  contactPages: (client) => client.contactPages()[Symbol.asyncIterator]().next(),
  upsert: (client) => client.upsert({ bot_id: 'bot_sandbox_1', emails: ['ann@x.example'] }),
  patchContact: (client) => client.patchContact('con_1', { first_name: 'Ann' }),
  deleteContact: (client) => client.deleteContact('con_1'),
};

const BEFORE: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  nothing: () => Promise.resolve(),
  'a read': (client) => client.listContacts(1),
  'a write': (client) => client.upsert({ bot_id: 'bot_sandbox_1', emails: ['bea@x.example'] }),
};

it.each(
  Object.keys(BEFORE).flatMap(
    (before) =>
      [
        [before, 'budgets of its own', false],
        [before, 'budgets that were given to it', true],
      ] as const,
  ),
)('after %s, with %s', async (before, _, isGiven) => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { url: apiUrl, key } = sandbox;
  const gateOf = (kind: 'reads' | 'writes') => openGate({ apiUrl, key, kind, rate: 'off', stateDir: false });
  const gates = isGiven ? { gate: await gateOf('writes'), readGate: await gateOf('reads') } : {};
  const client = createClient({ apiUrl, key, ...gates });
  await BEFORE[before]?.(client);
  await client.close();
  const asked = sandbox.requests.length;
  for (const [name, call] of Object.entries(CALLS)) {
    const { code, message } = await errorFrom(() => call(client));
    expect([name, code, message]).toEqual([name, 'usage', 'The client was closed.']);
  }
  expect(sandbox.requests).toHaveLength(asked);
  await gates.gate?.close();
  await gates.readGate?.close();
});

it('what was under way is not tried again', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const told: string[] = [];
  const apiUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/v1`;
  const client = createClient({ apiUrl, key: 'ck_live_x', onEvent: ({ type }) => told.push(type) });
  const arrived = once(server, 'request');
  const asking = errorFrom(() => client.getContact('con_1'));
  await arrived;
  await client.close();
  expect(await asking).toMatchObject({ code: 'usage', message: 'The client was closed.' });
  expect(told).not.toContain('retry');
});
