import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE_FIRM, ONE_PERSON, TWO_FIRMS, TWO_PEOPLE } from './name-pairs.js';
import { whoOf } from '../../src/contact/names/full-name.js';
import { keyAsItStands, namePartsOf, writtenName } from '../../src/contact/names/kept-name.js';
import { areOfDifferentPeople, mayBeOnePerson, mayBeSamePerson } from '../../src/contact/names/one-person.js';

describe('names with one e-mail', () => {
  it.each(ONE_PERSON)('%j and %j may be one person', (one, other) => {
    expect(mayBeOnePerson(one, other)).toBe(true);
    expect(mayBeOnePerson(other, one)).toBe(true);
  });

  it.each(TWO_PEOPLE)('%j and %j are two', (one, other) => {
    expect(mayBeOnePerson(one, other)).toBe(false);
    expect(mayBeOnePerson(other, one)).toBe(false);
  });

  const isOneFirm = (one: string, other: string): boolean[] => {
    const [first, second] = [whoOf({ company: one }), whoOf({ company: other })];
    return [mayBeOnePerson(first, second), mayBeOnePerson(second, first)];
  };

  it.each(ONE_FIRM)('%j and %j may be one firm', (one, other) => {
    expect(isOneFirm(one, other)).toEqual([true, true]);
  });

  it.each(TWO_FIRMS)('%j and %j are two firms', (one, other) => {
    expect(isOneFirm(one, other)).toEqual([false, false]);
  });

  it('are a person’s and a firm’s where nobody is named beside the firm', () => {
    expect(mayBeOnePerson(whoOf({ company: 'Acme Ltd' }), 'Ann Lee')).toBe(true);
    expect(mayBeOnePerson('Acme Ltd', 'Ann Lee')).toBe(false);
    expect(mayBeOnePerson('Acme Ltd', whoOf({ company: 'Beta GmbH' }))).toBe(false);
  });

  it('are two at a mailbox of many where only the first name is one', () => {
    expect(areOfDifferentPeople(['Anna Schmidt', 'Anna Weber'])).toBe(false);
    expect(areOfDifferentPeople(['Anna Schmidt', 'Anna Weber'], 'phone')).toBe(true);
    for (const [one, other] of [
      ['Anna', 'Anna Weber'],
      ['Bob Weber', 'Robert Weber'],
      ['A. Weber', 'Anna Weber'],
      ['Anna Weber', 'Ana Webber'],
      ['Anna Weber', 'Anna Weber-Schmidt'],
    ] as const) {
      expect(areOfDifferentPeople([one, other], 'phone')).toBe(false);
    }
  });

  it('are one where a garbled file gave the name that was kept, as it was kept before such names were repaired', () => {
    const kept = writtenName({ ...namePartsOf('JosÃ© GÃ³mez'), words: keyAsItStands('JosÃ© GÃ³mez'), given: 'josa' });
    expect(mayBeSamePerson(kept, 'José Gómez', 'phone')).toBe(true);
    expect(mayBeSamePerson(kept, 'Inés Gómez', 'phone')).toBe(false);
    expect(mayBeSamePerson(kept, 'Joan Garcia', 'phone')).toBe(false);
  });

  it('are compared the same either way round', () => {
    const words = 'ann anne bob robert smith smyth jones j jr 王伟 Éric Ã‰ric a Özlem Öz Ángel Иван ana Trần Ông'.split(
      ' ',
    );
    const word = fc.constantFrom('', ...words);
    const name = fc.array(word, { maxLength: 3 }).map((words) => words.join(' ').trim());
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(mayBeOnePerson(one, other)).toBe(mayBeOnePerson(other, one));
        expect(mayBeOnePerson(one, one)).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  it('are those of different people where there are very many', () => {
    expect(areOfDifferentPeople(['Ann Smith', 'Ann', '', 'A. Smith'])).toBe(false);
    expect(areOfDifferentPeople(['Ann', '', 'Ann', 'Bob'])).toBe(true);
    expect(areOfDifferentPeople(['Peter Hansen', 'Peter Nielsen'])).toBe(false);
    expect(areOfDifferentPeople(['Peter Hansen', 'Peter Nielsen', 'Peter Olsen'])).toBe(true);
    expect(areOfDifferentPeople(['Ann Smith', 'Ann Jones', 'Ann Smith-Jones', 'Ann S. Jones', 'Ann'])).toBe(false);
    const initials = Array.from({ length: 30 }, (_, n) => `Ann ${'x'.repeat(n + 2)}`);
    expect(areOfDifferentPeople(initials)).toBe(true);
  });
});
