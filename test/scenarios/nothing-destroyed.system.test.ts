import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ImportEvent } from '../../src/run/events.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { behindProxy, type Workbench, workbench } from './workbench.js';

const plain = { live: false } as const;
const people = 'Ada Ek,Bo Dahl,Cy Frost,Di Hall,Ed Kent,Flo Moss,Gus Nye,Ida Orr'
  .split(',')
  .map((name) => name.split(' '));

async function patch({ sandbox }: Workbench, id: string, change: object): Promise<void> {
  const headers = { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' };
  const body = JSON.stringify(change);
  expect((await fetch(`${sandbox.url}/contacts/${id}`, { method: 'PATCH', headers, body })).ok).toBe(true);
}

describe('what Clarky has for a contact', () => {
  const VIP = {
    emails: ['ada@x.com', 'ada@home.org'],
    tags: ['vip'],
    phone_numbers: ['+442079460001'],
    company: 'Old',
  };

  it('is joined to lists of the file with --live, or replaced where that is asked for', async () => {
    const bench = await workbench('Email,Email 2,Phone,Tags\nada@x.com,ada@work.org,+442079460009,new\n');
    bench.sandbox.seed([VIP]);
    await bench.import();
    expect(bench.byEmail('ada@x.com')).toMatchObject({
      emails: ['ada@x.com', 'ada@home.org', 'ada@work.org'],
      tags: ['vip', 'new'],
      phone_numbers: ['+442079460001', '+442079460009'],
    });
    expect((await bench.import({ resend: true })).summary).toMatchObject({ unchanged: 1, requests: 0 });
    const other = await workbench('Email,Tags\nada@x.com,new\n');
    other.sandbox.seed([VIP]);
    await other.import({ lists: 'replace' });
    expect(other.byEmail('ada@x.com')).toMatchObject({ tags: ['new'], phone_numbers: VIP.phone_numbers });
  });

  it.each([
    ['with --live', { lists: 'replace' } as const],
    ['without', { ...plain, lists: 'replace' } as const],
  ])('%s, goes with --lists replace where the file has it no more, and is not written again then', async (_, how) => {
    const bench = await workbench('Email,Email 2,Phone,Tags\nada@x.com,ada@work.org,+442079460009,"vip;new"\n');
    await bench.import(how);
    await bench.write('Email,Email 2,Phone,Tags\nada@x.com,,+442079460009,new\n');
    expect((await bench.import(how)).summary).toMatchObject({ updated: 1, unchanged: 0 });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ emails: ['ada@x.com'], tags: ['new'] });
    expect((await bench.import(how)).summary).toMatchObject({ unchanged: 1, requests: 0 });
    // A column that the file does not have says nothing.
    await bench.write('Email,Tags\nada@x.com,newest\n');
    await bench.import(how);
    expect(bench.byEmail('ada@x.com')).toMatchObject({ phone_numbers: ['+442079460009'], tags: ['newest'] });
  });

  it('goes with --lists replace once the row is sent again, and is not tried night after night where Clarky joins lists itself', async () => {
    const bench = await workbench('Email,Tags\nada@x.com,new\n', { readings: { tags: 'join' } });
    bench.sandbox.seed([VIP]);
    expect((await bench.import()).summary).toMatchObject({ updated: 1 });
    expect((await bench.import()).summary).toMatchObject({ unchanged: 1 });
    // What was sent as the row says stays as it is, whatever was made of it.
    expect((await bench.import({ lists: 'replace' })).summary).toMatchObject({ unchanged: 1, requests: 0 });
    expect((await bench.import({ lists: 'replace', resend: true })).summary).toMatchObject({ updated: 1 });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ emails: ['ada@x.com'], tags: ['vip', 'new'] });
    expect((await bench.import({ lists: 'replace' })).summary).toMatchObject({ unchanged: 1, requests: 0 });
  });

  it('is replaced by the lists of every row alike without --live, those of the first rows too', async () => {
    const rows = (tag: string): string => {
      const all = Array.from({ length: 8 }, (_, n) => `p${n}@x.com,+44207946${tag}00${n},${tag}`);
      return `Email,Phone,Tags\n${all.join('\n')}\n`;
    };
    const bench = await workbench(rows('1'));
    await bench.import(plain);
    await bench.write(rows('2'));
    await bench.import(plain);
    const lists = bench.sandbox.contacts().map(({ phone_numbers: phones, tags }) => [phones, tags]);
    expect(lists.sort()).toEqual(Array.from({ length: 8 }, (_, n) => [[`+44207946200${n}`], ['2']]));
  });

  it('stays with --keep-existing, and only what is blank is filled', async () => {
    const bench = await workbench('Email,Company,Job title,Tags\nada@x.com,New,Boss,new\n');
    bench.sandbox.seed([VIP]);
    expect(await bench.plan()).toMatchObject({ updated: 1 });
    await bench.import({ keepExisting: true });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ company: 'Old', job_title: 'Boss', tags: ['vip'] });
    expect((await bench.import({ keepExisting: true, resend: true })).summary).toMatchObject({ unchanged: 1 });
  });

  it.each([true, false])('is kept by --keep-existing no longer once that is left away (live: %s)', async (live) => {
    const bench = await workbench('Email,Company,Job title\nada@x.com,New,Boss\nbob@x.com,Old,\ncy@x.com,New,\n');
    bench.sandbox.seed([VIP, { emails: ['bob@x.com'], company: 'Old' }, { emails: ['cy@x.com'], company: 'Old' }]);
    const kept = await bench.import({ keepExisting: true });
    expect(kept.summary).toMatchObject({ updated: 1, unchanged: 2 });
    expect((await bench.import({ keepExisting: true })).summary).toMatchObject({ unchanged: 3, requests: 0 });
    // Of Ada and Cy the companies were kept back; of Bob nothing was.
    const without = { live, keepExisting: false };
    expect((await bench.import(without)).summary).toMatchObject({ updated: 2, unchanged: 1, rejected: 0 });
    for (const email of ['ada@x.com', 'cy@x.com']) expect(bench.byEmail(email)).toMatchObject({ company: 'New' });
    expect((await bench.import(without)).summary).toMatchObject({ unchanged: 3, requests: 0 });
  });

  it('is told by plan as well where a change was kept back', async () => {
    const bench = await workbench('Email,Company\nada@x.com,One\n');
    await bench.import();
    await bench.write('Email,Company\nada@x.com,Two\n');
    expect((await bench.import({ keepExisting: true })).summary).toMatchObject({ unchanged: 1 });
    expect(await bench.plan({ keepExisting: false })).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await bench.import({ keepExisting: false })).summary).toMatchObject({ updated: 1 });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ company: 'Two' });
  });

  it.each([
    { missingFields: 'clear' as const },
    { customFields: 'replace' as const },
    { missingFields: 'clear' as const, customFields: 'replace' as const },
  ])('survives a server with %j, live or not', async (readings) => {
    const rows = ['Email,Company,Shoe', ...[1, 2, 3, 4].map((n) => `p${n}@x.com,New,4${n}`)].join('\n');
    const people = [1, 2, 3, 4].map((n) => ({
      emails: [`p${n}@x.com`],
      notes: `kept ${n}`,
      tags: ['vip'],
      custom_fields: { Hat: n },
    }));
    for (const live of [true, false]) {
      const bench = await workbench(`${rows}\n`, { readings });
      const warned: string[] = [];
      const onEvent = (event: { type: string; code?: string }): void => {
        if (event.type === 'warning' && event.code !== 'not_undoable') warned.push(event.code ?? '');
      };
      if (!live) await bench.import({ live, unmapped: 'custom' });
      if (live) bench.sandbox.seed(people);
      else await patchAll(bench, people);
      if (!live) await bench.write(`${rows.replaceAll('New', 'Newer')}\n`);
      const { summary, exitStatus } = await bench.import({ live, unmapped: 'custom', onEvent });
      expect([summary.updated, exitStatus]).toEqual([4, 0]);
      for (const { emails, notes, tags, custom_fields: custom } of people) {
        const stored = bench.byEmail(emails[0] ?? '');
        expect([stored?.notes, stored?.tags, stored?.custom_fields.Hat]).toEqual([notes, tags, custom.Hat]);
      }
      expect(bench.sandbox.contacts()).toHaveLength(people.length);
      expect(warned).toEqual(['clears_fields']);
    }
  });
});

it.each([false, true])(
  'what an update has emptied, and stays so though it is sent along, ends the import; --live: %s',
  async (live) => {
    const bench = await workbench('Email,First name,Notes\nann@x.com,Ann,first\n', {
      readings: { missingFields: 'clear' },
    });
    let [isArmed, isHidden] = [false, false];
    const apiUrl = await behindProxy(
      bench,
      ({ method }) => Promise.resolve(void (isHidden ||= isArmed && method === 'POST')),
      (text) => (isHidden ? text.replaceAll('"notes":"first"', '"notes":null') : text),
    );
    await bench.import({ live: false, apiUrl });
    await bench.write('Email,First name\nann@x.com,Anne\n');
    isArmed = true;
    const { summary, stoppedBy } = await bench.import({ live, apiUrl });
    expect([stoppedBy?.code, summary.updated, summary.pending]).toEqual(['clears_fields', 0, 1]);
    // The next one looks again, and Clarky shows what it has.
    isHidden = isArmed = false;
    expect((await bench.import({ live, apiUrl })).exitStatus).toBe(0);
  },
);

describe('lists that --live joined', () => {
  it('are replaced without it, which plan and import say', async () => {
    const bench = await workbench('Email,Tags\nada@x.com,new\n');
    bench.sandbox.seed([{ emails: ['ada@x.com'], tags: ['vip'] }]);
    const told = async (): Promise<string[]> => {
      const codes: string[] = [];
      const onEvent = (event: ImportEvent): unknown => event.type === 'warning' && codes.push(event.code);
      const { warnings } = await planContacts({ file: bench.file, apiUrl: bench.sandbox.url, stateDir: false });
      await bench.import({ ...plain, onEvent });
      return [...warnings, ...codes.map((code) => ({ code }))]
        .map(({ code }) => code)
        .filter((code) => code === 'lists_replaced');
    };
    await bench.import();
    expect(bench.sandbox.contacts()[0]?.tags).toEqual(['vip', 'new']);
    await bench.write('Email,Tags\nada@x.com,newer\n');
    expect(await told()).toHaveLength(2);
    expect(bench.sandbox.contacts()[0]?.tags).toEqual(['newer']);
    await bench.write('Email,Tags\nada@x.com,newest\n');
    expect(await told()).toEqual([]);
  });
});

describe('who was there before', () => {
  it('is not forgotten: a phone or e-mail that passes to somebody else is held', async () => {
    const bench = await workbench(
      'Email,Email 2,First name,Last name,Phone\n,,Ann,Lee,+442079460001\nbea@x.com,office@x.com,Bea,Ray,\n',
      {
        readings: { emailMatch: 'any' },
      },
    );
    await bench.import(plain);
    await bench.write(
      'Email,First name,Last name,Phone\n,Bob,Kay,+442079460001\noffice@x.com,Cy,Day,\nbea@x.com,Bea,Ray-Smith,\n',
    );
    const { summary, exitStatus } = await bench.import(plain);
    expect([summary.rejected, summary.updated, exitStatus]).toEqual([2, 1, 3]);
    expect(
      bench.sandbox
        .contacts()
        .map(({ first_name: name }) => name)
        .sort(),
    ).toEqual(['Ann', 'Bea']);
    expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toMatch(
      /imported before with clearly somebody else \(con_\w+ in Clarky\)/,
    );
    expect((await bench.import({ ...plain, sharedEmail: 'merge', sharedPhone: 'send' })).summary.rejected).toBe(0);
  });

  it('is known by every e-mail: in another order, or by a further one alone', async () => {
    for (const emailMatch of ['primary', 'any'] as const) {
      const bench = await workbench('Email,Email 2,First name,Phone\na@x.com,b@x.com,Ann,+442079460001\n', {
        readings: { emailMatch },
      });
      await bench.import(plain);
      for (const row of ['b@x.com,a@x.com,Ann,', 'b@x.com,,Ann,', ',,Ann,+442079460001', 'a@x.com,b@x.com,Ann,']) {
        await bench.write(`Email,Email 2,First name,Phone\n${row}\n`);
        expect((await bench.import(plain)).summary, row).toMatchObject({ rejected: 0, pending: 0 });
        expect(bench.sandbox.contacts(), row).toHaveLength(1);
        expect(bench.sandbox.contacts()[0]?.emails, row).toEqual(['a@x.com', 'b@x.com']);
        expect((await bench.import(plain)).summary, row).toMatchObject({ unchanged: 1, requests: 0 });
      }
    }
  });

  it('is told apart from whom Clarky made of two', async () => {
    const bench = await workbench('Email,First name,Last name\nann@x.com,Ann,Lee\nbob@x.com,Bob,Kay\n', {
      faults: { probabilities: { 'one-id': 1 }, on: 'writes' },
    });
    const { summary, exitStatus } = await bench.import({ ...plain, concurrency: 1 });
    expect([summary.created + summary.updated, summary.rejected, exitStatus]).toEqual([1, 1, 3]);
    expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toMatch(/to the contact of line 2/);
  });

  it('is said to be deleted, not to be in Clarky, and sent again where that is wanted', async () => {
    const bench = await workbench('Email\nada@x.com\nbob@x.com\n');
    await bench.import();
    for (const { id } of bench.sandbox.contacts()) {
      await fetch(`${bench.sandbox.url}/contacts/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${bench.sandbox.key}` },
      });
    }
    const { summary, exitStatus } = await bench.import();
    expect([summary.unchanged, summary.rejected, exitStatus]).toEqual([0, 2, 3]);
    expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toMatch(/deleted_in_clarky/);
    expect((await bench.import({ restoreDeleted: true })).summary).toMatchObject({ created: 2, rejected: 0 });
  });

  it('is not made anew without --live, once that has seen that it was deleted, whatever becomes of its row', async () => {
    const bench = await workbench('Email,Company\nada@x.com,Old\nbob@x.com,Old\n');
    await bench.import(plain);
    const [ada] = bench.sandbox.contacts();
    const headers = { authorization: `Bearer ${bench.sandbox.key}` };
    await fetch(`${bench.sandbox.url}/contacts/${ada?.id ?? ''}`, { method: 'DELETE', headers });
    expect((await bench.import()).summary.reasons).toEqual({ deleted_in_clarky: 1 });
    for (const company of ['Old', 'New']) {
      await bench.write(`Email,Company\nada@x.com,${company}\nbob@x.com,Old\n`);
      const { summary, exitStatus } = await bench.import(plain);
      expect([summary.unchanged, summary.requests, summary.reasons, exitStatus]).toEqual([
        1,
        0,
        { deleted_in_clarky: 1 },
        3,
      ]);
    }
    expect((await bench.import({ restoreDeleted: true })).summary).toMatchObject({ created: 1, rejected: 0 });
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 2, requests: 0 });
  });

  it.each([
    ['e-mail', 'ada@x.com,', { emails: ['ada@new.org'] }, ['ada@new.org', 'ada@x.com']],
    ['phone', ',+442079460001', { phone_numbers: ['+442079460002'] }, []],
    ['only address', 'ada@x.com,', { emails: [], phone_numbers: ['+442079460002'] }, ['ada@x.com']],
  ])(
    'is there still where somebody has changed its %s, and changes with its row',
    async (_, points, change, emails) => {
      const rows = (company: string): string =>
        `First name,Last name,Email,Phone,Company\nAda,Ek,${points},${company}\n`;
      const bench = await workbench(rows('Old'));
      await bench.import(plain);
      const [{ id } = { id: '' }] = bench.sandbox.contacts();
      await patch(bench, id, change);
      for (const restoreDeleted of [false, true]) {
        expect((await bench.import({ restoreDeleted })).summary).toMatchObject({ unchanged: 1, requests: 0 });
      }
      await bench.write(rows('New'));
      expect(await bench.plan()).toMatchObject({ updated: 1, rejected: 0 });
      expect((await bench.import()).summary).toMatchObject({ updated: 1, rejected: 0 });
      expect(bench.sandbox.contacts().map((one) => [one.id, one.company, one.emails])).toEqual([[id, 'New', emails]]);
      expect((await bench.import()).summary).toMatchObject({ unchanged: 1, requests: 0 });
    },
  );

  it.each([
    ['', {}],
    [', sent again as it is', { resend: true }],
    [', at a rate that its reads keep up with', { rate: { writes: 60, seconds: 60 } }],
  ])('is found by its id without --live, where somebody has changed its e-mail or phone%s', async (_, how) => {
    const rows = (company: string): string =>
      `First name,Last name,Email,Phone,Company\n${people
        .map(([first, last], n) => `${first},${last},${n % 2 ? `p${n}@x.com,` : `,+4420794600${10 + n}`},${company}\n`)
        .join('')}`;
    const bench = await workbench(rows('Old'));
    await bench.import(plain);
    const ids = bench.sandbox.contacts().map(({ id }) => id);
    for (const [n, { id, emails }] of bench.sandbox.contacts().entries()) {
      const change = emails.length > 0 ? { emails: [`n${n}@new.org`] } : { phone_numbers: [`+4420794601${10 + n}`] };
      await patch(bench, id, change);
    }
    const company = 'resend' in how ? 'Old' : 'New';
    await bench.write(rows(company));
    const { summary } = await bench.import({ ...plain, ...how });
    expect(summary).toMatchObject({ updated: people.length, created: 0, rejected: 0 });
    expect(bench.sandbox.contacts().map((one) => [one.id, one.company])).toEqual(ids.map((id) => [id, company]));
    bench.traffic();
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: people.length, requests: 0 });
    expect(bench.traffic().reads).toBeLessThan(3);
  });

  it('is sent as before by a key that may not read, which is asked once', async () => {
    const rows = (company: string): string =>
      `First name,Email,Company\n${people.map(([first], n) => `${first},p${n}@x.com,${company}\n`).join('')}`;
    const bench = await workbench(rows('Old'));
    await bench.import(plain);
    await bench.write(rows('New'));
    bench.traffic();
    const bot = bench.sandbox.botIds[0] ?? '';
    const { summary } = await bench.import({ ...plain, bot, key: bench.sandbox.writeOnlyKey, concurrency: 1 });
    expect(summary).toMatchObject({ updated: people.length, rejected: 0 });
    expect(bench.traffic().reads).toBeLessThan(5);
  });

  it.each(['email', 'phone'] as const)(
    'whose %s clearly somebody else has in Clarky by now is held without --live',
    async (by) => {
      const rows = (company: string): string =>
        `First name,Last name,Email,Phone,Company\nBen,Carter,ben@x.com,+442079460001,${company}\nCora,Dean,cora@x.com,,${company}\n`;
      const bench = await workbench(rows('Old'));
      await bench.import(plain);
      const ids = ['ben@x.com', 'cora@x.com'].map((email) => String(bench.byEmail(email)?.id));
      const [ben = '', cora = ''] = ids;
      if (by === 'email') {
        await patch(bench, ben, { emails: ['fresh@z.com'] });
        await patch(bench, cora, { emails: ['cora@x.com', 'ben@x.com'] });
      } else {
        const headers = { authorization: `Bearer ${bench.sandbox.key}` };
        await fetch(`${bench.sandbox.url}/contacts/${ben}`, { method: 'DELETE', headers });
        bench.sandbox.seed([{ first_name: 'Zelda', last_name: 'Quux', phone_numbers: ['+442079460001'] }]);
      }
      const others = (): unknown => bench.sandbox.contacts().filter(({ id }) => id !== cora);
      const before = others();
      await bench.write(rows('New'));
      const { summary, exitStatus } = await bench.import(plain);
      expect([exitStatus, summary.reasons, summary.updated]).toEqual([3, { [`shared_${by}`]: 1 }, 1]);
      expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toContain(
        "clearly somebody else's in Clarky by now",
      );
      expect(others()).toEqual(before);
      expect(bench.byEmail('cora@x.com')).toMatchObject({ id: cora, first_name: 'Cora', company: 'New' });
      // Where that is meant, it is sent.
      const meant = by === 'email' ? { sharedEmail: 'merge' as const } : { sharedPhone: 'send' as const };
      expect((await bench.import({ ...plain, ...meant })).summary.rejected).toBe(0);
    },
  );

  it('is looked at once before it changes, and not turned into another who has its phone', async () => {
    const rows = (company: string): string =>
      `First name,Last name,Email,Phone,Company\n${people.map(([first, last], n) => `${first},${last},p${n}@x.com,+4420794600${10 + n},${company}\n`).join('')}`;
    const bench = await workbench(rows('Old'));
    await bench.import(plain);
    await bench.write(rows('New'));
    bench.traffic();
    await bench.import(plain);
    // What the bot is, and what the first updates show, are some reads more.
    expect(bench.traffic().reads - people.length).toBeLessThan(10);
    const { id } = bench.byEmail('p7@x.com') ?? { id: '' };
    await patch(bench, id, { emails: ['moved@new.org'], phone_numbers: ['+442079461000'] });
    const other = { first_name: 'Zed', last_name: 'Zorn', emails: ['zed@new.org'], phone_numbers: ['+442079460017'] };
    bench.sandbox.seed([other]);
    await bench.write(rows('Newer'));
    expect((await bench.import(plain)).summary).toMatchObject({ updated: people.length, rejected: 0 });
    expect(bench.sandbox.contacts().find((one) => one.id === id)).toMatchObject({
      company: 'Newer',
      first_name: 'Ida',
    });
    expect(bench.byEmail('zed@new.org')).toMatchObject({ first_name: 'Zed', company: null });
  });

  it('is not asked again for two rows of one contact that Clarky both rejected', async () => {
    const bench = await workbench('Email,Phone,First name\nann@x.com,+442079460001,Ann\n');
    await bench.import(plain);
    bench.sandbox.setFaults({ probabilities: { '422': 1 }, on: 'writes' });
    await bench.write('Email,Phone,First name,Company\nann@x.com,,Ann,One\n,+442079460001,Ann,Two\n');
    expect((await bench.import(plain)).summary).toMatchObject({ rejected: 2, requests: 2 });
    for (let again = 0; again < 2; again++) {
      expect((await bench.import(plain)).summary).toMatchObject({ rejected: 2, requests: 0 });
    }
    bench.sandbox.setFaults({});
    expect((await bench.import({ ...plain, retryRejected: true })).summary).toMatchObject({ updated: 2, rejected: 0 });
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 2, requests: 0 });
  });

  it('goes back to the first bot after the second', async () => {
    const bench = await workbench('Email\nada@x.com\n', { bots: 2 });
    const [one = '', two = ''] = bench.sandbox.botIds;
    for (const bot of [one, two, one]) {
      await bench.import({ ...plain, bot });
      expect(bench.sandbox.contacts()[0]?.bot_id).toBe(bot);
    }
  });
});

describe('rows of one person of which one alone is sent', () => {
  it.each([
    ['first', [',n1', 'd@x.com,n2']],
    ['last', ['d@x.com,n2', ',n1']],
  ] as const)('leave one contact where any of them is alone (%s)', async (duplicates, rows) => {
    const file = (...lines: string[]): string => `Email,First name,Last name,Email 2,Notes\n${lines.join('\n')}\n`;
    const ann = (rest: string): string => `ann@x.com,Ann,Lee,${rest}`;
    const bench = await workbench(file(ann(',n1')));
    await bench.import({ ...plain, duplicates });
    // The one that stands for both is as it was.
    await bench.write(file(...rows.map(ann)));
    expect((await bench.import({ ...plain, duplicates })).summary).toMatchObject({ unchanged: 1, merged: 1 });
    await bench.write(file('d@x.com,Ann,Lee,,n3'));
    expect((await bench.import({ ...plain, duplicates })).summary).toMatchObject({ updated: 1, created: 0 });
    expect(bench.sandbox.contacts()).toMatchObject([{ first_name: 'Ann', notes: 'n3' }]);
  });
});

describe('what Clarky refuses', () => {
  it('ten alike at the top are rejected like any others where the rest is taken', async () => {
    const bad = Array.from({ length: 12 }, (_, n) => `bad${n}@x.com,Bad`);
    const good = Array.from({ length: 40 }, (_, n) => `good${n}@x.com,Good`);
    const forEmail = Object.fromEntries(bad.map((row) => [row.split(',')[0] ?? '', '422' as const]));
    const bench = await workbench(`Email,First name\n${[...bad, ...good].join('\n')}\n`, { faults: { forEmail } });
    const { summary, exitStatus } = await bench.import({ ...plain, concurrency: 2 });
    expect([summary.created, summary.rejected, summary.pending, exitStatus]).toEqual([40, 12, 0, 3]);
  });

  it('stops where a few from elsewhere are refused as well', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => `p${n}@x.com`);
    const forEmail = Object.fromEntries(rows.map((email) => [email, '422' as const]));
    const bench = await workbench(`Email\n${rows.join('\n')}\n`, { faults: { forEmail } });
    const { summary, exitStatus } = await bench.import({ ...plain, concurrency: 1 });
    expect([summary.rejected, exitStatus]).toEqual([0, 4]);
    expect(summary.requests).toBeLessThanOrEqual(20);
  });

  it.each(['strings', 'objects'] as const)(
    'is the shape of e-mails: %s are found out, and remembered',
    async (accepts) => {
      const bench = await workbench('Email,Phone\nada@x.com,+442079460001\nbob@x.com,\n', { readings: { accepts } });
      expect((await bench.import({ ...plain, concurrency: 1 })).summary).toMatchObject({
        created: 2,
        rejected: 0,
        requests: accepts === 'strings' ? 2 : 3,
      });
      await bench.write('Email,Phone\ncy@x.com,\n');
      expect((await bench.import(plain)).summary).toMatchObject({ created: 1, requests: 1 });
      expect(
        (await bench.import({ ...plain, contactPoints: accepts === 'strings' ? 'objects' : 'strings', resend: true }))
          .summary,
      ).toMatchObject({ rejected: 1 });
    },
  );
});

async function patchAll(
  bench: Awaited<ReturnType<typeof workbench>>,
  people: readonly { emails: string[] }[],
): Promise<void> {
  const headers = { authorization: `Bearer ${bench.sandbox.key}`, 'content-type': 'application/json' };
  for (const person of people) {
    const id = bench.byEmail(person.emails[0] ?? '')?.id ?? '';
    const { emails: _, ...body } = person;
    const merged = {
      ...body,
      custom_fields: {
        ...bench.byEmail(person.emails[0] ?? '')?.custom_fields,
        ...(body as { custom_fields?: object }).custom_fields,
      },
    };
    const answer = await fetch(`${bench.sandbox.url}/contacts/${id}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify(merged),
    });
    expect(answer.ok).toBe(true);
  }
}
