import { failure, type Answer } from './answer.js';
import type { FaultKind } from '../faults.js';

/** What a fault may put into an answer. */
export interface FaultMaterial {
  retryAfter: string;
  /** The key that the caller sent. */
  key: string;
  /** The body that came. */
  sent: unknown;
  /** Somebody else's contact, as an answer shows it. */
  stranger: () => unknown;
}

/** An answer, or one of the ways to give none. */
export type Delivery = Answer | 'cut' | 'silence' | 'hints';

const HOSTILE_TEXT =
  '\u001b[2J\u001b]0;owned\u0007 =HYPERLINK("http://x.example") \u202egnp.exe\u202c \u2028 \u200b \u0000 \r\n"level":60\u0085 <script>1</script>';
const HOSTILE_ID = `con_\u001b[31m\n\u202e${'x'.repeat(10_000)}`;

/** What a fault makes of a request that it keeps from the API; undefined for those that strike after it. */
export function answerInstead(fault: FaultKind, material: FaultMaterial): Delivery | undefined {
  switch (fault) {
    case '400':
      return failure('bad_request', 'The request could not be understood');
    case '409':
      return failure('conflict', 'The contact is being changed');
    case '413':
      return { ...failure('bad_request', 'The body is too large'), status: 413 };
    case '422':
      return failure('validation_error', 'The contact is not acceptable');
    case '500':
      return failure('internal_error', 'Something went wrong');
    case '402':
    case '405':
    case '502':
    case '503':
    case '504':
      return proxyPage(Number(fault));
    case '429':
      return { ...failure('rate_limited', 'Too many requests'), headers: { 'retry-after': material.retryAfter } };
    case 'html-200':
      return { status: 200, html: '<!doctype html><title>Wi-Fi login</title><p>Please sign in to go on.</p>' };
    case 'redirect':
      return { status: 307, html: '', headers: { location: '/redirected' } };
    case 'cut-before':
      return 'cut';
    case 'hang':
      return 'silence';
    case 'hints':
      return 'hints';
    default:
      return lieInstead(fault, material);
  }
}

/** The faults that answer, but not the truth. */
function lieInstead(fault: FaultKind, { key, sent, stranger }: FaultMaterial): Answer | undefined {
  switch (fault) {
    case 'error-200':
      return { status: 200, body: { id: 'con_00000001', error: { code: 'internal_error', message: 'Not stored' } } };
    case 'id-200':
      return { status: 200, body: { id: 'con_99999999' } };
    case 'queued-202':
      return { status: 202, body: { status: 'queued' } };
    case 'stranger':
      return { status: 200, body: stranger() };
    case 'hostile-message':
      return failure('validation_error', HOSTILE_TEXT, { field: HOSTILE_TEXT });
    case 'personal-error': {
      const person = JSON.stringify(sent);
      const email = /"([^"]+@[^"]+)"/u.exec(person)?.[1] ?? 'nobody';
      return { status: 422, body: { error: { code: email, message: `Not acceptable: ${person}` } } };
    }
    case 'key-message':
      return failure('validation_error', `The key ${key} may not do this`);
    case 'key-code':
      return { status: 422, body: { error: { code: key, message: 'Not acceptable' } } };
    case 'key-escaped': {
      const escaped = [...key].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
      return {
        status: 422,
        json: `{"error":{"code":"validation_error","message":"The key ${escaped} may not do this"}}`,
      };
    }
    case 'key-redirect':
      return { status: 307, html: '', headers: { location: `/redirected?key=${encodeURIComponent(key)}` } };
    default:
      return undefined;
  }
}

/** What a fault makes of an answer to a request that was applied. */
export function spoiled(answer: Answer, fault: FaultKind | undefined, { key }: FaultMaterial): Answer {
  switch (fault) {
    case 'bare-id':
      return withContact(answer, ({ id }) => ({ id }));
    case 'other-bot':
      return withContact(answer, (contact) => ({ ...contact, bot_id: 'bot_other' }));
    case 'one-id':
      return withContact(answer, (contact) => ({ ...contact, id: 'con_everybody' }));
    case 'hostile-id':
      return withContact(answer, (contact) => ({ ...contact, id: HOSTILE_ID }));
    case 'key-id':
      return withContact(answer, (contact) => ({ ...contact, id: key }));
    default:
      return answer;
  }
}

type Shown = Readonly<Record<string, unknown>>;

function withContact(answer: Answer, change: (contact: Shown) => Shown): Answer {
  const body = answer.body as (Shown & { readonly data?: Shown }) | undefined;
  if (body?.id !== undefined) return { ...answer, body: change(body) };
  if (body?.data?.id !== undefined) return { ...answer, body: { ...body, data: change(body.data) } };
  return answer;
}

/** A page of the proxy in front; it knows nothing of rate headers. */
export function proxyPage(status: number): Answer {
  return {
    status,
    html: `<html><head><title>${String(status)}</title></head><body><h1>Bad gateway</h1></body></html>`,
  };
}
