import { request as httpRequest } from 'node:http';
import { afterEach } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';

/** What came back, read whole and taken for nothing. */
export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: unknown;
}

const open: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

/** Starts a sandbox that is closed after the test. */
export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
}

/** Calls a sandbox on a fresh connection; rejects where no whole answer comes, or none until it gives up. */
export function call(
  sandbox: Pick<Sandbox, 'url' | 'key'>,
  method: string,
  path: string,
  options: { body?: unknown; raw?: string | Buffer; authorization?: string; givesUp?: Promise<unknown> } = {},
): Promise<Reply> {
  const authorization = options.authorization ?? `Bearer ${sandbox.key}`;
  const payload = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  return new Promise((resolve, reject) => {
    const target = new URL(path.startsWith('/__') || path.startsWith('//') ? sandbox.url : `${sandbox.url}${path}`);
    const request = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        path: path.startsWith('/__') ? path : path.startsWith('//') ? path.slice(1) : target.pathname + target.search,
        method,
        agent: false,
        headers: { ...(authorization !== '' && { authorization }), 'content-type': 'application/json' },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
        });
      },
    );
    request.on('error', reject);
    void options.givesUp?.then(() => request.destroy(new Error('timed out')));
    request.end(payload);
  });
}

/** Upserts a contact of the first bot. */
export function upsert(sandbox: Sandbox, contact: Record<string, unknown>): Promise<Reply> {
  return call(sandbox, 'POST', '/contacts/upsert', { body: { bot_id: sandbox.botId, ...contact } });
}

/** The contact in an answer, under `data` or bare. */
export function contactIn(reply: Reply): Record<string, unknown> {
  const body = reply.json as Record<string, unknown>;
  return (body.data ?? body) as Record<string, unknown>;
}

/** Code and field of an error answer. */
export function errorIn(reply: Reply): { status: number; code: unknown; field: unknown } {
  const { error } = reply.json as { error: { code: unknown; details?: { field?: unknown } } };
  return { status: reply.status, code: error.code, field: error.details?.field };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
