import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importContacts, startSandbox, type ImportEvent, type Sandbox, type SandboxOptions } from '../../src/index.js';
import { peopleCsv } from '../support/cli.js';
import { privateFolder } from '../support/folder.js';

interface Scene {
  readonly sandbox: Sandbox;
  readonly file: string;
  readonly options: Parameters<typeof importContacts>[0];
}

async function scene(content: string, sandboxOptions: SandboxOptions = {}): Promise<Scene> {
  const folder = await privateFolder();
  const sandbox = await startSandbox({
    writes: { limit: 0, windowMs: 1000 },
    reads: { limit: 0, windowMs: 1000 },
    ...sandboxOptions,
  });
  onTestFinished(() => sandbox.close());
  const file = join(folder, 'contacts.csv');
  await writeFile(file, content);
  const rate = { writes: Number.POSITIVE_INFINITY, seconds: 60 };
  const options = { file, key: sandbox.key, apiUrl: sandbox.url, stateDir: join(folder, 'state'), rate };
  return { sandbox, file, options };
}

describe('an import through trouble', () => {
  it('brings every contact in once, with 30 % faulty answers of all kinds', async () => {
    const { sandbox, options } = await scene(peopleCsv(150), {
      seed: 11,
      latency: { minMs: 0, maxMs: 4 },
      faults: {
        on: 'writes',
        probabilities: {
          '500': 0.05,
          '502': 0.05,
          '503': 0.02,
          '429': 0.02,
          'cut-before': 0.05,
          'cut-after': 0.04,
          'cut-mid': 0.03,
          truncate: 0.04,
        },
        retryAfterSeconds: 0,
        nonAtomicMs: 5,
      },
    });
    const { summary, exitStatus } = await importContacts(options);
    expect(exitStatus).toBe(0);
    expect(summary).toMatchObject({ rows: 150, rejected: 0, pending: 0 });
    expect(summary.retries).toBeGreaterThan(20);
    expect(sandbox.stats().faulted).toBeGreaterThan(20);
    expect(new Set(sandbox.contacts().map(({ first_name }) => first_name)).size).toBe(150);
    expect(sandbox.contacts()).toHaveLength(150);
  });

  it.each([
    ['strings, bare', { accepts: 'strings', answers: 'strings', envelope: 'bare' }],
    ['objects, under data', { accepts: 'both', answers: 'objects', envelope: 'data' }],
  ] as const)('understands answers in %s', async (_, readings) => {
    const { sandbox, options } = await scene(peopleCsv(5), { readings });
    const { summary } = await importContacts(options);
    expect(summary).toMatchObject({ created: 5, complete: true });
    expect(sandbox.contacts()).toHaveLength(5);
  });

  it('sends values that go A, B, A as A, also where left-out fields are cleared or kept', async () => {
    const { sandbox, file, options } = await scene('Email,Company\na@x.com,A\n');
    for (const company of ['A', 'B', 'A']) {
      await writeFile(file, `Email,Company\na@x.com,${company}\n`);
      expect((await importContacts(options)).exitStatus).toBe(0);
    }
    expect(sandbox.contacts().map(({ company }) => company)).toEqual(['A']);
    expect(sandbox.stats()).toMatchObject({ created: 1, updated: 2 });
  });

  it('keeps one email one contact when its case changes, even where lookups mind the case', async () => {
    const { sandbox, file, options } = await scene('Email,Company\nAda@X.com,A\n', {
      readings: { emailLookup: 'exact' },
    });
    await importContacts(options);
    await writeFile(file, 'Email,Company\nada@x.COM,B\n');
    await importContacts(options);
    expect(sandbox.contacts().map(({ company }) => company)).toEqual(['B']);
  });

  it('stops at an AbortSignal with what was in flight recorded, and goes on', async () => {
    const { sandbox, options } = await scene(peopleCsv(40), { latency: { minMs: 5, maxMs: 15 } });
    const controller = new AbortController();
    const events: ImportEvent[] = [];
    const onEvent = (event: ImportEvent): void => {
      events.push(event);
      if (events.filter(({ type }) => type === 'contact').length === 7) controller.abort();
    };
    const stopped = await importContacts({ ...options, concurrency: 4, signal: controller.signal, onEvent });
    expect(stopped.exitStatus).toBe(130);
    expect(stopped.stoppedBy?.code).toBe('interrupted');
    expect(stopped.summary.created).toBe(sandbox.contacts().length);
    expect(stopped.summary.created + stopped.summary.pending).toBe(40);
    expect(events.at(-1)).toMatchObject({ type: 'ended', exitStatus: 130 });
    const resumed = await importContacts(options);
    expect(resumed.summary).toMatchObject({ unchanged: stopped.summary.created, complete: true });
    expect(sandbox.stats()).toMatchObject({ created: 40, updated: 0 });
  });

  it('never has two writes of one identity in flight, and keeps the order of the file', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, n) => `p${n % 3},+4420794600${String(n % 3).padStart(2, '0')},x${n % 3}@x.com,C${n}`,
    );
    const { sandbox, options } = await scene(`First Name,Phone,Email,Company\n${rows.join('\n')}\n`, {
      latency: { minMs: 1, maxMs: 5 },
      faults: { nonAtomicMs: 10 },
    });
    const { summary } = await importContacts(options);
    expect(summary).toMatchObject({ created: 3, merged: 57 });
    expect(sandbox.stats().maxSameIdentityInFlight).toBe(1);
    expect(
      sandbox
        .contacts()
        .map(({ company }) => company)
        .sort(),
    ).toEqual(['C57', 'C58', 'C59']);
  });
});
