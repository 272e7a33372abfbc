/** E-mails and phones that passed from one person to another between two runs. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts, type ImportResult } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import type { ImportEvent } from '../../src/run/events.js';
import { undoImport } from '../../src/run/undo/undo.js';
import type { SandboxContact, SandboxOptions } from '../../src/sandbox/index.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const plain = { live: false, unmapped: 'ignore' } as const;
const HEADER = 'Email,First name,Last name,Phone';
const [ONE, OTHER, THIRD, FOURTH] = ['+442079460001', '+442079460002', '+442079460003', '+442079460004'];
const ann = (phone: string): string => `ann@x.com,Ann,Lee,${phone}`;
const ben = (phone: string): string => `ben@x.com,Ben,Kay,${phone}`;
const cid = (phone: string): string => `cid@x.com,Cid,Moor,${phone}`;
const dan = (phone: string): string => `dan@x.com,Dan,Pike,${phone}`;

function file(...rows: string[]): string {
  return `${[HEADER, ...rows].join('\n')}\n`;
}

async function imported(rows: string[], options: SandboxOptions = {}): Promise<Workbench> {
  const bench = await workbench(file(...rows), options);
  expect((await bench.import(plain)).exitStatus).toBe(0);
  return bench;
}

function people({ sandbox }: Workbench): string[] {
  const all = sandbox.contacts().map(({ emails, first_name: name, phone_numbers: phones }) => {
    return `${emails.map(String).join()} ${name} ${phones.map(String).join()}`;
  });
  // Two writes at once arrive in any order.
  return all.sort();
}

describe('a phone that passed from one person of the file to another', () => {
  it.each(['keep', 'clear'] as const)(
    'takes nothing from either where a PATCH empties what it does not name, and an upsert may: %s',
    async (missingFields) => {
      const readings = { winner: 'phone', patchedFields: 'clear', missingFields } as const;
      const bench = await imported([ann(ONE), ben(OTHER)], { readings });
      const { apiUrl, key } = bench.api;
      for (const { id } of bench.sandbox.contacts()) {
        const { first_name, last_name, emails, phone_numbers } =
          bench.sandbox.contacts().find((one) => one.id === id) ?? {};
        const body = { first_name, last_name, emails, phone_numbers, job_title: 'CEO', tags: ['vip'] };
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        const { ok } = await fetch(`${apiUrl}/contacts/${id}`, {
          method: 'PATCH',
          headers,
          body: JSON.stringify(body),
        });
        expect(ok).toBe(true);
      }
      await bench.write(file(ann(OTHER), ben(ONE)));
      expect((await bench.import(plain)).exitStatus).toBe(0);
      expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER}`, `ben@x.com Ben ${ONE}`]);
      const theirs = bench.sandbox.contacts().map(({ job_title: title, tags, last_name: name }) => [title, tags, name]);
      expect(theirs.sort()).toEqual([
        ['CEO', ['vip'], 'Kay'],
        ['CEO', ['vip'], 'Lee'],
      ]);
    },
  );

  it('is nobody’s of whom Clarky rejected, and has not', async () => {
    const bench = await workbench(file(ann(ONE)), { faults: { forEmail: { 'ann@x.com': '422' } } });
    expect((await bench.import(plain)).summary).toMatchObject({ created: 0, rejected: 1 });
    await bench.write(file(ben(ONE)));
    expect((await bench.import(plain)).summary).toMatchObject({ created: 1, rejected: 0 });
    expect(people(bench)).toEqual([`ben@x.com Ben ${ONE}`]);
  });

  describe('where a PATCH empties what it does not name', () => {
    /** Their phones go round, with a title that no row names. @param onPatch the status of the change by its number, from 1 */
    async function passedRound(onPatch?: (nth: number) => number | undefined) {
      const [four, before, after] = [
        [ann, ben, cid, dan],
        [ONE, OTHER, THIRD, FOURTH],
        [OTHER, ONE, FOURTH, THIRD],
      ];
      const rows = (phones: string[]): string[] => four.map((one, at) => one(phones[at] ?? ''));
      const bench = await workbench(file(...rows(before)), { readings: { winner: 'phone', patchedFields: 'clear' } });
      bench.sandbox.seed(rows(before).map((row) => ({ emails: row.split(',').slice(0, 1), job_title: 'CEO' })));
      let [changes, warned] = [0, 0];
      const apiUrl = await behindProxy(
        bench,
        ({ method }) => Promise.resolve(void (changes += method === 'PATCH' ? 1 : 0)),
        (text) => text,
        (status, method) => (method === 'PATCH' ? (onPatch?.(changes) ?? status) : status),
      );
      expect((await bench.import({ ...plain, apiUrl })).exitStatus).toBe(0);
      await bench.write(file(...rows(after)));
      const onEvent = (event: ImportEvent): void => {
        if (event.type === 'warning' && event.code === 'clears_fields') warned++;
      };
      const result = await bench.import({ ...plain, apiUrl, concurrency: 1, onEvent });
      return { result, titles: bench.sandbox.contacts().map(({ job_title: title }) => title), changes, warned };
    }

    it('is changed twice once, and with all that it has from then on', async () => {
      const { result, titles, changes, warned } = await passedRound();
      expect([result.exitStatus, titles, changes, warned]).toEqual([0, ['CEO', 'CEO', 'CEO', 'CEO'], 5, 1]);
    });

    it('ends the import where what was emptied can not be given back', async () => {
      const { result, changes } = await passedRound((nth) => (nth > 1 ? 405 : undefined));
      expect([result.stoppedBy?.code, changes, result.summary.complete]).toEqual(['clears_fields', 2, false]);
    });
  });

  describe.each(['email', 'phone', 'newest', 'email-only'] as const)('where Clarky goes by %s', (winner) => {
    it.each([
      ['swapped', [ann(ONE), ben(OTHER)], [ann(OTHER), ben(ONE)]],
      ['moved on', [ann(ONE), ben(OTHER)], [ann(THIRD), ben(ONE)]],
      ['given to somebody new', [ann(ONE)], [ben(ONE), ann('')]],
      ['given to somebody without one', [ann(ONE), ben('')], [ben(ONE), ann(THIRD)]],
    ])('is sent where it was %s', async (_, before, after) => {
      const bench = await imported(before, { readings: { winner } });
      await bench.write(file(...after));
      const { summary, exitStatus } = await bench.import(plain);
      expect([summary.rejected, summary.created, exitStatus]).toEqual([0, 2 - before.length, 0]);
      const contacts = bench.sandbox.contacts();
      for (const row of after) {
        const [email = '', name, , phone = ''] = row.split(',');
        const [contact, ...others] = contacts.filter(({ emails }) => emails.includes(email));
        expect([contact?.first_name, others]).toEqual([name, []]);
        if (phone !== '') expect(contact?.phone_numbers).toContain(phone);
      }
      expect(contacts).toHaveLength(2);
      expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 2, rejected: 0, requests: 0 });
    });

    it('is sent with --live where Clarky has both', async () => {
      const bench = await imported([ann(ONE), ben(OTHER)], { readings: { winner } });
      await bench.write(file(ann(OTHER), ben(ONE)));
      expect(await bench.plan()).toMatchObject({ updated: 2, rejected: 0 });
      const { summary, exitStatus } = await bench.import({ unmapped: 'ignore', lists: 'replace' });
      expect([summary.updated, summary.rejected, exitStatus]).toEqual([2, 0, 0]);
      expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER}`, `ben@x.com Ben ${ONE}`]);
      expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ unchanged: 2, requests: 0 });

      await bench.write(file(ben(OTHER)));
      expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ updated: 0, rejected: 1 });
      expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER}`, `ben@x.com Ben ${ONE}`]);
      await undoImport({ file: bench.file, ...bench.api });
      expect(people(bench)).toEqual([`ann@x.com Ann ${ONE}`, `ben@x.com Ben ${OTHER}`]);
    });
  });

  it('stays with each where Clarky goes by the phone, and the one who had it has no other: later changes are of each', async () => {
    const bench = await imported([ann(ONE), ben(OTHER)], { readings: { winner: 'phone' } });
    await bench.write(file(ann(''), ben(ONE)));
    expect((await bench.import(plain)).exitStatus).toBe(0);
    await bench.write(file(ann(''), 'ben@x.com,Benjamin,Kay,' + ONE));
    const { summary, exitStatus } = await bench.import(plain);
    expect([summary.updated, exitStatus]).toEqual([1, 0]);
    expect(people(bench)).toEqual([`ann@x.com Ann ${ONE}`, `ben@x.com Benjamin ${ONE}`]);
  });

  it('turns nobody into another where --live joins it to a list of later, and Clarky goes by the phone', async () => {
    const bench = await imported([ann(ONE), ben('')], { readings: { winner: 'phone' } });
    for (const [phone, kept] of [
      [ONE, ONE],
      [THIRD, `${ONE},${THIRD}`],
    ] as const) {
      await bench.write(file(ann(''), ben(phone)));
      expect((await bench.import({ unmapped: 'ignore' })).exitStatus).toBe(0);
      expect(people(bench)).toEqual([`ann@x.com Ann ${ONE}`, `ben@x.com Ben ${kept}`]);
    }
  });

  it.each([
    ['is not in the file any more', [ann(ONE), ben(OTHER)], [ben(ONE)]],
    ['has no e-mail of its own', [`,Ann,Lee,${ONE}`, ben(OTHER)], [ann(THIRD), ben(ONE)]],
    ['is in the file as somebody else', [ann(ONE), ben(OTHER)], [`ann@x.com,Zoe,Day,${THIRD}`, ben(ONE)]],
    ['is followed by one without an e-mail', [ann(ONE), ben(OTHER)], [ann(THIRD), `,Cy,Day,${ONE}`]],
  ])('is held where the one who had it %s', async (_, before, after) => {
    const bench = await imported(before);
    await bench.write(file(...after));
    const { summary, exitStatus } = await bench.import(plain);
    expect(exitStatus).toBe(3);
    expect(summary.rejected).toBeGreaterThan(0);
    expect(people(bench).filter((person) => person.includes(ONE) && !person.includes('Ann'))).toEqual([]);
  });

  it('is not kept by the one who had it where --live joins lists, which plan says and undo takes back', async () => {
    const rows = [`ann@x.com,Ann,Lee,${ONE};${THIRD}`, ben(OTHER)];
    const bench = await imported(rows);
    await bench.write(file(ann(OTHER), ben(ONE)));
    const plan = await bench.plan();
    expect(plan.notes.join(' ')).toContain('2 contacts in Clarky do not keep a phone');
    const { summary, exitStatus } = await bench.import({ unmapped: 'ignore' });
    expect([summary.updated, exitStatus]).toEqual([2, 0]);
    expect(people(bench)).toEqual([`ann@x.com Ann ${THIRD},${OTHER}`, `ben@x.com Ben ${ONE}`]);
    expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ unchanged: 2, requests: 0 });
    await undoImport({ file: bench.file, ...bench.api });
    expect(people(bench)).toEqual([`ann@x.com Ann ${ONE},${THIRD}`, `ben@x.com Ben ${OTHER}`]);
  });

  it('turns nobody into another where two swap it whom Clarky had stored and answered as if it had not', async () => {
    const bench = await workbench(file(ann(ONE), ben(OTHER)), {
      readings: { winner: 'phone' },
      faults: { on: 'writes', at: [1, 2].map((request) => ({ request, kind: 'other-bot' as const })) },
    });
    expect((await bench.import(plain)).summary).toMatchObject({ rejected: 2 });
    const ids = new Map(bench.sandbox.contacts().map(({ id, first_name: name }) => [name, id]));
    await bench.write(file(ann(OTHER), ben(ONE)));
    expect((await bench.import(plain)).exitStatus).toBe(0);
    expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER}`, `ben@x.com Ben ${ONE}`]);
    for (const { id, first_name: name } of bench.sandbox.contacts()) expect(ids.get(name)).toBe(id);
  });

  it('is kept by whom a colleague gave it, and taken from whom an import gave it, be that long ago', async () => {
    const bench = await imported([ann(ONE), ben(OTHER)]);
    const { id = '' } = bench.byEmail('ann@x.com') ?? {};
    const headers = { authorization: `Bearer ${bench.sandbox.keys[0]}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ phone_numbers: [ONE, OTHER] });
    await fetch(`${bench.sandbox.url}/contacts/${id}`, { method: 'PATCH', headers, body });
    // What is joined now went out with Ann once, and some of it never.
    await bench.write(file(ann(THIRD), ben(OTHER)));
    await bench.import({ unmapped: 'ignore' });
    expect(people(bench)).toEqual([`ann@x.com Ann ${ONE},${OTHER},${THIRD}`, `ben@x.com Ben ${OTHER}`]);
    await bench.write(file(`ann@x.com,Anna,Lee,${THIRD}`, ben(ONE)));
    await bench.import({ unmapped: 'ignore' });
    expect(people(bench)).toEqual([`ann@x.com Anna ${OTHER},${THIRD}`, `ben@x.com Ben ${OTHER},${ONE}`]);
  });

  it.each([
    ['--keep-existing is given', { keepExisting: true }, [ann(OTHER), ben(ONE)]],
    ['their rows have no phone', {}, [ann(''), ben(ONE)]],
  ])('is kept by the one who had it where %s', async (_, options, after) => {
    const bench = await imported([ann(ONE), ben(OTHER)]);
    await bench.write(file(...after));
    await bench.import({ unmapped: 'ignore', ...options });
    expect(bench.byEmail('ann@x.com')?.phone_numbers).toContain(ONE);
  });

  it.each([
    ['goes from both to whom the file gives it with --lists replace', 'replace', 2, ['+442079460002', '+442079460001']],
    [
      'stays with both where lists are joined',
      'join',
      2,
      ['020 7946 0001,020 7946 0002', '020 7946 0001,020 7946 0002'],
    ],
  ] as const)('%s, where both have it in Clarky', async (_, lists, updated, [anns, bens]) => {
    const bench = await workbench(file(ann(OTHER), ben(ONE)));
    bench.sandbox.seed(
      ['ann', 'ben'].map((name) => ({
        emails: [`${name}@x.com`],
        first_name: name === 'ann' ? 'Ann' : 'Ben',
        phone_numbers: ['020 7946 0001', '020 7946 0002'],
      })),
    );
    const { summary, exitStatus } = await bench.import({ unmapped: 'ignore', country: 'GB', lists });
    expect([summary.updated, summary.rejected, exitStatus]).toEqual([updated, 0, 0]);
    expect(people(bench)).toEqual([`ann@x.com Ann ${anns}`, `ben@x.com Ben ${bens}`]);
  });

  describe('is not passed on by a list that merely does not name it with whom Clarky has with it', () => {
    /** Made by hand in Clarky: no list has them. */
    const made = (bens: string[] = [FOURTH]): Partial<SandboxContact>[] => [
      { first_name: 'Ann', last_name: 'Lee', emails: ['ann@x.com'], phone_numbers: [ONE, OTHER] },
      { first_name: 'Ben', last_name: 'Kay', emails: ['ben@x.com'], phone_numbers: bens },
    ];

    it.each(
      [
        ['another of her numbers', ann(OTHER)],
        ['a number that is new', ann(THIRD)],
        ['no number', ann('')],
      ].flatMap(([what = '', row = '']) => (['phone', 'email'] as const).map((winner) => [what, winner, row] as const)),
    )('with %s: Clarky goes by %s', async (_, winner, row) => {
      const bench = await workbench(file(row, ben(ONE)), { readings: { winner } });
      bench.sandbox.seed(made());
      const had = bench.byEmail('ben@x.com');
      expect(await bench.plan()).toMatchObject({ rejected: 1, reasons: { shared_phone: 1 } });
      for (const live of [true, false]) {
        const { summary, exitStatus } = await bench.import({ unmapped: 'ignore', live });
        expect([summary.rejected, summary.reasons, exitStatus]).toEqual([1, { shared_phone: 1 }, 3]);
        expect(bench.byEmail('ann@x.com')?.phone_numbers).toContain(ONE);
        expect(bench.byEmail('ben@x.com')).toEqual(had);
      }
    });

    it('though another list wrote it there, and this one before, but with a number of hers beside it', async () => {
      const bench = await imported([ann(OTHER), ben(FOURTH)]);
      const another = join(bench.folder, 'another.csv');
      await writeFile(another, file(`ann@x.com,Ann,Lee,${OTHER};${ONE}`));
      const state = { stateDir: join(bench.folder, 'state'), ...plain };
      expect((await importContacts({ file: another, ...bench.api, ...state })).exitStatus).toBe(0);
      await bench.write(file(ann(OTHER), ben(ONE)));
      const { summary } = await bench.import({ unmapped: 'ignore', stateDir: state.stateDir });
      expect(summary).toMatchObject({ rejected: 1, reasons: { shared_phone: 1 } });
      expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER},${ONE}`, `ben@x.com Ben ${FOURTH}`]);
    });

    it('unless --lists replace is given, and then plan and import say so', async () => {
      const bench = await workbench(file(ann(OTHER), ben(ONE)), { readings: { winner: 'phone' } });
      bench.sandbox.seed(made());
      const plan = await bench.plan({ lists: 'replace' });
      expect(plan).toMatchObject({ updated: 2, rejected: 0 });
      expect(plan.notes.join(' ')).toContain('1 contact in Clarky does not keep a phone');
      const { summary } = await bench.import({ unmapped: 'ignore', lists: 'replace' });
      expect(summary).toMatchObject({ updated: 2, rejected: 0 });
      expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER}`, `ben@x.com Ben ${ONE}`]);
      // Some of them changed the very contact.
      const methods = bench.sandbox.requests.map(({ method }) => method).filter((method) => method !== 'GET');
      expect(methods).toContain('PATCH');
      expect(summary.requests).toBe(methods.length);
    });
  });
});

describe('an e-mail or phone of somebody who went out before', () => {
  it('is left out with omit, and the rest of the row is sent', async () => {
    const omit = { ...plain, sharedPhone: 'omit', sharedEmail: 'omit' } as const;
    const bench = await imported([ann(ONE), `,Bea,Ray,${OTHER}`]);
    await bench.write(file(ben(ONE), `ann@x.com,Cy,Day,${THIRD}`, `,Dan,Fox,${OTHER}`));
    for (const expected of [
      { created: 2, unchanged: 0, rejected: 1 },
      { created: 0, unchanged: 2, rejected: 1 },
    ]) {
      const { summary, exitStatus } = await bench.import(omit);
      expect(summary).toMatchObject(expected);
      expect(exitStatus).toBe(3);
      expect(people(bench)).toEqual([` Bea ${OTHER}`, ` Cy ${THIRD}`, `ann@x.com Ann ${ONE}`, 'ben@x.com Ben ']);
    }
  });
});

describe('somebody known by a phone alone who gains an e-mail', () => {
  it.each([
    ['email', {}],
    ['phone', { live: false }],
    ['newest', { live: false }],
    ['email-only', {}],
    ['email-only', { live: false }],
  ] as const)('is once in Clarky, and has it, where Clarky goes by %s (%j)', async (winner, how) => {
    const options = { unmapped: 'ignore', ...how } as const;
    const bench = await imported([`,Ann,Lee,${ONE}`, ben(OTHER)], { readings: { winner } });
    await bench.write(file(ann(ONE), ben(OTHER)));
    const { summary, exitStatus } = await bench.import(options);
    expect([summary.updated, summary.unchanged, exitStatus]).toEqual([1, 1, 0]);
    expect(people(bench)).toEqual([`ann@x.com Ann ${ONE}`, `ben@x.com Ben ${OTHER}`]);
    expect((await bench.import(options)).summary).toMatchObject({ unchanged: 2, requests: 0 });
  });
});

describe('somebody of whom only the second phone is still the same', () => {
  it.each(['email', 'phone', 'newest', 'email-only'] as const)(
    'is the same person, unless the name is clearly another: Clarky goes by %s',
    async (winner) => {
      const rows = (name: string, email: string, phones: string): string => file(`${email},${name},"${phones}"`);
      const bench = await workbench(rows('Ann,Lee', 'ann@x.com', `${ONE}, ${OTHER}`), { readings: { winner } });
      await bench.import(plain);
      await bench.write(rows('Zoe,Day', 'new@x.com', OTHER));
      expect((await bench.import(plain)).summary).toMatchObject({ rejected: 1, requests: 0 });
      for (const [email, phones] of [
        ['new@x.com', OTHER],
        ['newer@x.com', `${THIRD}, ${OTHER}`],
      ] as const) {
        await bench.write(rows('Ann,Lee', email, phones));
        expect((await bench.import(plain)).summary).toMatchObject({ created: 0, updated: 1, rejected: 0 });
        const [contact, ...others] = bench.sandbox.contacts();
        expect([contact?.emails.includes(email), others]).toEqual([true, []]);
      }
    },
  );
});

describe('a name that is another in the next file', () => {
  const corrected = [
    ['Ada', 'Lovelace', 'Adah', 'Lovelace'],
    ['Jhon', 'Smith', 'John', 'Smith'],
    ['Krzysztof', 'Nowak', 'Krzys', 'Nowak'],
    ['Robert', 'Bell', 'Bob', 'Bell'],
    ['Ann', 'Lee', 'Ann', 'Miller'],
    ['M.', 'Curie', 'Marie', 'Curie'],
    ['Hans', 'Müller', 'Mueller', 'Hans'],
    ['Anna Maria', 'Kowalska Nowak', 'Maria', 'Kowalska'],
  ];
  const others = [
    ['John', 'Kay', 'Mary', 'Kay'],
    ['Ines', 'Gil', 'Olga', 'Gil'],
    ['J.', 'Ford', 'Mary', 'Ford'],
    ['Tom', 'Ray', 'Tim', 'Ray'],
  ];
  const rows = (at: 0 | 2, domain: string): string[] =>
    [...corrected, ...others].map((name, nth) => `p${nth}@${domain},${name[at]},${name[at + 1]},`);

  it('is judged as within a file: a correction is sent, clearly another person is held', async () => {
    const within = await workbench(file(...rows(0, 'x.com'), ...rows(2, 'x.com')));
    expect((await within.import(plain)).summary).toMatchObject({
      created: corrected.length,
      merged: corrected.length,
      rejected: 2 * others.length,
    });
    const bench = await imported(rows(0, 'y.com'));
    await bench.write(file(...rows(2, 'y.com')));
    const expected = { updated: corrected.length, rejected: others.length, created: 0 };
    expect(await planContacts({ file: bench.file, apiUrl: bench.sandbox.url })).toMatchObject(expected);
    const { summary, exitStatus } = await bench.import(plain);
    expect(summary).toMatchObject(expected);
    expect(exitStatus).toBe(3);
    expect(bench.byEmail('p0@y.com')?.first_name).toBe('Adah');
    expect(bench.byEmail('p8@y.com')?.first_name).toBe('John');
    // What stands in the file is what it is compared with next time.
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: corrected.length, requests: 0 });
    await bench.write(file(...rows(0, 'y.com')));
    expect((await bench.import(plain)).summary).toMatchObject({ rejected: 0, unchanged: others.length });
  });

  it('is no other person’s where only the phone is left and all of the name may be one person’s', async () => {
    const bench = await imported([`,Ada,Lovelace,${ONE}`, `,Ann,Lee,${OTHER}`]);
    await bench.write(file(`,Adah,Lovelace,${ONE}`, `,Ann,Miller,${OTHER}`));
    expect((await bench.import(plain)).summary).toMatchObject({ updated: 1, rejected: 1 });
    expect(people(bench)).toEqual([` Adah ${ONE}`, ` Ann ${OTHER}`]);
  });
});

describe('rows that have nothing in common and were sent as one contact', () => {
  const whole = `ann@x.com,Ann,Lee,${ONE}`;
  const byEmail = 'ann@x.com,Ann,Lee,';
  const byPhone = `,Ann,Lee-Day,${ONE}`;

  it.each([
    ['e-mail first', [byEmail, byPhone]],
    ['phone first', [byPhone, byEmail]],
    ['and others beside them', [ben(OTHER), byPhone, `,Cy,Day,${THIRD}`, byEmail]],
  ])('are both sent once, %s, and unchanged from then on', async (_, rows) => {
    const bench = await imported([whole, ben(OTHER)]);
    await bench.write(file(...rows));
    expect((await bench.import(plain)).summary).toMatchObject({ rejected: 0, pending: 0 });
    const { summary, exitStatus } = await bench.import(plain);
    expect(summary).toMatchObject({ unchanged: rows.length, requests: 0 });
    expect(exitStatus).toBe(0);
    expect(await planContacts({ file: bench.file, apiUrl: bench.sandbox.url })).toMatchObject({
      unchanged: rows.length,
    });
    expect(bench.sandbox.contacts().filter(({ emails }) => emails.includes('ann@x.com'))).toHaveLength(1);
  });

  it('are sent again where one of them changes, or is gone', async () => {
    const bench = await imported([whole]);
    await bench.write(file(byEmail, byPhone));
    await bench.import(plain);
    await bench.write(file('ann@x.com,Anna,Lee,', byPhone));
    expect((await bench.import(plain)).summary).toMatchObject({ updated: 2 });
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 2 });
    await bench.write(file(byEmail));
    expect((await bench.import(plain)).summary).toMatchObject({ updated: 1 });
    expect(people(bench)).toEqual([`ann@x.com Ann ${ONE}`]);
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 1 });
  });
});

describe('a phone that passes on in two lists', () => {
  const list = async (bench: Workbench, name: string, ...rows: string[]): Promise<ImportResult> => {
    const path = join(bench.folder, `${name}.csv`);
    await writeFile(path, file(...rows));
    return importContacts({ file: path, ...bench.api, ...plain, stateDir: join(bench.folder, 'state') });
  };

  it.each(['email', 'phone', 'newest', 'email-only'] as const)(
    'turns nobody into another where the second list knows nothing of who had it (by %s)',
    async (winner) => {
      const bench = await workbench('', { readings: { winner } });
      await list(bench, 'b', ben(OTHER), ann(ONE));
      await list(bench, 'a', ann(ONE));
      await list(bench, 'b', ben(''), ann(OTHER));
      const { exitStatus } = await list(bench, 'a', ann(OTHER));
      expect(exitStatus).toBe(0);
      expect(people(bench)).toEqual([`ann@x.com Ann ${OTHER}`, `ben@x.com Ben ${OTHER}`]);
    },
  );

  it('goes to whom another list has sent with another e-mail first, and makes no second contact of them', async () => {
    const bench = await workbench('');
    const two = join(bench.folder, 'b.csv');
    await writeFile(two, 'Email,Email 2,First name,Last name\nann@x.com,ann2@x.com,Ann,Lee\n');
    await importContacts({ file: two, ...bench.api, ...plain, stateDir: join(bench.folder, 'state') });
    await list(bench, 'a', ben(ONE));
    const { summary } = await list(bench, 'a', ben(OTHER), `ann2@x.com,Ann,Lee,${ONE}`);
    expect([summary.created, summary.updated]).toEqual([0, 2]);
    expect(people(bench)).toEqual([`ann@x.com,ann2@x.com Ann ${ONE}`, `ben@x.com Ben ${OTHER}`]);
  });

  it.each(['phone', 'email', 'newest'] as const)(
    'stays with whom a newer list gave it, where an older one has it still: Clarky goes by %s',
    async (winner) => {
      const bench = await workbench('', { readings: { winner } });
      await list(bench, 'old', ann(ONE));
      await list(bench, 'new', ann(THIRD), ben(ONE));
      const { summary, exitStatus } = await list(bench, 'old', `ann@x.com;ann@y.com,Ann,Lee,${ONE}`);
      expect([summary.updated, summary.rejected, exitStatus]).toEqual([1, 0, 0]);
      expect(people(bench)).toEqual([`ann@x.com,ann@y.com Ann ${ONE}`, `ben@x.com Ben ${ONE}`]);
    },
  );

  it('is no e-mail to write over somebody by, to whom a newer list gave it', async () => {
    const bench = await workbench('', { readings: { emailMatch: 'any', winner: 'newest' } });
    await list(bench, 'old', 'ann@x.com;office@x.com,Ann,Lee,');
    await list(bench, 'new', ann(''));
    // In Clarky a colleague has taken it from her.
    const [{ id = '' } = {}] = bench.sandbox.contacts();
    const headers = { authorization: `Bearer ${bench.api.key}`, 'content-type': 'application/json' };
    const change = { method: 'PATCH', headers, body: '{"emails":["ann@x.com"]}' };
    expect((await fetch(`${bench.api.apiUrl}/contacts/${id}`, change)).ok).toBe(true);
    await list(bench, 'new', ann(''), 'office@x.com,Ben,Kay,');
    const before = people(bench);
    expect(before).toHaveLength(2);
    const { summary, exitStatus } = await list(bench, 'old', `ann@x.com;office@x.com,Ann,Lee,${ONE}`);
    expect([summary.updated, summary.rejected, exitStatus]).toEqual([0, 1, 3]);
    expect(people(bench)).toEqual(before);
  });

  it('is sent along with --live, where Clarky clears what is left out, to the one who had it alone', async () => {
    const bench = await imported([ben(OTHER), ann(ONE)], {
      readings: { winner: 'phone', missingFields: 'clear', phoneMatch: 'any' },
    });
    await bench.write(file('ben@x.com,Benno,Kay,', ann(ONE)));
    expect((await bench.import({ unmapped: 'ignore' })).exitStatus).toBe(0);
    // It is known by now that Clarky clears; Ben has Ann's phone before she is written.
    await bench.write(file(`ben@x.com,Benno,Kay,${ONE}`, 'ann@x.com,Anna,Lee,'));
    const { summary, exitStatus } = await bench.import({ unmapped: 'ignore', concurrency: 1 });
    expect([summary.updated, exitStatus]).toEqual([2, 0]);
    const names = bench.sandbox.contacts().map(({ first_name: name }) => name);
    expect(names.sort()).toEqual(['Anna', 'Benno']);
    expect(bench.byEmail('ben@x.com')?.phone_numbers).toContain(ONE);
  });

  it('is given back, where Clarky clears what is left out, to the one who had it alone', async () => {
    const bench = await imported([ann(ONE), ben(OTHER)], { readings: { winner: 'phone', missingFields: 'clear' } });
    await bench.write(file('ann@x.com,Anna,Lee,', ben(OTHER), `cy@x.com,Cy,Day,${ONE}`));
    const { summary, exitStatus } = await bench.import(plain);
    expect([summary.created, summary.updated, exitStatus]).toEqual([1, 1, 0]);
    expect(people(bench)).toEqual([`ann@x.com Anna ${ONE}`, `ben@x.com Ben ${OTHER}`, `cy@x.com Cy ${ONE}`]);
  });
});

describe('a phone or e-mail that several contacts of the workspace have', () => {
  const chris = { first_name: 'Chris', last_name: 'Pren', emails: ['chris@x.com'], phone_numbers: [ONE] };
  const ken = { first_name: 'Ken', last_name: 'Rosen', emails: ['ken@x.com'], phone_numbers: [ONE], tags: ['vip'] };
  const row = `chris@x.com,Chris,Pren,${OTHER}`;

  it.each([
    ['email', 'keep'],
    ['phone', 'keep'],
    ['newest', 'keep'],
    ['email-only', 'keep'],
    ['phone', 'clear'],
    ['newest', 'clear'],
  ] as const)('stays with each of them where one gains another (by %s, %s)', async (winner, missingFields) => {
    const bench = await workbench(file(row), { readings: { winner, missingFields } });
    bench.sandbox.seed([ken, chris]);
    const { summary, exitStatus } = await bench.import({ unmapped: 'ignore' });
    expect([summary.updated, summary.rejected, exitStatus]).toEqual([1, 0, 0]);
    expect(people(bench)).toEqual([`chris@x.com Chris ${ONE},${OTHER}`, `ken@x.com Ken ${ONE}`]);
    expect(bench.byEmail('ken@x.com')?.tags).toEqual(['vip']);
    await undoImport({ file: bench.file, ...bench.api });
    expect(people(bench)).toEqual([`chris@x.com Chris ${ONE}`, `ken@x.com Ken ${ONE}`]);
  });

  it.each(['email', 'phone'] as const)(
    'keeps the row back where Clarky lets no contact be changed (by %s)',
    async (winner) => {
      const bench = await workbench(file(row, ben(THIRD)), { readings: { winner } });
      bench.sandbox.seed([ken, chris]);
      const before = people(bench);
      const { url, close } = await withoutPatch(bench);
      const { summary, exitStatus } = await bench.import({ unmapped: 'ignore', apiUrl: url });
      expect([summary.created, summary.updated, summary.reasons, exitStatus]).toEqual([1, 0, { shared_phone: 1 }, 3]);
      expect(people(bench)).toEqual([...before, `ben@x.com Ben ${THIRD}`].sort());
      // Where it does, the next import goes on with the row.
      expect((await bench.import({ unmapped: 'ignore', apiUrl: url })).summary.rejected).toBe(1);
      await close();
    },
  );
});

/** The bench's Clarky behind an address that takes no PATCH. */
async function withoutPatch({ sandbox }: Workbench): Promise<{ url: string; close: () => Promise<void> }> {
  const front = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://x');
    if (request.method === 'PATCH') return void response.writeHead(405).end();
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
      const headers = { authorization, 'content-type': type };
      void fetch(`${sandbox.url}${pathname}${search}`, { method: request.method ?? 'GET', headers, ...body }).then(
        async (answer) => {
          response.writeHead(answer.status, {
            'content-type': answer.headers.get('content-type') ?? 'application/json',
          });
          response.end(await answer.text());
        },
      );
    });
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  const close = (): Promise<void> => {
    front.closeAllConnections();
    return new Promise((resolve) => front.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
