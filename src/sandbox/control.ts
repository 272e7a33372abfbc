import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject } from './contacts/contact-input.js';
import { isLoopbackHost, parseBody, parseTarget, readBody } from './http/incoming.js';
import type { Sandbox } from './running-sandbox.js';

/** Seeds of 100,000 contacts come in one body. */
const MAX_CONTROL_BYTES = 256 << 20;

type Controlled = Pick<
  Sandbox,
  'contacts' | 'requests' | 'stats' | 'setFaults' | 'revokeKey' | 'seed' | 'reset' | 'botIds'
>;

/**
 * The sandbox's own calls, for a judge in another process. They need no key, count nowhere and meet no fault:
 *
 *     GET  /__sandbox/stats        what the server saw
 *     GET  /__sandbox/contacts     every contact with its internal account
 *     GET  /__sandbox/requests     the log; ?after=N from request N + 1 on
 *     POST /__sandbox/faults       replaces all faults by the body
 *     POST /__sandbox/seed         stores an array of contacts
 *     POST /__sandbox/revoke       revokes `{"key": "..."}`, without a body the full key
 *     POST /__sandbox/reset        begins anew
 *
 * Only a request whose Host is loopback is heard, so that a page in a browser can't reach them by a name of its own.
 */
export async function control(request: IncomingMessage, response: ServerResponse, sandbox: Controlled): Promise<void> {
  const received = await readBody(request, MAX_CONTROL_BYTES);
  if (received === 'aborted') return;
  const body = received === 'too-large' ? { value: undefined, isBroken: true } : parseBody(received);
  const { status, body: answer } =
    !isLoopbackHost(request.headers.host) || body.isBroken
      ? { status: 400, body: { error: 'This request is not for the sandbox, or its body is no JSON.' } }
      : obey(`${request.method ?? ''} ${request.url ?? ''}`, body.value, sandbox);
  const text = Buffer.from(JSON.stringify(answer));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length });
  response.end(text);
}

function obey(call: string, body: unknown, sandbox: Controlled): { status: number; body: unknown } {
  const [method, url = ''] = call.split(' ');
  const target = parseTarget(url);
  try {
    switch (`${method ?? ''} ${target?.path.join('/') ?? ''}`) {
      case 'GET stats':
        return { status: 200, body: sandbox.stats() };
      case 'GET contacts':
        return { status: 200, body: sandbox.contacts() };
      case 'GET requests': {
        const after = Number(target?.query.get('after') ?? 0);
        return { status: 200, body: sandbox.requests.filter(({ n }) => n > after) };
      }
      case 'POST faults':
        sandbox.setFaults(body ?? {});
        return { status: 200, body: {} };
      case 'POST seed':
        return { status: 200, body: sandbox.seed(body as Record<string, unknown>[]) };
      case 'POST revoke':
        sandbox.revokeKey(isJsonObject(body) && typeof body.key === 'string' ? body.key : undefined);
        return { status: 200, body: {} };
      case 'POST reset':
        sandbox.reset();
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: 'The sandbox has no such call.' } };
    }
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}
