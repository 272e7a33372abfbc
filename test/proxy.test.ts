import { describe, expect, it, test } from 'vitest';
import { proxyFor } from '../src/proxy.js';

const CLARKY = 'https://clarky.ai/api/v1';
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

test.each<[string, Record<string, string>, object | undefined]>([
  ['nothing', {}, undefined],
  ['a URL', { HTTPS_PROXY: 'http://p:8080' }, { uri: 'http://p:8080', host: 'p:8080' }],
  ['a path behind it', { HTTPS_PROXY: 'http://p:8080/' }, { uri: 'http://p:8080', host: 'p:8080' }],
  ['no scheme', { HTTPS_PROXY: 'p.corp:8080' }, { uri: 'http://p.corp:8080', host: 'p.corp:8080' }],
  ['a user and no scheme', { HTTPS_PROXY: 'me:secret@p:8080' }, { host: 'p:8080', token: basic('me:secret') }],
  ['a user without a password', { HTTPS_PROXY: 'http://me@p:8080' }, { host: 'p:8080', token: basic('me:') }],
  ['escapes', { HTTPS_PROXY: 'http://me:a%40b@p:8080' }, { token: basic('me:a@b') }],
  ['a % that is no escape', { HTTPS_PROXY: 'http://me:50%x@p:8080' }, { token: basic('me:50%x') }],
  ['both cases: the lower one', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, { host: 'b' }],
  ['one for http alone', { HTTP_PROXY: 'http://a:1' }, { host: 'a:1' }],
  ['blanks', { HTTPS_PROXY: '  ', NO_PROXY: 'clarky.com' }, undefined],
])('an environment with %s', (_, env, proxy) => {
  const found = proxyFor(CLARKY, {}, env);
  if (proxy === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(proxy);
  expect(found?.uri ?? '').not.toMatch(/me|@/);
});

test.each(['socks5://me:secret@p:1', 'http://', 'p:port:secret', 'http:/me:secret@p:1', 'https:p'])(
  '%s is told by its name alone',
  (address) => {
    expect(() => proxyFor(CLARKY, {}, { HTTPS_PROXY: address })).toThrow(
      /^HTTPS_PROXY is not the address of an HTTP proxy\.$/,
    );
  },
);

describe('NO_PROXY', () => {
  const goesPast = (address: string, noProxy: string): boolean =>
    proxyFor(address, { httpsProxy: 'p:1', noProxy }) === undefined;

  it.each([
    'clarky.ai',
    'CLARKY.AI',
    '.clarky.ai',
    '*.clarky.ai',
    'clarky.ai.',
    'ai',
    '*',
    ' * ',
    'corp, *',
    'a.corp,clarky.ai',
    'a.corp, clarky.ai ,b',
    'a.corp clarky.ai',
    'a.corp;clarky.ai',
    'clarky.ai:443',
  ])('%j goes past it', (noProxy) => {
    expect(goesPast(CLARKY, noProxy)).toBe(true);
    expect(goesPast('https://eu.clarky.ai/api', noProxy)).toBe(true);
  });

  it.each(['', ',', 'clarky.com', 'larky.ai', 'api.clarky.ai', 'clarky.ai:8443', '.', '*.', 'clarky'])(
    '%j does not',
    (noProxy) => {
      expect(goesPast(CLARKY, noProxy)).toBe(false);
    },
  );

  it.each(['fd00::1', '[fd00::1]', '[fd00::1]:8443'])('%j is an address of IPv6', (noProxy) => {
    expect(goesPast('https://[fd00::1]:8443/api', noProxy)).toBe(true);
    expect(goesPast('https://[fd00::2]:8443/api', noProxy)).toBe(false);
  });

  it('is not needed for this machine itself', () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1:80', '[::1]']) {
      expect(goesPast(`https://${host}/api`, '')).toBe(true);
    }
  });
});
