import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingUint32, GrowingUint8 } from '../../src/collections/growing.js';

describe.each([
  ['GrowingUint32', () => new GrowingUint32(), 0xffffffff],
  ['GrowingUint8', () => new GrowingUint8(), 0xff],
] as const)('%s', (_, make, largest) => {
  it('behaves as an array, over the ends of its blocks too', () => {
    const change = fc.record({ at: fc.nat(), value: fc.nat({ max: largest }) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18_000 }), fc.array(change), (length, changes) => {
        const growing = make();
        const model = Array.from({ length }, (_each, at) => at % (largest + 1));
        for (const value of model) growing.push(value);
        for (const { at, value } of length === 0 ? [] : changes) {
          growing.set(at % length, value);
          model[at % length] = value;
        }
        expect(growing.length).toBe(length);
        expect(model.every((value, at) => growing.get(at) === value)).toBe(true);
        expect(growing.get(length)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('grows by zeros, and never shrinks', () => {
    const growing = make();
    growing.push(5);
    growing.growTo(20_000);
    growing.growTo(10);
    expect(growing.length).toBe(20_000);
    expect([growing.get(0), growing.get(1), growing.get(19_999)]).toEqual([5, 0, 0]);
    growing.push(6);
    expect(growing.get(20_000)).toBe(6);
  });

  it('ignores a place that was never pushed, and begins anew once cleared', () => {
    const growing = make();
    growing.set(100_000, 1);
    growing.push(7);
    growing.clear();
    expect(growing).toMatchObject({ length: 0, bytes: 0 });
    growing.push(8);
    expect(growing.get(0)).toBe(8);
  });
});

it('GrowingUint32 becomes an array of its length', () => {
  const growing = new GrowingUint32();
  for (let value = 0; value < 20_000; value += 1) growing.push(value);
  expect([...growing.toArray()].every((value, at) => value === at)).toBe(true);
  expect(growing.toArray()).toHaveLength(20_000);
});
