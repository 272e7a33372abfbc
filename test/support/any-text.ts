import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;
const CODE_POINTS = 0x110000 - (AFTER_SURROGATES - FIRST_SURROGATE);

/**
 * A text of any code points that are characters, and such as often make trouble. `fc.string({ unit: 'binary' })` is the same, but
 * makes a table of a million characters each time that it is called.
 */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.nat({ max: CODE_POINTS - 1 }))
    .map((numbers) =>
      numbers
        .map((n) => String.fromCodePoint(n < FIRST_SURROGATE ? n : n - FIRST_SURROGATE + AFTER_SURROGATES))
        .join(''),
    ),
  fc.string(),
);
