/** What JavaScript can hand over, and types would not let through: one error of ours, with what to do. */
import { expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { ImporterError } from '../../src/index.js';

type Call = (options?: unknown, more?: unknown) => unknown;
const { createClient, openGate, startSandbox, listBots, forgetFiles, readStatus, importContacts, planContacts } =
  library as unknown as Record<string, Call>;
const { verifyContacts, undoImport } = library as unknown as Record<string, Call>;

async function refused(call: () => unknown): Promise<ImporterError> {
  const error = await Promise.resolve()
    .then(call)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ImporterError);
  return error as ImporterError;
}

it.each([
  ['createClient', createClient],
  ['openGate', openGate],
  ['listBots', listBots],
  ['importContacts', importContacts],
  ['planContacts', planContacts],
  ['undoImport', undoImport],
  ['readStatus', readStatus],
  ['forgetFiles', forgetFiles],
])('%s without options, or with some that there are not', async (_, call) => {
  for (const options of [undefined, null, { bogus: 1 }]) {
    expect((await refused(() => call?.(options))).exitStatus).toBe(2);
  }
});

it('names what was meant', async () => {
  expect((await refused(() => createClient?.({ key: 'k', maxOutageSecond: 1 }))).next).toBe(
    'Did you mean maxOutageSeconds?',
  );
  expect((await refused(() => forgetFiles?.('x', { al: true }))).next).toBe('Did you mean all?');
  expect((await refused(() => createClient?.({}))).code).toBe('no_key');
  // What samples hand over where the variable is not set.
  expect((await refused(() => importContacts?.({ rows: [], key: '' }))).code).toBe('no_key');
});

it.each([
  [{ maxDurationMs: -1 }, 'a number of milliseconds'],
  [{ maxOutageSeconds: 0 }, 'a number of whole seconds'],
  [{ rate: 60 }, '{ writes: 60, seconds: 60 }'],
  [{ deadline: new Date('x') }, 'a Date'],
  [{ maxDurationMs: 'soon' }, 'like 90s'],
])('of a value that is no good it is said in its own terms what it takes: %j', async (options, says) => {
  expect((await refused(() => importContacts?.({ file: 'x.csv', key: 'k', ...options }))).next).toContain(says);
});

const API = { apiUrl: 'http://127.0.0.1:9/api/v1', key: 'k' };
const GATE = { ...API, kind: 'writes', rate: { writes: 60, seconds: 60 }, stateDir: false };

it.each([
  ['createClient', createClient, API, 'maxOutageSeconds', ['x', -5, 0]],
  ['createClient', createClient, API, 'concurrency', ['x', 0, 1.5]],
  ['createClient', createClient, API, 'timeouts', ['x', { headersMs: 'x' }, { headersMs: 0 }, { header: 1 }]],
  ['createClient', createClient, API, 'proxy', [1, { httpProxy: 1 }]],
  ['createClient', createClient, API, 'onEvent', [1]],
  ['createClient', createClient, API, 'gate', [{}, 1]],
  ['createClient', createClient, API, 'moreKeys', ['xy', [1]]],
  ['createClient', createClient, API, 'apiUrl', [1]],
  ['createClient', createClient, API, 'signal', [{}]],
  ['openGate', openGate, GATE, 'rate', ['60', 60, { limit: 0, windowMs: 1 }, { limit: 'x', windowMs: 1 }]],
  [
    'openGate',
    openGate,
    GATE,
    'rate',
    [
      { limit: 2, windowMs: NaN },
      { limit: 2.5, windowMs: 1 },
      { limit: 2, windowMs: -1 },
    ],
  ],
  ['openGate', openGate, GATE, 'kind', ['x']],
  ['openGate', openGate, GATE, 'key', [[], 1, '']],
  ['openGate', openGate, GATE, 'apiUrl', [1]],
  ['openGate', openGate, GATE, 'stateDir', [5, true]],
  ['openGate', openGate, GATE, 'maxOutageSeconds', [0, 'x']],
  ['openGate', openGate, GATE, 'redis', [1]],
  ['startSandbox', startSandbox, {}, 'port', ['x', -1]],
  ['startSandbox', startSandbox, {}, 'readings', [{ x: 1 }, { tags: 'zzz' }]],
  ['startSandbox', startSandbox, {}, 'faults', [{ x: 1 }, { at: [{ request: 1, kind: 'x' }] }, { on: 'x' }]],
  ['startSandbox', startSandbox, {}, 'counting', ['x']],
  ['startSandbox', startSandbox, {}, 'retryAfter', ['x']],
  ['startSandbox', startSandbox, {}, 'seed', ['x']],
  ['startSandbox', startSandbox, {}, 'key', [1, 'a b']],
  ['startSandbox', startSandbox, {}, 'writes', [1, { limit: -1, windowMs: 1 }]],
] as const)('%s names the option whose value it can not use: %o %o %s', async (_, call, others, name, values) => {
  for (const value of values) {
    const error = await refused(() => call?.({ ...others, [name]: value }));
    expect(error.code).toBe('usage');
    expect(error.message).toMatch(new RegExp(`^${name}[.:]`));
  }
});

it('a gate and a sandbox take a rate in the words of an import as well', async () => {
  const gate = await library.openGate({ ...API, kind: 'writes', rate: { writes: 3, seconds: 60 }, stateDir: false });
  expect(gate.limit).toBe(3);
  await gate.close();
  const sandbox = await library.startSandbox({ writes: { writes: 1, seconds: 60 }, reads: 'off', latency: undefined });
  try {
    const write = () =>
      fetch(`${sandbox.url}/contacts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ emails: [`${Math.random()}@example.com`], bot_id: sandbox.botId }),
      });
    expect([(await write()).status, (await write()).status]).toEqual([201, 429]);
    const badFaults = () => sandbox.setFaults({ on: 'x' as never });
    expect(badFaults).toThrow(ImporterError);
  } finally {
    await sandbox.close();
  }
});

it.each([
  ['importContacts', importContacts, ['confirm', 'keyFile', 'profile', 'onEnd', 'sample', 'diff', 'all', 'quiet']],
  ['planContacts', planContacts, ['rows', 'mapRow', 'confirm', 'rejects']],
  ['verifyContacts', verifyContacts, ['rows', 'mapRow', 'live', 'deadline']],
  ['undoImport', undoImport, ['rows', 'mapRow', 'country', 'deadline']],
  ['listBots', listBots, ['file', 'rows']],
] as const)('%s takes no option of another call', async (name, call, options) => {
  for (const option of options) {
    const error = await refused(() => call?.({ file: 'x.csv', ...API, [option]: undefined, ...{ [option]: [] } }));
    expect(error).toMatchObject({ code: 'usage' });
    expect(error.message).toBe(
      `${name} does not take the option ${option === 'rows' && name === 'listBots' ? 'file' : option}.`,
    );
  }
});

it('status and forget take no options of other calls either, and say what options are', async () => {
  expect((await refused(() => readStatus?.('x.csv', { key: 'k' }))).message).toContain('does not take the option key');
  expect((await refused(() => forgetFiles?.('x.csv', { live: true }))).message).toContain('the option live');
  for (const call of [readStatus, forgetFiles]) expect((await refused(() => call?.('x.csv', null))).code).toBe('usage');
});

it.each([
  [
    'importContacts',
    importContacts,
    { file: 'x.csv', key: 'k', mapping: new Map([['Mail', 'emails']]) },
    'mapping: a Map',
  ],
  ['importContacts', importContacts, { file: 'x.csv', key: 'k', mapping: new Date(0) }, 'mapping: a Date'],
  ['importContacts', importContacts, { file: 'x.csv', key: 'k', set: new Map([['lead_source', 'x']]) }, 'set: a Map'],
  ['startSandbox', startSandbox, { faults: new Map([['on', 'writes']]) }, 'faults: a Map'],
])('%s takes nothing for an object that has no names', async (_, call, options, says) => {
  expect((await refused(() => call?.(options))).message).toContain(says);
});
