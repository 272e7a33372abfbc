import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areDivided } from '../../src/plan/different.js';
import type { Persons } from '../../src/plan/email-people.js';

interface Stored {
  readonly hasEmail: boolean;
  readonly phones: readonly number[];
}

/** Contacts of the workspace that are one person by e-mail, if any; `looks` counts what is looked at. */
function peopleOf(contacts: readonly Stored[]) {
  const told = { looks: 0 };
  const people = {
    size: contacts.length,
    nameOf: () => '',
    isExternal: () => true,
    hasEmail: (member: number) => contacts[member]?.hasEmail === true,
    emailOf: (member: number) => (contacts[member]?.hasEmail === true ? 0 : -1),
    phonesOf: (member: number) => (told.looks++, contacts[member]?.phones ?? []),
  } as unknown as Persons;
  const isDivided = (): boolean => areDivided(people, [...contacts.keys()]);
  return { told, isDivided };
}

describe('contacts of the workspace that have something in common', () => {
  it('are divided where two of them have neither an e-mail nor a phone in common', () => {
    const contact = fc.record({ hasEmail: fc.boolean(), phones: fc.uniqueArray(fc.nat(4), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 6 }), (contacts) => {
        const expected = contacts.some((one, at) =>
          contacts
            .slice(at + 1)
            .some(
              (other) => !(one.hasEmail && other.hasEmail) && !one.phones.some((phone) => other.phones.includes(phone)),
            ),
        );
        expect(peopleOf(contacts).isDivided()).toBe(expected);
      }),
    );
  });

  it.each([
    ['one e-mail, and a phone of its own', (n: number) => ({ hasEmail: true, phones: [n] })],
    ['one phone, and another of its own', (n: number) => ({ hasEmail: false, phones: [n + 1, 0] })],
    ['one phone alone', () => ({ hasEmail: false, phones: [0] })],
  ])('are looked at a few times each where ten thousand have %s', (_, contact) => {
    const { told, isDivided } = peopleOf(Array.from({ length: 10_000 }, (_, n) => contact(n)));
    expect(isDivided()).toBe(false);
    expect(told.looks).toBeLessThan(50_000);
  });
});
