/** What JavaScript can hand over, and types would not let through: one error of ours, with what to do. */
import { expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { ImporterError } from '../../src/index.js';

type Call = (options?: unknown, more?: unknown) => unknown;
const { createClient, openGate, listBots, forgetFiles, readStatus, importContacts, planContacts, undoImport } =
  library as unknown as Record<string, Call>;

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
