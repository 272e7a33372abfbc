import { expect, it } from 'vitest';
import { endInWords, timeInWords, zoneInWords } from '../../src/wording/times.js';

const MS = Date.UTC(2026, 10, 25, 22, 30);

it('tells a time by the clock of the machine, and its zone', () => {
  expect([timeInWords(MS, 0), zoneInWords(0)]).toEqual(['2026-11-25 22:30', 'UTC']);
  expect([timeInWords(MS, 120), zoneInWords(120)]).toEqual(['2026-11-26 00:30', 'UTC+02:00']);
  expect([timeInWords(MS, -570), zoneInWords(-570)]).toEqual(['2026-11-25 13:00', 'UTC-09:30']);
});

it('names the day of an end only where it is another one', () => {
  expect(endInWords(MS, MS - 60_000, 0)).toBe('22:30');
  expect(endInWords(MS, MS - 7_200_000, 120)).toBe('2026-11-26 00:30');
});
