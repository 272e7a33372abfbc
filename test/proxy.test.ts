import { expect, test } from 'vitest';
import { proxiesOf } from '../src/proxy.js';

test.each([
  ['nothing', {}, { httpsProxy: undefined, httpProxy: undefined, noProxy: '' }],
  ['a URL', { HTTPS_PROXY: 'http://p:8080' }, { httpsProxy: 'http://p:8080' }],
  ['no scheme', { HTTPS_PROXY: 'p.corp:8080' }, { httpsProxy: 'http://p.corp:8080' }],
  ['a user and no scheme', { HTTPS_PROXY: 'me:secret@p:8080' }, { httpsProxy: 'http://me:secret@p:8080' }],
  ['both cases: the lower one', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, { httpsProxy: 'http://b' }],
  ['blanks', { HTTP_PROXY: '  ', NO_PROXY: 'clarky.ai' }, { httpProxy: undefined, noProxy: 'clarky.ai' }],
])('an environment with %s', (_, env, proxies) => {
  expect(proxiesOf({}, env)).toMatchObject(proxies);
});

test.each(['socks5://me:secret@p:1', 'http://', 'p:port:secret'])('%s is told by its name alone', (address) => {
  expect(() => proxiesOf({}, { HTTPS_PROXY: address })).toThrow(/^HTTPS_PROXY is not the address of an HTTP proxy\.$/);
});
