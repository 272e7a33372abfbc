import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Command, CommanderError } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addSandboxFlags, sandboxOptions, type ParsedSandbox } from '../../src/cli/commands/sandbox/sandbox-options.js';
import { LIKELY_READINGS, startSandbox } from '../../src/sandbox/index.js';
import { BINARY } from '../support/built.js';
import { privateFolder } from '../support/folder.js';
import { call } from './caller.js';

function optionsFor(...argv: string[]) {
  const command = new Command('sandbox').exitOverride().configureOutput({ writeErr: () => undefined });
  addSandboxFlags(command);
  return sandboxOptions(command.parse(argv, { from: 'user' }).opts<ParsedSandbox>());
}

interface Handover {
  url: string;
  key: string;
  botId: string;
  readOnlyKey: string;
  writeOnlyKey: string;
  pid: number;
}

/** Starts the command and waits for the first line, or block of lines, that it prints. */
async function started(...argv: string[]) {
  const args = [BINARY, 'sandbox', ...argv];
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // Not when it exits: what it said last may still be on its way.
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), ended]);
  return { child, output, ended };
}

async function upsertAt({ url, key, botId }: Pick<Handover, 'url' | 'key' | 'botId'>, email: string) {
  return (await call({ url, key }, 'POST', '/contacts/upsert', { body: { bot_id: botId, emails: [email] } })).status;
}

describe('the flags', () => {
  it('without any are the likely readings on port 4010', async () => {
    const options = optionsFor();
    expect(options).toMatchObject({ port: 4010, bots: 1, headers: true, counting: 'rolling', keepBodies: false });
    expect({ ...LIKELY_READINGS, ...options.readings, normalises: false }).toEqual(LIKELY_READINGS);
    const sandbox = await startSandbox({ ...options, port: 0 });
    const statuses = [];
    for (let n = 0; n < 61; n++) statuses.push(await upsertAt(sandbox, 'a@x.example'));
    await sandbox.close();
    expect([statuses[59], statuses[60]]).toEqual([200, 429]);
  });

  it.each([
    [['--limit', '5/2.5', '--read-limit', '0'], { writes: { limit: 5, windowMs: 2500 }, reads: { limit: 0 } }],
    [['--limit', 'off'], { writes: { limit: 0 } }],
    [['--latency', '40-100', '--latency-before', '1'], { latency: { minMs: 40, maxMs: 100, beforeShare: 1 } }],
    [['--latency', '5'], { latency: { minMs: 5, maxMs: 5 } }],
    [['--faults', '500=0.1, cut-after=0.2'], { faults: { probabilities: { '500': 0.1, 'cut-after': 0.2 } } }],
    [
      ['--fault-at', '3:hang,9:502', '--fault-on', 'writes'],
      { faults: { at: [{ request: 3, kind: 'hang' }, {}], on: 'writes' } },
    ],
    [['--outage', '20:5s'], { faults: { outage: { fromRequest: 20, forMs: 5000, as: '503' } } }],
    [['--outage', '10s:1m:refuse'], { faults: { outage: { afterMs: 10_000, forMs: 60_000, as: 'refuse' } } }],
    [['--revoke-at', '3', '--second-client', '20'], { faults: { revokeAtRequest: 3, secondClient: 20 } }],
    [['--non-atomic', '50', '--seed', '7'], { faults: { nonAtomicMs: 50 }, seed: 7 }],
    [['--bot', 'a', '--bot', 'b', '--bots', '3'], { bots: ['a', 'b'] }],
    [['--bots', '3', '--key', 'k'], { bots: 3, key: 'k' }],
    [['--no-rate-headers', '--retry-after', 'date'], { headers: false, retryAfter: 'date' }],
    [['--count-rejected', '--counting', 'counter'], { countRejected: true, counting: 'counter' }],
    [['--contact-points', 'objects', '--answer', 'objects'], { readings: { accepts: 'objects', answers: 'objects' } }],
    [['--upsert-status', '200', '--delete-status', '200'], { readings: { createdStatus: 200, deletedStatus: 200 } }],
    [['--envelope', 'bare', '--normalise'], { readings: { envelope: 'bare', normalises: true } }],
    [['--missing', 'clear', '--tags', 'join'], { readings: { missingFields: 'clear', tags: 'join' } }],
    [['--email-lookup', 'exact', '--phone-match', 'any'], { readings: { emailLookup: 'exact', phoneMatch: 'any' } }],
    [['--fault-for', 'a@x.example=422'], { faults: { forEmail: { 'a@x.example': '422' } } }],
    [['--late-ms', '90', '--drip-ms', '5'], { faults: { lateMs: 90, dripMs: 5 } }],
    [['--read-lag', '3000'], { readLagMs: 3000 }],
    [['--says-limit', '1000', '--keys', '4'], { saysLimit: 1000, keys: 4 }],
    [['--pagination', 'endless'], { readings: { pagination: 'endless' } }],
    [['--keep-requests', '9', '--keep-bodies'], { keepRequests: 9, keepBodies: true }],
  ])('%j become options', (argv, expected) => {
    expect(optionsFor(...argv)).toMatchObject(expected);
  });

  it.each([
    ['--limit', '60'],
    ['--limit', '60/0'],
    ['--latency', '9-1'],
    ['--latency-before', '2'],
    ['--faults', '505=0.1'],
    ['--faults', '500=often'],
    ['--fault-at', '0:hang'],
    ['--fault-at', 'hang'],
    ['--fault-for', 'a@x.example'],
    ['--pagination', 'forever'],
    ['--outage', '20'],
    ['--outage', '20:long'],
    ['--port', '65536'],
    ['--key', 'a b'],
    ['--bot', ''],
    ['--bots', '0'],
    ['--counting', 'sliding'],
  ])('%s %s is refused in a sentence', (flag, value) => {
    expect(() => optionsFor(flag, value)).toThrow(CommanderError);
    expect(() => optionsFor(flag, value)).toThrow(/invalid\. [A-Z].*\.$/);
  });
});

describe('the command', () => {
  it('prints what a shell can take, serves, and ends with 0 and what it saw', async () => {
    const { child, output, ended } = await started('--port', '0', '--key', 'ck_live_mine', '--bot', 'bot_mine');
    const set: Record<string, string> = {};
    for (const [, name = '', value = ''] of output.stdout.matchAll(/^export (\w+)=(\S+)$/gm)) set[name] = value;
    expect(set).toEqual({
      CLARKY_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/) as string,
      CLARKY_KEY: 'ck_live_mine',
      CLARKY_BOT_ID: 'bot_mine',
    });
    expect(
      await upsertAt({ url: set.CLARKY_API_URL ?? '', key: 'ck_live_mine', botId: 'bot_mine' }, 'a@x.example'),
    ).toBe(201);
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(output.stdout.trim().split('\n').at(-1)).toBe('# contacts at the end: 1.');
    expect(output.stdout.replaceAll('\n# ', ' ')).toMatch(/ It saw: writes 1, reads 0, created 1,/);
    expect(output.stderr).toBe('');
  });

  it('as JSON prints one line, and finds its contacts again after a kill', async () => {
    const store = join(await privateFolder(), 'contacts.jsonl');
    const argv = ['--port', '0', '--json', '--store', store];
    const first = await started(...argv);
    const handover = JSON.parse(first.output.stdout) as Handover;
    expect(handover).toMatchObject({ botId: 'bot_sandbox_1', pid: first.child.pid });
    expect(await upsertAt(handover, 'a@x.example')).toBe(201);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await started(...argv);
    expect(await upsertAt(JSON.parse(second.output.stdout) as Handover, 'a@x.example')).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.ended).toEqual([0, null]);
    expect(second.output.stdout.trim().split('\n')).toHaveLength(1);
    expect(second.output.stderr).toContain('contacts at the end: 1.');
  });

  it('ends with its counts where its terminal is closed, too', async () => {
    const { child, output, ended } = await started('--port', '0', '--json');
    child.kill('SIGHUP');
    expect(await ended).toEqual([0, null]);
    expect(output.stderr).toContain('contacts at the end: 0.');
  });

  it('says each request on standard error where it is asked to, without what is in it', async () => {
    const { child, output, ended } = await started('--port', '0', '--json', '--verbose');
    const handover = JSON.parse(output.stdout) as Handover;
    await upsertAt(handover, 'ada@x.example');
    child.kill('SIGTERM');
    await ended;
    expect(output.stderr).toMatch(/^\d\d:\d\d:\d\d\.\d{3} POST \/api\/v1\/contacts\/upsert 201 created \d+ ms$/m);
    expect(output.stderr).not.toContain('ada');
    expect(output.stderr).not.toContain(handover.key);
  });

  it('has a page at / that shows its contacts and requests, and nothing of it runs', async () => {
    const { child, output, ended } = await started('--port', '0', '--json');
    const handover = JSON.parse(output.stdout) as Handover;
    await upsertAt(handover, 'ada+<b>@x.example');
    const page = await fetch(new URL(handover.url).origin);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const text = await page.text();
    expect(text).toMatch(/ada\+&\S+@x\.example/);
    expect(text).not.toContain('<b>');
    expect(text).toContain('/contacts/upsert');
    expect(text).not.toContain(handover.key);
    child.kill('SIGTERM');
    await ended;
  });

  it('says that its port is taken', async () => {
    const sandbox = await startSandbox();
    const { output, ended } = await started('--port', String(sandbox.port));
    expect((await ended)[0]).not.toBe(0);
    expect(output.stderr).toContain(`Port ${String(sandbox.port)} is taken by another program.`);
    await sandbox.close();
  });
});
