import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planInWords } from '../../src/cli/views/plan-words.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { behindProxy, workbench } from './workbench.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

const TWO = 'Email,First name,Phone,Company\nada@x.com,Ada,+442079460001,Engines\nbob@x.com,Bob,+442079460002,Bricks\n';

describe('import --live', () => {
  it('writes only what the workspace does not hold, whatever form it holds it in', async () => {
    const bench = await workbench(TWO);
    bench.sandbox.seed([
      { emails: ['Ada@X.com'], first_name: 'Ada', phone_numbers: ['020 7946 0001'], company: 'Engines', notes: 'VIP' },
      { emails: ['bob@x.com'], first_name: 'Bob', company: 'Old' },
    ]);
    const { summary } = await bench.import({ country: 'GB' });
    expect(summary).toMatchObject({ created: 0, updated: 1, unchanged: 1, rejected: 0, pending: 0 });
    expect(bench.traffic().writes).toBe(1);
    expect(bench.byEmail('bob@x.com')).toMatchObject({ company: 'Bricks', phone_numbers: ['+442079460002'] });
    expect(bench.byEmail('Ada@X.com')).toMatchObject({ notes: 'VIP', internal: { writes: 1 } });
    // What was found unchanged is known from now on, without reading the workspace.
    const again = await bench.import({ live: false, country: 'GB' });
    expect(again.summary).toMatchObject({ unchanged: 2, requests: 0 });
  });

  it('knows everybody whose e-mail stands there as others write it', async () => {
    const bench = await workbench('Email,Company\nada@x.com,New\nbob@x.com,New\n');
    bench.sandbox.seed([
      { emails: ['mailto:ada@x.com'], company: 'Old' },
      { emails: ['<Bob@x.com>'], company: 'Old' },
    ]);
    expect(await bench.plan()).toMatchObject({ created: 0, updated: 2 });
  });

  it('takes a contact of another bot for one that is yet to be sent, unless what is there is to be kept', async () => {
    const bench = await workbench('Email,First name\nada@x.com,Ada\nbob@x.com,Bob\n', { bots: 2 });
    const [one = '', two = ''] = bench.sandbox.botIds;
    bench.sandbox.seed([{ emails: ['ada@x.com'], first_name: 'Ada', bot_id: one }]);
    bench.sandbox.seed([{ emails: ['bob@x.com'], first_name: 'Bob', bot_id: two }]);
    expect((await bench.import({ bot: two, keepExisting: true })).summary).toMatchObject({ updated: 0, unchanged: 2 });
    expect((await bench.import({ bot: one, keepExisting: false })).summary).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await bench.import({ bot: two })).summary).toMatchObject({ updated: 2, unchanged: 0 });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ bot_id: two });
    const undone = await undoImport({ file: bench.file, ...bench.api, bot: two, confirm: () => Promise.resolve(true) });
    expect(undone).toMatchObject({ setBack: 2, left: [] });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ bot_id: one });
  });

  it('holds the rows whose phone belongs to somebody else in the workspace, and leaves that person alone', async () => {
    const bench = await workbench(`${TWO}cy@x.com,Cy,+442079460009,\n,Dora,+442079460009,\n`);
    const [eve] = bench.sandbox.seed([{ emails: ['eve@x.com'], first_name: 'Eve', phone_numbers: ['+442079460009'] }]);
    const { summary, exitStatus } = await bench.import();
    expect(summary).toMatchObject({ created: 2, rejected: 2 });
    expect(exitStatus).toBe(3);
    expect(bench.byEmail('eve@x.com')).toEqual(eve);
    const rejects = await readFile(`${bench.file}.rejected.csv`, 'utf8');
    expect(rejects).toContain('different names: lines 4 and 5 and a contact in the workspace');
  });

  it('names no other line where a row is held for the workspace alone', async () => {
    const bench = await workbench('Email,First name,Phone\ncy@x.com,Cy,+442079460009\n');
    bench.sandbox.seed([{ emails: ['eve@x.com'], first_name: 'Eve', phone_numbers: ['+442079460009'] }]);
    expect((await bench.import()).summary).toMatchObject({ rejected: 1, requests: 0 });
    const rejects = await readFile(`${bench.file}.rejected.csv`, 'utf8');
    expect(rejects).toContain(
      'this row and a contact in the workspace, ""Cy"" and ""Eve"", have +442079460009 (Phone). Clarky',
    );
  });

  it('keeps what a list holds beyond the file, where the file adds nothing to it', async () => {
    const bench = await workbench('Email,Company,Tags\nada@x.com,New,lead\n');
    bench.sandbox.seed([{ emails: ['ada@x.com', 'ada@home.org'], company: 'Old', tags: ['vip', 'lead'] }]);
    await bench.import();
    expect(bench.byEmail('ada@x.com')).toMatchObject({
      company: 'New',
      emails: ['ada@x.com', 'ada@home.org'],
      tags: ['vip', 'lead'],
    });
  });

  it.each([
    [
      { tags: ['vip', 'hot'], emails: ['bob@x.com', 'bob@new.org'] },
      { tags: ['vip', 'hot', 'new'], company: 'New' },
      0,
    ],
    [{ company: 'Theirs' }, { company: 'Theirs' }, 0, true],
    [{ first_name: 'Zelda', last_name: 'Quux', emails: ['z@z.com'] }, { first_name: 'Zelda', company: null }, 3],
    ['DELETE', undefined, 3],
  ] as const)(
    'leaves to others what they do while it writes: %j',
    async (change, expected, exit, ...[keepExisting]) => {
      const rows = ['ada@x.com,Ada,Ek,+442079460001', 'bob@x.com,Bob,Dahl,+442079460002'];
      const bench = await workbench(
        `Email,First name,Last name,Phone,Company,Tags\n${rows.map((row) => `${row},New,new\n`).join('')}`,
      );
      const [, bob] = bench.sandbox.seed(
        rows.map((row) => {
          const [email = '', first_name = '', last_name = '', phone = ''] = row.split(',');
          return { emails: [email], first_name, last_name, phone_numbers: [phone], tags: ['vip'] };
        }),
      );
      const url = `${bench.sandbox.url}/contacts/${bob?.id ?? ''}`;
      const headers = { authorization: `Bearer ${bench.sandbox.key}`, 'content-type': 'application/json' };
      const theirs = (): Promise<unknown> =>
        change === 'DELETE'
          ? fetch(url, { method: 'DELETE', headers }).then(() =>
              bench.sandbox.seed([{ first_name: 'Zelda', last_name: 'Quux', phone_numbers: ['+442079460002'] }]),
            )
          : fetch(url, { method: 'PATCH', headers, body: JSON.stringify(change) });
      let done: Promise<unknown> | undefined;
      const apiUrl = await behindProxy(bench, async ({ method }) => {
        if (method === 'POST') await (done ??= theirs());
      });
      const { exitStatus } = await bench.import({ apiUrl, concurrency: 1, keepExisting: keepExisting === true });
      expect(exitStatus).toBe(exit);
      const now = bench.sandbox.contacts().find(({ id }) => id === bob?.id);
      if (expected === undefined) expect(now).toBeUndefined();
      else expect(now).toMatchObject(expected);
      expect(bench.sandbox.contacts().filter((one) => one.first_name === 'Zelda')).toHaveLength(exit === 3 ? 1 : 0);
    },
  );

  it('decides six rows as the contract says', async () => {
    const bench = await workbench(
      [
        'Email,First name,Phone',
        'ann@x.com,Ann,+442079460100',
        'ben@x.com,Ben,+442079460100',
        'cat@x.com,Cat,+442079460003',
        'CAT@x.com,Cat,+442079460003',
        ',Dan,',
        'nonsense,Eli,+442079460005',
        '',
      ].join('\n'),
    );
    const office = bench.sandbox.seed([
      { emails: ['ann@x.com'], first_name: 'Ann', phone_numbers: ['+442079460100'] },
      { emails: ['ben@x.com'], first_name: 'Ben', phone_numbers: ['+442079460100'] },
    ]);
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ rows: 6, contacts: 1, created: 1, merged: 1, rejected: 4, pending: 0 });
    expect(bench.sandbox.contacts().slice(0, 2)).toEqual(office);
    expect(bench.traffic().writes).toBe(1);
  });

  it('sends a value that was flipped to another and back, and never empties a field', async () => {
    const bench = await workbench('Email,Company,Job title\nada@x.com,A,Boss\n');
    for (const company of ['A', 'B', 'A']) {
      await bench.write(`Email,Company,Job title\nada@x.com,${company},${company === 'A' ? 'Boss' : ''}\n`);
      const { summary } = await bench.import();
      expect(summary.created + summary.updated).toBe(1);
      expect(bench.byEmail('ada@x.com')).toMatchObject({ company, job_title: 'Boss' });
    }
  });

  it('repairs, with --resend, what somebody changed in Clarky, and nothing else', async () => {
    const bench = await workbench(TWO);
    await bench.import();
    const changed = { emails: ['bob@x.com'], company: 'Elsewhere' };
    await postUpsert(bench, changed);
    bench.traffic();
    expect((await bench.import()).summary).toMatchObject({ unchanged: 2, requests: 0 });
    expect((await bench.import({ resend: true })).summary).toMatchObject({ unchanged: 1, updated: 1, requests: 1 });
    expect(bench.byEmail('bob@x.com')).toMatchObject({ company: 'Bricks' });
  });

  it('reads 1,000 contacts in about 10 reads and writes the 10 that differ; then only what changed', async () => {
    const people = Array.from({ length: 1000 }, (_, n) => ({
      emails: [`person${n}@x.com`],
      first_name: `Person ${n}`,
      company: n % 100 === 7 ? 'Old' : 'Same',
    }));
    const rows = people.map(({ emails, first_name: name }) => `${emails[0] ?? ''},${name},Same`);
    const bench = await workbench(`Email,First name,Company\n${rows.join('\n')}\n`, { keepBodies: false });
    bench.sandbox.seed(people);
    const plan = await bench.plan();
    expect(plan).toMatchObject({ created: 0, updated: 10, unchanged: 990, requests: 10 });
    expect(plan.changes).toHaveLength(10);
    const first = bench.traffic();
    expect(first.writes).toBe(0);
    expect(first.reads).toBeGreaterThanOrEqual(10);
    expect(first.reads).toBeLessThanOrEqual(15);

    const { summary } = await bench.import();
    expect(summary).toMatchObject({ created: 0, updated: 10, unchanged: 990, requests: 10 });
    const second = bench.traffic();
    expect(second.writes).toBe(10);
    // Each that is changed is looked at once more before.
    expect(second.reads - second.writes).toBeLessThanOrEqual(6);
  });
});

describe('plan --live --diff', () => {
  it('reads the Clarky that is named for all of it where none is named for the reading alone', async () => {
    const bench = await workbench(TWO);
    const { apiUrl, key } = bench.api;
    const plan = await planContacts({ file: bench.file, apiUrl, live: { key, stateDir: false } });
    expect(plan).toMatchObject({ created: 2, api: apiUrl, live: true });
  });

  it('says exactly what would be created, updated and left, and which fields would change, and writes nothing', async () => {
    const bench = await workbench(`${TWO}cy@x.com,Cy,,\n`);
    bench.sandbox.seed([
      { emails: ['ada@x.com'], first_name: 'Ada', phone_numbers: ['+442079460001'], company: 'Engines' },
      { emails: ['bob@x.com'], first_name: 'Bob', company: `${'Long '.repeat(30)}\u001b[2J` },
    ]);
    const plan = await bench.plan();
    expect(plan).toMatchObject({ created: 1, updated: 1, unchanged: 1, requests: 2, live: true });
    expect(plan.changes).toEqual([
      {
        lines: [3],
        contactId: 'con_00000002',
        differences: [
          { field: 'company', expected: 'Bricks', found: expect.stringContaining('Long') as string },
          { field: 'phone_numbers', expected: ['+442079460002'], found: [] },
        ],
      },
    ]);
    expect(bench.traffic().writes).toBe(0);
    const words = planInWords(plan, 80);
    expect(words).toMatch(/^ {4}phone_numbers {4}\(nothing\) → \+442079460002$/m);
    expect(words).not.toContain('\u001b');
    for (const line of words.split('\n').filter((text) => text.includes('→')))
      expect(line.length).toBeLessThanOrEqual(80);
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ created: 1, updated: 1, unchanged: 1, requests: 2 });
  });

  it.each([
    ['join', ['+4915111111111', '+4915122222222', '+4915133333333'], ['vip', 'drei']],
    ['replace', ['+4915133333333'], ['drei']],
  ] as const)('shows lists as an import that is to %s them leaves them', async (lists, phones, tags) => {
    const bench = await workbench('Email,Phone,Tags\nkarl@x.de,+4915133333333,drei\n');
    bench.sandbox.seed([{ emails: ['karl@x.de'], phone_numbers: ['+4915111111111', '+4915122222222'], tags: ['vip'] }]);
    const plan = await planContacts({ file: bench.file, live: bench.api, diff: true, lists });
    const shown = plan.changes?.flatMap(({ differences }) => differences.map(({ expected }) => expected));
    expect(shown).toEqual([phones, tags]);
    await bench.import({ lists });
    expect(bench.byEmail('karl@x.de')).toMatchObject({ phone_numbers: phones, tags });
  });
});

describe('a small file and a large workspace', () => {
  it('asks for its people instead of listing all, and updates, adds and leaves them as ever', async () => {
    const people = Array.from({ length: 5000 }, (_, n) => ({ emails: [`person${n}@x.com`], company: 'Same' }));
    const rows = Array.from({ length: 20 }, (_, n) => `person${n * 7}@x.com,${n < 5 ? 'New' : 'Same'}`);
    const bench = await workbench(`Email,Company\n${[...rows, 'new@x.com,New'].join('\n')}\n`, { keepBodies: false });
    bench.sandbox.seed(people);
    expect(await bench.plan()).toMatchObject({ created: 1, updated: 5, unchanged: 15 });
    expect(bench.traffic().reads).toBeLessThanOrEqual(24);
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ created: 1, updated: 5, unchanged: 15, requests: 6 });
    expect(bench.traffic().reads).toBeLessThanOrEqual(24);
  });
});

describe('a small file with phones and a large workspace', () => {
  const phone = (n: number): string => `+4474${String(n).padStart(8, '0')}`;
  const OTHERS = Array.from({ length: 9000 }, (_, n) => ({
    emails: [`other${n}@x.com`],
    phone_numbers: [phone(n * 7)],
  }));
  const HEAD = 'Email,Phone,Company\n';

  it('asks with one search for the phones of several rows, and leaves alone who has one of them', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `new${n}@x.com,${phone(500_000 + n)},Own`);
    const bench = await workbench(`${HEAD}${rows.join('\n')}\n`, { keepBodies: false });
    bench.sandbox.seed([...OTHERS, { emails: ['eve@x.com'], company: 'Hers', phone_numbers: [phone(500_007)] }]);
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ created: 39, rejected: 1 });
    expect(bench.byEmail('eve@x.com')).toMatchObject({ company: 'Hers' });
    // The key, the first page, what a search finds of e-mails and of phones, 40 e-mails, all phones.
    expect(bench.traffic().reads).toBe(45);
  });

  it('does not ask whose the phone of a row is where nothing is sent of it', async () => {
    // Far apart, so that no search answers for two.
    const rows = Array.from({ length: 20 }, (_, n) => `other${n * 400 + 200}@x.com,${phone((n * 400 + 200) * 7)},Same`);
    const bench = await workbench(`${HEAD}${rows.join('\n')}\n`, { keepBodies: false });
    bench.sandbox.seed(OTHERS.map((one) => ({ ...one, company: 'Same' })));
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ unchanged: 20, requests: 0 });
    expect(bench.traffic().reads).toBeLessThanOrEqual(20 + 10);
  });

  it('asks with one search for the e-mails of several rows, and finds who has one of them among others', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `person${n}@own${n}.com,,${n === 7 ? 'Her' : 'Own'}`);
    const bench = await workbench(`${HEAD}${rows.join('\n')}\n`, { keepBodies: false });
    bench.sandbox.seed([
      ...OTHERS,
      { emails: ['eve@x.com', 'Person7@own7.com'], city: 'Rome', company: 'Her' },
      { emails: ['person8@own8.com'], company: 'Own' },
    ]);
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ created: 38, unchanged: 2 });
    // The key, the first page, what a search finds, all e-mails.
    expect(bench.traffic().reads).toBe(4);
  });

  it.each(['phone', 'newest'] as const)(
    'does not write where somebody else has the phone too, should Clarky go by the %s',
    async (winner) => {
      const bench = await workbench(`${HEAD}ann@x.com,${phone(3)},New\n`, { keepBodies: false, readings: { winner } });
      const shared = { phone_numbers: [phone(3)], company: 'Old' };
      const ann = { emails: ['ann@x.com'], first_name: 'Ann', ...shared };
      const bob = { emails: ['bob@x.com'], first_name: 'Bob', ...shared };
      bench.sandbox.seed([...OTHERS.slice(0, 4000), bob, ann, { ...bob, emails: ['rob@x.com'] }]);
      expect((await bench.import()).summary).toMatchObject({ updated: 0, rejected: 1 });
      expect(bench.byEmail('bob@x.com')).toMatchObject({ company: 'Old' });
    },
  );
});

describe('a search that misses phones as the workspace spells them', () => {
  const PEOPLE = Array.from({ length: 4000 }, (_, n) => ({ emails: [`person${n}@x.com`] }));
  const EVE = { emails: ['eve@x.com'], first_name: 'Eve', last_name: 'Ray', phone_numbers: ['+44 20 7946 0001'] };
  const BOB = 'Email,First name,Last name,Phone\nbob@x.com,Bob,Kay,+442079460001\n';

  it('is noticed by somebody who is known, and the workspace is listed: who has a phone of a small file is found', async () => {
    const bench = await workbench(BOB, { keepBodies: false });
    const known = { emails: ['ann@x.com'], phone_numbers: ['+442079460007', '+44 20 7946 0008'] };
    bench.sandbox.seed([known, ...PEOPLE, EVE]);
    expect((await bench.import()).summary).toMatchObject({ created: 0, rejected: 1 });
    expect(bench.byEmail('eve@x.com')).toMatchObject({ first_name: 'Eve' });
  });

  it('is told from one that finds them, which costs a read', async () => {
    const bench = await workbench(BOB, { keepBodies: false });
    bench.sandbox.seed([
      { emails: ['ann@x.com'], phone_numbers: ['+442079460007'] },
      ...PEOPLE,
      { ...EVE, phone_numbers: ['+442079460001'] },
    ]);
    expect((await bench.import()).summary).toMatchObject({ created: 0, rejected: 1 });
    // The key, the first page, the one who is known by both, his e-mail and his phone.
    expect(bench.traffic().reads).toBe(6);
  });
});

describe('a workspace whose phones stand there without a country', () => {
  const FILLERS = Array.from({ length: 2300 }, (_, n) => ({
    emails: [`fill${n}@fill.org`],
    phone_numbers: n % 3 > 0 ? [] : [`0207911${1000 + (n % 9000)}`],
  }));
  const BEN = { first_name: 'Ben', last_name: 'Carter', phone_numbers: ['02079461001'], city: 'Rome' };
  const ZOE = { first_name: 'Zoe', last_name: 'Quux', emails: ['zoe@z.com'], phone_numbers: ['02079461002'] };
  const FILE =
    'First name,Last name,Email,Phone\nBen,Carter,ben@x.com,+442079461001\nCora,Dale,cora@x.com,+442079461002\n';

  it.each([
    ['listed', []],
    ['asked for', FILLERS],
  ])('nobody is made twice or beside whoever has the phone, by the countries of the file: %s', async (_, others) => {
    const bench = await workbench(FILE, { keepBodies: false, readings: { phoneLookup: 'exact' } });
    bench.sandbox.seed([...others, BEN, ZOE]);
    expect((await bench.import()).summary).toMatchObject({ created: 0, updated: 1, rejected: 1 });
    expect(bench.sandbox.contacts()).toHaveLength(others.length + 2);
    expect(bench.byEmail('ben@x.com')).toMatchObject({ city: 'Rome' });
    expect(bench.byEmail('zoe@z.com')).toMatchObject({ first_name: 'Zoe' });
  });
});

describe('the snapshot', () => {
  it('is for its owner alone, and is refreshed by what changed', async () => {
    const bench = await workbench(TWO);
    await bench.plan();
    expect(await modeOf(`${bench.file}.workspace.jsonl`)).toBe(OWNER_ALONE);
    await postUpsert(bench, { emails: ['ada@x.com'], first_name: 'Ada', company: 'Engines' });
    const plan = await bench.plan();
    expect(plan).toMatchObject({ created: 1, updated: 1 });
    expect(plan.changes?.[0]?.differences.map(({ field }) => field)).toEqual(['phone_numbers']);
  });

  it('notices a contact that was deleted in Clarky', async () => {
    const bench = await workbench(TWO);
    const [ada] = bench.sandbox.seed([{ emails: ['ada@x.com'] }, { emails: ['bob@x.com'] }]);
    expect(await bench.plan()).toMatchObject({ created: 0, updated: 2 });
    await fetch(`${bench.sandbox.url}/contacts/${ada?.id ?? ''}`, { method: 'DELETE', headers: bearer(bench) });
    expect(await bench.plan()).toMatchObject({ created: 1, updated: 1 });
  });

  it('goes on where a reading was cut', async () => {
    const bench = await workbench('Email\nperson5@x.com\n');
    bench.sandbox.seed(Array.from({ length: 1000 }, (_, n) => ({ emails: [`person${n}@x.com`] })));
    const cut = new AbortController();
    await expect(
      bench.import({
        signal: cut.signal,
        onEvent: (event) => {
          if (event.type === 'workspace' && event.known >= 400) cut.abort(new Error('cut'));
        },
      }),
    ).rejects.toThrow();
    bench.traffic();
    expect((await bench.import()).summary).toMatchObject({ unchanged: 1 });
    // The key, seven pages, of which one is read again for what was deleted since, and what changed.
    expect(bench.traffic().reads).toBeLessThanOrEqual(10);
  });
});

async function postUpsert(bench: Awaited<ReturnType<typeof workbench>>, contact: object): Promise<void> {
  const body = JSON.stringify({ bot_id: bench.sandbox.botId, ...contact });
  const headers = { ...bearer(bench), 'content-type': 'application/json' };
  const answer = await fetch(`${bench.sandbox.url}/contacts/upsert`, { method: 'POST', headers, body });
  expect(answer.ok).toBe(true);
}

function bearer(bench: Awaited<ReturnType<typeof workbench>>): Record<string, string> {
  return { authorization: `Bearer ${bench.sandbox.key}` };
}
