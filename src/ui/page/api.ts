/** The way to the server: a token for this tab, kept for as long as the tab lives. */
import type { WireError } from '../wire.js';

const TOKEN = 'clarky-contacts-token';

/** What the server says where it does not do what was asked. */
export class Refused extends Error {
  readonly code: string;
  readonly next: string | null;
  readonly status: number;

  constructor(status: number, { code, message, next }: WireError) {
    super(message);
    this.status = status;
    this.code = code;
    this.next = next;
  }
}

export function hasToken(): boolean {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** Exchanges the code of the address, if it has one, and takes it out of sight. */
export async function signIn(): Promise<void> {
  const code = /^#([\w-]{43})$/.exec(location.hash)?.[1];
  if (code === undefined) return;
  history.replaceState(null, '', '#/files');
  const { token } = await call<{ token: string }>('POST', 'session', { code });
  sessionStorage.setItem(TOKEN, token);
}

export async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await send(method, path, body === undefined ? undefined : JSON.stringify(body));
  return (await answer.json()) as T;
}

/** Sends a file as it is. */
export async function upload(name: string, file: Blob, replace: boolean): Promise<{ id: string }> {
  const answer = await send('PUT', `files/${encodeURIComponent(name)}${replace ? '?replace=yes' : ''}`, file);
  return (await answer.json()) as { id: string };
}

/** The state again and again, until the connection ends. */
export async function* stateEvents(signal: AbortSignal): AsyncGenerator<unknown> {
  const answer = await send('GET', 'events', undefined, signal);
  if (answer.body === null) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    const last = messages.filter((message) => message.startsWith('data: ')).at(-1);
    if (last !== undefined) yield JSON.parse(last.slice('data: '.length));
  }
}

async function send(method: string, path: string, body?: BodyInit, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(`/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${sessionStorage.getItem(TOKEN) ?? ''}` },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.ok) return answer;
  const said = (await answer
    .json()
    .catch(() => ({ code: 'internal', message: 'No answer.', next: null }))) as WireError;
  throw new Refused(answer.status, said);
}
