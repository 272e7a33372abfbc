/** What a server calls its pipelines is bounded, however much it is. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { listBots } from '../../../src/index.js';

it('a name of a megabyte is cut off, and an ordinary one is whole', async () => {
  const names = ['Z'.repeat(1 << 20), 'Sales'];
  const data = names.map((name, at) => ({ id: `p${at}`, bot_id: 'bot_1', name }));
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const apiUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/v1`;
  expect(await listBots({ apiUrl, key: 'ck_live_x' })).toEqual([
    { id: 'bot_1', pipelines: [`${'Z'.repeat(127)}…`, 'Sales'] },
  ]);
});
