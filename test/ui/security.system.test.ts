import { connect } from 'node:net';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../support/until.js';
import { ROOT } from '../support/built.js';
import { peopleCsv } from '../support/cli.js';
import { uiDesk } from './desk.js';

const ROUTES: readonly (readonly [string, string])[] = [
  ['GET', '/api/state'],
  ['GET', '/api/events'],
  ['POST', '/api/quit'],
  ['PUT', '/api/key'],
  ['PUT', '/api/address'],
  ['GET', '/api/files'],
  ['DELETE', '/api/files/ID'],
  ['GET', '/api/found'],
  ['PUT', '/api/files/new.csv'],
  ['GET', '/api/files/ID/reading'],
  ['PATCH', '/api/files/ID/reading'],
  ['GET', '/api/files/ID/mapping'],
  ['PUT', '/api/files/ID/mapping'],
  ['POST', '/api/files/ID/mapping/preview'],
  ['POST', '/api/files/ID/plan'],
  ['GET', '/api/files/ID/plan'],
  ['GET', '/api/files/ID/plan/rows'],
  ['GET', '/api/files/ID/plan/changes'],
  ['GET', '/api/files/ID/rejected'],
  ['GET', '/api/files/ID/edits'],
  ['PUT', '/api/files/ID/edits'],
  ['DELETE', '/api/files/ID/edits'],
  ['POST', '/api/files/ID/edits/replace'],
  ['POST', '/api/files/ID/edits/zeros'],
  ['GET', '/api/bots'],
  ['PUT', '/api/bot'],
  ['POST', '/api/files/ID/run'],
  ['GET', '/api/files/ID/run'],
  ['POST', '/api/files/ID/run/stop'],
  ['POST', '/api/files/ID/run/stop-elsewhere'],
  ['POST', '/api/files/ID/verify'],
  ['POST', '/api/files/ID/undo'],
  ['POST', '/api/files/ID/undo/answer'],
  ['GET', '/api/history'],
  ['POST', '/api/downloads'],
  ['GET', '/api/nothing'],
];

const WRONG: readonly (readonly [string, Readonly<Record<string, string | null>>, number])[] = [
  ['no token', { authorization: null }, 401],
  ['another token', { authorization: `Bearer ${'x'.repeat(43)}` }, 401],
  ['another Host', { host: 'evil.example' }, 421],
  ['localhost as Host', { host: 'localhost' }, 421],
  ['a malformed Host', { host: '[::1' }, 421],
  ['a cross-site page', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a page of the same site', { 'sec-fetch-site': 'same-site' }, 403],
  ['another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
];

/** Every route that the sources of the server name, as `ROUTES` spells them. */
async function routesOfServer(): Promise<string[]> {
  const sources = join(ROOT, 'src', 'ui');
  const names = (await readdir(sources, { recursive: true })).filter((name) => /^(app|routes.[\w-]+)\.ts$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(sources, name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/\b(routes|app)\.(get|post|put|patch|delete)\('([^']+)'/g)].map(
      ([, on, method = '', path = '']) =>
        `${method.toUpperCase()} ${on === 'routes' ? '/api' : ''}${path.replace(':id', 'ID').replace(':name', 'new.csv')}`,
    ),
  );
}

describe('the guard', () => {
  it('is tried on every route that there is', async () => {
    const open = ['POST /api/session', 'GET /d/:ticket', 'GET *'];
    const tried = ROUTES.map(([method, path]) => `${method} ${path}`).filter((route) => route !== 'GET /api/nothing');
    expect((await routesOfServer()).sort()).toEqual([...tried, ...open].sort());
  });

  it('refuses what needs no token to everybody else as well', async () => {
    const { ui, ask, sandbox } = await uiDesk();
    const code = new URL(ui.newUrl()).hash.slice(1);
    for (const [who, headers, status] of WRONG.filter(([, , refused]) => refused !== 401)) {
      for (const [method, path, body] of [
        ['POST', '/api/session', { code }],
        ['GET', '/d/ticket', undefined],
        ['GET', '/', undefined],
        ['GET', '/page.js', undefined],
      ] as const) {
        const answer = await ask(method, path, body, { authorization: null, ...headers });
        expect([who, method, path, answer.status]).toEqual([who, method, path, status]);
      }
    }
    // What was refused has used nothing up.
    expect((await ask('POST', '/api/session', { code }, { authorization: null })).status).toBe(200);
    expect(sandbox.requests).toEqual([]);
  });

  it('refuses every route to everybody but the page, and lives', async () => {
    const { ask, folder, sandbox } = await uiDesk();
    for (const [method, path] of ROUTES) {
      for (const [who, headers, status] of WRONG) {
        const answer = await ask(method, path, ['GET', 'DELETE'].includes(method) ? undefined : '{}', headers);
        expect([who, method, path, answer.status]).toEqual([who, method, path, status]);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    expect(await readdir(folder)).toEqual([]);
    expect(sandbox.requests).toEqual([]);
    expect((await ask('GET', '/api/state')).status).toBe(200);
  });

  it('opens no route to a code that was used, or is too old', async () => {
    let nowMs = 0;
    const { ui, ask } = await uiDesk({ now: () => nowMs });
    const used = new URL(ui.newUrl()).hash.slice(1);
    const late = new URL(ui.newUrl()).hash.slice(1);
    await ask('POST', '/api/session', { code: used });
    nowMs += 60_001;
    for (const code of [used, late]) {
      const refused = await ask('POST', '/api/session', { code }, { authorization: null });
      expect([refused.status, refused.text.includes('token')]).toEqual([401, false]);
      for (const [method, path] of ROUTES) {
        const answer = await ask(method, path, ['GET', 'DELETE'].includes(method) ? undefined : '{}', {
          authorization: `Bearer ${code}`,
        });
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
    expect((await ask('GET', '/api/state')).status).toBe(200);
  });

  it('takes a code once, and for a minute', async () => {
    let nowMs = 0;
    const { ui, ask } = await uiDesk({ now: () => nowMs });
    const exchange = async (code: string): Promise<number> => (await ask('POST', '/api/session', { code })).status;
    const once = new URL(ui.newUrl()).hash.slice(1);
    expect([await exchange(once), await exchange(once)]).toEqual([200, 401]);
    const late = new URL(ui.newUrl()).hash.slice(1);
    nowMs += 60_001;
    expect(await exchange(late)).toBe(401);
    for (const code of ['', 'x', 'x'.repeat(43), once.slice(0, -1)]) expect(await exchange(code)).toBe(401);
    expect((await ask('POST', '/api/session', '[]')).status).toBe(400);
    expect((await ask('POST', '/api/session', '{"code": 7}')).status).toBe(401);
    expect((await ask('POST', '/api/session', '{', { authorization: null })).status).toBe(400);
  });

  it('lets the shell be opened from anywhere, and nothing else', async () => {
    const { ask } = await uiDesk();
    const anywhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', authorization: null };
    const shell = await ask('GET', '/', undefined, { ...anywhere, 'sec-fetch-dest': 'document' });
    expect(shell.status).toBe(200);
    const policy = String(shell.headers['content-security-policy']);
    for (const rule of [
      "default-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "trusted-types 'none'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    expect(shell.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect((await ask('GET', '/', undefined, { ...anywhere, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
    expect((await ask('GET', '/drawings.css', undefined, { ...anywhere, 'sec-fetch-dest': 'style' })).status).toBe(403);
  });

  it('answers what is no HTTP at all, and lives', async () => {
    const { ui, ask } = await uiDesk();
    const port = Number(new URL(ui.origin).port);
    for (const text of [
      'GET / HTTP/1.1\r\n\r\n',
      '\u0000\u0001\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    ]) {
      await new Promise<void>((done) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket
          .on('data', () => socket.destroy())
          .on('close', () => done())
          .on('error', () => done());
      });
    }
    expect((await ask('GET', '/api/state')).status).toBe(200);
  });
});

describe('the server', () => {
  it('outlives 50 pages that come and go', async () => {
    const { ui, ask, token } = await uiDesk();
    const host = ui.origin.replace('http://', '');
    const port = Number(new URL(ui.origin).port);
    const text = `GET /api/events HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    for (let round = 0; round < 3; round++) {
      const sockets = Array.from({ length: 50 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
      for (const socket of sockets) socket.write(text);
      await Promise.all(sockets.map((socket) => new Promise((done) => socket.once('data', done))));
      for (const socket of sockets) socket.destroy();
      await until(() => ui.pages === 0);
    }
    expect((await ask('GET', '/api/state')).status).toBe(200);
  });

  it('keeps the key out of every answer and every file', async () => {
    const { ask, folder, spool, sandbox } = await uiDesk();
    const { id } = JSON.parse((await ask('PUT', '/api/files/a.csv', peopleCsv(5))).text) as { id: string };
    const typed = await ask('PUT', '/api/key', { key: sandbox.key });
    const texts = [typed.text];
    for (const path of ['reading', 'mapping', 'plan', 'plan/rows']) {
      const answer = await ask('GET', `/api/files/${id}/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      texts.push(answer.text);
    }
    expect((await ask('POST', `/api/files/${id}/run`, {})).status).toBe(200);
    await until(async () => (await ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
    for (const what of ['verify', 'undo']) {
      texts.push((await ask('POST', `/api/files/${id}/${what}`)).text);
      await until(async () => /"phase":"(ended|asking)"/.test((await ask('GET', `/api/files/${id}/run`)).text));
      texts.push((await ask('GET', `/api/files/${id}/run`)).text);
    }
    texts.push((await ask('POST', `/api/files/${id}/undo/answer`, { contacts: null })).text);
    for (const path of [
      'state',
      'files',
      'bots',
      `history?file=${id}`,
      `files/${id}/edits`,
      `files/${id}/plan/changes`,
    ]) {
      texts.push((await ask('GET', `/api/${path}`)).text);
    }
    for (const kind of ['report', 'log', 'mapping']) {
      const { href } = JSON.parse((await ask('POST', '/api/downloads', { file: id, kind })).text) as { href: string };
      texts.push((await ask('GET', href, undefined, { authorization: null })).text);
    }
    expect(texts.join('\n')).toContain('Finished: all 5 rows are in Clarky.');
    for (const text of texts) expect(text).not.toContain(sandbox.key);
    for (const place of [folder, spool]) {
      for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
        if (entry.isFile())
          expect(await readFile(join(entry.parentPath, entry.name), 'latin1')).not.toContain(sandbox.key);
      }
    }
  });

  it('leaves nothing behind but what the commands leave, and ends when nobody looks', async () => {
    const { ui, ask, folder, spool, close } = await uiDesk({ idleMs: 50 });
    await writeFile(join(folder, 'a.csv'), peopleCsv(3));
    const [{ id = '' } = {}] = JSON.parse((await ask('GET', '/api/files')).text) as { id: string }[];
    await ask('GET', `/api/files/${id}/plan`);
    await ui.quit;
    await close();
    expect(await readdir(spool)).toEqual([]);
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  it('lends a file to the browser once', async () => {
    const { ask } = await uiDesk();
    const { id } = JSON.parse((await ask('PUT', '/api/files/a.csv', peopleCsv(2))).text) as { id: string };
    await ask('POST', `/api/files/${id}/run`, {});
    await until(async () => (await ask('GET', `/api/files/${id}/run`)).text.includes('"ended"'));
    const asked = await ask('POST', '/api/downloads', { file: id, kind: 'report' });
    const { href } = JSON.parse(asked.text) as { href: string };
    const first = await ask('GET', href, undefined, { authorization: null });
    expect([first.status, first.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(first.headers['content-security-policy']).toContain('sandbox');
    expect((await ask('GET', href, undefined, { authorization: null })).status).toBe(404);
    expect((await ask('POST', '/api/downloads', { file: id, kind: 'checkpoint' })).status).toBe(400);
  });
});
