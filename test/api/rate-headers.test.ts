import { expect, test } from 'vitest';
import { readRateHeaders, retryAfterMs } from '../../src/api/rate-headers.js';

const WALL_MS = Date.UTC(2026, 10, 24, 6, 0, 0);

test.each([
  ['5', 5000],
  [' 0 ', 0],
  ['1.5', 1500],
  ['Tue, 24 Nov 2026 06:00:30 GMT', 30_000],
  ['Tuesday, 24-Nov-26 06:00:30 GMT', 30_000],
  ['Tue Nov 24 06:00:30 2026 GMT', 30_000],
  ['Tue, 24 Nov 2026 05:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['2026-11-24', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j is %j ms', (value, ms) => {
  expect(retryAfterMs(value, WALL_MS)).toBe(ms);
});

test.each([
  ['both', { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0' }, { limit: 60, remaining: 0 }],
  ['repeated', { 'x-ratelimit-limit': ['60', '60'], 'x-ratelimit-remaining': '7' }, { limit: 60, remaining: 7 }],
  ['one missing', { 'x-ratelimit-limit': '60' }, undefined],
  ['more remaining than the limit', { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '61' }, undefined],
  ['no limit at all', { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0' }, undefined],
  ['words', { 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '1' }, undefined],
  ['negative', { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '-1' }, undefined],
])('rate headers: %s', (_, headers, window) => {
  expect(readRateHeaders(headers, WALL_MS).window).toEqual(window);
});
