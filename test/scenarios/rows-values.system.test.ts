import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { ImportEvent } from '../../src/run/events.js';
import type { Rows } from '../../src/run/import/rows/row-types.js';
import { workbench } from './workbench.js';

const ADA = { emails: 'ada@x.com', first_name: 'Ada', last_name: 'Byron' };

class Nobody {
  readonly #email = 'ada@x.com';
  get email(): string {
    return this.#email;
  }
}

describe('values of rows in code', () => {
  const noCells: readonly [string, unknown, RegExp][] = [
    ['a Promise', Promise.resolve('Acme'), /"company" of row 0 \(line 2\) holds what no cell can hold: a Promise/],
    ['bytes', Buffer.from('x'), /no cell can hold: bytes/],
    ['an ArrayBuffer', new ArrayBuffer(3), /no cell can hold: bytes/],
    ['an object of a class without values', new Nobody(), /no cell can hold: a Nobody without values of its own/],
    ['a pattern', /x/, /no cell can hold: a RegExp/],
    ['a Promise in a list', [Promise.resolve('x')], /no cell can hold: a Promise/],
    ['a Map by objects', new Map([[{}, 1]]), /no cell can hold: a Map whose keys are no texts/],
    ['a function', () => 'Acme', /"company" of row 0 \(line 2\) holds what no cell can hold: a function/],
    ['NaN', Number.NaN, /no cell can hold: NaN/],
  ];
  it.each(noCells)('that no cell can hold are an error: %s', async (_what, company, message) => {
    const bench = await workbench('');
    const ended = importContacts({ rows: [{ ...ADA, company }], ...bench.api });
    await expect(ended).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) as string });
    expect(bench.sandbox.contacts()).toEqual([]);
  });

  it('are read of a Set, a Map and a URL', async () => {
    const bench = await workbench('');
    const linkedin = new URL('https://linkedin.com/in/ada');
    const custom = new Map([['plan', 'pro']]);
    const rows = [{ ...ADA, tags: new Set(['a', 'b']), custom_fields: custom, linkedin_url: linkedin }];
    await importContacts({ rows, ...bench.api });
    expect(bench.sandbox.contacts()).toMatchObject([
      { tags: ['a', 'b'], custom_fields: { plan: 'pro' }, linkedin_url: 'https://linkedin.com/in/ada' },
    ]);
  });

  const noRows: readonly [string, object, RegExp][] = [
    ['a Map', new Map([['email', 'b@x.com']]), /a Map, no object of values by column name/],
    ['a Date', new Date(0), /a Date, no object/],
    ['an object of a class without values', new Nobody(), /a Nobody without values of its own, no object/],
  ];
  it.each(noRows)('%s is no row, and is never dropped', async (_what, row, message) => {
    const bench = await workbench('');
    const asRow = importContacts({ rows: [ADA, row] as Rows, ...bench.api });
    await expect(asRow).rejects.toMatchObject({
      message: expect.stringMatching(/^Row 1 of rows \(line 3\) is/) as string,
    });
    const mapRow = (): never => row as never;
    const byMapRow = importContacts({ rows: [ADA], mapRow, ...bench.api });
    await expect(byMapRow).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) as string });
    expect(bench.sandbox.contacts()).toEqual([]);
  });

  it('a record without any value is no row, and alone a run of 0 rows', async () => {
    const bench = await workbench('');
    for (const rows of [[{}], [{}, {}], [{ name: null }], [{ custom_fields: {} }]]) {
      const { summary, exitStatus } = await importContacts({ rows, ...bench.api });
      expect([summary.rows, exitStatus]).toEqual([0, 0]);
    }
    const { summary } = await importContacts({ rows: [{}, { Name: 'Ada' }, { email: '' }], ...bench.api });
    expect([summary.rows, summary.rejected]).toEqual([1, 1]);
  });

  it('a value that is too long rejects its row by its place, and no other', async () => {
    const bench = await workbench('');
    const told: ImportEvent[] = [];
    const rows = [{ email: 'bob@x.com', Foo: 'x'.repeat(300_000) }, ADA];
    const onEvent = (event: ImportEvent): void => void told.push(event);
    const { summary } = await importContacts({ rows, onEvent, ...bench.api });
    expect([summary.created, summary.rejected]).toEqual([1, 1]);
    const rejected = told.find((event) => event.type === 'contact' && event.outcome === 'rejected');
    expect(rejected).toMatchObject({ records: [{ line: 2 }], problems: [{ column: 'Foo', code: 'record_too_large' }] });
    const alone = await importContacts({ rows: rows.slice(0, 1), ...bench.api });
    expect(alone.summary.rejected).toBe(1);
  });
});

describe('a contact as Clarky gives it', () => {
  it('comes back as it is: nothing is changed, and nothing written', async () => {
    const bench = await workbench('');
    const custom = {
      n: 5,
      f: 1.5,
      b: true,
      l: ['x', 'y, z'],
      o: { a: 1, m: [{ c: 2 }] },
      t: 'yes',
      d: '02.01.2026',
      s: '007',
    };
    const contact = {
      ...ADA,
      emails: ['ada@x.com'],
      tags: ['a, b', 'c;d', '#e', '"f"'],
      custom_fields: custom,
      deal_value: 12.5,
    };
    const sent = await importContacts({ rows: [contact], ...bench.api });
    expect(sent.summary.created).toBe(1);
    const [there] = bench.sandbox.contacts();
    expect(there).toMatchObject({ tags: contact.tags, custom_fields: custom });
    const back = await importContacts({ rows: [there as object] as Rows, live: true, ...bench.api });
    expect([back.summary.unchanged, back.summary.requests]).toEqual([1, 0]);
    expect(bench.sandbox.contacts()).toMatchObject([{ tags: contact.tags, custom_fields: custom }]);
  });

  it('numbers and lists of code are custom fields as such, and amounts are those that are meant', async () => {
    const bench = await workbench('');
    const rows = [{ ...ADA, Score: 5, Teams: ['a', 'b'], Day: new Date('2026-01-02'), deal_value: 0.1 + 0.2 }];
    await importContacts({ rows, unmapped: 'custom', ...bench.api });
    expect(bench.sandbox.contacts()).toMatchObject([
      { custom_fields: { Score: 5, Teams: ['a', 'b'] }, deal_value: 0.3 },
    ]);
  });
});
