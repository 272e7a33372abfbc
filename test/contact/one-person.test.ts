import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ONE_PERSON, TWO_PEOPLE } from './name-pairs.js';
import { areOfDifferentPeople, mayBeOnePerson } from '../../src/contact/names/one-person.js';

describe('names with one e-mail', () => {
  it.each(ONE_PERSON)('%j and %j may be one person', (one, other) => {
    expect(mayBeOnePerson(one, other)).toBe(true);
    expect(mayBeOnePerson(other, one)).toBe(true);
  });

  it.each(TWO_PEOPLE)('%j and %j are two', (one, other) => {
    expect(mayBeOnePerson(one, other)).toBe(false);
    expect(mayBeOnePerson(other, one)).toBe(false);
  });

  it('are compared the same either way round', () => {
    const word = fc.constantFrom('ann', 'anne', 'bob', 'robert', 'smith', 'smyth', 'jones', 'j', 'jr', '', '王伟');
    const name = fc.array(word, { maxLength: 3 }).map((words) => words.join(' ').trim());
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(mayBeOnePerson(one, other)).toBe(mayBeOnePerson(other, one));
        expect(mayBeOnePerson(one, one)).toBe(true);
      }),
      { numRuns: 2000 },
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
