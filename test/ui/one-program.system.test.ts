import { once } from 'node:events';
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { peopleCsv, workplace } from '../support/cli.js';
import { ROOT } from '../support/built.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';

const FIXTURES = join(ROOT, 'fixtures', 'mapping');

/** Two plans are made at two times. */
const timeless = (plan: object | undefined): object | undefined => plan && { ...plan, start: '', end: '' };

describe('page and command line', () => {
  it('plan the same for every fixture, and the rows balance with the counts', async () => {
    const { ask, folder, sandbox } = await uiDesk();
    const names = (await readdir(FIXTURES)).filter((name) => name.endsWith('.csv'));
    for (const name of names) await copyFile(join(FIXTURES, name), join(folder, name));
    const files = JSON.parse((await ask('GET', '/api/files')).text) as { id: string; name: string }[];
    expect(files).toHaveLength(names.length);
    for (const { id, name } of files) {
      const file = join(folder, name);
      const settings = { file, apiUrl: sandbox.url, bot: sandbox.botId, rate: { writes: Infinity, seconds: 60 } };
      const expected = await planContacts(settings).catch(() => undefined);
      const { plan } = JSON.parse((await ask('GET', `/api/files/${id}/plan`)).text) as {
        plan?: Record<string, number>;
      };
      expect([name, timeless(plan)]).toEqual([
        name,
        expected && timeless(JSON.parse(JSON.stringify(expected)) as object),
      ]);
      if (plan === undefined) continue;
      for (const outcome of ['created', 'updated', 'unchanged', 'merged', 'rejected']) {
        const rows = await ask('GET', `/api/files/${id}/plan/rows?outcome=${outcome}&limit=1`);
        const { total } = JSON.parse(rows.text) as { total: number };
        expect([name, outcome, total]).toEqual([name, outcome, plan[outcome]]);
      }
    }
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
