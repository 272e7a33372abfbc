import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlaceholder } from '../../src/contact/cell/placeholder.js';
import { cleanText, quoted, unwrapExcelText } from '../../src/contact/text.js';
import { anyText } from '../support/any-text.js';

describe('cleanText', () => {
  it.each([
    ['plain', 'plain'],
    ['  two words  ', 'two words'],
    ['\u00a0\u202fAda\u00a0', 'Ada'],
    ['\ufeffAda\u200b', 'Ada'],
    ['\u202aAda\u202c', 'Ada'],
    ['A\u200bda\u200eLove\u00adlace', 'AdaLovelace'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['Zoe\u200b\u0308', 'Zo\u00eb'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\tb\u0000\u0007c', 'a\tbc'],
    [' \u00a0\u200b\t', ''],
    ['a\u200db', 'ab'],
    ['Ada\u200d', 'Ada'],
  ])('%j is %j', (raw, clean) => expect(cleanText(raw)).toBe(clean));

  it.each([
    ['a family emoji', '👨\u200d👩\u200d👧'],
    ['an emoji with skin tone and profession', '👩🏽\u200d🚀'],
    ['the rainbow flag', '🏳️\u200d🌈'],
    ['the flag of England', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['a Devanagari half form', 'क्\u200dष'],
    ['an old Malayalam chillu at the end', 'അവന്\u200d'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['a no-break space inside', 'Ada\u00a0Lovelace'],
  ])('keeps %s', (_what, text) => expect(cleanText(text)).toBe(text.normalize('NFC')));

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        expect(cleanText(cleanText(raw))).toBe(cleanText(raw));
      }),
      { numRuns: 500 },
    );
  });
});

describe('unwrapExcelText', () => {
  it.each([
    ['="00501"', '00501'],
    ['="say ""hi"""', 'say "hi"'],
    ["'+15555550154", '+15555550154'],
    ["'08980", '08980'],
    ["'90s Music", "'90s Music"],
    ["'s Gravenhage", "'s Gravenhage"],
    ['=A1+B1', '=A1+B1'],
    ['00501', '00501'],
  ])('%s is %s', (text, unwrapped) => expect(unwrapExcelText(text)).toBe(unwrapped));
});

describe('isPlaceholder', () => {
  it.each([
    '-',
    '--',
    '—',
    'n/a',
    'N/A',
    'none',
    'NULL',
    'keine',
    'k.A.',
    'k. A.',
    'ohne',
    'Sin teléfono',
    "Pas d'email",
    'kein Handy',
    'telefon yok',
  ])('%s is one', (text) => expect(isPlaceholder(text)).toBe(true));
  it.each(['', 'Nona', '0', 'x', 'Keiner', '----------------'])('%j is none', (text) =>
    expect(isPlaceholder(text)).toBe(false),
  );
});

describe('quoted', () => {
  it('keeps a message on one line, without terminal escapes, and short', () => {
    expect(quoted('a\nb\u001b[31m')).toBe('"a b [31m"');
    expect(quoted('x'.repeat(100))).toBe(`"${'x'.repeat(60)}…"`);
    expect(quoted('😀'.repeat(60))).toBe(`"${'😀'.repeat(60)}"`);
  });
});
