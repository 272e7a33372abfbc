import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptName, nameDigest, nameKeyOfPoint } from '../../src/checkpoint/name-digest.js';
import { mayBeOnePerson, mayBeSamePerson } from '../../src/contact/names/one-person.js';
import { whoOf } from '../../src/contact/names/full-name.js';
import { ONE_FIRM, ONE_PERSON, TWO_FIRMS, TWO_PEOPLE } from '../contact/name-pairs.js';

const FIRST =
  'Ada Adah John Jon Mary Mara Maria Bob Robert Liz Elizabeth Krzysztof Krzys Siddharth Sid Ines Olga Tom Tim Jörg Zoë Anne-Marie Christofer Christopher Li Wei Анна Марина 伟 芳'.split(
    ' ',
  );
const LAST =
  "Lovelace Smith Smyth Jones Kowalska Nowak Müller Mueller Garcia O'Brien Smith-Jones Featherstonehaugh Ахматова 王 李".split(
    ' ',
  );

const slip = fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'change', 'none'));
const typed = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...words), slip).map(([word, [nth, kind]]) => {
    const letters = Array.from(word);
    const at = nth % letters.length;
    if (kind === 'drop') letters.splice(at, 1);
    if (kind === 'double') letters.splice(at, 0, letters[at] ?? '');
    if (kind === 'swap') letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
    if (kind === 'change') letters[at] = 'x';
    return letters.join('');
  });
const name = fc
  .record({
    title: fc.constantFrom('', '', '', 'Dr. ', 'J. '),
    first: typed(FIRST),
    middle: fc.constantFrom('', '', '', ' B.', ' Anna', ' del Carmen', ' und Maria'),
    last: fc.oneof(typed(LAST), fc.constant('')),
    generation: fc.constantFrom('', '', '', '', ' Jr.', ' Sr.', ' III'),
    order: fc.constantFrom('usual', 'usual', 'usual', 'last first', 'initial'),
  })
  .map(({ title, first, middle, last, generation, order }) => {
    if (order === 'last first') return `${last} ${first}${middle}${generation}`.trim();
    return `${title}${order === 'initial' ? `${first.slice(0, 1)}.` : first}${middle} ${last}${generation}`.trim();
  });
/** Two names that have something in common more often than two of all names have. */
const pair = fc.oneof(
  fc.tuple(name, name),
  fc.tuple(name, fc.nat(40), slip).map(([one, at, [, kind]]) => {
    const letters = Array.from(one);
    if (kind === 'drop') letters.splice(at % letters.length, 1);
    if (kind === 'change') letters[at % letters.length] = 'e';
    return [one, kind === 'swap' ? one.split(' ').reverse().join(' ') : letters.join('')] as const;
  }),
);

const key = nameKeyOfPoint({ kind: 'email', value: 'somebody@example.com' });
const isSame = (kept: string, other: string, by = key, to = key): boolean =>
  mayBeSamePerson(keptName(nameDigest(kept, by), to), other, 'email');

/** Of a name in another script less is known, and more is let pass. */
const isCyrillic = (text: string): boolean => /\p{Script=Cyrillic}/u.test(text);

describe('a name that was kept as digests', () => {
  it('is compared as the name itself would be within a file: hardly ever held where that merges, or sent where that holds', () => {
    const counts = { same: 0, different: 0, mixedUp: 0, held: 0 };
    fc.assert(
      fc.property(pair, fc.emailAddress(), ([one, other], email) => {
        const by = nameKeyOfPoint({ kind: 'email', value: email });
        const isSameBetween = isSame(one, other, by, by);
        if (mayBeOnePerson(one, other)) {
          counts.same++;
          if (!isSameBetween) counts.held++;
        } else {
          counts.different++;
          if (isSameBetween && isCyrillic(one) === isCyrillic(other)) counts.mixedUp++;
        }
      }),
      { numRuns: 4000 },
    );
    expect(Math.min(counts.same, counts.different)).toBeGreaterThan(1000);
    // A few bits a letter: names that are three letters apart are taken for two letters apart once in a thousand times.
    expect(counts.mixedUp).toBeLessThanOrEqual(counts.different / 300);
    // A slip at the end of a name looks like the other name of a couple once in some thousand times.
    expect(counts.held).toBeLessThanOrEqual(counts.same / 300);
  });

  const isSameFirm = (one: string, other: string): boolean =>
    isSame(whoOf({ company: one }), whoOf({ company: other }));

  it.each(ONE_FIRM)('%j is the same firm as %j', (one, other) => {
    expect(isSameFirm(one, other)).toBe(true);
    expect(isSameFirm(other, one)).toBe(true);
  });

  it.each(TWO_FIRMS)('%j is not the same firm as %j', (one, other) => {
    expect(isSameFirm(one, other)).toBe(false);
    expect(isSameFirm(other, one)).toBe(false);
  });

  it.each(ONE_PERSON)('%j is the same person’s as %j', (one, other) => {
    expect(isSame(one, other)).toBe(true);
    expect(isSame(other, one)).toBe(true);
  });

  it.each(TWO_PEOPLE)('%j is not the same person’s as %j', (one, other) => {
    expect(isSame(one, other)).toBe(false);
    expect(isSame(other, one)).toBe(false);
  });

  it('is nothing without the e-mail or phone that it is keyed by', () => {
    const others = Array.from({ length: 300 }, (_, n) => nameKeyOfPoint({ kind: 'email', value: `p${n}@example.com` }));
    const byOthers = others.filter((other) => isSame('Ada Lovelace', 'Ada Lovelace', key, other));
    expect(byOthers).toEqual([]);
    expect(nameKeyOfPoint({ kind: 'email', value: 'JÖRG@MÜNCHEN.de' })).toEqual(
      nameKeyOfPoint({ kind: 'email', value: 'jörg@xn--mnchen-3ya.de' }),
    );
  });

  it('is bounded however long the name is, and any bytes are read as some name or none', () => {
    expect(nameDigest('A'.repeat(10_000), key).length).toBeLessThan(20);
    expect(nameDigest(Array.from({ length: 500 }, (_, n) => `word${n}`).join(' '), key).length).toBeLessThan(200);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void keptName(bytes, key)),
      { numRuns: 500 },
    );
  });
});
