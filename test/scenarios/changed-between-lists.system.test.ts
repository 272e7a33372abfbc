/** Whom one list has sent and somebody has changed in Clarky since: the next list knows them by the id, as the first does. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import type { ImportOptions } from '../../src/run/settings.js';
import type { SandboxContact, SandboxOptions } from '../../src/sandbox/index.js';
import type { Summary } from '../../src/run/tally.js';
import { workbench, type Workbench } from './workbench.js';

const HEAD = 'First name,Last name,Email,Phone,Notes\n';
const ANN = (notes: string): string => `Ann,Lee,ann@x.com,,${notes}\n`;
const CID = (notes: string): string => `Cid,Moor,,+442079461003,${notes}\n`;

interface Lists {
  readonly bench: Workbench;
  readonly send: (name: string, rows: string, options?: Partial<ImportOptions>) => Promise<Summary>;
  readonly change: (firstName: string, change: object) => Promise<void>;
  readonly named: (firstName: string) => SandboxContact[];
}

async function lists(options: SandboxOptions = {}): Promise<Lists> {
  const bench = await workbench(HEAD, options);
  const { sandbox, folder } = bench;
  const named = (name: string): SandboxContact[] => sandbox.contacts().filter((one) => one.first_name === name);
  return {
    bench,
    named,
    send: async (name, rows, more = {}) => {
      const file = join(folder, name);
      await writeFile(file, `${HEAD}${rows}`);
      const stateDir = join(folder, 'state');
      const { summary } = await importContacts({ file, ...bench.api, stateDir, ...more });
      return summary;
    },
    change: async (name, change) => {
      const headers = { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' };
      const of = `${sandbox.url}/contacts/${named(name)[0]?.id ?? ''}`;
      expect((await fetch(of, { method: 'PATCH', headers, body: JSON.stringify(change) })).ok).toBe(true);
    },
  };
}

describe.each([
  ['without --live', {}, {}],
  ['the second with --live', {}, { live: true }],
  ['the first with --live', { live: true }, {}],
  ['both with --live', { live: true }, { live: true }],
])('whose e-mail or phone was changed in Clarky, %s', (_, first, second) => {
  it('is the contact of the first list for the second, not one more', async () => {
    const { bench, send, change, named } = await lists();
    const bob = (email: string, notes: string): string => `Bob,Stone,${email},+442079461002,${notes}\n`;
    await send('march.csv', `${ANN('1')}${bob('bob@x.com', '1')}${CID('1')}`, first);
    await change('Ann', { emails: ['ann@y.com'] });
    await change('Bob', { phone_numbers: ['+442079469992'] });
    await change('Cid', { phone_numbers: ['+442079469993'] });
    const summary = await send('april.csv', `${ANN('2')}${bob('robert@x.com', '2')}${CID('2')}`, second);
    expect(summary).toMatchObject({ created: 0, updated: 3, rejected: 0 });
    expect(bench.sandbox.contacts().map(({ notes }) => notes)).toEqual(['2', '2', '2']);
    expect(named('Ann')[0]?.emails).toContain('ann@y.com');
    expect(named('Cid')[0]?.phone_numbers).toContain('+442079469993');
    const again = await send('april.csv', `${ANN('2')}${bob('robert@x.com', '2')}${CID('2')}`, second);
    expect(again).toMatchObject({ unchanged: 3 });
  });

  it('is that contact where the second list has the very row of the first', async () => {
    const { bench, send, change } = await lists();
    await send('march.csv', `${ANN('1')}${CID('1')}`, first);
    await change('Ann', { emails: ['ann@y.com'] });
    await change('Cid', { phone_numbers: ['+442079469993'] });
    expect(await send('april.csv', `${ANN('1')}${CID('1')}`, second)).toMatchObject({ created: 0, rejected: 0 });
    expect(bench.sandbox.contacts()).toHaveLength(2);
  });

  it('is nobody to whom that e-mail or phone was given there', async () => {
    const { bench, send, change, named } = await lists();
    await send('march.csv', `${ANN('1')}${CID('1')}`, first);
    await change('Ann', { emails: ['ann@y.com'] });
    await change('Cid', { phone_numbers: ['+442079469993'] });
    bench.sandbox.seed([
      { first_name: 'Bob', last_name: 'Stone', emails: ['ann@x.com'] },
      { first_name: 'Dan', last_name: 'Pike', emails: ['dan@x.com'], phone_numbers: ['+442079461003'] },
    ]);
    await send('april.csv', `${ANN('2')}${CID('2')}`, second);
    expect(named('Bob')).toMatchObject([{ last_name: 'Stone', notes: null }]);
    expect(named('Dan')).toMatchObject([{ last_name: 'Pike', notes: null }]);
    expect([named('Ann'), named('Cid')]).toMatchObject([[{}], [{}]]);
  });

  it('who is somebody else there by now is not turned back', async () => {
    const { send, change, named } = await lists();
    await send('march.csv', ANN('1'), first);
    await change('Ann', { first_name: 'Zelda', last_name: 'Quux', emails: ['zelda@z.com'] });
    expect(await send('april.csv', ANN('2'), second)).toMatchObject({ created: 1 });
    expect(named('Zelda')).toMatchObject([{ last_name: 'Quux', notes: '1' }]);
  });
});

describe('what the next list does not name of whom the first has sent', () => {
  it('is not emptied where Clarky empties what an update leaves out: that is seen at the first of them', async () => {
    const { bench, send, named } = await lists({ readings: { missingFields: 'clear' } });
    await send('march.csv', 'Ann,Lee,ann@x.com,+442079461001,first\nBo,Day,bo@x.com,+442079461002,first\n');
    const file = join(bench.folder, 'april.csv');
    await writeFile(file, 'First name,Last name,Email\nAnn,Lee,ann@x.com\nBo,Day,bo@x.com\n');
    await importContacts({ file, ...bench.api, stateDir: join(bench.folder, 'state') });
    expect([...named('Ann'), ...named('Bo')]).toMatchObject([{ notes: 'first' }, { notes: 'first' }]);
  });
});

it.each([false, true])(
  'whom a list has sent to another bot is none of this one, with its own contacts; --live: %s',
  async (live) => {
    const { bench, send, change, named } = await lists({ bots: ['bot_1', 'bot_2'], readings: { dedupeScope: 'bot' } });
    await send('march.csv', `${ANN('1')}${CID('1')}`, { bot: 'bot_1' });
    await change('Ann', { emails: ['ann@y.com'] });
    const cid = live ? '' : CID('2');
    const summary = await send('april.csv', `${ANN('2')}${cid}`, { bot: 'bot_2', live });
    expect(summary).toMatchObject({ created: live ? 1 : 2, rejected: 0 });
    const anns = named('Ann').map(({ notes, emails }) => [notes, ...emails]);
    expect(anns.sort()).toEqual([
      ['1', 'ann@y.com'],
      ['2', 'ann@x.com'],
    ]);
    expect(bench.sandbox.contacts().filter(({ bot_id: bot }) => bot === 'bot_1')).toMatchObject([
      { notes: '1' },
      { notes: '1' },
    ]);
  },
);

it('costs a read for each whom other lists alone know, and none for whom it knows itself to be so', async () => {
  const { bench, send } = await lists();
  const rows = (notes: string): string =>
    Array.from({ length: 20 }, (_, at) => `Ann,No${'abcdefghijklmnopqrst'[at]},a${at}@x.com,,${notes}\n`).join('');
  await send('march.csv', rows('1'));
  bench.traffic();
  await send('april.csv', rows('2'));
  const first = bench.traffic();
  await send('april.csv', rows('3'));
  const second = bench.traffic();
  expect([first.writes, second.writes]).toEqual([20, 20]);
  expect(first.reads).toBe(second.reads);
});
