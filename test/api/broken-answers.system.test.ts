import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/api/client.js';
import { callListener } from '../../src/run/connection/listeners.js';
import type { ImportEvent } from '../../src/run/events.js';

const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const HINT = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';

/** What is told of a server that answers with these bytes. */
async function toldOf(bytes: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  const told = await new Promise<string>((resolve) => {
    const client = createClient({
      apiUrl: `http://127.0.0.1:${port}`,
      key: 'ck_live_0123456789abcdef0123456789abcd',
      onEvent: (event) => event.type === 'retry' && resolve(event.message),
    });
    onTestFinished(() => client.close());
    client.getContact('x', { signal: stop.signal }).catch(() => undefined);
  });
  stop.abort(new Error('enough'));
  server.close();
  return told.replaceAll(/:\d+/g, '');
}

it.each([
  [`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n{}`, 'The headers of what 127.0.0.1 answers are too long'],
  [`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n{}`, 'The headers of what 127.0.0.1 answers are too long'],
  [`${CHUNKED}2\r\n{}\r\n0\r\n${'x: y\r\n'.repeat(10_000)}\r\n`, 'HTTP 200, but its answer broke off (UND_ERR_HEADERS'],
  [`${CHUNKED}5\r\n{"id`, 'HTTP 200, but its answer broke off'],
  ['HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"id', 'HTTP 200, but its answer broke off'],
  [`HTTP/1.1 200 OK\r\n\r\n${' '.repeat(17 << 20)}`, 'HTTP 200, but its answer is longer than 16 MiB'],
  ['SSH-2.0-OpenSSH_9.2\r\n', 'What answers at 127.0.0.1 breaks the rules of HTTP'],
  [HINT.repeat(50), 'The connection to 127.0.0.1 broke'],
  ['HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnope', "HTTP 200 with what can't be read as Clarky's answer"],
])('what keeps an answer from being read is said: %#', async (bytes, sentence) => {
  expect(await toldOf(bytes)).toContain(sentence);
});

it.each(['<html>Sign in</html>', '{"error":{"code":"internal_error","message":"x"}}', '{"status":"queued"}'])(
  'who answers, and never as Clarky does, counts as one that never answered: %s',
  async (body) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const stop = new AbortController();
    const told: ImportEvent[] = [];
    const listener = callListener((event) => {
      told.push(event);
      if (told.filter(({ type }) => type === 'retrying').length === 3) stop.abort(new Error('enough'));
    });
    const key = 'ck_live_0123456789abcdef0123456789abcd';
    const client = createClient({ apiUrl: `http://127.0.0.1:${port}`, key, onEvent: listener });
    onTestFinished(() => client.close());
    await expect(client.getContact('x', { signal: stop.signal })).rejects.toThrow('enough');
    expect(told.flatMap((event) => (event.type === 'retrying' ? [event.neverAnswered] : []))).toEqual([
      true,
      true,
      true,
    ]);
    expect(told.map(({ type }) => type)).not.toContain('answering');
  },
);

it('a server that takes the connection and keeps silent is given up in the time of one that never answered', async () => {
  const server = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = createClient({
    apiUrl: `http://127.0.0.1:${port}`,
    key: 'ck_live_0123456789abcdef0123456789abcd',
    maxUnreachedSeconds: 0.5,
  });
  onTestFinished(() => client.close());
  await expect(client.getContact('x')).rejects.toThrow("didn't answer in time (no answer). Nothing has got through");
});
