import { describe, expect, it } from 'vitest';
import { behindProxy, workbench } from './workbench.js';

/** What is asked for at once, and some more. */
const ROWS = 25;
const LAST = `p${ROWS - 1}@x.com`;
const OTHERS = Array.from({ length: 3000 }, (_, n) => ({ emails: [`other${n}@y.com`] }));

const FILE = `Email,Company\n${Array.from({ length: ROWS }, (_, n) => `p${n}@x.com,New`).join('\n')}\n`;

describe('--live of a small file and a large workspace', () => {
  it('writes what is known before the last is asked for', async () => {
    const bench = await workbench(FILE);
    bench.sandbox.seed(OTHERS);
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const apiUrl = await behindProxy(bench, async ({ method, url }) => {
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
    const apiUrl = await behindProxy(bench, async ({ method, url }) => {
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
