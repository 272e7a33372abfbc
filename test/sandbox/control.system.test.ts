import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { call, sandboxWith, upsert } from './caller.js';

describe('the control calls', () => {
  it('show what the server saw, without a key and without counting', async () => {
    const sandbox = await sandboxWith();
    await upsert(sandbox, { emails: ['a@x.example'] });
    await upsert(sandbox, { emails: ['a@x.example'] });
    const open = { authorization: '' };
    const stats = (await call(sandbox, 'GET', '/__sandbox/stats', open)).json;
    expect(stats).toMatchObject({ requests: 2, created: 1, updated: 1, contacts: 1, connections: 3 });
    expect((await call(sandbox, 'GET', '/__sandbox/contacts', open)).json).toEqual(sandbox.contacts());
    expect((await call(sandbox, 'GET', '/__sandbox/requests?after=1', open)).json).toMatchObject([{ n: 2 }]);
  });

  it('set faults, seed, revoke and reset', async () => {
    const sandbox = await sandboxWith();
    const post = async (path: string, body?: unknown) =>
      (await call(sandbox, 'POST', `/__sandbox/${path}`, { body })).status;
    expect(await post('faults', { at: [{ request: 1, kind: '502' }] })).toBe(200);
    expect((await upsert(sandbox, {})).status).toBe(502);
    expect(await post('seed', [{ emails: ['s@x.example'] }])).toBe(200);
    expect(sandbox.contacts()).toHaveLength(1);
    expect(await post('revoke', { key: sandbox.readOnlyKey })).toBe(200);
    expect(await post('revoke')).toBe(200);
    for (const key of [sandbox.key, sandbox.readOnlyKey]) {
      expect((await call(sandbox, 'GET', '/contacts', { authorization: `Bearer ${key}` })).status).toBe(401);
    }
    expect(await post('reset')).toBe(200);
    expect([sandbox.contacts().length, sandbox.requests.length]).toEqual([0, 0]);
    expect((await call(sandbox, 'GET', '/contacts')).status).toBe(200);
  });

  it('say what is wrong with a body, and know no other call', async () => {
    const sandbox = await sandboxWith();
    const wrong = await call(sandbox, 'POST', '/__sandbox/seed', {
      body: [{ emails: ['a@x.example'] }, { emails: 1 }],
    });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('Contact 2')]);
    expect(sandbox.contacts()).toHaveLength(0);
    expect((await call(sandbox, 'POST', '/__sandbox/faults', { raw: '{' })).status).toBe(400);
    expect((await call(sandbox, 'POST', '/__sandbox/seed', { raw: '7' })).status).toBe(400);
    expect((await call(sandbox, 'GET', '/__sandbox/keys')).status).toBe(404);
  });

  it('are not heard under a name that a web page could give this machine', async () => {
    const sandbox = await sandboxWith();
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: sandbox.port, path: '/__sandbox/contacts', headers: { host } };
        httpRequest(options, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusFor('rebound.example')).toBe(400);
    expect(await statusFor(`localhost:${String(sandbox.port)}`)).toBe(200);
  });
});
