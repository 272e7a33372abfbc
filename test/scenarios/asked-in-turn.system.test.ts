import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { workbench, type Workbench } from './workbench.js';

/** What is asked for at once, and some more. */
const ROWS = 25;
const LAST = `p${ROWS - 1}@x.com`;
const OTHERS = Array.from({ length: 3000 }, (_, n) => ({ emails: [`other${n}@y.com`] }));

/** Hands requests on to a workbench's sandbox, each once what is to be waited for has come about. */
async function behindGate(
  { sandbox }: Workbench,
  gate: (request: { readonly method: string; readonly url: string }) => Promise<void>,
): Promise<string> {
  const server = createServer((request, response) => {
    const { method = 'GET', url = '' } = request;
    const handOn = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      await gate({ method, url });
      const headers = { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' };
      const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) };
      const answer = await fetch(new URL(url, sandbox.url), { method, headers, ...body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    };
    handOn().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}

const FILE = `Email,Company\n${Array.from({ length: ROWS }, (_, n) => `p${n}@x.com,New`).join('\n')}\n`;

describe('--live of a small file and a large workspace', () => {
  it('writes what is known before the last is asked for', async () => {
    const bench = await workbench(FILE);
    bench.sandbox.seed(OTHERS);
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const apiUrl = await behindGate(bench, async ({ method, url }) => {
      if (method === 'POST') begun();
      // Were all asked for before the first write, this would never be answered.
      if (url.includes(encodeURIComponent(LAST))) await hasBegun;
    });
    const { summary } = await bench.import({ apiUrl });
    expect(summary).toMatchObject({ created: ROWS, pending: 0, complete: true, undoable: true });
  });

  it('leaves what it does not come to pending, and goes on there', async () => {
    const bench = await workbench(`${FILE}broken,New\n`);
    bench.sandbox.seed(OTHERS);
    const stop = new AbortController();
    const apiUrl = await behindGate(bench, async ({ method, url }) => {
      if (method === 'POST') stop.abort();
      if (url.includes(encodeURIComponent(LAST)))
        await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
    });
    const { summary } = await bench.import({ apiUrl, signal: stop.signal });
    expect(summary).toMatchObject({ rows: ROWS + 1, rejected: 1, complete: false });
    expect(summary.created + summary.pending).toBe(ROWS);
    expect((await bench.import()).summary).toMatchObject({
      created: summary.pending,
      unchanged: summary.created,
      rejected: 1,
    });
    expect(bench.sandbox.contacts()).toHaveLength(OTHERS.length + ROWS);
  });

  it('sends as one contact what a contact of the workspace shows to be one, however far apart the rows are', async () => {
    const rows = Array.from({ length: ROWS }, (_, n) => `p${n}@x.com,${n === 0 ? 'First' : 'Last'}`);
    const bench = await workbench(`Email,City\n${rows.join('\n')}\n`);
    bench.sandbox.seed([...OTHERS, { emails: ['p0@x.com', LAST], city: 'Old' }]);
    const plan = await bench.plan();
    expect(plan).toMatchObject({ created: ROWS - 2, updated: 1, merged: 1 });
    expect((await bench.import()).summary).toMatchObject({
      created: ROWS - 2,
      updated: 1,
      merged: 1,
      contacts: ROWS - 1,
    });
    expect(bench.byEmail('p0@x.com')).toMatchObject({ emails: ['p0@x.com', LAST], city: 'Last' });
  });
});
