import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { undoPlanInWords, undoResultInWords } from '../../src/cli/views/undo-words.js';
import { statusInWords } from '../../src/cli/views/status-words.js';
import { summaryInWords } from '../../src/cli/views/words.js';
import { forgetFiles } from '../../src/run/forget.js';
import { importContacts } from '../../src/run/import/import.js';
import { undoImport, type UndoOptions } from '../../src/run/undo/undo.js';
import type { UndoPlan } from '../../src/run/undo/undo-plan.js';
import { readStatus } from '../../src/run/status.js';
import type { UndoResult } from '../../src/run/undo/undo-result.js';
import { countToUndo } from '../../src/run/undo/reach.js';
import { workbench, type Workbench } from './workbench.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';

const HEADER = 'Email,First name,Phone,Company,Tags,Dept';

/** Ten people, of whom the first five are in the workspace with other values. */
async function imported(): Promise<Workbench & { before: unknown[] }> {
  const rows = Array.from({ length: 10 }, (_, n) => `p${n}@x.com,Pat ${n},+44207946010${n},New ${n},lead;new,Sales`);
  const bench = await workbench(`${HEADER}\n${rows.join('\n')}\n`);
  bench.sandbox.seed(
    Array.from({ length: 5 }, (_, n) => ({
      emails: [`p${n}@x.com`, `home${n}@x.org`],
      first_name: `Pat ${n}`,
      company: n === 0 ? null : `Old ${n}`,
      tags: ['vip', 'lead'],
      notes: 'kept',
      custom_fields: { Dept: n === 1 ? 'Support' : null, shoe: 41 },
    })),
  );
  const before = comparable(bench);
  const { summary } = await bench.import({ unmapped: 'custom' });
  expect(summary).toMatchObject({ created: 5, updated: 5 });
  bench.traffic();
  return { ...bench, before };
}

function undo(bench: Workbench, options: Partial<UndoOptions> = {}): Promise<UndoResult> {
  return undoImport({ file: bench.file, ...bench.api, ...options });
}

/** The workspace without what any write changes, blank custom fields as if they were not there. */
function comparable(bench: Workbench): unknown[] {
  return bench.sandbox.contacts().map(({ internal: _, updated_at: _at, custom_fields: custom, ...contact }) => ({
    ...contact,
    custom_fields: Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null)),
  }));
}

async function call(bench: Workbench, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${bench.sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bench.sandbox.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
}

it('the plan of an undo counts what was written a moment ago', async () => {
  const bench = await workbench('Email\nann@x.com\nbob@x.com\ncat@x.com\n');
  const how = { rate: { writes: 4, seconds: 600 }, stateDir: `${bench.file}.state` };
  expect((await bench.import(how)).summary.created).toBe(3);
  let planned: UndoPlan | undefined;
  await undo(bench, { ...how, confirm: (plan) => Promise.resolve((planned = plan) === undefined) });
  expect(planned?.toDelete).toBe(3);
  // One is free; the second waits for a window of ten minutes.
  expect(planned?.seconds).toBeGreaterThan(60);
});

describe('undo', () => {
  it('brings the workspace back to what it was, and lets the next import send everything again', async () => {
    const bench = await imported();
    let plan: UndoPlan | undefined;
    const result = await undo(bench, {
      confirm: (asked) => {
        plan = asked;
        return Promise.resolve(true);
      },
    });
    expect(plan).toMatchObject({ contacts: 10, toDelete: 5, toSetBack: 5, left: [], nothingToDo: 0 });
    expect(result).toMatchObject({ deleted: 5, setBack: 5, left: [], pending: 0, complete: true, exitStatus: 0 });
    expect(bench.traffic().writes).toBe(10);
    expect(comparable(bench)).toEqual(bench.before);
    expect(await undo(bench)).toMatchObject({ contacts: 0, exitStatus: 0 });
    expect((await bench.import({ unmapped: 'custom', live: false })).summary).toMatchObject({ requests: 10 });
  });

  it('names the rejects that were imported from their own file, and how they are taken back', async () => {
    const bench = await workbench('Email,Company\nada@x.com,New\nbob-at-x.com,Acme\n');
    await bench.import();
    const rejects = `${bench.file}.rejected.csv`;
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('bob-at-x.com', 'bob@x.com'));
    expect(await undo(bench, { confirm: () => Promise.resolve(false) })).toMatchObject({ ofRejects: [] });
    await importContacts({ file: rejects, ...bench.api, live: true });
    let words = '';
    const result = await undo(bench, {
      confirm: (plan) => {
        words = undoPlanInWords(plan);
        return Promise.resolve(true);
      },
    });
    expect(result).toMatchObject({ deleted: 1, ofRejects: [rejects] });
    expect(words).toContain(`which is better undone first\n  ${rejects}\n`);
    // The question comes next: what is to be done in its place can be read before it is answered.
    expect(words).toContain(`\n    clarky-contacts undo ${rejects}\n`);
    expect(undoResultInWords(result)).toContain(`\n  clarky-contacts undo ${rejects}\n`);
    expect(await undo(bench, { file: rejects })).toMatchObject({ deleted: 1, ofRejects: [] });
    expect(await undo(bench)).toMatchObject({ contacts: 0, ofRejects: [] });
    expect(bench.sandbox.contacts()).toEqual([]);
  });

  it('says how many contacts of the file came by imports that it does not take back', async () => {
    const bench = await workbench('Email,Company\nada@x.com,Acme\nbob@x.com,Acme\n');
    await bench.import();
    expect((await readStatus(bench.file)).scopes[0]).toMatchObject({ beyondUndo: 0 });
    await bench.write('Email,Company\nada@x.com,Acme\nbob@x.com,Acme\ncy@x.com,Acme\n');
    const { summary } = await bench.import();
    expect(summaryInWords(summary, {}, await countToUndo(summary))).toContain('  take back 1 of 3 contacts:\n');
    const status = await readStatus(bench.file);
    expect(statusInWords(status)).toContain('  undo      not of 2 contacts: there by other imports, or from before\n');
    const stays =
      "contacts that the file has or had are in Clarky by other imports, or from before: undo can't take them back.";
    let words = '';
    const confirm = (plan: UndoPlan): boolean => {
      words = undoPlanInWords(plan).replace(/\s+/g, ' ');
      return true;
    };
    const result = await undo(bench, { confirm });
    expect(words).toContain(`2 more ${stays}`);
    expect(result).toMatchObject({ deleted: 1, beyondUndo: 2 });
    expect(undoResultInWords(result).replace(/\s+/g, ' ')).toContain(`2 more ${stays}`);
    const again = undoResultInWords(await undo(bench)).replace(/\s+/g, ' ');
    expect(again).toContain(`Nothing is left to undo of the newest live import of ${bench.file}. 2 ${stays}`);
    expect(bench.sandbox.contacts()).toHaveLength(2);
  });

  it('is offered by nobody where it would find nothing left, whatever was imported since', async () => {
    const bench = await workbench('Email,Company\nada@x.com,Acme\n');
    const offered = async (): Promise<boolean[]> => {
      const status = await readStatus(bench.file);
      return [status.scopes[0]?.isUndoable === true, statusInWords(status).includes('can be undone')];
    };
    await bench.import();
    expect(await offered()).toEqual([true, true]);
    expect(await undo(bench)).toMatchObject({ deleted: 1 });
    expect(await offered()).toEqual([false, false]);
    await bench.import({ live: false });
    expect(await undo(bench)).toMatchObject({ contacts: 0, beyondUndo: 1 });
    expect(await offered()).toEqual([false, false]);
  });

  it('does the same where the server joins tags and custom fields otherwise', async () => {
    const bench = await workbench('Email,Company,Tags\nada@x.com,New,b\n', { readings: { tags: 'join' } });
    bench.sandbox.seed([{ emails: ['ada@x.com'], company: 'Old', tags: ['a'] }]);
    await bench.import();
    expect(bench.byEmail('ada@x.com')?.tags).toEqual(['a', 'b']);
    expect(await undo(bench)).toMatchObject({ setBack: 1, exitStatus: 0 });
    expect(bench.byEmail('ada@x.com')).toMatchObject({ company: 'Old', tags: ['a'] });
  });

  it('leaves the three contacts that somebody edited since, and lists them', async () => {
    const bench = await imported();
    await call(bench, 'PATCH', '/contacts/con_00000002', { company: 'Theirs' });
    await call(bench, 'PATCH', '/contacts/con_00000007', { notes: 'call back' });
    await call(bench, 'PATCH', '/contacts/con_00000008', { emails: ['moved@x.com'] });
    const edited = bench.sandbox.contacts().filter(({ id }) => ['con_00000007', 'con_00000008'].includes(id));
    const result = await undo(bench);
    expect(result).toMatchObject({ deleted: 3, setBack: 5, exitStatus: 3, complete: true });
    expect(result.left).toEqual([
      { line: 3, contactId: 'con_00000002', reason: 'changed', fields: ['company'] },
      { line: 8, contactId: 'con_00000007', reason: 'changed', fields: ['notes'] },
      { line: 9, contactId: 'con_00000008', reason: 'changed', fields: ['emails'] },
    ]);
    expect(bench.sandbox.contacts().filter(({ id }) => ['con_00000007', 'con_00000008'].includes(id))).toEqual(edited);
    // Of the one that was there before, what the import wrote and nobody touched is set back.
    expect(bench.sandbox.contacts()[1]).toMatchObject({ company: 'Theirs', tags: ['vip', 'lead'], phone_numbers: [] });
    const words = undoResultInWords(result);
    expect(words).toContain('  line 3, con_00000002: changed since: company\n');
    for (const line of words.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('that is stopped has whom it leaves among those that are left, and not among the pending', async () => {
    const bench = await imported();
    await call(bench, 'PATCH', '/contacts/con_00000010', { notes: 'call back' });
    const stop = new AbortController();
    const onEvent: UndoOptions['onEvent'] = ({ type }) => (type === 'undone' ? stop.abort() : undefined);
    const { left, pending, deleted, setBack } = await undo(bench, { onEvent, signal: stop.signal });
    expect(left).toMatchObject([{ line: 11, reason: 'changed' }]);
    expect(pending).toBeGreaterThan(0);
    expect(deleted + setBack + left.length + pending).toBe(10);
    const stopped = await readStatus(bench.file);
    expect(stopped.scopes[0]?.undone).toMatchObject({ left: 1 });
    const done = deleted + setBack;
    expect(statusInWords(stopped)).toContain(`  undone    ${done} of 10, 1 left: run the same undo again to go on\n`);
    await undo(bench);
    expect(statusInWords(await readStatus(bench.file))).toContain('  undone    9 of 10, 1 left\n');
  });

  it('takes what is gone, or as before already, for done', async () => {
    const bench = await imported();
    await call(bench, 'DELETE', '/contacts/con_00000001');
    await call(bench, 'DELETE', '/contacts/con_00000009');
    bench.traffic();
    expect(await undo(bench)).toMatchObject({ deleted: 4, setBack: 4, nothingToDo: 2, exitStatus: 0 });
    expect(bench.traffic().writes).toBe(8);
  });

  it.each([1, 4, 7, 9])('goes on where it was cut after %i contacts', async (cutAfter) => {
    const bench = await imported();
    const cut = new AbortController();
    let undone = 0;
    const first = await undo(bench, {
      signal: cut.signal,
      onEvent: (event) => {
        if (event.type === 'undone' && ++undone === cutAfter) cut.abort(new Error('cut'));
      },
    });
    expect(first.exitStatus).toBe(first.pending > 0 ? 130 : 0);
    const second = await undo(bench);
    expect(second).toMatchObject({ pending: 0, exitStatus: 0 });
    expect(comparable(bench)).toEqual(bench.before);
    // No contact is written twice, and the checkpoint has forgotten all of them.
    expect(bench.traffic().writes).toBe(10);
    expect((await bench.plan()).unchanged).toBe(0);
  });

  it('counts each contact once, though it was killed before the journal had what the checkpoint has', async () => {
    const bench = await imported();
    const cut = new AbortController();
    const onEvent: UndoOptions['onEvent'] = ({ type }) => type === 'undone' && cut.abort(new Error('cut'));
    await undo(bench, { signal: cut.signal, onEvent });
    const journal = `${bench.file}.undo.jsonl`;
    const lines = (await readFile(journal, 'utf8')).split('\n');
    const isKept = (line: string): boolean => !line.includes('"undone"');
    expect(lines.every(isKept)).toBe(false);
    await writeFile(journal, lines.filter(isKept).join('\n'));
    expect(await undo(bench)).toMatchObject({ contacts: 10, pending: 0, exitStatus: 0 });
    const [status] = (await readStatus(bench.file)).scopes;
    expect(status?.undone).toMatchObject({ of: 10, done: 10, left: 0 });
  });

  it('stops after one contact where a PATCH does nothing', async () => {
    const bench = await imported();
    const before = bench.sandbox.contacts();
    const proxy = await proxyTo(bench.sandbox.url, (method) => (method === 'PATCH' ? 'GET' : method));
    await rescope(bench, proxy.url);
    await expect(undo(bench, { apiUrl: proxy.url })).rejects.toMatchObject({
      code: 'not_as_meant',
      exitStatus: 4,
      message: expect.stringContaining('line 2') as string,
    });
    expect(proxy.methods.filter((method) => method !== 'GET')).toEqual(['PATCH']);
    expect(bench.sandbox.contacts()).toEqual(before);
  });

  it('stops after one contact where a DELETE does nothing', async () => {
    const bench = await workbench('Email\nada@x.com\nbob@x.com\n');
    await bench.import();
    const proxy = await proxyTo(bench.sandbox.url, (method) => (method === 'DELETE' ? 'GET' : method));
    await rescope(bench, proxy.url);
    await expect(undo(bench, { apiUrl: proxy.url })).rejects.toMatchObject({ code: 'not_as_meant' });
    expect(proxy.methods.filter((method) => method !== 'GET')).toEqual(['DELETE']);
  });

  it('reckons the time with the limit that is given', async () => {
    const rows = Array.from({ length: 61 }, (_, n) => `p${n}@x.com,Pat ${n},,,,`);
    const bench = await workbench(`${HEADER}\n${rows.join('\n')}\n`);
    await bench.import();
    const seconds: number[] = [];
    for (const rate of [
      { writes: 60, seconds: 60 },
      { writes: 10, seconds: 60 },
      // However fast it may write, each is read before.
      { writes: 600, seconds: 1 },
    ]) {
      const confirm = (plan: UndoPlan): Promise<boolean> => Promise.resolve(seconds.push(plan.seconds) < 0);
      expect(await undo(bench, { rate, confirm })).toMatchObject({ confirmed: false });
    }
    expect(seconds).toEqual([60, 360, 60]);
  });

  it('writes nothing where the answer is no, and shows a plan of at most 80 columns', async () => {
    const bench = await imported();
    let words = '';
    const result = await undo(bench, {
      confirm: (plan) => {
        words = undoPlanInWords(plan);
        return Promise.resolve(false);
      },
    });
    expect(result).toMatchObject({ confirmed: false, pending: 10, exitStatus: 0 });
    expect(bench.traffic().writes).toBe(0);
    expect(words).toMatch(/delete\s+5 {2}made by the import/);
    for (const line of words.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says that this server lets nothing be changed, and not that the address is wrong; the same call goes on later', async () => {
    const bench = await imported();
    bench.sandbox.setFaults({ on: 'writes', at: [{ request: 1, kind: '405' }] });
    await expect(undo(bench)).rejects.toMatchObject({
      code: 'not_as_meant',
      message: expect.stringMatching(/doesn't let contacts be changed \(HTTP 405\)/) as unknown,
    });
    const inTurn = (['500', '502', 'cut-after', '429', 'cut-mid', '503'] as const).map((kind, n) => ({
      request: 2 * n + 1,
      kind,
    }));
    bench.sandbox.setFaults({ on: 'writes', at: inTurn });
    expect(await undo(bench)).toMatchObject({ setBack: 5, pending: 0, left: [], exitStatus: 0 });
    expect(comparable(bench)).toEqual(bench.before);
  });

  it('leaves what Clarky refuses to change or delete, says so, and goes on', async () => {
    const bench = await imported();
    bench.sandbox.setFaults({ on: 'writes', forEmail: { 'p0@x.com': '409', 'p5@x.com': '422' } });
    const result = await undo(bench);
    expect(result).toMatchObject({ deleted: 4, setBack: 4, pending: 0, exitStatus: 3 });
    expect(result.left.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'refused'],
      [7, 'refused'],
    ]);
  });

  it('deletes nothing that somebody wrote to since, be it in a field that is not known', async () => {
    const bench = await imported();
    const made = bench.byEmail('p7@x.com');
    await call(bench, 'PATCH', `/contacts/${made?.id ?? ''}`, { owner: 'sales' });
    const result = await undo(bench);
    expect(result).toMatchObject({ deleted: 4, exitStatus: 3 });
    expect(result.left).toMatchObject([{ line: 9, reason: 'changed' }]);
    expect(bench.byEmail('p7@x.com')?.id).toBe(made?.id);
  });

  it('leaves what was deleted free for others: their e-mails and phones are nobody’s then', async () => {
    const bench = await workbench(`${HEADER}\nann@x.com,Ann,+442079460100,,,`);
    expect((await bench.import()).exitStatus).toBe(0);
    expect((await undo(bench)).deleted).toBe(1);
    await bench.write(`${HEADER}\nbob@x.com,Bob,+442079460100,,,\nann@x.com,Zoe,,,,`);
    const { summary, exitStatus } = await bench.import({ live: false });
    expect([summary.created, summary.rejected, exitStatus]).toEqual([2, 0, 0]);
  });

  it('leaves the journal of an import that is running alone, and with --wait takes all of it back', async () => {
    const rows = Array.from({ length: 6 }, (_, n) => `w${n}@x.com,Wes ${n},,,,`);
    const bench = await workbench(`${HEADER}\n${rows.join('\n')}\n`);
    let taken = 0;
    let beside: Promise<UndoResult> | undefined;
    await bench.import({
      concurrency: 1,
      onEvent: (event) => {
        if (event.type !== 'contact' || ++taken !== 3) return;
        beside = undo(bench, { waitMs: 60_000 });
      },
    });
    expect(await beside).toMatchObject({ contacts: 6, deleted: 6, pending: 0 });
    expect(bench.sandbox.contacts()).toEqual([]);
  });

  it('gives back what the answers of a clearing server showed lost', async () => {
    const bench = await workbench('Email,Company\nada@x.com,New\n', { readings: { missingFields: 'clear' } });
    bench.sandbox.seed([{ emails: ['ada@x.com'], company: 'Old', notes: 'kept', tags: ['vip'] }]);
    const before = comparable(bench);
    await bench.import();
    expect(await undo(bench)).toMatchObject({ setBack: 1, left: [], exitStatus: 0 });
    expect(comparable(bench)).toEqual(before);
  });

  it('covers an import that was stopped and gone on with, and no older one', async () => {
    const bench = await workbench(`${HEADER}\n${['a', 'b', 'c', 'd'].map((n) => `${n}@x.com,${n},,,,`).join('\n')}\n`);
    bench.sandbox.seed([{ emails: ['a@x.com'], company: 'older' }]);
    const cut = new AbortController();
    await bench.import({
      concurrency: 1,
      signal: cut.signal,
      onEvent: (event) => {
        if (event.type === 'contact') cut.abort(new Error('cut'));
      },
    });
    await bench.import();
    expect(await undo(bench, { confirm: () => Promise.resolve(false) })).toMatchObject({ contacts: 4 });
    await bench.write(`${HEADER}\ne@x.com,e,,,,\n`);
    await bench.import();
    expect(await undo(bench)).toMatchObject({ contacts: 1, deleted: 1 });
    expect(bench.sandbox.contacts()).toHaveLength(4);
  });

  it('is of the next import, and of no stopped one that an undo has looked at whole', async () => {
    const bench = await workbench(`Email,Company\n${['a', 'b', 'c', 'd'].map((n) => `${n}@x.com,New`).join('\n')}\n`);
    const [a] = bench.sandbox.seed([{ emails: ['a@x.com'], company: 'Old' }]);
    const cut = new AbortController();
    let sent = 0;
    const first = await bench.import({
      concurrency: 1,
      signal: cut.signal,
      onEvent: (event) => {
        if (event.type === 'contact' && ++sent === 2) cut.abort(new Error('cut'));
      },
    });
    expect(first.summary.pending).toBeGreaterThan(0);
    await call(bench, 'PATCH', `/contacts/${a?.id ?? ''}`, { company: "Somebody's" });
    expect(await undo(bench)).toMatchObject({ deleted: sent - 1, left: [{ contactId: a?.id }] });
    const warned: unknown[] = [];
    const { summary } = await bench.import({
      onEvent: (event) => void (event.type === 'warning' && warned.push(event)),
    });
    let plan: UndoPlan | undefined;
    await undo(bench, { confirm: (one) => void (plan = one) as unknown as boolean });
    expect(plan).toMatchObject({ import: { at: summary.start }, contacts: 3 });
    expect(warned).toMatchObject([
      { code: 'undo_begins_anew', message: expect.stringContaining('1 contact') as string },
    ]);
    expect(await undo(bench)).toMatchObject({ deleted: 3, left: [], exitStatus: 0 });
    expect(bench.sandbox.contacts()).toMatchObject([{ company: "Somebody's" }]);
  });

  it('that is stopped leaves the stopped import to go on', async () => {
    const bench = await imported();
    await writeFile(
      `${bench.file}.undo.jsonl`,
      (await readFile(`${bench.file}.undo.jsonl`, 'utf8')).replace('{"ended":true}\n', ''),
    );
    const cut = new AbortController();
    const part = await undo(bench, {
      signal: cut.signal,
      onEvent: (event) => {
        if (event.type === 'undone') cut.abort(new Error('cut'));
      },
    });
    expect(part.pending).toBeGreaterThan(0);
    await bench.import({ unmapped: 'custom' });
    expect(await undo(bench)).toMatchObject({ contacts: 10, left: [] });
    expect(comparable(bench)).toEqual(bench.before);
  });

  it('takes back what was sent by a run that was killed before it heard the answer', async () => {
    const bench = await workbench('Email,Company\na@x.com,New\nb@x.com,New\n');
    const [a] = bench.sandbox.seed([{ emails: ['a@x.com'], company: 'Old' }]);
    // Every answer to a write is lost, and the run gives up.
    bench.sandbox.setFaults({ on: 'writes', probabilities: { 'cut-after': 1 } });
    const stopped = await bench.import({ maxOutageSeconds: 1 });
    expect(stopped.summary.pending).toBeGreaterThan(0);
    bench.sandbox.setFaults({});
    expect(bench.sandbox.contacts()).toHaveLength(2);
    expect((await bench.import()).summary).toMatchObject({ unchanged: 2, requests: 0 });
    expect(await undo(bench)).toMatchObject({ deleted: 1, setBack: 1, left: [], exitStatus: 0 });
    expect(bench.sandbox.contacts()).toMatchObject([{ id: a?.id, company: 'Old' }]);
  });

  it('keeps the journal for its owner alone, logs without values, and says where there is nothing to undo', async () => {
    const bench = await imported();
    expect(await modeOf(`${bench.file}.undo.jsonl`)).toBe(OWNER_ALONE);
    await undo(bench);
    const log = await readFile(`${bench.file}.log.jsonl`, 'utf8');
    expect(log.match(/"event":"undone"/g)).toHaveLength(10);
    expect(log).not.toMatch(/x\.com|Old \d|Pat/);
    const other = await workbench('Email\nada@x.com\n');
    await other.import({ live: false });
    await expect(undo(other)).rejects.toMatchObject({ code: 'usage', exitStatus: 2 });
  });
});

/** The journal and the checkpoint as if the import had gone through another address of the same workspace. */
async function rescope(bench: Workbench, url: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  for (const path of [`${bench.file}.undo.jsonl`, `${bench.file}.checkpoint.jsonl`]) {
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(bench.sandbox.url, url));
  }
}

/** Passes requests on, with the method that `asMethod` says. */
async function proxyTo(url: string, asMethod: (method: string) => string): Promise<{ url: string; methods: string[] }> {
  const target = new URL(url);
  const methods: string[] = [];
  const server = createServer((request, response) => {
    const method = request.method ?? 'GET';
    methods.push(method);
    const sentAs = asMethod(method);
    fetch(`${target.origin}${request.url ?? ''}`, {
      method: sentAs,
      headers: { authorization: request.headers.authorization ?? '' },
    })
      .then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(await answer.text());
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`, methods };
}

it('takes back what was rejected and imported corrected under the same checkpoint, too', async () => {
  const bench = await workbench(`${HEADER}\nann@x.com,Ann,,Acme,,Sales\nbob@x.com,Bob,12,Acme,,Sales\n`);
  const checkpoint = `${bench.file}.checkpoint.jsonl`;
  expect((await bench.import()).summary).toMatchObject({ created: 1, rejected: 1 });
  const rejects = `${bench.file}.rejected.csv`;
  await writeFile(rejects, (await readFile(rejects, 'utf8')).replace(',12,', ',+442079460102,'));
  expect((await bench.import({ file: rejects, checkpoint })).summary).toMatchObject({ created: 1, rejected: 0 });
  expect(bench.sandbox.contacts()).toHaveLength(2);
  expect(await undo(bench)).toMatchObject({ deleted: 2 });
  expect(bench.sandbox.contacts()).toEqual([]);
  // The next import of the file begins a journal of its own.
  await bench.write(`${HEADER}\ncy@x.com,Cy,,Acme,,Sales\n`);
  expect((await bench.import()).summary).toMatchObject({ created: 1 });
  await bench.write(`${HEADER}\ncy@x.com,Cy,,Acme,,Sales\ndan@x.com,Dan,,Acme,,Sales\n`);
  expect((await bench.import()).summary).toMatchObject({ created: 1 });
  expect(await undo(bench)).toMatchObject({ deleted: 1 });
});

describe('undo of a file whose people another file has too', () => {
  it('leaves whom the import of that has found in Clarky, and takes back the rest, its own corrected rejects included', async () => {
    const bench = await workbench('Email,First name\nann@x.com,Ann\nbob@x.com,Bob\ncy@@x.com,Cy\n');
    const stateDir = join(bench.folder, 'state');
    const other = join(bench.folder, 'other.csv');
    await writeFile(other, 'Email,First name\nbob@x.com,Bob\n');
    expect((await bench.import({ stateDir })).summary).toMatchObject({ created: 2, rejected: 1 });
    const rejects = `${bench.file}.rejected.csv`;
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('cy@@x.com', 'cy@x.com'));
    expect((await bench.import({ file: rejects, stateDir })).summary).toMatchObject({ created: 1 });
    expect((await bench.import({ file: other, stateDir })).summary).toMatchObject({ unchanged: 1 });
    await undo(bench, { stateDir, file: rejects }).catch(() => undefined);
    const undone = await undo(bench, { stateDir });
    expect(undone).toMatchObject({ exit: 3, left: [{ line: 3, reason: 'in_another_file' }] });
    expect(bench.sandbox.contacts().map(({ emails }) => emails)).toEqual([['bob@x.com']]);
    await forgetFiles(other, { all: true, stateDir });
    expect(await undo(bench, { stateDir })).toMatchObject({ deleted: 1, left: [], exit: 0 });
    expect(bench.sandbox.contacts()).toEqual([]);
  });
});
