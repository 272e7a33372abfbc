import { join } from 'node:path';
import { onTestFinished, describe, expect, it } from 'vitest';
import { importContacts } from '../../../src/run/import/import.js';
import { probe, type ProbeOptions, type ProbeResult } from '../../../src/run/probe/probe.js';
import { readProbeFile } from '../../../src/run/probe/probe-file.js';
import type { ImportEvent } from '../../../src/run/events.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.js';
import { privateFolder } from '../../support/folder.js';

const LIKELY = {
  writes: 'both',
  answers: 'strings',
  createdStatus: 201,
  leftOut: 'kept',
  tags: 'replaced',
  emails: 'replaced',
  customFields: 'merged',
  emailMatch: 'first',
  phoneMatch: 'first',
  emailCase: 'ignored',
  phoneNotation: 'ignored',
  phoneSearch: 'found',
};

interface Bench {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly api: Omit<ProbeOptions, 'confirm' | 'stateDir'> & { readonly stateDir: string };
  readonly run: (more?: Partial<ProbeOptions>) => Promise<ProbeResult>;
}

async function bench(options: SandboxOptions = {}): Promise<Bench> {
  const folder = await privateFolder();
  const none = { limit: 0, windowMs: 1000 };
  const sandbox = await startSandbox({ writes: none, reads: none, ...options });
  onTestFinished(() => sandbox.close());
  const api = {
    apiUrl: sandbox.url,
    key: sandbox.key,
    stateDir: folder,
    rate: { writes: Number.POSITIVE_INFINITY, seconds: 60 },
  };
  const run: Bench['run'] = (more = {}) => probe({ ...api, confirm: () => Promise.resolve(true), ...more });
  return { sandbox, folder, api, run };
}

describe('probing', () => {
  it.each<[string, NonNullable<SandboxOptions['readings']>, Readonly<Record<string, unknown>>]>([
    ['as is likely', {}, {}],
    ['takes strings alone', { accepts: 'strings' }, { writes: 'strings' }],
    ['takes objects alone', { accepts: 'objects', answers: 'objects' }, { writes: 'objects', answers: 'objects' }],
    ['clears what is left out', { missingFields: 'clear' }, { leftOut: 'cleared' }],
    [
      'clears, and finds by any',
      { missingFields: 'clear', emailMatch: 'any', phoneMatch: 'any' },
      { leftOut: 'cleared', emailMatch: 'any', phoneMatch: 'any' },
    ],
    ['joins tags', { tags: 'join' }, { tags: 'joined' }],
    ['replaces custom fields', { customFields: 'replace' }, { customFields: 'replaced' }],
    ['finds by any', { emailMatch: 'any', phoneMatch: 'any' }, { emailMatch: 'any', phoneMatch: 'any' }],
    [
      'compares letter by letter',
      { emailLookup: 'exact', phoneLookup: 'exact' },
      { emailCase: 'minded', phoneNotation: 'minded' },
    ],
    ['stores in its own notation', { normalises: true }, { phoneSearch: 'missed' }],
    [
      'answers otherwise',
      { envelope: 'bare', createdStatus: 200, deletedStatus: 200, listOrder: 'newest', pagination: 'none' },
      { createdStatus: 200 },
    ],
    ['rejects fields that it does not know', { unknownFields: 'reject', createDuplicate: 'conflict' }, {}],
    ['prefers the phone', { winner: 'phone', dedupeScope: 'bot' }, {}],
  ])('finds out what a server does that %s, and leaves nothing behind', async (_, readings, differs) => {
    const { sandbox, run } = await bench({ readings });
    const result = await run();
    expect(result.probed).toMatchObject({ ...LIKELY, ...differs });
    expect([result.left, result.stoppedBy, result.notKept]).toEqual([undefined, undefined, undefined]);
    expect(sandbox.contacts()).toEqual([]);
  });

  it('touches nobody who is there', async () => {
    const { sandbox, run } = await bench({
      readings: { missingFields: 'clear', emailMatch: 'any', phoneMatch: 'any' },
    });
    sandbox.seed([{ emails: ['ann@example.com'], phone_numbers: ['+12025550147'], first_name: 'Ann', notes: 'hers' }]);
    const before = sandbox.contacts();
    await run();
    expect(sandbox.contacts()).toEqual(before);
  });

  it('makes nothing where that is declined', async () => {
    const { sandbox, run } = await bench();
    const { confirmed } = await run({ confirm: () => Promise.resolve(false) });
    expect([confirmed, sandbox.stats().writes]).toEqual([false, 0]);
  });

  it('says which contact is left where Clarky does not delete it, and the next one deletes it', async () => {
    const at = Array.from({ length: 20 }, (_, n) => ({ request: n + 8, kind: '409' as const }));
    const { sandbox, folder, run } = await bench({ faults: { on: 'writes', at } });
    const { left, probed } = await run();
    const there = sandbox.contacts().map(({ id }) => id);
    expect([...(left?.ids ?? [])].sort()).toEqual(there.sort());
    expect(there.length).toBeGreaterThan(0);
    expect(probed).toMatchObject(LIKELY);
    expect((await readProbeFile(probed, folder)).open).toBeDefined();
    sandbox.setFaults({});
    expect((await run()).left).toBeUndefined();
    expect([sandbox.contacts(), (await readProbeFile(probed, folder)).open]).toEqual([[], undefined]);
  });

  it.each([
    ['rejects it', '422', 'all_rejected'],
    ['answers with a stranger', 'stranger', 'not_as_meant'],
    ['answers with one id for everybody', 'one-id', 'not_as_meant'],
  ] as const)('stops at a server that %s, and leaves nothing behind', async (_, kind, code) => {
    const { sandbox, run } = await bench({ faults: { on: 'writes', at: [{ request: 1, kind }] } });
    const { stoppedBy, left } = await run();
    expect(stoppedBy?.code).toBe(code);
    expect([sandbox.contacts(), left]).toEqual([[], undefined]);
  });

  it.each(['cut-after', 'truncate', '503'] as const)('goes on after %s', async (kind) => {
    const { sandbox, run } = await bench({
      faults: {
        on: 'writes',
        at: [
          { request: 1, kind },
          { request: 9, kind },
        ],
      },
    });
    const { probed, left } = await run();
    expect(probed).toMatchObject({ leftOut: 'kept', tags: 'replaced' });
    expect([sandbox.contacts(), left]).toEqual([[], undefined]);
  });
});

describe('what was found', () => {
  const rows = [{ Email: 'ann@example.com', Company: 'New' }];
  const stored = { emails: ['ann@example.com'], notes: 'hers', company: 'Old' };

  async function imported({ api, sandbox }: Bench): Promise<{ posts: number; warnings: string[] }> {
    const before = sandbox.stats().writes;
    const warnings: string[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'warning') warnings.push(event.message);
    };
    await importContacts({ rows, ...api, name: 'rows', live: true, workDir: join(api.stateDir, 'work'), onEvent });
    return { posts: sandbox.stats().writes - before, warnings };
  }

  it('spares the next import an update that empties what it leaves out', async () => {
    const readings = { missingFields: 'clear', customFields: 'replace' } as const;
    const unprobed = await bench({ readings });
    unprobed.sandbox.seed([stored]);
    // It sees the loss, and gives it back with a second write.
    expect((await imported(unprobed)).posts).toBe(2);
    const one = await bench({ readings });
    one.sandbox.seed([stored]);
    await one.run();
    const { posts, warnings } = await imported(one);
    expect(posts).toBe(1);
    expect(warnings).toContainEqual(expect.stringContaining('doctor --probe'));
    expect(one.sandbox.contacts()[0]).toMatchObject({ notes: 'hers', company: 'New' });
  });

  it('tells it the shape of e-mails and phones', async () => {
    const one = await bench({ readings: { accepts: 'objects' } });
    expect((await imported(one)).posts).toBe(2);
    const other = await bench({ readings: { accepts: 'objects' } });
    await other.run();
    expect((await imported(other)).posts).toBe(1);
  });

  it('lets a small file find who has a phone that a search misses', async () => {
    const people = Array.from({ length: 2000 }, (_, n) => ({ emails: [`p${n}@example.com`] }));
    const ann = { phone_numbers: ['+1 202 555 0147'], first_name: 'Ann', last_name: 'Smith' };
    const rows = [{ Phone: '+12025550147', 'First name': 'Bob', 'Last name': 'Jones' }];
    const named = async (isProbed: boolean): Promise<unknown> => {
      const { sandbox, run, api } = await bench({ readings: { normalises: true } });
      // She is not among the first, by whom an import would see for itself.
      sandbox.seed([...people, ann]);
      if (isProbed) await run();
      await importContacts({ rows, ...api, name: 'rows', live: true, workDir: join(api.stateDir, 'work') });
      return sandbox.contacts()[people.length]?.first_name;
    };
    expect(await named(false)).toBe('Bob');
    expect(await named(true)).toBe('Ann');
  });

  it('holds for its own workspace alone', async () => {
    const one = await bench();
    const { probed } = await one.run();
    expect((await readProbeFile(probed, one.folder)).probed).toEqual(probed);
    const { probed: ofOther } = await readProbeFile({ ...probed, bot: 'bot_other' }, one.folder);
    expect(ofOther).toBeUndefined();
  });
});
