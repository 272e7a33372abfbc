/** Two files with checkpoints of their own, imported one after the other without --live: nobody becomes somebody else. */
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forgetFiles } from '../../src/run/forget.js';
import { importContacts } from '../../src/run/import/import.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import type { ImportOptions } from '../../src/run/settings.js';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import { behindProxy, workbench, type Workbench } from './workbench.js';

const PHONE = '+442079460001';
const HEADER = 'Email,First name,Last name,Phone\n';
const ANN = `ann@x.com,Ann,Lee,${PHONE}\n`;

interface Files {
  readonly bench: Workbench;
  readonly stateDir: string;
  /** Plans a file of these rows and imports it: both say the same. */
  readonly send: (
    name: string,
    rows: string,
    options?: Partial<ImportOptions>,
  ) => Promise<{ rejected: number; exitStatus: number }>;
  readonly names: () => string[];
}

async function files(options: SandboxOptions = {}): Promise<Files> {
  const bench = await workbench(HEADER, options);
  const stateDir = join(bench.folder, 'state');
  return {
    bench,
    stateDir,
    send: async (name, rows, more = {}) => {
      const file = join(bench.folder, name);
      await writeFile(file, `${HEADER}${rows}`);
      const { sharedPhone, sharedEmail } = more;
      const bot = bench.sandbox.botId;
      const plan = await planContacts({ file, bot, apiUrl: bench.sandbox.url, stateDir, sharedPhone, sharedEmail });
      const { summary, exitStatus } = await importContacts({ file, ...bench.api, stateDir, ...more });
      expect([plan.rejected, plan.requests]).toEqual([summary.rejected, summary.created + summary.updated]);
      return { rejected: summary.rejected, exitStatus };
    },
    names: () =>
      bench.sandbox
        .contacts()
        .map(({ first_name: name }) => name ?? '')
        .sort(),
  };
}

it('who has the e-mail or phone of a row is said so that both can be looked at', async () => {
  const { send, bench } = await files();
  await send('members.csv', ANN);
  await send('guests.csv', `bob@x.com,Bob,Oh,${PHONE}\n`);
  const said = await readFile(join(bench.folder, 'guests.csv.rejected.csv'), 'utf8');
  const id = bench.byEmail('ann@x.com')?.id ?? '';
  expect(said).toContain(
    `The phone number ${PHONE} of this row was imported with clearly somebody else (${id} in Clarky) from members.csv: `,
  );
  // From elsewhere nobody can tell which it was.
  await mkdir(join(bench.folder, 'other'));
  await send('other/guests.csv', `cid@x.com,Cid,Ek,${PHONE}\n`);
  expect(await readFile(join(bench.folder, 'other/guests.csv.rejected.csv'), 'utf8')).toContain(
    `${PHONE} of this row was imported with clearly somebody else (${id} in Clarky) from another file, or to another bot: `,
  );
});

describe('rows without names that share a phone', () => {
  it('are two people over two files, as within one', async () => {
    const { send, bench } = await files();
    const [bo, di] = [`bo@x.com,,,${PHONE}\n`, `di@x.com,,,${PHONE}\n`];
    expect(await send('both.csv', bo + di)).toEqual({ rejected: 2, exitStatus: 3 });
    expect(await send('a.csv', bo)).toEqual({ rejected: 0, exitStatus: 0 });
    expect(await send('b.csv', di)).toEqual({ rejected: 1, exitStatus: 3 });
    expect(await send('c.csv', bo)).toEqual({ rejected: 0, exitStatus: 0 });
    expect(bench.sandbox.contacts().map(({ emails }) => emails)).toEqual([['bo@x.com']]);
  });
});

describe('somebody whose e-mails changed places in a file after they had been sent', () => {
  const HEADERS = 'Email,Email 2,First name,Last name\n';
  const carla = (...emails: [string, string]): string => `${HEADERS}${emails.join()},Carla,Clark\n`;

  it.each([
    ['changed places', 'c2@x.com', 'c1@x.com'],
    ['lost the first', 'c2@x.com', ''],
  ])('is once in Clarky where the next file has them as they are by now: %s', async (_, first, second) => {
    const { bench, stateDir } = await files();
    const send = async (name: string, ...emails: [string, string]): Promise<void> => {
      const file = join(bench.folder, name);
      await writeFile(file, carla(...emails));
      const { exitStatus } = await importContacts({ file, ...bench.api, stateDir });
      expect(exitStatus).toBe(0);
    };
    await send('march.csv', 'c1@x.com', 'c2@x.com');
    await send('march.csv', first, second);
    await send('april.csv', first, second);
    expect(bench.sandbox.contacts().map(({ emails }) => emails)).toEqual([['c1@x.com', 'c2@x.com']]);
    // Sent again as it is, it goes by what Clarky has it under as well.
    const file = join(bench.folder, 'march.csv');
    await importContacts({ file, ...bench.api, stateDir, resend: true });
    expect(bench.sandbox.contacts()).toHaveLength(1);
  });
});

describe('somebody whose e-mail changed in one file, which another file learns of when the phone is gone as well', () => {
  const [before, changed, now] = [
    `win@x.com,Win,Day,${PHONE}\n`,
    `new@x.com,Win,Day,${PHONE}\n`,
    'new@x.com,Win,Day,\n',
  ];

  it('is written to their own contact, and told as nobody else', async () => {
    const { send, bench } = await files();
    await send('april.csv', before);
    await send('march.csv', before);
    await send('march.csv', changed);
    await send('march.csv', now);
    expect(await send('april.csv', now)).toEqual({ rejected: 0, exitStatus: 0 });
    expect(await send('april.csv', now)).toEqual({ rejected: 0, exitStatus: 0 });
    expect(bench.sandbox.contacts().map(({ emails }) => emails.includes('new@x.com'))).toEqual([true]);
  });
});

describe('two bots of one workspace, in which an upsert finds the contacts of both', () => {
  it.each([
    ['another file', 'april.csv'],
    ['the same file', 'march.csv'],
  ])('nobody becomes whom %s sends to the other bot', async (_, name) => {
    const { bench, stateDir, names } = await files({ bots: ['bot_1', 'bot_2'] });
    const send = async (to: string, bot: string, rows: string) => {
      const file = join(bench.folder, to);
      await writeFile(file, `${HEADER}${rows}`);
      const plan = await planContacts({ file, bot, apiUrl: bench.sandbox.url, stateDir });
      const { summary, exitStatus } = await importContacts({ file, ...bench.api, bot, stateDir });
      expect(plan.rejected).toBe(summary.rejected);
      return [summary.created, summary.rejected, exitStatus];
    };
    expect(await send('march.csv', 'bot_1', `${ANN},Zoe,Day,+442079460002\n`)).toEqual([2, 0, 0]);
    const others = `ann@x.com,Bob,Kay,+442079460003\n,Cid,Ray,+442079460002\neve@x.com,Eve,Fox,\n`;
    expect(await send(name, 'bot_2', others)).toEqual([1, 2, 3]);
    expect(names()).toEqual(['Ann', 'Eve', 'Zoe']);
  });
});

describe('somebody of another file whom Clarky does not have any more', () => {
  const BOB = `bob@x.com,Bob,Kay,${PHONE}\n`;

  it('holds nobody: a workspace that was emptied takes whoever comes', async () => {
    const { bench, stateDir, names } = await files();
    const file = join(bench.folder, 'march.csv');
    await writeFile(file, `${HEADER}${ANN}`);
    await importContacts({ file, ...bench.api, stateDir });
    bench.sandbox.reset();
    const next = join(bench.folder, 'april.csv');
    await writeFile(next, `${HEADER}${BOB}`);
    // A plan asks nobody, and says so.
    const plan = await planContacts({ file: next, bot: bench.sandbox.botId, apiUrl: bench.sandbox.url, stateDir });
    expect([plan.rejected, JSON.stringify(plan.problems)]).toEqual([
      1,
      expect.stringContaining('An import asks Clarky first'),
    ]);
    const { summary } = await importContacts({ file: next, ...bench.api, stateDir });
    expect([summary.created, summary.rejected]).toEqual([1, 0]);
    expect(names()).toEqual(['Bob']);
  });

  it('holds nobody by a phone that Clarky has with her no more', async () => {
    const { bench, stateDir, names } = await files();
    const file = join(bench.folder, 'march.csv');
    await writeFile(file, `${HEADER}${ANN}`);
    await importContacts({ file, ...bench.api, stateDir });
    const next = join(bench.folder, 'april.csv');
    await writeFile(next, `${HEADER}${BOB}`);
    const held = await importContacts({ file: next, ...bench.api, stateDir });
    expect(held.summary.rejected).toBe(1);
    const blind = await importContacts({ file: next, ...bench.api, stateDir, key: bench.sandbox.writeOnlyKey });
    expect(blind.summary.rejected, 'where the key may not look').toBe(1);
    const [ann] = bench.sandbox.contacts();
    await fetch(`${bench.sandbox.url}/contacts/${ann?.id ?? ''}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${bench.sandbox.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ phone_numbers: ['+442079460002'] }),
    });
    const sent = await importContacts({ file: next, ...bench.api, stateDir });
    expect(sent.summary.rejected).toBe(0);
    expect(names()).toEqual(['Ann', 'Bob']);
  });
});

it.each([
  ['is with nobody', [], { created: 1, rejected: 0 }],
  ['is with himself', [{ first_name: 'Bob', last_name: 'Kay' }], { updated: 1, rejected: 0 }],
  ['is with somebody else', [{ first_name: 'Ann', last_name: 'Lee' }], { rejected: 1 }],
])('a phone that another file sent with no answer, and that in Clarky %s', async (_, there, expected) => {
  const { bench, stateDir } = await files();
  let isCut = true;
  const apiUrl = await behindProxy(bench, ({ method }) =>
    isCut && method === 'POST' ? Promise.reject(new Error('cut')) : Promise.resolve(),
  );
  const how = { ...bench.api, apiUrl, stateDir };
  const [march, april] = [join(bench.folder, 'march.csv'), join(bench.folder, 'april.csv')];
  await writeFile(march, `${HEADER}${ANN}`);
  expect((await importContacts({ ...how, file: march, maxOutageSeconds: 1 })).summary).toMatchObject({ pending: 1 });
  isCut = false;
  bench.sandbox.seed(there.map((one) => ({ ...one, emails: ['there@x.com'], phone_numbers: [PHONE] })));
  await writeFile(april, `${HEADER}bob@x.com,Bob,Kay,${PHONE}\n`);
  expect((await importContacts({ ...how, file: april })).summary).toMatchObject(expected);
});

describe('an answer with the id of whom another file has brought in', () => {
  const changed = async ({ sandbox }: Workbench, changes: object): Promise<void> => {
    const [ann] = sandbox.contacts();
    await fetch(`${sandbox.url}/contacts/${ann?.id ?? ''}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(changes),
    });
  };

  it('is no arrival of somebody else: both are told of', async () => {
    const { bench, send, stateDir } = await files();
    await send('march.csv', 'ann@x.com,Ann,Lee,\n');
    await changed(bench, { emails: ['bob@x.com'] });
    const file = join(bench.folder, 'april.csv');
    await writeFile(file, `${HEADER}bob@x.com,Bob,Kay,\n`);
    expect(await importContacts({ file, ...bench.api, stateDir })).toMatchObject({ exitStatus: 3 });
    const rejects = await readFile(join(bench.folder, 'april.csv.rejected.csv'), 'utf8');
    expect(rejects).toMatch(
      /merged_in_clarky,"Clarky wrote this row to a contact of another file \(\w+\), which is somebody/,
    );
  });

  it('is one of the same person by an e-mail that both have, or that Clarky shows', async () => {
    const { bench, send } = await files();
    await send('march.csv', 'ann@x.com,Ann,Lee,\n');
    await changed(bench, { phone_numbers: [PHONE] });
    expect((await send('april.csv', `,Ann,Lee,${PHONE}\n`)).exitStatus).toBe(0);
    expect((await send('may.csv', 'ann@x.com,Ann,Lee,+442079460009\n')).exitStatus).toBe(0);
    expect(bench.sandbox.contacts()).toHaveLength(1);
  });
});

describe('somebody of another file', () => {
  it.each([
    ['an e-mail of his own', ANN, `bob@x.com,Bob,Kay,${PHONE}\n`],
    ['no e-mail', ANN, `,Bob,Kay,${PHONE}\n`],
    ['an e-mail, she none', `,Ann,Lee,${PHONE}\n`, `bob@x.com,Bob,Kay,${PHONE}\n`],
    ['her e-mail', 'ann@x.com,Ann,Lee,\n', 'Ann@X.com,Bob,Kay,\n'],
  ])('does not become who has her phone or e-mail now: with %s', async (_, march, april) => {
    const { bench, send, names, stateDir } = await files();
    expect((await send('march.csv', march)).exitStatus).toBe(0);
    for (let again = 0; again < 2; again++) {
      expect(await send('april.csv', `cy@x.com,Cy,Day,\n${april}`)).toEqual({ rejected: 1, exitStatus: 3 });
    }
    const file = join(bench.folder, 'april.csv');
    expect(await verifyContacts({ file, ...bench.api, stateDir })).toMatchObject({ same: 1, missing: 0 });
    expect(names()).toEqual(['Ann', 'Cy']);
    expect(await readFile(join(bench.folder, 'april.csv.rejected.csv'), 'utf8')).toContain('from march.csv');
  });

  it('does not while both files are under way', async () => {
    const { bench, stateDir } = await files({ latency: { minMs: 30, maxMs: 40 } });
    const ten = (name: string): string =>
      Array.from({ length: 10 }, (_, n) => `${name}${n}@x.com,${name},Lee${n},+4420794600${10 + n}\n`).join('');
    const both = await Promise.all(
      ['Ann', 'Bob'].map(async (name) => {
        const file = join(bench.folder, `${name}.csv`);
        await writeFile(file, `${HEADER}${ten(name)}`);
        return importContacts({ file, ...bench.api, stateDir });
      }),
    );
    const stored = bench.sandbox.contacts();
    expect(both.reduce((sum, { summary }) => sum + summary.rejected, 0)).toBe(10);
    expect(stored).toHaveLength(10);
    // Whoever came first has not become the other.
    const whose = (first: unknown): string => (JSON.stringify(first).includes('ann') ? 'Ann' : 'Bob');
    expect(stored.map(({ first_name: name }) => name)).toEqual(stored.map(({ emails }) => whose(emails)));
  });

  it('gives her phone to him where the file has her too, under her e-mail and without it', async () => {
    const { bench, send } = await files();
    await send('march.csv', ANN);
    const april = `bob@x.com,Bob,Kay,${PHONE}\nann@x.com,Ann,Lee,+442079460002\n`;
    expect((await send('april.csv', april)).exitStatus).toBe(0);
    expect((await send('april.csv', april)).exitStatus).toBe(0);
    expect(bench.byEmail('bob@x.com')).toMatchObject({ first_name: 'Bob', phone_numbers: [PHONE] });
    expect(bench.byEmail('ann@x.com')).toMatchObject({ first_name: 'Ann', phone_numbers: ['+442079460002'] });
  });

  it('is the same person where the name is, by each of her e-mails, on a server that knows the first alone', async () => {
    const { bench, send, names } = await files();
    await send('march.csv', 'ann@x.com;ann@home.org,Ann,Lee,\n');
    expect((await send('april.csv', 'ann@home.org;ann@x.com,Ann,Lee-Ray,\n')).exitStatus).toBe(0);
    expect((await send('may.csv', 'ann@home.org,Ann,Lee,\n')).exitStatus).toBe(0);
    expect(names()).toEqual(['Ann']);
    expect(bench.sandbox.contacts()[0]?.emails).toEqual(['ann@x.com', 'ann@home.org']);
  });

  it('is the same person in each later file and run that has her second e-mail or phone alone', async () => {
    const { bench, send, names } = await files();
    const people = ['Ann', 'Bea', 'Cid', 'Dan', 'Eve', 'Fay', 'Gus'];
    const rows = (row: (name: string, n: number) => string): string =>
      people.map((name, n) => `${row(name, n)}\n`).join('');
    const phone = (n: number): string => `+44207946000${n}`;
    await send(
      'january.csv',
      rows((name, n) =>
        n < 6 ? `${name}@work.com;${name}@home.org,${name},Lee,` : `,Gus,Lee,${phone(1)};${phone(2)}`,
      ),
    );
    const second = (last: string): string =>
      rows((name, n) => (n < 6 ? `${name}@home.org,${name},${last},` : `,Gus,${last},${phone(2)}`));
    for (const [file, last] of [
      ['february.csv', 'Lee-Ray'],
      ['february.csv', 'Lee'],
      ['march.csv', 'Lee-Ray'],
      ['april.csv', 'Lee'],
      ['march.csv', 'Lee'],
    ] as const) {
      expect((await send(file, second(last))).exitStatus).toBe(0);
    }
    expect(names()).toEqual(people);
    expect(bench.byEmail('ann@work.com')?.emails).toEqual(['ann@work.com', 'ann@home.org']);
  });

  it('is the same person by an e-mail or phone that went out with her earlier and that Clarky has with nobody now', async () => {
    const { bench, send, names } = await files();
    const [old, newer] = ['+442079460001', '+442079460002'];
    await send('january.csv', `ann@x.com;ann2@x.com,Ann,Lee,\nbob@x.com,Bob,Kay,${old}\n`);
    await send('january.csv', `ann@x.com,Ann,Lee-Ray,\nbob@x.com,Bob,Kay,${newer}\n`);
    expect(bench.sandbox.contacts().map(({ emails }) => emails.length)).toEqual([1, 1]);
    await send('january.csv', `ann2@x.com,Ann,Lee,\n,Bob,Kay,${old}\n`);
    await send('march.csv', `ann2@x.com,Ann,Lee-Ray,\n,Bob,Kay-Fox,${old}\n`);
    expect(names()).toEqual(['Ann', 'Bob']);
    expect(bench.byEmail('ann@x.com')).toMatchObject({ last_name: 'Lee-Ray', emails: ['ann@x.com', 'ann2@x.com'] });
    // Somebody without a name who has an old number may be anybody.
    await send('april.csv', `,,,${newer}\n`);
    expect(names()).toHaveLength(3);
  });

  it('is left alone without her phone, or is meant, where that is said', async () => {
    const { bench, send, names } = await files();
    await send('march.csv', ANN);
    const april = `bob@x.com,Bob,Kay,${PHONE}\n`;
    expect((await send('april.csv', april, { sharedPhone: 'omit' })).exitStatus).toBe(0);
    expect(bench.byEmail('bob@x.com')).toMatchObject({ first_name: 'Bob', phone_numbers: [] });
    expect((await send('may.csv', 'x@x.com,Bob,Kay,+442079460001\n', { sharedPhone: 'send' })).exitStatus).toBe(0);
    expect(names()).toHaveLength(2);
  });

  it('is known from checkpoints that were there before, and not any more once they are forgotten', async () => {
    const { bench, send, stateDir, names } = await files();
    const march = join(bench.folder, 'march.csv');
    await writeFile(march, `${HEADER}${ANN}`);
    await importContacts({ file: march, ...bench.api, stateDir: false });
    // Nothing is left to send; what was sent is told.
    await importContacts({ file: march, ...bench.api, stateDir });
    const april = `bob@x.com,Bob,Kay,${PHONE}\n`;
    expect((await send('april.csv', april)).rejected).toBe(1);
    const { removed } = await forgetFiles(march, { all: true, stateDir });
    expect(removed.filter((path) => path.startsWith(stateDir))).toHaveLength(1);
    expect((await send('april.csv', april)).rejected).toBe(0);
    expect(names()).toEqual(['Bob']);
  });

  it('stands in the state folder by digests alone, and is in nobody’s way after an undo', async () => {
    const { bench, send, stateDir } = await files();
    await send('march.csv', ANN, { live: true });
    const all = await readdir(stateDir, { recursive: true });
    const people = all.filter((name) => name.includes('people') && name.endsWith('.jsonl'));
    expect(people).toHaveLength(1);
    const text = await readFile(join(stateDir, people[0] ?? ''), 'utf8');
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toMatch(/ann|lee|@|7946/i);
    await undoImport({ file: join(bench.folder, 'march.csv'), ...bench.api, stateDir });
    expect((await send('april.csv', `bob@x.com,Bob,Kay,${PHONE}\n`)).exitStatus).toBe(0);
  });

  it('is not known where the state folder can’t be used, which is said once, and nothing else suffers', async () => {
    const { bench } = await files();
    await writeFile(bench.file, `${HEADER}${ANN}bea@x.com,Bea,Ray,\n`);
    const warned: string[] = [];
    const { exitStatus } = await importContacts({
      ...bench.api,
      file: bench.file,
      // A file is no folder.
      stateDir: bench.file,
      onEvent: (event) => void (event.type === 'warning' && warned.push(event.code)),
    });
    expect([exitStatus, warned.filter((code) => code === 'people_not_shared')]).toEqual([0, ['people_not_shared']]);
  });

  it.each(['the end', 'the middle'])(
    'is known again by the next import where a full disk kept %s out',
    async (where) => {
      const { send, stateDir, names } = await files();
      const march = ['ann', 'bea', 'cy', 'dan'].map((name, at) => `${name}@x.com,${name},Lee,+44207946000${at}\n`);
      await send('march.csv', march.join(''));
      const all = await readdir(stateDir, { recursive: true });
      const people = join(stateDir, all.find((name) => name.includes('people') && name.endsWith('.jsonl')) ?? '');
      const [header = '', ...lines] = (await readFile(people, 'utf8')).trimEnd().split('\n');
      await writeFile(people, [header, ...lines.slice(0, 2), ''].join('\n'));
      // What is noted later is behind what is missing.
      await send('march.csv', `${march.join('')}${where === 'the end' ? '' : 'eve@x.com,eve,Lee,\n'}`);
      expect((await send('april.csv', 'zoe@x.com,Zoe,Fox,+442079460003\n')).rejected).toBe(1);
      expect(names()).not.toContain('Zoe');
    },
  );

  it('is known as far as what others have noted can be read', async () => {
    const { bench, send, stateDir } = await files();
    await send('march.csv', ANN);
    const all = await readdir(stateDir, { recursive: true });
    const people = join(stateDir, all.find((name) => name.includes('people') && name.endsWith('.jsonl')) ?? '');
    await mkdir(join(dirname(people), 'odd.jsonl'));
    await appendFile(people, 'nothing of ours\n{"k":"torn');
    const april = join(bench.folder, 'april.csv');
    await writeFile(april, `${HEADER}bob@x.com,Bob,Kay,${PHONE}\ncy@x.com,Cy,Day,\n`);
    const warned: string[] = [];
    const { summary } = await importContacts({
      ...bench.api,
      file: april,
      stateDir,
      onEvent: (event) => void (event.type === 'warning' && warned.push(event.code)),
    });
    expect([summary.created, summary.rejected]).toEqual([1, 1]);
    expect(warned.filter((code) => code === 'people_not_shared')).toHaveLength(1);
    // It is cut where it was torn, and added to.
    expect((await send('march.csv', `${ANN}dan@x.com,Dan,Fox,+442079460005\n`)).exitStatus).toBe(0);
    expect((await send('may.csv', ',Eve,Day,+442079460005\n')).rejected).toBe(1);
  });
});

it('an address in the other spelling of its domain is the one that was sent, from the same file or another', async () => {
  const { bench, send } = await files();
  const rows = (domain: string, again: string): string =>
    ['jo', 'max', 'ida'].map((who) => `${who}@${domain},${who},Weber${again},\n`).join('');
  await send('a.csv', rows('münchen.de', ''));
  expect(await send('b.csv', rows('xn--mnchen-3ya.de', ''))).toMatchObject({ exitStatus: 0 });
  expect(await send('a.csv', rows('XN--MNCHEN-3YA.de', '-Roth'))).toMatchObject({ exitStatus: 0 });
  const stored = bench.sandbox.contacts().flatMap(({ emails }) => emails.map(String));
  expect(stored.sort()).toEqual(['ida@münchen.de', 'jo@münchen.de', 'max@münchen.de']);
});
