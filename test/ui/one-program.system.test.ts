import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { peopleCsv, workplace } from '../support/cli.js';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';
import { until } from '../support/until.js';
import { workbook } from '../support/workbook.js';
import { uiDesk, type UiDesk } from './desk.js';

type Counts = Readonly<Record<string, number>>;

const OUTCOMES = ['created', 'updated', 'unchanged', 'merged', 'rejected'];

/** Two plans are made at two times. */
const timeless = (plan: object | undefined): object | undefined => plan && { ...plan, start: '', end: '' };

const SHEETS = {
  People: [
    ['Name', 'Email', 'Phone'],
    ['Ada Moss', 'ada@example.de', '0711 1234567'],
    ['Zo\u00eb Ash', 'zoe(at)example.de', ''],
  ],
  Others: [
    ['Name', 'Email'],
    ['Bo', 'bo@example.de'],
  ],
};

/** Of the exports of other programs, whose columns have tests of their own, each so many-th is enough here. */
const EXPORTS: ReadonlySet<string> = new Set(['mapping', 'lists']);
const EACH_NTH_EXPORT = 6;

/** Files of each form, small. */
async function everyFixture(): Promise<readonly (readonly [string, string | Buffer])[]> {
  const files: [string, string | Buffer][] = [];
  for (const folder of ['mapping', 'csv', 'lists', '.']) {
    const names = (await readdir(join(ROOT, 'fixtures', folder))).sort();
    for (const [at, name] of names.entries()) {
      if (/\.(csv|txt)$/.test(name) && (!EXPORTS.has(folder) || at % EACH_NTH_EXPORT === 0)) {
        files.push([`${folder.replace('.', 'top')}-${name}`, await readFile(join(ROOT, 'fixtures', folder, name))]);
      }
    }
  }
  files.push(['book.xlsx', workbook(SHEETS)]);
  files.push(['cards.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada Moss\nEMAIL:ada@example.com\nEND:VCARD\n'.repeat(2)]);
  files.push(['list.json', '[{"name":"Ada","email":"ada@example.com"},{"name":"Bo","email":"bo(at)x"}]']);
  files.push(['lines.jsonl', '{"name":"Ada","email":"ada@example.com"}\n{"name":"Bo"}\n']);
  return files;
}

/** What the page says of a file's plan; undefined where it has none. */
async function pagePlan(desk: UiDesk, id: string): Promise<Counts | undefined> {
  const { plan } = JSON.parse((await desk.ask('GET', `/api/files/${id}/plan`)).text) as { plan?: Counts };
  return plan;
}

async function idOf(desk: UiDesk, name: string): Promise<string> {
  const files = JSON.parse((await desk.ask('GET', '/api/files')).text) as { id: string; name: string }[];
  return files.find((file) => file.name === name)?.id ?? '';
}

describe('page and command line', () => {
  it('plan the same for fixtures of any form, the rows balance with the counts, and no word is of the terminal', async () => {
    const desk = await uiDesk();
    const { ask, folder, sandbox } = desk;
    const fixtures = await everyFixture();
    for (const [name, content] of fixtures) await writeFile(join(folder, name), content);
    const files = JSON.parse((await ask('GET', '/api/files')).text) as { id: string; name: string }[];
    expect(files.map(({ name }) => name).sort()).toEqual(fixtures.map(([name]) => name).sort());
    for (const { id, name } of files) {
      const file = join(folder, name);
      const settings = { file, apiUrl: sandbox.url, bot: sandbox.botId, rate: { writes: Infinity, seconds: 60 } };
      const expected = await planContacts(settings).catch(() => undefined);
      const plan = await pagePlan(desk, id);
      expect([name, timeless(plan)]).toEqual([
        name,
        expected && timeless(JSON.parse(JSON.stringify(expected)) as object),
      ]);
      const reading = await ask('GET', `/api/files/${id}/reading`);
      const { notes = [] } = JSON.parse(reading.text) as { notes?: string[] };
      expect([name, notes.filter((note) => /--\w|clarky-contacts|\(\)|[;:,]\s*$/.test(note))]).toEqual([name, []]);
      expect([name, reading.text.includes(folder)]).toEqual([name, false]);
      if (plan === undefined) continue;
      for (const outcome of OUTCOMES) {
        const rows = await ask('GET', `/api/files/${id}/plan/rows?outcome=${outcome}&limit=1`);
        const { total } = JSON.parse(rows.text) as { total: number };
        expect([name, outcome, total]).toEqual([name, outcome, plan[outcome]]);
      }
    }
  });

  it('plan the same after each choice on the page, whatever it is', async () => {
    const desk = await uiDesk();
    const file = join(desk.folder, 'people.csv');
    await writeFile(
      file,
      `First Name,E-mail,Phone,Colour,Colour,Deal Value
Ada,ada@example.com,+442079460000,red,dark,5
Ada,ada@example.com,+442079460000,blue,,
Bob,bob@example.com,+442079460001,,,"1,234"
Cy,cy@example.com,+442079460001,,,
Di,di(at)example.com,+442079460002,,,
Ed,ed@example.com,020 7946 0003,,,
Flo,family@example.com,,,,
Gus,family@example.com,,,,
`,
    );
    const id = await idOf(desk, 'people.csv');
    const path = `/api/files/${id}`;
    const sending = (choice: object) => ['POST', `${path}/plan`, choice] as const;
    const column = (index: number, to: string, more: object = {}) =>
      ['PUT', `${path}/mapping`, { columns: [{ index, to, ...more }] }] as const;
    const correction = (line: number, name: string | null, was: string, value: string | null) =>
      ['PUT', `${path}/edits`, { corrections: [{ line, column: name, was, value }] }] as const;
    const seen = new Set<string>();
    for (const [method, where, body] of [
      sending({ sharedPhone: 'omit' }),
      sending({ sharedPhone: 'send' }),
      sending({ sharedPhone: 'reject' }),
      sending({ sharedEmail: 'merge' }),
      sending({ sharedEmail: 'omit' }),
      sending({ sharedEmail: 'reject' }),
      sending({ duplicates: 'last' }),
      sending({ duplicates: 'first' }),
      sending({ duplicates: 'reject' }),
      sending({ duplicates: 'merge' }),
      sending({ onInvalid: 'omit' }),
      sending({ onInvalid: 'reject' }),
      ['PATCH', `${path}/reading`, { country: 'GB' }] as const,
      ['PATCH', `${path}/reading`, { country: null }] as const,
      sending({ unmapped: 'custom' }),
      sending({ unmapped: 'ignore' }),
      column(5, 'deal_value', { decimal: 'point' }),
      column(3, 'custom:Colour'),
      column(4, 'ignore'),
      column(2, 'ignore'),
      column(2, 'phone_numbers'),
      correction(6, 'E-mail', 'di(at)example.com', ''),
      correction(6, 'E-mail', 'di(at)example.com', 'di@example.com'),
      correction(4, 'Phone', '+442079460001', ''),
      correction(2, 'Colour (2)', 'dark', 'light'),
      correction(7, null, ['Ed', 'ed@example.com', '020 7946 0003', '', '', ''].join('\t'), null),
      ['PUT', `${path}/edits`, { takenBack: [{ line: 7, column: null }] }] as const,
      [
        'POST',
        `${path}/edits/replace`,
        { column: 'Phone', find: '020 ', replacement: '+4420', applies: true },
      ] as const,
      ['DELETE', `${path}/edits`, undefined] as const,
    ]) {
      const answer = await desk.ask(method, where, body);
      expect([where, body, answer.status]).toEqual([where, body, 200]);
      const counts = await pagePlan(desk, id);
      const command = await planContacts({ file });
      for (const name of [...OUTCOMES, 'rows', 'contacts', 'corrected', 'requests']) {
        expect([body, name, counts?.[name]]).toEqual([body, name, (command as unknown as Counts)[name]]);
      }
      seen.add(OUTCOMES.map((name) => counts?.[name]).join(' '));
    }
    // The choices did decide.
    expect(seen.size).toBeGreaterThan(5);
    // A server that starts anew finds them.
    await desk.ask('POST', `${path}/plan`, { onInvalid: 'omit', sharedPhone: 'omit' });
    const later = await uiDesk({ folder: desk.folder });
    const view = await later.ask('GET', `/api/files/${await idOf(later, 'people.csv')}/plan`);
    expect(JSON.parse(view.text)).toMatchObject({ chosen: { onInvalid: 'omit', sharedPhone: 'omit' } });
  });

  it.each([
    ['beside the file', undefined],
    ['in a folder of its own', 'kept'],
  ])('are told of what the other sends just now, and neither begins a second import: state %s', async (_, kept) => {
    const work = await workplace({ faults: { on: 'writes', probabilities: { held: 1 } } });
    await work.write('people.csv', peopleCsv(12));
    if (kept !== undefined) await mkdir(work.path(kept));
    const there = kept === undefined ? [] : ['--work-dir', kept];
    const workDir = kept === undefined ? {} : { workDir: work.path(kept) };
    const desk = await uiDesk({ folder: work.folder, api: work.sandbox, ...workDir });
    const id = await idOf(desk, 'people.csv');
    const elsewhere = async (): Promise<boolean> =>
      (await desk.ask('GET', '/api/state')).text.includes('"elsewhere":{');
    expect(await elsewhere()).toBe(false);

    const running = work.start(['import', 'people.csv', '--live', ...there]);
    await until(() => work.sandbox.requests.some(({ method }) => method === 'POST'));
    expect(await elsewhere()).toBe(true);
    const refused = await desk.ask('POST', `/api/files/${id}/run`, {});
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([409, { code: 'locked' }]);
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await elsewhere()).toBe(false);

    const sent = work.sandbox.requests.length;
    expect((await desk.ask('POST', `/api/files/${id}/run`, {})).status).toBe(200);
    await until(() => work.sandbox.requests.slice(sent).some(({ method }) => method === 'POST'));
    // Its own import is none of somebody else.
    expect(await elsewhere()).toBe(false);
    expect(await work.run('import', 'people.csv', ...there)).toMatchObject({ code: 6 });
    work.sandbox.setFaults({});
    await until(async () => (await desk.ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
    const names = work.sandbox.contacts().map(({ first_name }) => first_name);
    expect([names.length, new Set(names).size]).toEqual([12, 12]);
  });

  it('keep the state of a file in the same folder, where another is named', async () => {
    const workDir = await privateFolder();
    const desk = await uiDesk({ workDir });
    await writeFile(join(desk.folder, 'people.csv'), `${peopleCsv(2)}Zo,Ash,zo(at)x,\n`);
    const id = await idOf(desk, 'people.csv');
    await desk.ask('PUT', `/api/files/${id}/edits`, {
      corrections: [{ line: 2, column: 'Company', was: 'Acme', value: 'Firm' }],
    });
    expect((await desk.ask('POST', `/api/files/${id}/run`, {})).status).toBe(200);
    await until(async () => (await desk.ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
    expect(await readdir(desk.folder)).toEqual(['people.csv']);
    const [file] = JSON.parse((await desk.ask('GET', '/api/files')).text) as [object];
    expect(file).toMatchObject({
      accepted: 2,
      hasReport: true,
      hasRejects: true,
      hasCorrections: true,
      isUndoable: true,
    });
    const history = JSON.parse((await desk.ask('GET', `/api/history?file=${id}`)).text) as { runs: unknown[] };
    expect(history.runs).toMatchObject([{ kind: 'import', created: 2, rejected: 1 }]);
    for (const kind of ['report', 'rejects']) {
      const { href } = JSON.parse((await desk.ask('POST', '/api/downloads', { file: id, kind })).text) as {
        href: string;
      };
      expect((await desk.ask('GET', href, undefined, { authorization: null })).status).toBe(200);
    }
    expect(
      await planContacts({ file: join(desk.folder, 'people.csv'), workDir, apiUrl: desk.sandbox.url }),
    ).toMatchObject({
      unchanged: 2,
      rejected: 1,
      corrected: 1,
    });
  });

  it('go on where the other stopped', async () => {
    const { ask, folder, sandbox } = await uiDesk();
    const file = join(folder, 'people.csv');
    await writeFile(file, peopleCsv(4));
    const first = await importContacts({ file, key: sandbox.key, apiUrl: sandbox.url, stateDir: false });
    expect(first.summary.created).toBe(4);
    await writeFile(file, peopleCsv(6));
    const [{ id = '' } = {}] = JSON.parse((await ask('GET', '/api/files')).text) as { id: string }[];
    expect((await ask('POST', `/api/files/${id}/run`, {})).status).toBe(200);
    await until(async () => (await ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
    expect(sandbox.contacts()).toHaveLength(6);
    const last = await importContacts({ file, key: sandbox.key, apiUrl: sandbox.url, stateDir: false });
    expect(last.summary).toMatchObject({ unchanged: 6, requests: 0 });
  });

  it('is one program when the server is killed in mid-run: the command line goes on, nobody is lost and nobody twice', async () => {
    const work = await workplace({ faults: { on: 'writes', probabilities: { held: 1 } } });
    await work.write('people.csv', peopleCsv(30));
    const { child, ended } = work.start(['ui', '.', '--no-open', '--json']);
    const [first] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const { origin, hash } = new URL((JSON.parse(first.toString()) as { url: string }).url);
    const ask = async (method: string, path: string, body?: object, token = ''): Promise<unknown> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${origin}/api/${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      return answer.json();
    };
    const { token } = (await ask('POST', 'session', { code: hash.slice(1) })) as { token: string };
    const [{ id }] = (await ask('GET', 'files', undefined, token)) as [{ id: string }];
    await ask('POST', `files/${id}/run`, {}, token);
    await until(() => work.sandbox.requests.some(({ method }) => method === 'POST'));
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    work.sandbox.setFaults({});
    expect(await work.run('import', 'people.csv')).toMatchObject({ code: 0 });
    const names = work.sandbox.contacts().map(({ first_name }) => first_name);
    expect([names.length, new Set(names).size]).toEqual([30, 30]);
  });
});
