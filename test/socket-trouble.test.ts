import { expect, it } from 'vitest';
import { describeTrouble, socketTrouble } from '../src/socket-trouble.js';

const failed = (code: string): Error => new Error('fetch failed', { cause: Object.assign(new Error(code), { code }) });
const PROXY = { host: 'proxy.corp:8080' };
const refusal = (status: number): Error => new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`);

it.each([
  [failed('ENOTFOUND'), "The name clarky.ai can't be looked up (ENOTFOUND)."],
  [failed('ECONNREFUSED'), 'clarky.ai takes no connection (ECONNREFUSED).'],
  [failed('UND_ERR_CONNECT_TIMEOUT'), "clarky.ai didn't answer in time (UND_ERR_CONNECT_TIMEOUT)."],
  [failed('CERT_HAS_EXPIRED'), 'No trusted TLS connection to clarky.ai (CERT_HAS_EXPIRED).'],
  [failed('ECONNRESET'), 'The connection to clarky.ai broke (ECONNRESET).'],
  [
    failed('UND_ERR_HEADERS_OVERFLOW'),
    'The headers of what clarky.ai answers are too long (UND_ERR_HEADERS_OVERFLOW).',
  ],
  [failed('HPE_INVALID_CONSTANT'), 'What answers at clarky.ai breaks the rules of HTTP (HPE_INVALID_CONSTANT).'],
  [
    Object.assign(new Error('Expected HTTP/'), { name: 'HTTPParserError' }),
    'What answers at clarky.ai breaks the rules of HTTP (no HTTP).',
  ],
])('what happens at Clarky', (error, sentence) => {
  expect(describeTrouble(socketTrouble(error), 'clarky.ai')).toBe(sentence);
});

it.each([
  [failed('ENOTFOUND'), "The name proxy.corp:8080 of the proxy can't be looked up (ENOTFOUND)."],
  [failed('ECONNREFUSED'), 'The proxy proxy.corp:8080 takes no connection (ECONNREFUSED).'],
  [failed('UND_ERR_CONNECT_TIMEOUT'), "The proxy proxy.corp:8080 didn't answer in time (UND_ERR_CONNECT_TIMEOUT)."],
  [
    failed('SELF_SIGNED_CERT_IN_CHAIN'),
    'No trusted TLS connection to clarky.ai, through the proxy proxy.corp:8080 (SELF_SIGNED_CERT_IN_CHAIN).',
  ],
  [failed('ECONNRESET'), 'The connection to clarky.ai, through the proxy proxy.corp:8080, broke (ECONNRESET).'],
  [refusal(403), "The proxy proxy.corp:8080 doesn't let us through to clarky.ai (HTTP 403)."],
  [
    refusal(407),
    "The proxy proxy.corp:8080 doesn't let us through to clarky.ai (HTTP 407): it wants a user and a password.",
  ],
])('what happens at a proxy is said of the proxy, and not of Clarky', (error, sentence) => {
  expect(describeTrouble(socketTrouble(error, PROXY), 'clarky.ai')).toBe(sentence);
});
