/** The next number of a seeded sequence, in [0, 1). */
export type Random = () => number;

/**
 * A seeded sequence of numbers in [0, 1): a Weyl sequence through a 32-bit integer mixer. The same seed gives the same
 * faults on every machine; it is not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}
