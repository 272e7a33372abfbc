import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { writeMappingFile } from '../../src/run/map.js';
import { writeCorrections } from '../../src/run/reading/corrections/corrections.js';
import { peopleCsv } from '../support/cli.js';
import { privateFolder } from '../support/folder.js';
import { send, uiDesk } from './desk.js';

describe('files', () => {
  it('get no mapping file that could not be read again', async () => {
    const { ask, folder } = await uiDesk();
    await writeFile(join(folder, 'people.csv'), peopleCsv(1));
    const [{ id = '' } = {}] = JSON.parse((await ask('GET', '/api/files')).text) as { id: string }[];
    for (const to of ['compny', 'custom:', 'custom:  ']) {
      const answer = await ask('PUT', `/api/files/${id}/mapping`, { columns: [{ index: 3, to }] });
      expect([to, answer.status, answer.text]).toEqual([to, 400, expect.stringContaining('is no field')]);
      expect((await ask('POST', `/api/files/${id}/mapping/preview`, { index: 3, to })).status).toBe(400);
    }
    expect(await readdir(folder)).toEqual(['people.csv']);
    const path = join(folder, 'people.csv.mapping.json');
    const broken = { version: 1, settings: {}, columns: [{ header: 'Email', occurrence: 0, to: 'mail' }] } as const;
    await expect(writeMappingFile(path, broken)).rejects.toThrow('"mail" is no field');
    expect(await readdir(folder)).toEqual(['people.csv']);
  });

  it('are those of the folder, by no path in any form', async () => {
    const { ui, ask, folder, token } = await uiDesk();
    await writeFile(join(folder, 'people.csv'), peopleCsv(1));
    const secret = join(await privateFolder(), 'secret.csv');
    await writeFile(secret, peopleCsv(1));
    // What a link in the folder leads to is no file of the folder.
    await symlink(secret, join(folder, 'linked.csv'));
    const host = ui.origin.replace('http://', '');
    for (const path of [
      '/../package.json',
      '/%252e%252e%252fpackage.json',
      '/..%c0%afpackage.json',
      '/..%ef%bc%8fpackage.json',
      '/%5c..%5cpackage.json',
      '/C:/windows/win.ini',
      '/file:///etc/passwd',
      '/page/../../package.json',
      '/%E0%A4%A',
      '/index.html',
      '/api/files/%2e%2e%2f%2e%2e%2fsecret.csv/plan',
      '/api/files/%E0%A4%A/reading',
      '/d/%2e%2e%2fsecret.csv',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/..\\package.json',
      '/assets/../../app.js',
      '//etc/passwd',
      '/api/../app.js',
      '/d/../x',
      '/d/x',
      '/api/files/..%2fsecret.csv/reading',
      '/api/files/people.csv/reading',
      '/api/files/%00/reading',
      '/api/history?file=../secret.csv',
    ]) {
      const answer = await send(ui.origin, 'GET', path, { host, authorization: `Bearer ${token}` });
      expect([path, [400, 404].includes(answer.status)]).toEqual([path, true]);
    }
    for (const name of [
      '..%2fup.csv',
      '..%5cup.csv',
      '%00.csv',
      '.hidden.csv',
      'x.exe',
      'a:b.csv',
      'x.csv.checkpoint.jsonl',
      'x.csv.report.html',
      `${'a'.repeat(300)}.csv`,
    ]) {
      expect([name, (await ask('PUT', `/api/files/${name}`, 'a')).status]).toEqual([name, 400]);
    }
    expect((await ask('PUT', '/api/files/linked.csv?replace=yes', 'a')).status).toBe(400);
    expect(await readFile(secret, 'utf8')).toBe(peopleCsv(1));
    expect((await ask('GET', '/api/files')).text).not.toContain('linked.csv');
    expect((await readdir(folder)).sort()).toEqual(['linked.csv', 'people.csv']);
  });

  it('are not the rejects of a run, unless somebody brings them back corrected', async () => {
    const { ask, folder } = await uiDesk();
    await writeFile(join(folder, 'people.csv.rejected.csv'), 'Email,import_line,import_error,import_message\n');
    expect((await ask('GET', '/api/files')).text).not.toContain('people.csv.rejected.csv');
    const corrected = 'Email,import_line,import_error,import_message\nann@x.com,2,invalid_email,\n';
    const answer = await ask('PUT', '/api/files/people.csv.rejected.csv?replace=yes', corrected);
    expect(answer.status).toBe(200);
    expect(await readFile(join(folder, 'people.csv.rejected.csv'), 'utf8')).toBe(corrected);
    expect((await ask('GET', '/api/found?q=rejected')).text).toContain('people.csv.rejected.csv');
  });

  it('are told of as they are in the Clarky that is used, whatever went to another one', async () => {
    const { ask, folder, sandbox } = await uiDesk({ bot: null });
    const file = join(folder, 'people.csv');
    await writeFile(file, peopleCsv(3));
    const rate = { writes: Infinity, seconds: 60 };
    await importContacts({ file, apiUrl: sandbox.url, key: sandbox.key, stateDir: false, rate });
    const seen = async (): Promise<unknown[]> => {
      const [entry] = JSON.parse((await ask('GET', '/api/files')).text) as { id: string; accepted: number }[];
      const { plan } = JSON.parse((await ask('GET', `/api/files/${entry?.id ?? ''}/plan`)).text) as {
        plan: { created: number; unchanged: number };
      };
      return [entry?.accepted, plan.created, plan.unchanged];
    };
    expect(await seen()).toEqual([3, 0, 3]);
    expect((await ask('PUT', '/api/address', { address: 'http://127.0.0.1:9/api/v1' })).status).toBe(200);
    expect(await seen()).toEqual([0, 3, 0]);
  });

  it('are bounded: bodies too large are refused before they are read', async () => {
    const { ask } = await uiDesk();
    const large = { 'content-length': String(3 * 1024 ** 3) };
    await expect(ask('PUT', '/api/files/a.csv', 'a', large)).resolves.toMatchObject({ status: 413 });
    expect((await ask('PUT', '/api/key', `{"key":"${'x'.repeat(5_000_000)}"}`)).status).toBe(413);
    expect((await ask('PUT', '/api/key', `{"key":"${'x'.repeat(5000)}"}`)).status).toBe(400);
    // Without a length it is counted as it comes.
    const chunked = { 'transfer-encoding': 'chunked' };
    expect((await ask('PUT', '/api/key', Buffer.alloc(5_000_000, 'x'), chunked)).status).toBe(413);
    expect((await ask('PUT', '/api/key', '['.repeat(200_000))).status).toBe(400);
    expect((await ask('GET', `/api/history?file=${'x'.repeat(20_000)}`)).status).toBe(431);
    expect((await ask('GET', '/api/state', undefined, { 'x-long': 'x'.repeat(20_000) })).status).toBe(431);
    expect((await ask('GET', '/api/state')).status).toBe(200);
  });

  it('are no state of the program, whatever it is called', async () => {
    const { ask, folder, sandbox } = await uiDesk();
    const file = join(folder, 'people.csv');
    await writeFile(file, `${peopleCsv(2)}Zo,Ash,zo(at)x,\n`);
    const path = (name: string): string => join(folder, name);
    const { summary } = await importContacts({
      ...{ file, key: sandbox.key, apiUrl: sandbox.url, bot: sandbox.botId, live: true, stateDir: false },
      ...{ checkpoint: path('state.json'), log: path('log.json'), report: false },
    });
    await writeFile(path('latest.json'), JSON.stringify(summary));
    await writeMappingFile(path('columns.json'), {
      version: 1,
      columns: [{ header: 'E-mail', occurrence: 1, to: 'emails' }],
      settings: {},
    });
    await writeCorrections(path('corrections.json'), [{ line: 4, column: 'E-mail', was: 'zo(at)x', value: '' }]);
    await writeFile(path('list.json'), '[{"name":"Ada","email":"ada@example.com"}]');
    await writeFile(path('columns-and-rows.json'), '{"columns":["name","email"],"rows":[["Ada","ada@example.com"]]}');
    const listed = JSON.parse((await ask('GET', '/api/files')).text) as { name: string }[];
    expect(listed.map(({ name }) => name).sort()).toEqual(['columns-and-rows.json', 'list.json', 'people.csv']);
  });

  it('are asked for before one takes the place of another', async () => {
    const { ask, folder } = await uiDesk();
    expect((await ask('PUT', '/api/files/a.csv', 'Email\na@example.com\n')).status).toBe(200);
    expect((await ask('PUT', '/api/files/a.csv', 'Email\nb@example.com\n')).status).toBe(409);
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toContain('a@example.com');
    expect((await ask('PUT', '/api/files/a.csv?replace=yes', 'Email\nb@example.com\n')).status).toBe(200);
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toContain('b@example.com');
  });
});
