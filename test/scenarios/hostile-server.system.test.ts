import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportEvent } from '../../src/run/events.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import type { FaultKind } from '../../src/sandbox/index.js';
import { workbench } from './workbench.js';

const CSV = `First Name,Last Name,Email\n${['Ann', 'Bea', 'Cleo'].map((name) => `${name},Lee,${name}@x.example\n`).join('')}`;

/** Everything in a folder, names included, but for the source. */
async function allFiles(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name !== 'contacts.csv');
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return [...names, ...texts].join('\n');
}

/** Imports against a server that meets the second write with a fault, and the rest of that row's for ever. */
async function importAgainst(kind: FaultKind, maxOutageSeconds = 2) {
  const bench = await workbench(CSV, { faults: { on: 'writes', forEmail: { 'bea@x.example': kind } } });
  const events: ImportEvent[] = [];
  const result = await bench.import({ live: false, maxOutageSeconds, onEvent: (event) => events.push(event) });
  return { ...bench, ...result, events };
}

describe('what is no success', () => {
  it.each(['error-200', 'queued-202', 'html-200', '402'] as const)(
    '%s is tried again, and rejects nobody',
    async (kind) => {
      const run = await importAgainst(kind);
      const { summary, exitStatus, sandbox } = run;
      expect(exitStatus).toBe(5);
      expect(summary).toMatchObject({ created: 2, rejected: 0, pending: 1 });
      sandbox.setFaults({});
      expect((await run.import({ live: false })).summary).toMatchObject({ created: 1, unchanged: 2, complete: true });
    },
  );

  it.each(['400', '409', '413', '422'] as const)('a %s with Clarky’s envelope is the row’s own fault', async (kind) => {
    expect((await importAgainst(kind, 600)).summary).toMatchObject({ created: 2, rejected: 1, pending: 0 });
  });
});

describe('a server that repeats the key', () => {
  it.each(['key-message', 'key-code', 'key-escaped', 'key-id', 'key-redirect'] as const)(
    'as %s: it is in no file, no event and no error',
    async (kind) => {
      const { sandbox, folder, events, stoppedBy, summary } = await importAgainst(kind);
      expect(summary.rows).toBe(3);
      const error = stoppedBy && [stoppedBy.message, stoppedBy.said, stoppedBy.next, stoppedBy.stack];
      const everything = [await allFiles(folder), JSON.stringify([events, summary, error])].join('\n');
      expect(everything.length).toBeGreaterThan(1000);
      expect(everything.toLowerCase()).not.toContain(sandbox.key.toLowerCase());
    },
  );
});

describe('a server that quotes a person', () => {
  it.each(['personal-error', 'hostile-message', 'hostile-id'] as const)(
    'as %s: log and checkpoint hold none of it',
    async (kind) => {
      const { folder } = await importAgainst(kind);
      for (const name of ['contacts.csv.log.jsonl', 'contacts.csv.checkpoint.jsonl']) {
        const text = await readFile(join(folder, name), 'utf8');
        expect(text.toLowerCase()).not.toMatch(/bea@|bea lee|hyperlink/);
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(2000);
      }
    },
  );

  it('even where it says the same of everybody, and the run stops for it', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `Ann,Lee,ann${n}@x.example\n`).join('');
    const bench = await workbench(`First Name,Last Name,Email\n${rows}`, {
      faults: { on: 'writes', probabilities: { 'personal-error': 1 } },
    });
    const { stoppedBy, summary } = await bench.import({ live: false });
    expect(stoppedBy?.code).toBe('all_rejected');
    expect(stoppedBy?.said).toBeDefined();
    expect(stoppedBy?.message).not.toMatch(/ann\d*@/i);
    const log = await readFile(join(bench.folder, 'contacts.csv.log.jsonl'), 'utf8');
    expect(log).not.toMatch(/ann\d*@/i);
    // Summary and last line of the log say why it ended, in one sentence.
    const why = { error: 'all_rejected', message: stoppedBy?.message };
    expect([summary, JSON.parse(log.trim().split('\n').at(-1) ?? '')]).toEqual([
      expect.objectContaining(why),
      expect.objectContaining({ event: 'ended', ...why }),
    ]);
  });
});

describe('an answer without end', () => {
  it.each(['drip', 'hints', 'hang'] as const)('%s holds no run beyond its time', async (kind) => {
    const { summary, exitStatus } = await importAgainst(kind);
    expect(exitStatus).toBe(5);
    expect(summary).toMatchObject({ created: 2, pending: 1 });
  });

  it('is not waited for when the run stops', async () => {
    const bench = await workbench(CSV, { faults: { on: 'writes', forEmail: { 'bea@x.example': 'hints' } } });
    const stop = new AbortController();
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'contact') stop.abort();
    };
    const { exitStatus } = await bench.import({ live: false, signal: stop.signal, onEvent });
    expect(exitStatus).toBe(130);
  });
});

describe('a list that is not whole by what it says', () => {
  const many = `Email\n${Array.from({ length: 130 }, (_, n) => `p${n}@x.example\n`).join('')}`;

  it.each(['strings', 'none'] as const)('with pagination as %s, it is read to its end', async (pagination) => {
    const bench = await workbench(many, { readings: { pagination } });
    await bench.import({ live: false });
    await writeFile(bench.file, `${many}new@x.example\n`);
    const { summary } = await bench.import({ live: true, checkpoint: join(bench.folder, 'other.jsonl') });
    expect(summary).toMatchObject({ created: 1, unchanged: 130 });
  });

  it('that does not say how long it is: who was made or deleted since it was read is seen', async () => {
    const bench = await workbench('Email\nann@x.example\n', { readings: { pagination: 'none' } });
    expect((await bench.import()).summary).toMatchObject({ created: 1 });
    bench.sandbox.seed([{ emails: ['bea@x.example'] }]);
    const text = 'Email\nann@x.example\nbea@x.example\n';
    await bench.write(text);
    expect(await bench.plan()).toMatchObject({ created: 0, unchanged: 2 });
    expect((await bench.import()).summary).toMatchObject({ created: 0, unchanged: 2 });
    const headers = { authorization: `Bearer ${bench.sandbox.key}` };
    const id = bench.byEmail('ann@x.example')?.id;
    await fetch(`${bench.sandbox.url}/contacts/${id}`, { method: 'DELETE', headers });
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ unchanged: 1, rejected: 1, reasons: { deleted_in_clarky: 1 } });
  });

  it('that does not say how long it is: after an undo nobody is turned into somebody else', async () => {
    const rows = (...lines: string[]): string => `First Name,Last Name,Email,Phone\n${lines.join('\n')}\n`;
    const cleo = 'Cleo,March,cleo@x.example,+493012345220';
    const bench = await workbench(rows('Ann,Oyelaran,ann@x.example,+493012345110', cleo), {
      readings: { pagination: 'none' },
    });
    expect((await bench.import()).exitStatus).toBe(0);
    await bench.write(rows('Ann,Oyelaran,new@x.example,+493012345110', cleo));
    expect((await bench.import()).exitStatus).toBe(0);
    expect((await undoImport({ file: bench.file, ...bench.api })).exitStatus).toBe(0);
    await bench.write(rows('Ann,Oyelaran,new@x.example,', 'Cleo,March,ann@x.example,+493012345110'));
    const { summary } = await bench.import();
    expect(summary).toMatchObject({ updated: 1, rejected: 1, reasons: { shared_email: 1 } });
    expect(bench.sandbox.contacts().map(({ first_name: name }) => name)).toEqual(['Ann', 'Cleo']);
  });

  it('whom one does not show that gives the same page again and again is asked for, and nobody comes twice', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `second${100 + n}@x.example\n`).join('');
    const bench = await workbench(`Email\n${rows}`, { readings: { pagination: 'repeated' } });
    bench.sandbox.seed(
      Array.from({ length: 130 }, (_, n) => ({ emails: [`p${n}@x.example`, `second${n}@x.example`] })),
    );
    const events: ImportEvent[] = [];
    const { summary } = await bench.import({ onEvent: (event) => void events.push(event) });
    expect(summary).toMatchObject({ created: 0, unchanged: 30, rejected: 0 });
    expect(bench.sandbox.contacts()).toHaveLength(130);
    expect(events).toContainEqual(expect.objectContaining({ code: 'workspace_unsure' }));
    const { missing, same } = await verifyContacts({ file: bench.file, ...bench.api });
    expect([missing, same]).toEqual([0, 30]);
  });

  it('that never ends is not listed: the few people of the file are asked for', async () => {
    const few = `Email\n${Array.from({ length: 12 }, (_, n) => `p${n}@x.example\n`).join('')}`;
    const bench = await workbench(few, { readings: { pagination: 'endless' } });
    await bench.import({ live: false });
    const { summary } = await bench.import({ live: true, checkpoint: join(bench.folder, 'other.jsonl') });
    expect(summary).toMatchObject({ created: 0, unchanged: 12 });
    expect(bench.traffic().reads).toBeLessThan(30);
  });
});
