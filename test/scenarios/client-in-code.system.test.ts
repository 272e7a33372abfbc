/** A client that a program calls: what can't be asked is not sent, no sentence names a flag, and the program's own fetch stays its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { type Client, createClient, ImporterError, type Sandbox, startSandbox } from '../../src/index.js';
import { ROOT } from '../support/built.js';

async function client(options: { key?: string; path?: string } = {}): Promise<{ sandbox: Sandbox; client: Client }> {
  const sandbox = await startSandbox();
  const apiUrl = options.path === undefined ? sandbox.url : new URL(options.path, sandbox.url).href;
  const made = createClient({ key: options.key ?? sandbox.key, apiUrl });
  onTestFinished(async () => {
    await made.close();
    await sandbox.close();
  });
  return { sandbox, client: made };
}

async function errorOf(call: Promise<unknown>): Promise<ImporterError> {
  const error = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ImporterError);
  return error as ImporterError;
}

it('what can not be asked is said before anything is sent', async () => {
  const { client: api, sandbox } = await client();
  const calls: readonly [named: string, () => Promise<unknown>][] = [
    ['payload', () => api.upsert({ emails: ['ada@x.com'] })],
    ['payload', () => api.upsert({ emails: ['ada@x.com'], bot_id: '' })],
    ['payload', () => api.upsert(undefined as never)],
    ['id', () => api.getContact('')],
    ['id', () => api.getContact('..')],
    ['id', () => api.getContact(undefined as never)],
    ['id', () => api.patchContact('', { first_name: 'Ada' })],
    ['id', () => api.deleteContact('.')],
    ['email', () => api.getByEmail(undefined as never)],
    ['page', () => api.listContacts(0)],
    ['page', () => api.listContacts(1.5)],
    ['pipelineId', () => api.listStages('')],
    ['filters.serch', () => api.listContacts(1, { serch: 'a' } as never)],
    [
      'filters.serch',
      () =>
        api
          .contactPages({ serch: 'a' } as never)
          [Symbol.asyncIterator]()
          .next(),
    ],
    ['filters', () => api.listContacts(1, 'a' as never)],
  ];
  for (const [named, call] of calls) {
    const error = await errorOf(call());
    expect([error.code, error.message.split(':')[0]]).toEqual(['usage', named]);
  }
  expect(sandbox.requests).toEqual([]);
});

it.each([
  ['deal_value', { deal_value: Number.NaN }],
  ['company', { company: () => 'Acme' }],
  ['1', { tags: ['a', undefined] }],
  ['since', { custom_fields: { since: new Date(Number.NaN) } }],
])('what JSON would empty or leave out is not sent: %s', async (name, changes) => {
  const { client: api, sandbox } = await client();
  const errors = [api.patchContact('c', changes), api.upsert({ bot_id: 'b', emails: ['ada@x.com'], ...changes })];
  for (const error of await Promise.all(errors.map(errorOf))) {
    expect(error.code).toBe('usage');
    expect(error.message).toContain(`can't be written as JSON ("${name}")`);
  }
  expect(sandbox.requests).toEqual([]);
});

it('a pipeline that there is not is told as that', async () => {
  const { client: api } = await client();
  const error = await errorOf(api.listStages('nope'));
  expect(error).toMatchObject({ code: 'usage', message: 'Clarky has no pipeline "nope".' });
});

it('no sentence speaks of a command line', async () => {
  const { client: stranger } = await client({ key: 'ck_live_nobody' });
  const { client: api, sandbox } = await client();
  const { client: lost } = await client({ path: '/elsewhere' });
  const { client: reader } = await client({ key: sandbox.key });
  const iterated = async (): Promise<void> => {
    for await (const _ of stranger.pipelines()) break;
  };
  const errors = await Promise.all([
    errorOf(stranger.getContact('x')),
    errorOf(iterated()),
    errorOf(api.upsert({ emails: ['ada@x.com'], bot_id: 'nobody' })),
    errorOf(lost.listContacts(1)),
    errorOf(reader.checkAccess()),
  ]);
  expect(errors.map(({ code }) => code)).toEqual([
    'unauthorized',
    'unauthorized',
    'wrong_bot',
    'wrong_url',
    'unauthorized',
  ]);
  for (const { next = '' } of errors) {
    expect(next).not.toBe('');
    expect(next).not.toMatch(/--|CLARKY_|clarky-contacts /);
  }
});

/** A program that has used no fetch yet when it calls the library. */
const HOST = `
const { createClient, startSandbox } = await import(${JSON.stringify(join(ROOT, 'dist/index.js'))});
const place = Symbol.for('undici.globalDispatcher.1');
const sandbox = await startSandbox();
const client = createClient({ key: sandbox.key, apiUrl: sandbox.url });
await client.getContact('x');
const { Agent, request } = await import('undici');
const { status } = await fetch(sandbox.url + '/contacts');
const { statusCode } = await request(sandbox.url + '/contacts');
console.log(JSON.stringify([globalThis[place] instanceof Agent, status, statusCode]));
await client.close();
await sandbox.close();
process.exit();
`;

it('the fetch of the program goes through what it went through without the library', async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', HOST], { cwd: ROOT });
  expect(JSON.parse(stdout)).toEqual([false, 401, 401]);
});
