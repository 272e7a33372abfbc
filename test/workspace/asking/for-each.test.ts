import { expect, it } from 'vitest';
import { Questions } from '../../../src/workspace/asking/questions.js';
import { askForEach } from '../../../src/workspace/asking/for-each.js';
import type { Asking, LiveOptions } from '../../../src/workspace/reading-options.js';
import { readStored, type StoredContact } from '../../../src/workspace/stored.js';

const storedOf = (...all: (readonly string[])[]): StoredContact[] =>
  all.flatMap((emails, at) => readStored({ id: `c${at}`, emails }) ?? []);

/** Asks for these e-mails where `seen` are on the first page; gives what was searched and asked for, undefined where the list is read. */
async function askedFor(
  emails: readonly string[],
  seen: StoredContact[],
  searched: (one: StoredContact) => string[],
  finds: (email: string) => boolean = () => false,
) {
  const [searches, lookups]: [string[], string[]] = [[], []];
  const client = {
    listContacts: (_page: number, { search = '' }: { readonly search?: string }) => {
      searches.push(search);
      const items = seen.filter((one) => searched(one).some((text) => text.toLowerCase().includes(search)));
      return Promise.resolve({ items, pagination: { total: items.length, totalPages: 1 } });
    },
    getByEmail: (email: string) => {
      lookups.push(email);
      return Promise.resolve(finds(email) ? seen.find((one) => one.emails.includes(email)) : undefined);
    },
  } as unknown as LiveOptions['client'];
  const rows: Asking = {
    rows: emails.length,
    async *contacts() {
      await Promise.resolve();
      for (const [ordinal, email] of emails.entries()) yield { ordinal, contact: { emails: [email] } };
    },
  };
  const questions = await Questions.of(rows.contacts(), 1000);
  if (questions === undefined) throw new Error('too many');
  const options = { client, api: 'http://localhost', bot: 'b1', checkpoint: 'c.jsonl' };
  const personOf = ({ id, emails: all }: StoredContact) => ({ id, emails: all, phones: [], name: '' });
  const asked = await askForEach(options, rows, { questions, seen, personOf });
  if (asked === undefined) return undefined;
  for await (const _ of asked.answers);
  return { searches, lookups };
}

const allOf = ({ emails }: StoredContact): string[] => [...emails];
const firstOf = ({ emails }: StoredContact): string[] => emails.slice(0, 1);
const ROWS = Array.from({ length: 30 }, (_, n) => `person${n}@own${n}.com`);

it('e-mails that begin alike are asked for with one search, where one finds them by a part', async () => {
  expect(await askedFor(ROWS, storedOf(['ann@x.com'], ['anybody@x.com']), allOf)).toEqual({
    searches: ['nn@x.c', 'person'],
    lookups: [],
  });
});

it('a search is asked where it finds further e-mails, and the call for e-mails where that alone does', async () => {
  const seen = storedOf(['ann@x.com'], ['ben@x.com', 'benjamin@y.com']);
  expect((await askedFor(['cy@z.com'], seen, allOf))?.searches).toEqual(['enjami', 'cy@z.com']);
  const finds = (email: string): boolean => email === 'benjamin@y.com';
  const byCall = await askedFor(ROWS, seen, firstOf, finds);
  expect(byCall).toEqual({ searches: ['enjami'], lookups: ['benjamin@y.com', ...ROWS] });
});

it('the workspace is listed where neither finds further e-mails', async () => {
  const seen = storedOf(['ann@x.com'], ['ben@x.com', 'benjamin@y.com']);
  expect(await askedFor(ROWS, seen, firstOf)).toBeUndefined();
});

it('what might be written otherwise is asked for by both, and one by one', async () => {
  const emails = ['person1@münchen.de', 'person2@xn--mnchen-3ya.de'];
  const asked = await askedFor(emails, storedOf(['anybody@x.com']), allOf);
  expect(asked).toEqual({ searches: ['nybody', ...emails], lookups: emails });
});
