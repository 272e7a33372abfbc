/** What the library says is for code: it speaks of options, and of no flag, variable or command. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  createClient,
  importContacts,
  ImporterError,
  type ImportEvent,
  listBots,
  openGate,
  planContacts,
  readStatus,
  startSandbox,
  undoImport,
  verifyContacts,
} from '../../src/index.js';
import { workplace } from '../support/cli.js';

const OF_COMMAND = /--[a-z]|CLARKY_|clarky-contacts |FIELD=VALUE/;

async function thrownBy(call: () => Promise<unknown>): Promise<ImporterError> {
  const error = await call().catch((thrown: unknown) => thrown);
  if (!(error instanceof ImporterError)) throw new Error('it did not reject as it should');
  return error;
}

it.each([
  [{ rate: { writes: 0, seconds: 1 } }, 'rate: its writes and seconds are no two numbers above 0.'],
  [{ set: { lead_source: 1 } }, 'set.lead_source: 1 is no fixed value.'],
  [{ checkpoint: false }, 'checkpoint: false is not the path of a file.'],
  [{ redis: 'http://x' }, '`redis` is not the address of a Redis.'],
  [{ bot: 'nobot' }, 'The key does not see a bot nobot.'],
  [{ key: 'ck_live_wrong' }, "doesn't accept the key (HTTP 401)."],
  [{ failOverPercent: 10 }, 'than the 10 % that `failOverPercent` allows'],
])('%j is told of in the words of code', async (wrong, message) => {
  const { sandbox, folder } = await workplace();
  const rows = [{ email: 'ann@example.com' }, { email: 'no address' }];
  const usual = { key: sandbox.key, apiUrl: sandbox.url, stateDir: folder, checkpoint: 'memory', rows } as const;
  const given = { ...usual, ...wrong } as Parameters<typeof importContacts>[0];
  const error = await thrownBy(async () => {
    const { stoppedBy } = await importContacts(given);
    if (stoppedBy !== undefined) throw stoppedBy;
  });
  expect(error.message).toContain(message);
  expect(`${error.message} ${error.next ?? ''}`).not.toMatch(OF_COMMAND);
  expect(error.next).toBeTypeOf('string');
});

it('a command that has no call stays one that runs, with its flags', async () => {
  const { sandbox, folder } = await workplace();
  const file = join(folder, 'c.csv');
  await writeFile(file, 'Email\nann@example.com\n');
  const usual = { key: sandbox.key, apiUrl: sandbox.url, stateDir: folder } as const;
  const { next } = await thrownBy(() => importContacts({ file, mapping: 'nope.json', ...usual }));
  expect(next).toMatch(/^Write one with: clarky-contacts map \S*c\.csv --mapping nope\.json$/);
});

it('a key that is not taken is told of alike by every call', async () => {
  const { sandbox } = await workplace();
  const { next } = await thrownBy(() => listBots({ key: 'ck_live_wrong', apiUrl: sandbox.url }));
  expect(next).toMatch(/^Check `key`/);
});

it('neither a file nor rows are told of as both', async () => {
  const { message, next } = await thrownBy(() => importContacts({ key: 'x' } as never));
  expect([message, next]).toEqual([
    'Neither file nor rows are there.',
    'Hand over the path of a file as `file`, several as `files`, or records as `rows`.',
  ]);
});

it('an option of other calls names each of them once', async () => {
  const { next } = await thrownBy(() => readStatus('f', { key: 'x' } as never));
  expect(next).toBe('Leave it out: it is for importContacts, planContacts, verifyContacts, undoImport, listBots.');
});

it.each([
  ['createClient', () => createClient({ key: 'x', stateDir: false } as never), 'The options are apiUrl, key,'],
  ['openGate', () => openGate({ latency: 1 } as never), 'The options are apiUrl, key,'],
  ['startSandbox', () => startSandbox({ nope: 1 } as never), 'The options are port, key,'],
  ['of which none is near', () => startSandbox({ faults: { probabilities: { '999': 1 } } } as never), 'There are '],
])('an option that there is not is told with those that there are: %s', async (_, call, says) => {
  const { next } = await thrownBy(async () => call());
  expect(next).toContain(says);
});

it('a budget that was closed says so as an error of its own', async () => {
  const gate = await openGate({
    apiUrl: 'http://127.0.0.1:9/api/v1',
    key: 'x',
    kind: 'writes',
    rate: '1/60',
    stateDir: false,
  });
  await gate.close();
  const { code, message } = await thrownBy(() => gate.run(() => Promise.resolve()));
  expect([code, message]).toEqual(['usage', 'The budget was closed.']);
});

it('an error says in JSON what it says otherwise', async () => {
  const error = await thrownBy(() => importContacts({ key: 'x' } as never));
  const { message, next, code, exitStatus } = error;
  expect(JSON.parse(JSON.stringify({ error }))).toEqual({
    error: { name: 'ImporterError', message, next, code, exitStatus },
  });
});

it('the warnings of a summary speak of what there is in code, and of no value of a row', async () => {
  const { sandbox, folder } = await workplace();
  const { summary } = await importContacts({
    rows: [{ email: 'ann@example.com', 'Private remark': 'secret' }],
    key: sandbox.key,
    apiUrl: sandbox.url,
    stateDir: folder,
    onEvent: () => {
      throw new TypeError('secret');
    },
  });
  const said = new Map(summary.warnings?.map(({ code, message }) => [code, message]));
  expect(said.get('listener_failed')).toBe('A listener to the events failed: the run goes on.');
  expect(said.get('left_out_columns')).toBe(
    '1 column that has values is not sent: `columns` of the event `warning` say which, and why.',
  );
  expect(JSON.stringify(summary)).not.toMatch(/secret|Private remark/);
});

it('what a listener hears, and a plan shows, is for code as well', async () => {
  const { sandbox, folder, write } = await workplace();
  const file = await write(
    'c.csv',
    'Email,Sum,Wohin,Phone\nann@example.com,"1,234",x,0301234567\nbo@example.com,,y,\n',
  );
  const api = { key: sandbox.key, apiUrl: sandbox.url, stateDir: folder };
  const mapping = { Sum: 'deal_value', Wohin: 'undecided' };
  const heard: unknown[] = [];
  const { summary } = await importContacts({ file, ...api, mapping, onEvent: (event) => heard.push(event) });
  const plan = await planContacts({ file, ...api, mapping });
  const said = [...heard, ...(summary.warnings ?? []), ...plan.warnings, ...plan.problems].flatMap((one) => {
    const { message, hint, problems = [] } = one as { message?: string; hint?: string; problems?: { hint?: string }[] };
    return [message, hint, ...problems.map((problem) => problem.hint)].filter((text) => text !== undefined);
  });
  expect(said.join('\n')).toContain("Without `live` this can't be undone");
  expect(said.join('\n')).toContain('`country`');
  expect(said.filter((text) => OF_COMMAND.test(text) || text.includes('map command'))).toEqual([]);
});

it('what is said of rows leads to no call that reads files, in the log either, and columns are told with their reasons', async () => {
  const { sandbox, folder } = await workplace();
  const log = join(folder, 'log.jsonl');
  const api = { key: sandbox.key, apiUrl: sandbox.url, stateDir: folder };
  const rows = [{ email: 'ann@example.com', Wohin: 'x' }];
  const heard: ImportEvent[] = [];
  const { summary } = await importContacts({ rows, ...api, log, onEvent: (event) => heard.push(event) });
  const left = heard.find((event) => event.type === 'warning' && event.code === 'left_out_columns');
  expect(left).toMatchObject({ columns: [{ column: 'Wohin', reason: expect.stringMatching(/./) as string }] });
  const of = { ...api, checkpoint: join(folder, 'c.jsonl'), rows: [...rows, { email: 'no address' }] };
  const guarded = await thrownBy(() => importContacts({ ...of, failOverPercent: 10 }));
  expect(guarded.next).toBe('Look at the rows; if they are right, make the call once without `failOverPercent`.');
  const logged = await readFile(log, 'utf8');
  expect(logged).toContain("Without `live` this can't be undone");
  expect(JSON.stringify([heard, summary, guarded.next, logged])).not.toMatch(
    /plan(?:Contacts)? shows|planContacts|--[a-z]/,
  );
  // They name what was written, and nothing that nobody has looked for.
  expect(Object.keys(summary)).not.toContain('mappingRead');
});

it.each([
  [{ rows: Buffer.alloc(0) }, 'What `rows` holds is empty: it has no header and no rows.', /./],
  [
    { rows: [{ email: 'a@example.com' }], mapping: '/nope.json' },
    "The mapping file /nope.json doesn't exist.",
    /^Name one/,
  ],
  [{ rows: [{ email: 'a@example.com' }, 'text'] }, 'Row 1 of rows (line 3) is no object', /./],
])('%j is told of as rows', async (given, message, next) => {
  const { sandbox, folder } = await workplace();
  const api = { key: sandbox.key, apiUrl: sandbox.url, stateDir: folder };
  const error = await thrownBy(() => importContacts({ ...api, ...given } as never));
  expect(error.message).toContain(message);
  expect(error.next).toMatch(next);
});

it('an empty list of rows is told of as that', async () => {
  const { sandbox, folder } = await workplace();
  const { summary } = await importContacts({ rows: [], key: sandbox.key, apiUrl: sandbox.url, stateDir: folder });
  expect(summary.warnings).toEqual([{ code: 'no_rows', message: 'There are no rows: nothing is imported.' }]);
});

it('a run whose checkpoint is in memory does not say that it goes on', async () => {
  const { sandbox, folder } = await workplace();
  const stop = new AbortController();
  const { stoppedBy } = await importContacts({
    ...{ key: sandbox.key, apiUrl: sandbox.url, stateDir: folder, concurrency: 1, signal: stop.signal },
    rows: ['ann', 'bo', 'cy'].map((name) => ({ email: `${name}@example.com` })),
    onEvent: ({ type }) => {
      if (type === 'contact') stop.abort();
    },
  });
  expect(stoppedBy?.next).toBe(
    'The rest is pending: make the same call again; as its checkpoint was in memory, all is sent once more.',
  );
});

it('nor does one that an outage has stopped, and its report', async () => {
  const { sandbox, folder } = await workplace({
    faults: { on: 'writes', outage: { fromRequest: 2, forMs: 600_000, as: '503' } },
  });
  const report = join(folder, 'r.html');
  const { stoppedBy } = await importContacts({
    ...{ key: sandbox.key, apiUrl: sandbox.url, stateDir: folder, concurrency: 1, maxOutageSeconds: 1, report },
    rows: ['ann', 'bo', 'cy'].map((name) => ({ email: `${name}@example.com` })),
  });
  const next = 'Nothing is lost: make the same call again; as its checkpoint was in memory, all is sent once more.';
  expect(stoppedBy).toMatchObject({ code: 'unreachable', next });
  expect(await readFile(report, 'utf8')).not.toContain('to go on');
});

it.each([
  ['undoImport', () => undoImport({ key: 'k' } as never), 'Neither file, files nor name are there.'],
  ['verifyContacts', () => verifyContacts({ key: 'k' } as never), 'Neither file nor files are there.'],
  ['planContacts', () => planContacts({ key: 'k' } as never), 'Neither file nor files are there.'],
])('%s says what it takes a file as', async (_, call, message) => {
  expect((await thrownBy(call)).message).toBe(message);
});

it('a port of the sandbox that is taken is told as the option', async () => {
  const { sandbox } = await workplace();
  const port = Number(new URL(sandbox.url).port);
  const { message } = await thrownBy(() => startSandbox({ port }));
  expect(message).toBe(`port: ${port} is taken by another program (EADDRINUSE).`);
});
