import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/api/client.js';
import { openGate } from '../../src/rate/open-gate.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { type Ended, peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { privateFolder } from '../support/folder.js';
import { until } from '../support/until.js';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const canSign = spawnSync('openssl', ['version']).status === 0;
if (!canSign) process.stderr.write('no openssl here: the tests that need it do not run\n');

/** A certificate that nobody has signed but itself. */
function selfSigned(folder: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,DNS:clarky.test'];
  const output = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...output], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** An https front of the sandbox, as Clarky has one. */
async function secureFront(place: Workplace): Promise<{ port: number; certPath: string }> {
  const folder = await privateFolder();
  const server = createHttpsServer(selfSigned(folder), (request, response) => {
    const target = new URL(request.url ?? '/', place.sandbox.url);
    void forward(target, request, response);
  });
  return { port: await listening(server), certPath: join(folder, 'cert.pem') };
}

async function forward(target: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(target, {
    method: request.method ?? 'GET',
    headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(await answer.text());
}

/** A proxy that tunnels whatever is asked for to one port, for one user where there is one, and remembers what was asked for. */
async function tunnelTo(port: number, user?: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const proxy = createHttpServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const pair = user === undefined ? undefined : `Basic ${Buffer.from(user).toString('base64')}`;
    if (pair !== request.headers['proxy-authorization']) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\n\r\n');
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    const end = (): void => void (onward.destroy(), socket.destroy());
    onward.on('error', end);
    socket.on('error', end);
  });
  return { url: `http://127.0.0.1:${await listening(proxy)}`, asked };
}

describe('a server that can not be reached: exit 5 with a sentence, everything pending', () => {
  it('whose name can not be looked up', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    // On a busy machine the look-up alone takes seconds, and no try may last longer than all of them together.
    const nowhere = ['--api-url', 'https://clarky.invalid/api/v1', '--max-outage', '12'];
    const ended = await place.here('import', 'c.csv', ...nowhere);
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain("clarky.invalid can't be looked up");
    expect(ended.stderr).toContain('run the same command again');
  });

  it.runIf(canSign)('whose certificate nobody trusts: at once, since it will not mend itself', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const { port, certPath } = await secureFront(place);
    const url = `https://localhost:${port}/api/v1`;
    const ended = await place.run('import', 'c.csv', '--api-url', url, '--max-outage', '50');
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain('No trusted TLS connection to localhost');
    expect(ended.stderr).toContain('certificates');
    expect(place.sandbox.stats().requests).toBe(0);
    const env = { NODE_EXTRA_CA_CERTS: certPath };
    expect((await place.runWith({ env }, 'import', 'c.csv', '--api-url', url, ...UNLIMITED)).code).toBe(0);
  });
});

describe('a proxy', () => {
  it.runIf(canSign)('is used for https as HTTPS_PROXY says, and not where NO_PROXY says otherwise', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(5));
    const { port, certPath } = await secureFront(place);
    const proxy = await tunnelTo(port);
    const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certPath };
    const args = ['import', 'c.csv', '--api-url', 'https://clarky.test/api/v1', ...UNLIMITED];
    expect(await place.runWith({ env }, ...args)).toMatchObject({ code: 0 });
    expect(place.sandbox.contacts()).toHaveLength(5);
    expect(new Set(proxy.asked)).toEqual(new Set(['clarky.test:443']));
    const asked = proxy.asked.length;
    const past = await place.runWith(
      { env: { ...env, NO_PROXY: 'clarky.test' } },
      ...args,
      '--resend',
      '--max-outage',
      '1',
    );
    expect(past.code).toBe(5);
    expect(proxy.asked).toHaveLength(asked);
  });

  it.runIf(canSign)('fetches an address in place of a file, too, and posts the end of a run', async () => {
    const place = await workplace();
    const folder = await privateFolder();
    const posts: string[] = [];
    const server = createHttpsServer(selfSigned(folder), (request, response) => {
      if (request.method === 'POST') posts.push(request.url ?? '');
      if (request.url === '/moved.csv') response.writeHead(302, { location: 'https://localhost/list.csv' }).end();
      else response.end(peopleCsv(2));
    });
    const proxy = await tunnelTo(await listening(server));
    const env = { HTTPS_PROXY: proxy.url.replace('http://', ''), NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
    const args = ['https://clarky.test/list.csv', '--on-end', 'https://clarky.test/hook', ...UNLIMITED];
    expect(await place.runWith({ env }, 'import', ...args)).toMatchObject({ code: 0 });
    expect(place.sandbox.contacts()).toHaveLength(2);
    expect([posts, new Set(proxy.asked)]).toEqual([['/hook'], new Set(['clarky.test:443'])]);
    const moved = await place.runWith({ env }, 'plan', 'https://clarky.test/moved.csv');
    expect([moved.code, moved.stderr]).toEqual([2, expect.stringContaining('it is a private address')]);
    const asked = proxy.asked.length;
    const past = await place.runWith({ env: { ...env, NO_PROXY: '.test' } }, 'plan', 'https://clarky.test/list.csv');
    expect([past.code, proxy.asked.length]).toEqual([5, asked]);
    // One that is no proxy is told, and one for elsewhere does not keep this machine from being reached.
    const wrong = await place.hereWith(
      { env: { HTTPS_PROXY: 'socks5://p:1' } },
      'plan',
      'https://clarky.test/list.csv',
    );
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('HTTPS_PROXY is not the address')]);
  });

  it('that is named without a scheme, by a name that nobody knows, is told at once', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const env = { HTTPS_PROXY: 'proxy.invalid:99' };
    for (const args of [
      ['import', 'c.csv', '--api-url', 'https://clarky.test/api/v1'],
      ['plan', 'https://clarky.test/a.csv'],
    ]) {
      const { code, stderr } = await place.hereWith({ env }, ...args, ...UNLIMITED);
      expect([code, stderr.split('\n', 2)]).toEqual([
        2,
        [
          "clarky-contacts: HTTPS_PROXY names the proxy proxy.invalid:99 without http://, and that name can't be looked up (ENOTFOUND).",
          '  Give it as http://HOST:PORT, or unset HTTPS_PROXY.',
        ],
      ]);
    }
  });

  it.runIf(canSign)('wants a user and a password, and gets them', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const { port, certPath } = await secureFront(place);
    const proxy = await tunnelTo(port, 'me:50%x');
    const args = ['import', 'c.csv', '--api-url', 'https://clarky.test/api/v1', ...UNLIMITED];
    const at = proxy.url.replace('http://', '');
    const through = (user: string): Promise<Ended> =>
      place.runWith(
        { env: { HTTPS_PROXY: `${user}${at}`, NODE_EXTRA_CA_CERTS: certPath } },
        ...args,
        '--max-outage',
        '3',
      );
    const without = await through('');
    expect([without.code, without.stderr]).toEqual([5, expect.stringContaining('it wants a user and a password')]);
    expect(without.stderr).toContain(`The proxy ${at} `);
    const mistaken = await through('me:secret@');
    expect([mistaken.code, mistaken.stderr]).toEqual([5, expect.not.stringContaining('secret')]);
    expect(await through('me:50%x@')).toMatchObject({ code: 0 });
    expect(place.sandbox.contacts()).toHaveLength(3);
  });

  it('that refuses, or is not there, is named for it, and not Clarky', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const proxy = createHttpServer();
    proxy.on('connect', (_, socket) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const refusing = `127.0.0.1:${await listening(proxy)}`;
    const gone = createHttpServer();
    const absent = `127.0.0.1:${await listening(gone)}`;
    gone.close();
    const url = 'https://clarky.test/api/v1';
    const last = ['--max-outage', '3', '--on-end', 'https://hooks.test/x'];
    for (const [at, says] of [
      [refusing, `The proxy ${refusing} doesn't let us through to clarky.test (HTTP 403).`],
      [absent, `The proxy ${absent} takes no connection (ECONNREFUSED).`],
    ]) {
      const env = { HTTPS_PROXY: at };
      const ended = await place.hereWith({ env }, 'import', 'c.csv', '--api-url', url, ...last);
      expect([ended.code, ended.stderr.replaceAll(/\s+/g, ' ')]).toEqual([5, expect.stringContaining(says ?? '')]);
      expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain('could not be posted to hooks.test. The proxy');
      const fetched = await place.hereWith({ env }, 'plan', 'https://files.test/list.csv');
      expect([fetched.code, fetched.stderr]).toEqual([5, expect.stringContaining(`The proxy ${at ?? ''}`)]);
    }
  });
});

describe('a server in trouble', () => {
  it.each(['503', 'refuse'] as const)('that is away for seconds (%s) costs no row', async (as) => {
    const place = await workplace({ faults: { on: 'writes', outage: { fromRequest: 10, forMs: 1500, as } } });
    await place.write('c.csv', peopleCsv(40));
    const ended = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ rejected: 0, pending: 0 });
    expect(place.sandbox.contacts()).toHaveLength(40);
  });

  it('that answers slowly is waited for', async () => {
    const place = await workplace({ latency: { minMs: 500, maxMs: 900 } });
    await place.write('c.csv', peopleCsv(12));
    const ended = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(ended.stdout)).toMatchObject({ created: 12, retries: 0 });
  });

  it('that is stuck is given up on, asked again, and its late work is not done twice', async () => {
    const sandbox = await startSandbox({ faults: { on: 'writes', at: [{ request: 1, kind: 'hang-after' }] } });
    onTestFinished(() => sandbox.close());
    const rate = { limit: Infinity, windowMs: 1000 };
    const gate = await openGate({ apiUrl: sandbox.url, key: sandbox.key, kind: 'writes', rate });
    const client = createClient({
      apiUrl: sandbox.url,
      key: sandbox.key,
      gate,
      readGate: gate,
      // Longer than this process is kept from reading an answer that is there, by whatever else runs.
      timeouts: { headersMs: 4000 },
    });
    onTestFinished(() => client.close());
    const result = await client.upsert({ bot_id: sandbox.botId, emails: ['a@example.com'] });
    expect(result).toMatchObject({ outcome: 'accepted', attempts: 2 });
    expect(sandbox.contacts()).toHaveLength(1);
  });
});

describe('connections', () => {
  it('400 that the server closes one after the other leave nothing open behind them', async () => {
    let requests = 0;
    const server = createHttpServer((request, response) => {
      request.resume();
      requests++;
      response.writeHead(200, { connection: 'close', 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: { id: `con_${requests}`, created_at: 'x', updated_at: 'x' } }));
    });
    let opened = 0;
    server.on('connection', () => opened++);
    const apiUrl = `http://127.0.0.1:${await listening(server)}/api/v1`;
    const gate = await openGate({ apiUrl, key: 'ck', kind: 'writes', rate: { limit: Infinity, windowMs: 1000 } });
    const client = createClient({ apiUrl, key: 'ck', gate, readGate: gate });
    const send = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) await client.upsert({ bot_id: 'b', emails: [`p${n}@example.com`] });
    };
    await send(100);
    const handlesBefore = process.getActiveResourcesInfo().length;
    await Promise.all(Array.from({ length: 10 }, () => send(30)));
    expect(opened).toBeGreaterThanOrEqual(400);
    await client.close();
    // Whatever holds memory for a connection that is closed is a resource that is still there.
    await until(() => process.getActiveResourcesInfo().length <= handlesBefore + 5);
  });
});
