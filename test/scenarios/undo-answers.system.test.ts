/** What an undo says of what Clarky did with its writes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { undoResultInWords } from '../../src/cli/views/undo-words.js';
import { undoImport, type UndoOptions } from '../../src/run/undo/undo.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const undo = (bench: Workbench, apiUrl: string, more: Partial<UndoOptions> = {}) =>
  undoImport({ file: bench.file, ...bench.api, apiUrl, ...more });

/** Stands before the sandbox; what a PATCH says of tags is added to those that are there. */
async function joiningTags({ sandbox }: Workbench): Promise<string> {
  const server = createServer((request, response) => {
    const handOn = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = 'GET', url = '' } = request;
      const headers = { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' };
      let body = Buffer.concat(chunks).toString();
      if (method === 'PATCH') {
        const meant = JSON.parse(body) as { tags?: string[] };
        const was = sandbox.contacts().find(({ id }) => url.endsWith(`/${id}`))?.tags ?? [];
        if (meant.tags !== undefined) body = JSON.stringify({ ...meant, tags: [...new Set([...was, ...meant.tags])] });
      }
      const answer = await fetch(new URL(url, sandbox.url), { method, headers, ...(method === 'GET' ? {} : { body }) });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    };
    handOn().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}

const PEOPLE = ['p0@x.com', 'p1@x.com', 'p2@x.com', 'p3@x.com'];

it('says of lists that Clarky takes nothing out of that they stay, and sets back the rest', async () => {
  const bench = await workbench('Email,Tags,Notes\np0@x.com,,new\np1@x.com,a;b,\np2@x.com,c,\np3@x.com,d,new\n');
  bench.sandbox.seed(PEOPLE.map((email) => ({ emails: [email], tags: ['vip'], notes: 'old' })));
  const apiUrl = await joiningTags(bench);
  expect((await bench.import({ apiUrl })).summary).toMatchObject({ updated: 4 });
  const result = await undo(bench, apiUrl);
  expect(result).toMatchObject({ setBack: 2, pending: 0, exitStatus: 3 });
  expect(result.left.map(({ line, reason, fields }) => [line, reason, fields])).toEqual(
    [3, 4, 5].map((line) => [line, 'lists_joined', ['tags']]),
  );
  expect(undoResultInWords(result)).toContain('Clarky takes nothing out of: tags');
  expect(bench.sandbox.contacts().map(({ notes }) => notes)).toEqual(['old', 'old', 'old', 'old']);
  // What is left is tried again, and nothing else is.
  expect(await undo(bench, apiUrl)).toMatchObject({ contacts: 2, setBack: 0, pending: 0, exitStatus: 3 });
});

it('takes back whom a first try had made whose answer was lost, and nobody who was there', async () => {
  const bench = await workbench(`Email,Notes\n${PEOPLE.map((email) => `${email},new`).join('\n')}\n`);
  bench.sandbox.seed([{ emails: ['p3@x.com'], notes: 'old' }]);
  // The first is answered: that a write of somebody new is answered by 201 is known from it.
  bench.sandbox.setFaults({ on: 'writes', at: [2, 4].map((request) => ({ request, kind: 'cut-after' })) });
  expect((await bench.import({ concurrency: 1 })).summary).toMatchObject({ created: 3, updated: 1, pending: 0 });
  expect(await undo(bench, bench.sandbox.url)).toMatchObject({ deleted: 3, setBack: 1, left: [], exitStatus: 0 });
  expect(bench.sandbox.contacts()).toMatchObject([{ emails: ['p3@x.com'], notes: 'old' }]);
});

it.each([
  ['sets back', [{ emails: ['p0@x.com'], last_name: 'Kay', notes: 'old' }], { setBack: 1, deleted: 0 }],
  ['deletes', [], { setBack: 0, deleted: 1 }],
])('counts what it %s though it is stopped while that is read again', async (_, seeds, counts) => {
  const bench = await workbench('Email,Last name,Notes\np0@x.com,Kay,new\n');
  bench.sandbox.seed(seeds);
  const cut = new AbortController();
  let hasWritten = false;
  const apiUrl = await behindProxy(bench, ({ method }) => {
    if (method === 'GET' && hasWritten) cut.abort();
    hasWritten ||= method === 'PATCH' || method === 'DELETE';
    return Promise.resolve();
  });
  await bench.import({ apiUrl });
  expect(await undo(bench, apiUrl, { signal: cut.signal })).toMatchObject({ ...counts, pending: 0, exitStatus: 0 });
  expect(cut.signal.aborted).toBe(true);
  expect(await undo(bench, apiUrl)).toMatchObject({ contacts: 0 });
});

it('leaves whom a colleague had made before the import, though Clarky’s list did not show them and its answer says 201', async () => {
  const bench = await workbench('Email,Notes\nnew@x.com,of the file\nhers@x.com,of the file\n');
  bench.sandbox.seed([{ emails: ['hers@x.com'], notes: 'hers' }]);
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const isHers = (contact: unknown): boolean => JSON.stringify(contact).includes('hers@x.com');
  const shown = (text: string, url: string): string => {
    const body = JSON.parse(text === '' ? '{}' : text) as { data?: unknown };
    if (Array.isArray(body.data)) return JSON.stringify({ data: body.data.filter((one) => !isHers(one)) });
    if (url.includes('by-email')) return JSON.stringify({ error: { code: 'not_found', message: 'none' } });
    return isHers(body) ? text.replace(/"created_at":"[^"]*"/, `"created_at":"${anHourAgo}"`) : text;
  };
  const nobody = () => Promise.resolve();
  const lagging = await behindProxy(bench, nobody, shown, (status, method) => (method === 'POST' ? 201 : status));
  expect((await bench.import({ apiUrl: lagging })).summary).toMatchObject({ created: 1, updated: 1 });
  const result = await undo(bench, lagging);
  expect(result).toMatchObject({ deleted: 1, setBack: 0, exitStatus: 3 });
  expect(result.left.map(({ line, reason }) => [line, reason])).toEqual([[3, 'not_known_before']]);
  expect(bench.sandbox.contacts().map(({ emails }) => emails)).toEqual([['hers@x.com']]);
});

describe('undo of whom a colleague has put in the place of another contact', () => {
  it.each([
    { readings: {}, phone: '+442079461001' },
    { readings: { normalises: true }, phone: '+44 20 7946 1001' },
  ] as const)('calls nobody gone who stands there with a phone alone, however that is written (%j)', async (how) => {
    const bench = await workbench('First name,Last name,Phone\nAnn,Lee,+442079461001\n', { readings: how.readings });
    await bench.import();
    const [made] = bench.sandbox.contacts();
    const { url, key } = bench.sandbox;
    const headers = { authorization: `Bearer ${key}` };
    await fetch(`${url}/contacts/${made?.id ?? ''}`, { method: 'DELETE', headers });
    bench.sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', phone_numbers: [how.phone] }]);
    const undone = await undoImport({ file: bench.file, ...bench.api });
    expect(undone).toMatchObject({ exitStatus: 3, nothingToDo: 0, left: [{ line: 2, reason: 'merged' }] });
    expect(bench.sandbox.contacts()).toHaveLength(1);
  });
});
