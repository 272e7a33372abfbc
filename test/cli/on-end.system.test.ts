import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { atTerminal, hasTerminal } from '../support/terminal.js';

/** A server that answers with these statuses in turn, and keeps what was posted to it. */
async function listener(...statuses: number[]) {
  const posts: { body: string; request: IncomingMessage }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      posts.push({ body, request });
      response.writeHead(statuses[posts.length - 1] ?? 200, { location: '/elsewhere' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posts };
}

describe('--on-end', () => {
  it('posts the summary without personal data and key, and tries again', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(2)}Bad,Row,no-email,Acme\n`);
    const { url, posts } = await listener(503, 200);
    const { code, stderr } = await place.here('import', 'c.csv', '--on-end', url, ...UNLIMITED);
    expect(code).toBe(3);
    expect(stderr).not.toContain('could not be posted');
    expect(posts).toHaveLength(2);
    expect(JSON.parse(posts[1]?.body ?? '')).toMatchObject({ rows: 3, created: 2, rejected: 1, exit: 3 });
    expect(posts[1]?.body).not.toMatch(/example\.com|First0|ck_live/);
    expect(posts[1]?.request.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(JSON.stringify(posts[1]?.request.headers)).not.toContain(place.sandbox.key);
  });

  it('tells of a run that could not begin, without what the server said', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const { url, posts } = await listener(200);
    const env = { CLARKY_KEY: 'ck_live_wrong_key_0000' };
    expect((await place.hereWith({ env }, 'import', 'c.csv', '--on-end', url)).code).toBe(4);
    const body = JSON.parse(posts[0]?.body ?? '') as object;
    expect(body).toMatchObject({ file: 'c.csv', exit: 4, error: 'unauthorized' });
    expect(body).not.toHaveProperty('message');
  });

  it('changes nothing where it is refused: no redirect is followed, nobody waits long', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const { url, posts } = await listener(302);
    const { code, stderr } = await place.here('import', 'c.csv', '--on-end', url, ...UNLIMITED);
    expect(code).toBe(0);
    expect(posts).toHaveLength(1);
    expect(stderr).toContain('could not be posted to 127.0.0.1');
  });

  it('is given up at the first Ctrl-C, and the run ends as it did', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const server = createServer();
    const asked = once(server, 'request') as Promise<[IncomingMessage]>;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void (server.closeAllConnections(), server.close()));
    const url = `http://me:word@127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const { child, ended } = place.start(['import', 'c.csv', '--on-end', url, ...UNLIMITED]);
    const [{ headers }] = await asked;
    expect(headers.authorization).toBe(`Basic ${Buffer.from('me:word').toString('base64')}`);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('It was given up.')]);
  });

  it.runIf(hasTerminal)('says at a terminal what it waits for', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const server = createServer();
    const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void (server.closeAllConnections(), server.close()));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const terminal = atTerminal(place, ['import', 'c.csv', '--on-end', `http://${host}/hook`, ...UNLIMITED]);
    const [, response] = await asked;
    server.on('request', (_, second: ServerResponse) => second.end());
    await terminal.shows(`Posting the summary to ${host}`);
    response.writeHead(503).end();
    await terminal.shows(`Posting the summary to ${host}, try 2 of 3`);
    const { code, shown } = await terminal.ended;
    expect(code).toBe(0);
    // The line goes again.
    expect(shown.slice(shown.lastIndexOf('Posting'))).toContain('\u001b[K');
  });

  it('takes https: and this machine alone', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    expect((await place.here('import', 'c.csv', '--on-end', 'http://example.com/')).code).toBe(2);
  });
});
