/** Whom the importer has sent, and somebody has changed in Clarky since: known by the id. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { summaryInWords } from '../../src/cli/views/words.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const HEAD = 'First name,Last name,Email,Phone,Notes\n';
const BEN = (notes: string): string => `Ben,Carter,ben@x.com,+442079461001,${notes}\n`;
const OTHER = 'Ada,Ek,ada@x.com,+442079461002,a\n';

async function benSent(): Promise<{ readonly bench: Workbench; readonly id: string }> {
  const bench = await workbench(`${HEAD}${BEN('first')}${OTHER}`);
  expect((await bench.import()).summary).toMatchObject({ created: 2 });
  return { bench, id: bench.byEmail('ben@x.com')?.id ?? '' };
}

async function patch({ sandbox }: Workbench, id: string, change: object): Promise<void> {
  const headers = { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.url}/contacts/${id}`, {
    method: 'PATCH',
    headers,
    body: JSON.stringify(change),
  });
  expect(answer.ok).toBe(true);
}

const now = ({ sandbox }: Workbench, id: string) => sandbox.contacts().find((contact) => contact.id === id);

describe('--live, where somebody has changed the e-mail of whom it sent, and not the phone', () => {
  it.each([
    ['the e-mail alone', { emails: ['ben.new@z.com'] }],
    ['the last name as well', { emails: ['ben.new@z.com'], last_name: 'Zimmer' }],
  ])('%s: the row is that contact, and nobody else', async (_, change) => {
    const { bench, id } = await benSent();
    await patch(bench, id, change);
    expect(await bench.plan()).toMatchObject({ unchanged: 2, rejected: 0, contacts: 2 });
    expect((await bench.import()).summary).toMatchObject({ unchanged: 2, rejected: 0, contacts: 2, exit: 0 });
    await bench.write(`${HEAD}${BEN('second')}${OTHER}`);
    expect(await bench.plan()).toMatchObject({ updated: 1, unchanged: 1, rejected: 0 });
    expect((await bench.import()).summary).toMatchObject({ updated: 1, unchanged: 1, rejected: 0 });
    expect(now(bench, id)).toMatchObject({ first_name: 'Ben', notes: 'second' });
    expect(bench.sandbox.contacts()).toHaveLength(2);
    // An import that does not read the workspace holds it for nobody either.
    await bench.write(`${HEAD}${BEN('third')}${OTHER}`);
    expect((await bench.import({ live: false })).summary).toMatchObject({ updated: 1, rejected: 0 });
    expect(bench.sandbox.contacts()).toHaveLength(2);
  });

  it('the contact became somebody else: the row is held', async () => {
    const { bench, id } = await benSent();
    const zelda = { emails: ['zelda@z.com'], first_name: 'Zelda', last_name: 'Quux' };
    await patch(bench, id, zelda);
    await bench.write(`${HEAD}${BEN('second')}${OTHER}`);
    expect((await bench.import()).summary).toMatchObject({ unchanged: 1, rejected: 1 });
    expect(now(bench, id)).toMatchObject(zelda);
  });
});

describe('--live, where somebody was made beside whom it sent, with the same phone', () => {
  it('rejects no row that needs no write, and sends none that does', async () => {
    const { bench } = await benSent();
    const twin = { first_name: 'Ben', last_name: 'Carter', emails: ['ben@priv.com'], phone_numbers: ['+442079461001'] };
    bench.sandbox.seed([twin]);
    expect(await bench.plan()).toMatchObject({ unchanged: 2, rejected: 0, contacts: 2 });
    expect((await bench.import()).summary).toMatchObject({ unchanged: 2, rejected: 0, contacts: 2, exit: 0 });
    await bench.write(`${HEAD}${BEN('second')}${OTHER}`);
    expect((await bench.import()).summary).toMatchObject({ unchanged: 1, rejected: 1, contacts: 1 });
    expect(bench.byEmail('ben@priv.com')).toMatchObject({ notes: null });
    expect(bench.byEmail('ben@x.com')).toMatchObject({ notes: 'first' });
  });

  it('nor is somebody of that phone and another first name, who was never sent, taken for the one who was', async () => {
    const { bench, id } = await benSent();
    const max = BEN('first').replace('ben@x.com', 'max@x.com').replace('Ben,', 'Max,');
    await bench.write(`${HEAD}${max}${OTHER}`);
    expect((await bench.import()).summary).toMatchObject({ unchanged: 1, rejected: 1 });
    expect(now(bench, id)).toMatchObject({ emails: ['ben@x.com'] });
  });
});

const CY = (notes: string): string => `Cy,Moe,,+442079461003,${notes}\n`;

describe.each([
  ['an e-mail', BEN, 'ben@x.com'],
  ['a phone alone', CY, undefined],
])('without --live, whom it sent and somebody has made another person of under %s', (_, row, email) => {
  const zelda = { first_name: 'Zelda', last_name: 'Quux', notes: 'by hand' };

  it('is not turned back: the row is rejected, unless that is meant', async () => {
    const bench = await workbench(`${HEAD}${row('first')}${OTHER}`);
    await bench.import({ live: false });
    const id = bench.sandbox.contacts().find(({ emails }) => emails[0] === email)?.id ?? '';
    await patch(bench, id, zelda);
    // The first update of a run is asked for by what the row says, those after it by the id.
    for (const [notes, ada] of [
      ['second', OTHER],
      ['third', OTHER.replace(',a\n', ',b\n')],
    ] as const) {
      await bench.write(`${HEAD}${ada}${row(notes)}`);
      expect((await bench.import({ live: false })).summary).toMatchObject({ rejected: 1, exit: 3 });
      expect(now(bench, id)).toMatchObject(zelda);
    }
    const meant = { sharedEmail: 'merge', sharedPhone: 'send' } as const;
    expect((await bench.import({ live: false, ...meant })).summary).toMatchObject({ updated: 1, rejected: 0 });
    expect(now(bench, id)).toMatchObject({ last_name: row('').split(',')[1], notes: 'third' });
  });
});

it('without --live, who is new in a file of which some were sent and is in Clarky already is told', async () => {
  const bench = await workbench(`${HEAD}${OTHER}`);
  bench.sandbox.seed([{ first_name: 'Ben', last_name: 'Carter', emails: ['ben@x.com'] }]);
  const log = join(bench.folder, 'log.jsonl');
  await bench.import({ live: false });
  await bench.write(`${HEAD}${OTHER}${BEN('first')}Dan,Oh,dan@x.com,,\n`);
  const { summary } = await bench.import({ live: false, log });
  expect(summary).toMatchObject({ created: 1, updated: 1, metThere: 1 });
  expect(summaryInWords(summary)).toContain('1 of the updated was in Clarky already when this file sent it first');
  const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
  const met = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ wasThere }) => wasThere === true);
  expect(met).toMatchObject([{ line: 3, outcome: 'updated' }]);
  // Whom the file has sent is no news when it changes; nor is anybody in a first import.
  await bench.write(`${HEAD}${OTHER}${BEN('second')}Dan,Oh,dan@x.com,,\n`);
  const later = await bench.import({ live: false });
  expect(later.summary).toMatchObject({ updated: 1 });
  expect(later.summary).not.toHaveProperty('metThere');
  const first = await bench.import({ live: false, checkpoint: join(bench.folder, 'first.jsonl'), stateDir: false });
  expect(first.summary).toMatchObject({ updated: 3 });
  expect(first.summary).not.toHaveProperty('metThere');
});

it('whom undo has set back is no news to the next import without --live', async () => {
  const bench = await workbench(`${HEAD}${OTHER}${BEN('first')}`);
  bench.sandbox.seed([{ first_name: 'Ben', last_name: 'Carter', emails: ['ben@x.com'] }]);
  expect((await bench.import()).summary).toMatchObject({ created: 1, updated: 1 });
  await bench.write(`${HEAD}${OTHER.replace(',a\n', ',b\n')}${BEN('second')}`);
  expect((await bench.import()).summary).toMatchObject({ updated: 2 });
  expect(await undoImport({ file: bench.file, ...bench.api })).toMatchObject({ setBack: 2 });
  // Somebody is accepted still, so that it is no first import.
  await bench.write(`${HEAD}Dan,Oh,dan@x.com,,\n`);
  await bench.import({ live: false });
  await bench.write(`${HEAD}${OTHER.replace(',a\n', ',b\n')}${BEN('second')}Dan,Oh,dan@x.com,,\n`);
  const { summary } = await bench.import({ live: false });
  expect(summary).toMatchObject({ updated: 2, unchanged: 1 });
  expect(summary).not.toHaveProperty('metThere');
});

describe('a list that lags behind', () => {
  /** A list that shows nobody of the file; by the id they are there. */
  const shown = (text: string, url: string): string => {
    if (!/^\/api\/v1\/contacts\?/.test(url)) return text;
    const { data, pagination } = JSON.parse(text) as { data: { last_name: string }[]; pagination: object };
    const others = data.filter(({ last_name: name }) => name === 'Listed');
    return JSON.stringify({ data: others, pagination: { ...pagination, total: others.length, total_pages: 1 } });
  };

  it('nobody is taken for deleted whom the id still shows, and nobody is made twice', async () => {
    const bench = await workbench(`${HEAD}${BEN('first')}${OTHER}`);
    bench.sandbox.seed([{ emails: ['z@z.com'], last_name: 'Listed' }]);
    const apiUrl = await behindProxy(bench, () => Promise.resolve(), shown);
    expect((await bench.import({ apiUrl })).summary).toMatchObject({ created: 2 });
    expect((await bench.import({ apiUrl })).summary).toMatchObject({ unchanged: 2, rejected: 0, exit: 0 });
    const verified = await verifyContacts({ file: bench.file, ...bench.api, apiUrl });
    expect(verified).toMatchObject({ same: 2, missing: 0 });
    expect((await bench.import({ apiUrl, restoreDeleted: true })).summary).toMatchObject({ unchanged: 2, requests: 0 });
    await bench.write(`${HEAD}${BEN('second')}${OTHER}`);
    expect((await bench.import({ apiUrl })).summary).toMatchObject({ updated: 1, unchanged: 1 });
    expect(bench.sandbox.contacts()).toHaveLength(3);
  });

  it.each([
    ['two swapped their e-mails', 'list.csv', `Ben,Kay,oh@x.com,,\nDan,Oh,ben@x.com,,\n`, 2],
    ['somebody else has the e-mail', 'list.csv', `Zoe,Day,ben@x.com,,\nDan,Oh,oh@x.com,,\n`, 1],
    ['somebody else has it in another file', 'other.csv', `Zoe,Day,ben@x.com,,\nEve,Fox,eve@x.com,,\n`, 1],
  ])('nobody becomes somebody else where %s meanwhile', async (_, name, rows, rejected) => {
    const bench = await workbench(HEAD);
    const [file, stateDir] = [join(bench.folder, name), join(bench.folder, 'state')];
    const first = join(bench.folder, 'list.csv');
    await writeFile(first, `${HEAD}Ben,Kay,ben@x.com,,\nDan,Oh,oh@x.com,,\n`);
    bench.sandbox.seed([{ emails: ['z@z.com'], last_name: 'Listed' }]);
    const apiUrl = await behindProxy(bench, () => Promise.resolve(), shown);
    await bench.import({ file: first, apiUrl, stateDir });
    await writeFile(file, `${HEAD}${rows}`);
    const { summary, exitStatus } = await bench.import({ file, apiUrl, stateDir });
    expect([summary.reasons, exitStatus]).toEqual([{ shared_email: rejected }, 3]);
    // Nor is anybody taken for deleted.
    await bench.import({ file, apiUrl, stateDir, restoreDeleted: true });
    expect(bench.byEmail('ben@x.com')).toMatchObject({ first_name: 'Ben' });
    expect(bench.byEmail('oh@x.com')).toMatchObject({ first_name: 'Dan' });
  });

  it('who is gone is told after some questions, and no more are asked', async () => {
    const rows = Array.from({ length: 150 }, (_, n) => `P${n},Kay,p${n}@x.com,,\n`).join('');
    const bench = await workbench(`${HEAD}${rows}`);
    await bench.import();
    for (const { id } of bench.sandbox.contacts())
      await fetch(`${bench.sandbox.url}/contacts/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${bench.sandbox.key}` },
      });
    bench.traffic();
    expect((await bench.import()).summary).toMatchObject({ rejected: 150 });
    // The first of them again for some seconds: Clarky may be behind what it answered a moment ago.
    expect(bench.traffic().reads).toBeLessThanOrEqual(130);
  });
});
