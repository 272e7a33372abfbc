import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { privateFolder } from '../support/folder.js';

/** A row of a file, or (external) a contact of the workspace. `''` is blank. */
interface Entry {
  readonly email: string;
  readonly phones: readonly string[];
  readonly name: string;
  readonly external: boolean;
}

/** A person in the workspace, as far as the model speaks of one. */
interface Someone {
  readonly email: string;
  readonly phones: readonly string[];
  readonly name: string;
}

const EMAILS = ['ann@x.com', 'ben@x.com', 'cat@x.com', 'dan@x.com'];
/** Ofcom's numbers for drama: never assigned. */
const PHONES = ['+442079460001', '+442079460002', '+442079460003', '+442079460004'];
const NAMES = ['Ada', 'Bob', 'Cy'];

const someEmail = fc.oneof(fc.constant(''), fc.constantFrom(...EMAILS));
const somePhones = fc.uniqueArray(fc.constantFrom(...PHONES), { maxLength: 2 });
const someName = fc.oneof(fc.constant(''), fc.constantFrom(...NAMES));
const someRow = fc.record({ email: someEmail, phones: somePhones, name: someName, external: fc.constant(false) });
const someCase = fc.array(fc.nat(2), { minLength: 30, maxLength: 30 });

/** One row with the phones of two people who are there: sent, it would become the first of them. */
const BRIDGE_OF_TWO: Entry[] = [
  { email: 'ann@x.com', phones: ['+442079460002', '+442079460003'], name: '', external: false },
];
const WORKSPACE_OF_TWO: Entry[] = [
  { email: '', phones: ['+442079460002'], name: 'Ada', external: true },
  { email: '', phones: ['+442079460003'], name: 'Bob', external: true },
];

/** Contacts that Clarky could hold: nobody there twice, no phone of two. */
const someWorkspace = fc.shuffledSubarray([0, 1, 2, 3]).chain((order) =>
  fc.tuple(
    ...order.map((n, at) =>
      fc.record({
        email: at < NAMES.length ? fc.constantFrom(EMAILS[n] ?? '', '') : fc.constant(EMAILS[n] ?? ''),
        phones: fc.constant([PHONES[(n + 1) % 4] ?? '']),
        name: fc.constant(NAMES[at] ?? ''),
        external: fc.constant(true),
      }),
    ),
  ),
);

describe('address books', () => {
  it('end as exactly the people that a plain model says, wherever a run is cut', async () => {
    const folder = await privateFolder();
    const sandbox = await startSandbox({
      writes: { limit: 0, windowMs: 1000 },
      reads: { limit: 100_000, windowMs: 60_000 },
      faults: { nonAtomicMs: 2 },
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someRow, { minLength: 1, maxLength: 12 }),
        fc.option(someWorkspace, { nil: [] }),
        someCase,
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
        fc.boolean(),
        async (rows, workspace, variants, concurrency, cuts, alwaysLive) => {
          fc.pre(!passesOn(rows, workspace));
          sandbox.reset();
          sandbox.seed(
            workspace.map(({ email, phones, name }) => ({
              emails: email === '' ? [] : [email],
              phone_numbers: phones,
              first_name: name === '' ? null : name,
            })),
          );
          const file = join(folder, `book-${run++}.csv`);
          await writeFile(file, csvOf(rows, variants));
          // What is in the workspace is known to a live import alone.
          const live = alwaysLive || workspace.length > 0;
          const options = {
            file,
            apiUrl: sandbox.url,
            key: sandbox.key,
            stateDir: false,
            log: false,
            report: false,
            // The model is of phones: what e-mails with several names come to, test/plan/who.test.ts says.
            sharedEmail: 'merge',
            // And of lists as the file has them.
            lists: 'replace',
          } as const;
          const rate = { writes: Number.POSITIVE_INFINITY, seconds: 60 };
          const importOnce = async (cutAfter = Number.POSITIVE_INFINITY): Promise<number> => {
            const cut = new AbortController();
            let ended = 0;
            const onEvent = (event: { type: string }): void => {
              if (event.type === 'started' && cutAfter === 0) cut.abort(new Error('cut'));
              if (event.type === 'contact' && ++ended === cutAfter) cut.abort(new Error('cut'));
            };
            const last = { signal: cut.signal, onEvent };
            return (await importContacts({ ...options, rate, live, concurrency, country: 'GB', ...last })).summary
              .requests;
          };
          for (const cutAfter of cuts) await importOnce(cutAfter);
          await importOnce();
          const once = sorted(modelOf(rows, workspace));
          if (cuts.length === 0) expect(peopleIn(sandbox.contacts())).toEqual(once);
          // What arrives can free a row that was held with what was there before: the next night's import sends it.
          let nights = 1;
          while ((await importOnce()) > 0) expect(++nights).toBeLessThan(5);
          expect(peopleIn(sandbox.contacts())).toEqual(live ? settled(rows, once) : once);
        },
      ),
      {
        numRuns: 25,
        // A smaller counterexample would cost minutes of imports.
        endOnFailure: true,
        examples: [[BRIDGE_OF_TWO, WORKSPACE_OF_TWO, Array<number>(30).fill(0), 1, [], false]],
      },
    );
    await sandbox.close();
  });
});

/** True where somebody of the workspace is in the file without the phone that another row has: passed-on.system.test.ts. */
function passesOn(rows: readonly Entry[], workspace: readonly Entry[]): boolean {
  return workspace.some(
    ({ email, phones: [phone = ''] }) =>
      email !== '' &&
      rows.some((row) => row.email === email) &&
      rows.some((row) => row.email !== email && row.phones.includes(phone)),
  );
}

/** Emails in any case, phones in three spellings: none of which makes anybody somebody else. */
function csvOf(rows: readonly Entry[], variants: readonly number[]): string {
  let at = 0;
  const variant = (): number => variants[at++ % variants.length] ?? 0;
  const spelled = (phone: string): string => {
    const national = phone.replace(/^\+44/, '');
    return [
      phone,
      `0${national.slice(0, 2)} ${national.slice(2)}`,
      `+44 (${national.slice(0, 2)}) ${national.slice(2)}`,
    ][variant()] as string;
  };
  const lines = rows.map(({ email, phones, name }) => {
    const cased = [email, email.toUpperCase(), ` ${email}`][variant()] ?? '';
    return [cased, name, ...[0, 1].map((n) => (phones[n] === undefined ? '' : spelled(phones[n])))].join(',');
  });
  return `Email,First name,Phone,Mobile\n${lines.join('\n')}\n`;
}

/** The rules of who is who, as plainly as they can be said; every pair is looked at. */
function modelOf(rows: readonly Entry[], workspace: readonly Entry[]): Someone[] {
  const all = [...rows.filter(({ email, phones }) => email !== '' || phones.length > 0), ...workspace];
  const areDifferent = (some: readonly Entry[]): boolean =>
    some.some((one) =>
      some.some((other) =>
        one.email !== '' && other.email !== ''
          ? one.email !== other.email
          : one.name !== '' && other.name !== '' && one.name !== other.name,
      ),
    );
  // Two contacts are two people, since none of them is in the workspace twice.
  const isDivided = (group: readonly Entry[]): boolean =>
    areDifferent(group) || group.filter(({ external }) => external).length > 1;
  const shared = new Set(PHONES.filter((phone) => areDifferent(all.filter(({ phones }) => phones.includes(phone)))));
  const isOne = (one: Entry, other: Entry): boolean =>
    (one.email !== '' && one.email === other.email) ||
    one.phones.some((phone) => !shared.has(phone) && other.phones.includes(phone));
  const componentsNow = (): Entry[][] =>
    componentsOf(
      all.filter(({ external, phones }) => external || !phones.some((phone) => shared.has(phone))),
      isOne,
    );
  // Who has a phone of a contact that is there and one of several different people would become that contact.
  for (let known = -1; known !== shared.size;) {
    known = shared.size;
    for (const group of componentsNow().filter(isDivided)) {
      const sent = group.filter(({ email, external }) => email !== '' && !external);
      const there = group.filter(({ email, external }) => email === '' && external);
      for (const { phones } of there) {
        for (const phone of phones) if (sent.some((row) => row.phones.includes(phone))) shared.add(phone);
      }
    }
  }
  const groups = componentsNow().flatMap((group) => {
    if (!isDivided(group)) return [group];
    const kept = group.filter(({ email, external }) => email !== '' || external);
    return componentsOf(kept, (one, other) => one.email !== '' && one.email === other.email);
  });
  return groups.map(personOf);
}

/** What the workspace comes to when the same file is imported night after night. */
function settled(rows: readonly Entry[], people: readonly Someone[]): Someone[] {
  const next = sorted(
    modelOf(
      rows,
      people.map((person) => ({ ...person, external: true })),
    ),
  );
  return JSON.stringify(next) === JSON.stringify(people) ? next : settled(rows, next);
}

function componentsOf(entries: readonly Entry[], isOne: (one: Entry, other: Entry) => boolean): Entry[][] {
  const left = new Set(entries);
  const components: Entry[][] = [];
  for (const entry of entries) {
    if (!left.delete(entry)) continue;
    const component = [entry];
    for (const member of component) {
      for (const other of left) {
        if (!isOne(member, other)) continue;
        left.delete(other);
        component.push(other);
      }
    }
    components.push(component.sort((a, b) => entries.indexOf(a) - entries.indexOf(b)));
  }
  return components;
}

function personOf(group: readonly Entry[]): Someone {
  const there = group.find(({ external }) => external);
  const sent = group.filter(({ external }) => !external);
  const phones = [...new Set(sent.flatMap((row) => row.phones))];
  const isHeld = phones.every((phone) => there?.phones.includes(phone));
  const primary = there?.email === '' ? there.phones.slice(0, 1) : [];
  return {
    email: group.find(({ email }) => email !== '')?.email ?? '',
    phones: isHeld ? (there?.phones ?? []) : [...new Set([...primary, ...phones])],
    name: sent.findLast(({ name }) => name !== '')?.name ?? there?.name ?? '',
  };
}

function peopleIn(
  contacts: readonly { emails: readonly unknown[]; phone_numbers: readonly unknown[]; first_name: string | null }[],
): Someone[] {
  return sorted(
    contacts.map(({ emails, phone_numbers: phones, first_name: name }) => {
      expect(emails.length).toBeLessThanOrEqual(1);
      return { email: emails.map(String).join(' '), phones: phones.map(String), name: name ?? '' };
    }),
  );
}

function sorted(people: readonly Someone[]): Someone[] {
  return people
    .map((person) => ({ ...person, phones: [...person.phones].sort() }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
