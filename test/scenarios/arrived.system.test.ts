/** What counts as arrived: an answer that holds the contact, at the bot that it was sent to. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ImporterError } from '../../src/errors.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const ROWS = 'Email,First name\nann@x.com,Ann\nbob@x.com,Bob\n';
const plain = { live: false, concurrency: 1 } as const;

function withFault(kind: 'id-200' | 'bare-id' | 'other-bot'): Promise<Workbench> {
  return workbench(ROWS, { faults: { probabilities: { [kind]: 1 }, on: 'writes' } });
}

describe('an answer', () => {
  it('with an id and no contact is looked up before it counts', async () => {
    const bench = await withFault('bare-id');
    const before = bench.traffic();
    const { summary, exitStatus } = await bench.import(plain);
    expect([before.reads, summary.created + summary.updated, exitStatus]).toEqual([0, 2, 0]);
    // One for the key, and one for each contact.
    expect(bench.traffic().reads).toBe(3);
    expect((await bench.import(plain)).summary).toMatchObject({ unchanged: 2, requests: 0 });
  });

  it('with the id of nobody is none: the run stops, and the next one sends what is missing', async () => {
    const bench = await withFault('id-200');
    const { summary, stoppedBy, exitStatus } = await bench.import(plain);
    expect([summary.created, summary.pending, stoppedBy?.code, exitStatus]).toEqual([0, 2, 'unreachable', 5]);
    bench.sandbox.setFaults({});
    expect((await bench.import(plain)).summary).toMatchObject({ created: 2, complete: true });
    expect(bench.sandbox.contacts()).toHaveLength(2);
  });

  it('with an id and no contact is believed where the key may not read, and that is said', async () => {
    const bench = await withFault('bare-id');
    const warned: string[] = [];
    const { summary } = await bench.import({
      ...plain,
      key: bench.sandbox.writeOnlyKey,
      bot: bench.sandbox.botId,
      onEvent: (event) => void (event.type === 'warning' && warned.push(event.code)),
    });
    expect(summary).toMatchObject({ created: 2, rejected: 0 });
    expect(warned.filter((code) => code === 'unseen')).toHaveLength(1);
  });

  it('counts though the run is stopped while its contact is looked at', async () => {
    const bench = await workbench(ROWS);
    const stop = new AbortController();
    const seen = { isArmed: false, isWritten: false };
    const apiUrl = await behindProxy(bench, ({ method }) => {
      // Whether somebody who was there has been made once more is asked for after the answer.
      if (method === 'GET' && seen.isWritten) stop.abort(new ImporterError('interrupted', 'Stopped.'));
      seen.isWritten ||= seen.isArmed && method === 'POST';
      return Promise.resolve();
    });
    await bench.import({ ...plain, apiUrl });
    const headers = { authorization: `Bearer ${bench.sandbox.key}` };
    for (const { id } of bench.sandbox.contacts())
      await fetch(`${bench.sandbox.url}/contacts/${id}`, { method: 'DELETE', headers });
    seen.isArmed = true;
    const { summary, stoppedBy } = await bench.import({ ...plain, apiUrl, resend: true, signal: stop.signal });
    expect([summary.created, summary.pending, stoppedBy?.code]).toEqual([1, 1, 'interrupted']);
    expect(bench.sandbox.contacts()).toHaveLength(1);
  });

  it.each([false, true])(
    'that shows another bot is not counted as done, and noted for an undo (live: %s)',
    async (live) => {
      const bench = await withFault('other-bot');
      const { summary, exitStatus } = await bench.import({ ...plain, live });
      expect([summary.created, summary.rejected, summary.reasons, exitStatus]).toEqual([0, 2, { other_bot: 2 }, 3]);
      expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toContain('a contact of another bot');
      if (!live) return;
      bench.sandbox.setFaults({});
      // By now they are with the first bot again: somebody has changed them.
      const { contacts, left } = await undoImport({ file: bench.file, ...bench.api });
      expect([contacts, left.map(({ reason }) => reason)]).toEqual([2, ['changed', 'changed']]);
    },
  );
});
