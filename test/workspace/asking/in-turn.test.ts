import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WireContact } from '../../../src/api/wire.js';
import type { Contact } from '../../../src/contact/contact.js';
import type { MappedRow } from '../../../src/mapping/compile/mapped-row.js';
import type { DecidedRows } from '../../../src/plan/decided-rows.js';
import { Roster } from '../../../src/plan/roster.js';
import { latestOf } from '../../../src/workspace/asking/latest.js';
import { LiveWorkspace } from '../../../src/workspace/live.js';
import type { LiveAsking } from '../../../src/workspace/reading-options.js';
import type { LiveOptions } from '../../../src/workspace/reading-options.js';

/** So large that the people of a small file are asked for. */
const TOTAL = 100_000;

/** A file of these rows, read once. */
function fileOf(rows: readonly Contact[]): LiveAsking {
  const roster = new Roster();
  for (const [at, contact] of rows.entries())
    roster.addRecord({ line: at + 2, contact, problems: [], omitted: [], notes: [] } as unknown as MappedRow);
  const rules = { sharedPhone: 'reject', sharedEmail: 'reject', duplicates: 'merge' } as const;
  return {
    rows: rows.length,
    roster,
    async *contacts() {
      await Promise.resolve();
      for (const [ordinal, contact] of rows.entries()) yield { ordinal, contact };
    },
    decide: (isOpen) => roster.decide(rules, isOpen),
  };
}

/** Asks a workspace of these, which is said to hold many more. */
function askingOf(stored: readonly WireContact[]): LiveOptions {
  const has = (contact: WireContact, text: string): boolean => JSON.stringify(contact).includes(text);
  return {
    client: {
      listContacts: (_page: number, { search = '' }: { readonly search?: string } = {}) => {
        const items = search === '' ? [] : stored.filter((contact) => has(contact, search));
        const total = search === '' ? TOTAL : items.length;
        return Promise.resolve({ items, pagination: { total, totalPages: 1 } });
      },
      getByEmail: (email: string) => Promise.resolve(stored.find((contact) => has(contact, `"${email}"`))),
    } as unknown as LiveOptions['client'],
    ...{ api: 'http://localhost', bot: 'b1', checkpoint: '/nowhere/c.jsonl' },
  };
}

/** By row: what is decided of it, and with whom of the workspace and of the file it is one contact; as text. */
function outcomesOf({ decisions, isWanted }: DecidedRows, rows: number): Map<number, string> {
  const roles = Array.from({ length: rows }, (_, row) => decisions.roleOf(row));
  const groups = new Map<number, number[]>();
  for (const [row, role] of roles.entries())
    if (role.kind === 'part') groups.set(role.group, [...(groups.get(role.group) ?? []), row]);
  const outcomes = new Map<number, string>();
  for (const [row, role] of roles.entries()) {
    if (isWanted?.(row) === false) continue;
    const together = role.kind === 'part' ? (groups.get(role.group) ?? []) : [];
    // Of a contact all rows come at once.
    if (!together.every((other) => isWanted?.(other) !== false)) throw new Error(`row ${row} came without others`);
    const external = role.kind === 'part' ? decisions.externalOf(role.group) : undefined;
    const passedOn = external === undefined ? [] : decisions.passedOnOf(external);
    outcomes.set(row, JSON.stringify(role.kind === 'part' ? { together, external, passedOn } : role));
  }
  return outcomes;
}

const name = fc.constantFrom('Ann Lee', 'Bob Kay', 'Cy Ray', undefined);
const some = (kind: (n: number) => string, most: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(kind), { maxLength: most });
const person = (most: number): fc.Arbitrary<{ emails: string[]; phone_numbers: string[]; first_name?: string }> =>
  fc
    .record({
      emails: some((n) => `p${n}@x.com`, most),
      phone_numbers: some((n) => `+4420794600${10 + n}`, most),
      name,
    })
    .map(({ name: given, ...points }) => ({ ...points, ...(given === undefined ? {} : { first_name: given }) }));

it('rows that are decided while others are asked for become what they become where all is known', async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        person(2).filter(({ emails, phone_numbers: phones }) => emails.length + phones.length > 0),
        {
          minLength: 30,
          maxLength: 60,
        },
      ),
      fc.array(person(3), { maxLength: 20 }),
      async (rows, people) => {
        // What two contacts have is known of one of them where it is an e-mail, or nobody of the file has it.
        const asked = new Set(rows.flatMap(({ phone_numbers: phones }) => phones));
        const taken = new Set<string>();
        const stored = people.map((one, at) => {
          const isFree = (point: string): boolean => asked.has(point) || taken.size < taken.add(point).size;
          return {
            id: `c${at}`,
            ...one,
            emails: one.emails.filter(isFree),
            phone_numbers: one.phone_numbers.filter(isFree),
          };
        });
        const whole = fileOf(rows);
        await LiveWorkspace.open(askingOf(stored), whole, {});
        const expected = outcomesOf({ decisions: whole.decide(false), isWanted: undefined }, rows.length);

        const inTurn = await LiveWorkspace.begin(askingOf(stored), fileOf(rows), {});
        const found = new Map<number, string>();
        let turns = 0;
        for await (const decided of inTurn.decided()) {
          turns++;
          for (const [row, outcome] of outcomesOf(decided, rows.length)) {
            if (found.has(row)) throw new Error(`row ${row} came twice`);
            found.set(row, outcome);
          }
        }
        most = Math.max(most, turns);
        expect(new Map([...found].sort(([a], [b]) => a - b))).toEqual(expected);
      },
    ),
    { numRuns: 20 },
  );
  expect(most).toBeGreaterThan(2);
});

it('what is asked meanwhile is not waited for, and the newest is given', async () => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  async function* source(): AsyncGenerator<number> {
    yield* [1, 2];
    await answered;
    yield* [3, 4];
    throw new Error('gone');
  }
  const given: number[] = [];
  const reading = async (): Promise<void> => {
    for await (const item of latestOf(source())) {
      given.push(item);
      if (item < 3) answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await expect(reading()).rejects.toThrow('gone');
  expect(given.at(-1)).toBe(4);
  expect(given[0]).toBeLessThan(3);
});
