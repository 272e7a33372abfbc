/** What an import with --live saw in the workspace keeps rows back in imports that do not read it. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../src/run/settings.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { workbench, type Workbench } from './workbench.js';

const PHONE = '+442079460009';
const HEADER = 'Email,First name,Last name,Phone\n';
const EVE = { emails: ['eve@x.com'], first_name: 'Eve', last_name: 'Ray', phone_numbers: [PHONE] };
type Seed = Readonly<Record<string, unknown>>;
const plain = { live: false, unmapped: 'ignore' } as const;

async function seeded(rows: string, ...contacts: readonly Seed[]): Promise<Workbench> {
  const bench = await workbench(`${HEADER}${rows}`);
  bench.sandbox.seed([...contacts]);
  return bench;
}

/** The same without --live, planned and done. */
async function withoutLive(bench: Workbench, options: Pick<ImportOptions, 'sharedPhone'> = {}) {
  const plan = await planContacts({ file: bench.file, apiUrl: bench.sandbox.url, unmapped: 'ignore', ...options });
  const { summary, exitStatus } = await bench.import({ ...plain, ...options });
  expect([plan.requests, plan.rejected]).toEqual([summary.created + summary.updated, summary.rejected]);
  return { summary, exitStatus };
}

describe('a row that --live held for somebody of the workspace', () => {
  it.each<[string, string, Seed]>([
    ['the phone, with another e-mail', `cy@x.com,Cy,Day,${PHONE}\n`, EVE],
    ['the phone and the name, with another e-mail', `cy@x.com,Eve,Ray,${PHONE}\n`, EVE],
    ['the phone alone', `,Cy,Day,${PHONE}\n`, EVE],
    ['the phone of one without an e-mail', `cy@x.com,Cy,Day,${PHONE}\n`, { ...EVE, emails: [] }],
    ['a phone in another form', `,Rob,Smith,${PHONE}\n`, { ...EVE, first_name: 'Bob', last_name: 'Smith' }],
    ['the e-mail', 'eve@x.com,Cy,Day,\n', EVE],
    ['a further e-mail', 'Eve@Home.org,Cy,Day,\n', { ...EVE, emails: ['e@x.com', 'eve@home.org'] }],
  ])('by %s is held without it, and said to be', async (_, row, contact) => {
    const bench = await seeded(`ada@x.com,Ada,Lee,\n${row}`, contact);
    const before = bench.sandbox.contacts();
    expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ created: 1, rejected: 1 });
    for (let again = 0; again < 2; again++) {
      const { summary, exitStatus } = await withoutLive(bench);
      expect([summary.unchanged, summary.rejected, summary.requests, exitStatus]).toEqual([1, 1, 0, 3]);
    }
    expect(await readFile(`${bench.file}.rejected.csv`, 'utf8')).toContain('as the last import with --live saw it');
    expect(bench.sandbox.contacts().slice(0, 1)).toEqual(before);
  });

  it('as it would join two of its contacts is held without it', async () => {
    const other = '+442079460010';
    const bench = await seeded(
      `,Eve,Ray,${PHONE}; ${other}\n`,
      { ...EVE, emails: [] },
      { first_name: 'Eve', phone_numbers: [other] },
    );
    expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ rejected: 1 });
    expect((await withoutLive(bench)).summary).toMatchObject({ rejected: 1, requests: 0 });
  });

  it('as it has the e-mail of one and the phone of the other is held without it', async () => {
    const alone = { first_name: 'Eve', last_name: 'Ray' };
    const seeds = [
      { ...alone, emails: ['eve@x.com'] },
      { ...alone, phone_numbers: [PHONE] },
    ];
    const bench = await seeded(`eve@x.com,Eve,Ray,${PHONE}\n`, ...seeds);
    expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ rejected: 1 });
    expect((await withoutLive(bench)).summary).toMatchObject({ rejected: 1, requests: 0 });
  });

  it('is sent without the phone where that is to be left out, with --live and without', async () => {
    const omit = { sharedPhone: 'omit', unmapped: 'ignore' } as const;
    const bench = await seeded(`cy@x.com,Cy,Day,${PHONE}\n`, EVE);
    const eve = bench.byEmail('eve@x.com');
    expect((await bench.import(omit)).summary).toMatchObject({ created: 1 });
    expect((await withoutLive(bench, omit)).summary).toMatchObject({ unchanged: 1, requests: 0 });
    await bench.write(`${HEADER}cy@x.com,Cy,Changed,${PHONE}\n`);
    expect((await withoutLive(bench, omit)).summary).toMatchObject({ updated: 1 });
    expect(bench.byEmail('cy@x.com')).toMatchObject({ last_name: 'Changed', phone_numbers: [] });
    expect(bench.byEmail('eve@x.com')).toEqual(eve);
  });

  it('is sent where it is that person after all, or has nothing in common with anybody any more', async () => {
    const bench = await seeded(`cy@x.com,Cy,Day,${PHONE}\n`, EVE);
    await bench.import({ unmapped: 'ignore' });
    await bench.write(`${HEADER}eve@x.com,Eve,Ray-Jones,${PHONE}\ncy@x.com,Cy,Day,\n`);
    expect((await withoutLive(bench)).summary).toMatchObject({ rejected: 0, requests: 2 });
    expect(bench.sandbox.contacts()).toHaveLength(2);
    expect(bench.byEmail('eve@x.com')).toMatchObject({ last_name: 'Ray-Jones' });
  });

  it('goes once --live has seen that nobody is in its way', async () => {
    const bench = await seeded(`cy@x.com,Cy,Day,${PHONE}\n`, EVE);
    await bench.import({ unmapped: 'ignore' });
    const [eve] = bench.sandbox.contacts();
    const headers = { authorization: `Bearer ${bench.sandbox.key}` };
    await fetch(`${bench.sandbox.url}/contacts/${eve?.id ?? ''}`, { method: 'DELETE', headers });
    expect((await withoutLive(bench)).summary).toMatchObject({ rejected: 1 });
    expect((await bench.import({ unmapped: 'ignore' })).summary).toMatchObject({ created: 1, rejected: 0 });
    await bench.write(`${HEADER}cy@x.com,Cy,Changed,${PHONE}\n`);
    expect((await withoutLive(bench)).summary).toMatchObject({ updated: 1, rejected: 0 });
  });

  it('is held still where a file without it was imported with --live in between', async () => {
    const bench = await seeded(`cy@x.com,Cy,Day,${PHONE}\n`, EVE);
    await bench.import({ unmapped: 'ignore' });
    await bench.write(`${HEADER}ada@x.com,Ada,Lee,\n`);
    expect((await bench.import({ unmapped: 'ignore' })).exitStatus).toBe(0);
    await bench.write(`${HEADER}ada@x.com,Ada,Lee,\ncy@x.com,Cy,Day,${PHONE}\n`);
    expect((await withoutLive(bench)).summary).toMatchObject({ unchanged: 1, rejected: 1, requests: 0 });
  });

  it('leaves no e-mail, phone or name in the checkpoint, and nothing where nobody was in the way', async () => {
    const bench = await seeded(`cy@x.com,Cy,Day,${PHONE}\n`, EVE);
    await bench.import({ unmapped: 'ignore' });
    const checkpoint = await readFile(`${bench.file}.checkpoint.jsonl`, 'utf8');
    expect(checkpoint.match(/"near"/g)).toHaveLength(1);
    expect(checkpoint).not.toMatch(/eve|ray|@|7946/i);
    await bench.import({ unmapped: 'ignore' });
    expect((await readFile(`${bench.file}.checkpoint.jsonl`, 'utf8')).match(/"near"/g)).toHaveLength(1);
    const other = await seeded('cy@x.com,Cy,Day,\n', EVE);
    await other.import({ unmapped: 'ignore' });
    expect(await readFile(`${other.file}.checkpoint.jsonl`, 'utf8')).not.toContain('"near"');
  });
});

describe('what Clarky has of a contact of the file, and the file has not', () => {
  const ANN = { emails: ['ann@x.com', 'ann@home.org'], first_name: 'Ann', last_name: 'Lee', phone_numbers: [PHONE] };

  it.each([
    ['changed', 'ann@x.com,Anna,Lee,\n'],
    ['found unchanged', 'ann@x.com,Ann,Lee,\n'],
  ])('is known without --live once it was %s', async (_, row) => {
    const bench = await seeded(row, ANN);
    expect((await bench.import()).exitStatus).toBe(0);
    for (const [nth, again] of ['ann@home.org,Ann,Lee,\n', `,Ann,Lee,${PHONE}\n`].entries()) {
      await bench.write(`${HEADER}${again}`);
      const { summary } = await bench.import({ ...plain, set: { notes: String(nth) } });
      expect(summary).toMatchObject({ created: 0, updated: 1, rejected: 0 });
    }
    expect(bench.sandbox.contacts()).toMatchObject([{ ...ANN, notes: '1' }]);
  });

  it('is nobody else’s, but for a phone that passes on', async () => {
    const bench = await seeded('ann@x.com,Ann,Lee,\n', ANN);
    await bench.import();
    await bench.write(`${HEADER}ann@x.com,Ann,Lee,\ncy@x.com,Cy,Day,${PHONE}\nann@home.org,Di,Fox,\n`);
    expect((await withoutLive(bench)).summary).toMatchObject({ created: 1, updated: 0, unchanged: 1, rejected: 1 });
    expect(bench.sandbox.contacts()).toMatchObject([ANN, { emails: ['cy@x.com'], phone_numbers: [PHONE] }]);
  });
});
