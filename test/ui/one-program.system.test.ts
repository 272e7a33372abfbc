import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { peopleCsv } from '../support/cli.js';
import { ROOT } from '../support/built.js';
import { until } from '../support/until.js';
import { uiDesk } from './desk.js';

const FIXTURES = join(ROOT, 'fixtures', 'mapping');

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
      expect([name, plan]).toEqual([name, expected && JSON.parse(JSON.stringify(expected))]);
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
});
