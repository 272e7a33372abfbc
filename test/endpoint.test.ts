import { describe, expect, test } from 'vitest';
import { canonicalApiUrl, checkKey, parseApiUrl } from '../src/endpoint.js';
import { ImporterError } from '../src/errors.js';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ImporterError) return error.code;
    throw error;
  }
  return 'fine';
};

describe('the API URL', () => {
  test.each([
    ['https://clarky.ai/api/v1', 'https://clarky.ai/api/v1', false],
    [' https://clarky.ai/api/v1/ ', 'https://clarky.ai/api/v1', false],
    ['https://clarky.ai', 'https://clarky.ai', false],
    ['http://127.0.0.1:8080/api/v1', 'http://127.0.0.1:8080/api/v1', true],
    ['http://127.9.8.7/', 'http://127.9.8.7', true],
    ['http://[::1]:80/x', 'http://[::1]/x', true],
    ['http://localhost:1', 'http://localhost:1', true],
    ['http://2130706433/', 'http://127.0.0.1', true],
    ['HTTPS://CLARKY.AI:443/api/v1//', 'https://clarky.ai/api/v1', false],
    ['https://clarky.ai./api/./x/../%761', 'https://clarky.ai/api/v1', false],
    ['\thttps://clarky.ai/api%2fv1\n', 'https://clarky.ai/api%2Fv1', false],
  ])('%s is fine', (text, base, loopback) => {
    expect(parseApiUrl(text)).toMatchObject({ base, loopback });
  });

  test.each([
    'http://clarky.ai/api/v1',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://10.0.0.1/',
    'http://[::ffff:8.8.8.8]/',
    'https://user:secret@clarky.ai/',
    'https://clarky.ai/?a=b',
    'https://clarky.ai/#x',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'clarky.ai',
    '',
  ])('%s is refused', (text) => {
    expect(codeOf(() => parseApiUrl(text))).toBe('usage');
  });

  test('a refused URL is not repeated: it may hold a password', () => {
    expect(() => parseApiUrl('https://user:secret@clarky.ai/')).toThrow(/^(?!.*secret)/);
  });
});

describe('the key', () => {
  test('is freed of the blanks around it', () => {
    expect(checkKey(' ck_live_abc\r\n')).toBe('ck_live_abc');
  });

  test.each(['', '  ', 'ck live', 'ck_live_\nX: y', '"ck_live_abc"', 'ck_live_é', 'ck_live_\u0000'])(
    '%j is refused',
    (key) => {
      expect(codeOf(() => checkKey(key))).toBe('no_key');
    },
  );

  test('is not shown', () => {
    expect(() => checkKey('ck_live_top secret')).toThrow(/^(?!.*top)/);
  });
});

test('the base of an old file is read in the form of today; what is no URL stays as it is', () => {
  expect(canonicalApiUrl('https://Clarky.ai:443/api/v1/')).toBe('https://clarky.ai/api/v1');
  expect(canonicalApiUrl('')).toBe('');
  const canonical = parseApiUrl('HTTP://127.1:8080/a%7eb/').base;
  expect(canonicalApiUrl(canonical)).toBe(canonical);
});
