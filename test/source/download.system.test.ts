/** An address in place of a file, through a real server. */
import { readdir } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSource } from '../../src/source/opening/source.js';
import { holderName } from '../../src/storage/process-identity.js';
import { cellsOf, readAll } from './reading.js';

const answer: RequestListener = (request, response) => {
  const redirect = (location: string): void => void response.writeHead(302, { location }).end();
  switch (request.url) {
    case '/a.csv?token=secret':
      response.end('Name,Email\nAda,ada@example.com\n');
      break;
    case '/moved':
      redirect('/a.csv?token=secret');
      break;
    case '/elsewhere':
      redirect('http://127.0.0.1:1/a.csv');
      break;
    case '/numeric':
      redirect('https://2130706433/a.csv');
      break;
    case '/mapped':
      redirect('https://[::ffff:10.0.0.1]/a.csv');
      break;
    case '/plain':
      redirect('http://example.com/a.csv');
      break;
    case '/named':
      // A name that this machine knows for itself.
      redirect(`https://${hostname()}:1/a.csv`);
      break;
    case '/round':
      redirect('/round');
      break;
    case '/private':
      response.writeHead(403).end();
      break;
    case '/broken':
      response.writeHead(200, { 'content-length': '1000' }).write('Name,');
      response.destroy();
      break;
    case '/down':
      response.writeHead(503).end();
      break;
    default:
      response.writeHead(404).end('<html>');
  }
};
const server = createServer(answer);
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Private copies of this very process: other tests make theirs beside them. */
async function copies(): Promise<number> {
  const names = await readdir(tmpdir());
  return names.filter((name) => name.startsWith('clarky-contacts-') && name.includes(`-${holderName()}-`)).length;
}

it('is fetched once, kept privately, and read as any file', async () => {
  for (const path of ['/a.csv?token=secret', '/moved']) {
    expect(cellsOf((await readAll(base + path)).records)).toEqual([['Ada', 'ada@example.com']]);
  }
  const before = await copies();
  const source = await openSource(`${base}/a.csv?token=secret`);
  expect(source.displayName).toBe(`${base}/a.csv`);
  expect(await copies()).toBe(before + 1);
  await source.dispose();
  expect(await copies()).toBe(before);
});

it.each([
  ['/elsewhere', 'file_unreadable', /is not followed: it is a private address/],
  ['/numeric', 'file_unreadable', /is not followed: it is a private address/],
  ['/mapped', 'file_unreadable', /is not followed: it is a private address/],
  ['/plain', 'file_unreadable', /is not followed: it is not https:/],
  ['/named', 'unreachable', /stands for a private address|can't be fetched/],
  ['/round', 'file_unreadable', /leads in circles/],
  ['/private', 'file_unreadable', /without signing in/],
  ['/none', 'file_not_found', /doesn't exist \(404\)/],
  ['/broken', 'unreachable', /can't be fetched/],
  ['/down', 'unreachable', /answers 503/],
])('%s is an error in one sentence, and leaves nothing behind', async (path, code, message) => {
  const before = await copies();
  await expect(openSource(base + path)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message) as unknown,
  });
  expect(await copies()).toBe(before);
});
