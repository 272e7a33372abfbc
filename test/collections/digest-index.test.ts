import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DigestIndex, TextPool } from '../../src/collections/digest-index.js';

describe('DigestIndex', () => {
  // Digests that crowd the first and the last slots, and differ in any one of twelve bytes.
  const digest = fc
    .tuple(fc.constantFrom(0, 255), fc.nat({ max: 11 }), fc.nat({ max: 3 }))
    .map(([crowd, at, byte]) => new Uint8Array(16).fill(crowd, 0, 4).fill(byte, at, at + 1));

  it('behaves as a Map from digests to numbers in order', () => {
    fc.assert(
      fc.property(fc.array(digest, { maxLength: 300 }), digest, (digests, absent) => {
        const index = new DigestIndex();
        const model = new Map<string, number>();
        for (const each of digests) {
          const key = each.join();
          if (!model.has(key)) model.set(key, model.size);
          expect(index.add(each)).toBe(model.get(key));
          expect(index.size).toBe(model.size);
        }
        for (const each of [...digests, absent]) expect(index.get(each)).toBe(model.get(each.join()) ?? -1);
      }),
    );
  });

  it('keeps its size when its memory is given up, and nothing else', () => {
    const index = new DigestIndex();
    index.add(new Uint8Array(16).fill(1));
    index.release();
    expect(index).toMatchObject({ size: 1, bytes: 0 });
    expect(() => index.add(new Uint8Array(16))).toThrow('released');
    expect(() => index.get(new Uint8Array(16))).toThrow('released');
  });

  it('holds a million in under 30 MB', () => {
    const words = new Uint32Array(4 * 1_000_000).map(
      (_word, at) => Math.imul(at ^ (at >>> 15), 0x2c1b3c6d) ^ (at << 9),
    );
    const digests = new Uint8Array(words.buffer);
    const index = new DigestIndex();
    for (let at = 0; at < digests.length; at += 16) index.add(digests.subarray(at, at + 16));
    expect(index.size).toBe(1_000_000);
    expect(index.get(digests.subarray(16 * 500_000))).toBe(500_000);
    expect(index.bytes).toBeLessThan(30_000_000);
  });
});

describe('TextPool', () => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 200 }), (texts) => {
        const pool = new TextPool();
        texts.forEach((text, at) => expect(pool.add(text)).toBe(at));
        expect(pool.size).toBe(texts.length);
        expect(texts.map((_text, at) => pool.get(at))).toEqual(texts);
      }),
    );
  });

  it('refuses an index that it did not give', () => {
    const pool = new TextPool();
    pool.add('ada');
    for (const index of [1, -1, NaN]) expect(() => pool.get(index)).toThrow(RangeError);
  });
});
