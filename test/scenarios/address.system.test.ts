/** An address in place of FILE, night after night, through the built command. */
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { workplace } from '../support/cli.js';

/** A server of one list, which knows its versions by ETag or by date. */
async function listServer(by: 'etag' | 'date') {
  const list = { text: 'Name,Email\nAda,ada@example.com\nBob,bob@example.com\n', version: 1, given: 0, asked: 0 };
  const server = createServer((request, response) => {
    list.asked += 1;
    const modified = new Date(Date.UTC(2024, 0, list.version)).toUTCString();
    const tag = `"${list.version}"`;
    response.setHeader(by === 'etag' ? 'etag' : 'last-modified', by === 'etag' ? tag : modified);
    const known = request.headers[by === 'etag' ? 'if-none-match' : 'if-modified-since'];
    if (known === (by === 'etag' ? tag : modified)) {
      response.writeHead(304).end();
      return;
    }
    list.given += 1;
    response.end(list.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { list, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.csv?token=secret` };
}

type Json = Readonly<Record<string, unknown>>;

it.each(['etag', 'date'] as const)('by %s: what is in and unchanged is not read again', async (by) => {
  const { here, path, sandbox } = await workplace();
  const { list, url } = await listServer(by);
  const night = async (...more: string[]): Promise<Json> => {
    const given = list.given;
    const { code, stdout, stderr } = await here('import', url, '--json', ...more);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    const { rows, created, unchanged, complete, requests } = JSON.parse(stdout) as Json;
    return { rows, created, unchanged, complete, requests, read: list.given > given };
  };
  const all = { rows: 2, created: 0, unchanged: 2, complete: true, requests: 0 };
  expect(await night()).toEqual({ ...all, created: 2, unchanged: 0, requests: 2, read: true });
  expect(await night()).toEqual({ ...all, read: false });
  if (by === 'date') return;
  expect(await night()).toEqual({ ...all, read: false });
  expect(await night('--country', 'DE')).toEqual({ ...all, read: true });
  expect(await night()).toEqual({ ...all, read: false });
  expect(await night('--retry-rejected')).toEqual({ ...all, read: true });
  expect(await night('--live')).toMatchObject({ unchanged: 2, read: true });
  expect(await night()).toMatchObject({ unchanged: 2, read: true });
  expect(await night('--resend')).toMatchObject({ requests: 2, read: true });
  expect(await night()).toEqual({ ...all, read: false });
  await writeFile(
    path('list.csv.mapping.json'),
    JSON.stringify({ version: 1, columns: { Name: 'first_name', Email: 'emails' } }),
  );
  expect(await night()).toMatchObject({ rows: 2, read: true });
  expect(await night()).toEqual({ ...all, read: false });
  list.text += 'Eve,eve@example.com\n';
  list.version += 1;
  expect(await night()).toEqual({ ...all, rows: 3, created: 1, requests: 1, read: true });
  expect(await night()).toEqual({ ...all, rows: 3, unchanged: 3, read: false });
  expect(sandbox.contacts().length).toBe(3);
});

it('is read again where rows were rejected, and where the last run left no end', async () => {
  const { here, path } = await workplace();
  const { list, url } = await listServer('etag');
  list.text += 'Nobody,\n';
  for (const reads of [1, 2]) {
    const { code, stderr } = await here('import', url, '--json');
    expect([code, code === 3 ? '' : stderr]).toEqual([3, '']);
    expect(list.given).toBe(reads);
  }
  list.text = list.text.replace('Nobody,\n', '');
  list.version += 1;
  expect((await here('import', url)).code).toBe(0);
  await appendFile(path('list.csv.checkpoint.jsonl'), '{"run":"start","at":"2026-01-01T00:00:00.000Z","rows":2}\n');
  const { code, stdout } = await here('import', url);
  expect([code, list.given]).toEqual([0, 4]);
  expect(stdout).toContain('all 2 rows');
});

it('what opens an address is in nothing that is written or printed, whichever way the run ends', async () => {
  const { here, folder } = await workplace();
  const { url } = await listServer('etag');
  const shown = url.replace(/\?.*/, '');
  const good = await here('import', url, '--json', '--latest', 'good.json');
  const refused = await here('import', url.replace('//', '//hans:secret@'), '--json', '--latest', 'refused.json');
  expect([good.code, refused.code]).toEqual([0, 2]);
  expect([good, refused].map(({ stdout }) => (JSON.parse(stdout) as Json)['file'])).toEqual([shown, shown]);
  const names = (await readdir(folder)).filter((name) => /\.(?:json|jsonl|html)$/.test(name)).sort();
  expect(names).toEqual(
    expect.arrayContaining(['good.json', 'list.csv.log.jsonl', 'list.csv.report.html', 'refused.json']),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect([...texts, good.stderr, refused.stderr].join('\n')).not.toContain('secret');
});
