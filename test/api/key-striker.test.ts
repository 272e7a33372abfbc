import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyStriker } from '../../src/api/key-striker.js';

const KEY = 'ck_live_Zq7xW9vT2mN4bK8pL3rY6sH1dF5gJ0aC';
const striker = new KeyStriker([KEY]);
const each = (say: (character: string) => string): string => [...KEY].map(say).join('');
const hexOf = (character: string, digits = 2): string => character.charCodeAt(0).toString(16).padStart(digits, '0');

describe('a key in what a server said', () => {
  it('is struck from the middle of a text, in any case, and from names', () => {
    expect(striker.strike({ message: `no ${KEY}, no`, [KEY]: [KEY.toUpperCase(), 7, null] })).toEqual({
      message: 'no [key], no',
      '[key]': ['[key]', 7, null],
    });
  });

  it('is looked for no deeper than any answer goes', () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + `"${KEY}"` + ']'.repeat(levels));
    expect(JSON.stringify(striker.strike(nested(50)))).toBe('['.repeat(50) + '"[key]"' + ']'.repeat(50));
    expect(JSON.stringify(striker.strike(nested(50_000)))).not.toContain(KEY);
  });

  it.each([
    ['base64', Buffer.from(KEY).toString('base64')],
    ['the header in base64', Buffer.from(`Bearer ${KEY}`).toString('base64url')],
    ['hexadecimal', Buffer.from(KEY).toString('hex').toUpperCase()],
    ['percent-encoded', each((character) => `%${hexOf(character)}`)],
    ['percent-encoded twice', KEY.replaceAll('_', '%255F')],
    ['split by a line break', `${KEY.slice(0, 20)}\r\n ${KEY.slice(20)}`],
    ['with zero-width characters between', each((character) => `${character}\u200b`)],
    ['as entities', each((character) => `&#x${hexOf(character)};`)],
    ['as escapes', each((character) => `\\u${hexOf(character, 4)}`)],
    ['full-width', each((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))],
    ['without its beginning', `…${KEY.slice(8)}`],
    ['without its end', KEY.slice(0, 30)],
    ['around itself', KEY.slice(0, 20) + KEY + KEY.slice(20)],
  ])('is struck with all around it where it stands %s', (_, text) => {
    expect(striker.strike({ message: `bad ${text} end` })).toEqual({ message: '[key]' });
  });

  it('takes nothing else with it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(striker.strike(text)).toBe(text);
      }),
    );
    const dull = new KeyStriker(['ck_live_000000000000000000000000']);
    expect(dull.strike('phone 000000000000 0000')).toBe('phone 000000000000 0000');
    expect(striker.strike('ck_live_ and Zq7x')).toBe('ck_live_ and Zq7x');
  });
});
