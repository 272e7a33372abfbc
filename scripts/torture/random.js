/** Seeded chance: the same seed gives the same people, settings and faults again. (The moments of kills depend on the machine.) */

/** @typedef {ReturnType<typeof seeded>} Random */

/** @param {number} seed */
export function seeded(seed) {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state are plenty for choosing among a few.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least, most) => least + Math.floor(next() * (most - least + 1));
  return {
    /** A number from 0 to below 1. */
    next,
    /** A whole number, both ends included. */
    whole,
    /** True in `share` of the cases. */
    chance: (share) => next() < share,
    /** @template T @param {readonly T[]} values @returns {T} */
    pick: (values) => values[whole(0, values.length - 1)],
  };
}
