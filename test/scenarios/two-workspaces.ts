/** Two sandboxes behind one address: as one server that has two workspaces. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import type { Sandbox } from '../../src/sandbox/index.js';

export interface Relay {
  readonly url: string;
  close(): Promise<void>;
}

/** Passes a request on to the sandbox whose key it carries. */
export async function relay(one: Sandbox, other: Sandbox): Promise<Relay> {
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      const { authorization = '' } = asked.headers;
      const base = new URL((authorization.endsWith(other.key) ? other : one).url).origin;
      const body = Buffer.concat(chunks);
      void request(`${base}${asked.url ?? ''}`, {
        method: (asked.method ?? 'GET') as 'GET',
        headers: { authorization, ...(body.length > 0 ? { 'content-type': 'application/json' } : {}) },
        body: body.length > 0 ? body : null,
      }).then(async (got) => {
        answer.writeHead(got.statusCode, { 'content-type': 'application/json' }).end(await got.body.text());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${new URL(one.url).pathname}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
