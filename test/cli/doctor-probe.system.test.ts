import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { workplace, type Workplace } from '../support/cli.js';
import { atTerminal, CTRL_C, hasTerminal } from '../support/terminal.js';
import { until } from '../support/until.js';

interface Shown {
  readonly findings: readonly { readonly check: string; readonly state: string; readonly what: string }[];
  readonly probe?: Readonly<Record<string, unknown>>;
  readonly exit: number;
}

async function probed(place: Workplace, ...more: string[]): Promise<Shown> {
  const { code, stdout } = await place.here('doctor', '--probe', '--yes', '--json', '--rate', 'off', ...more);
  const shown = JSON.parse(stdout) as Shown;
  expect(shown.exit).toBe(code);
  return shown;
}

describe('doctor --probe', () => {
  it('says in words what it found, and the next doctor too', async () => {
    const place = await workplace({ readings: { missingFields: 'clear' } });
    const before = await place.here('doctor');
    expect(before.stdout).toMatch(/^\? {5}What an upsert does .*\n.*not known yet$/m);
    expect(before.stdout).toContain('clarky-contacts doctor --probe');
    const { code, stdout } = await place.here('doctor', '--probe', '--yes', '--rate', 'off');
    expect(code).toBe(0);
    expect(stdout).toContain('ok    The throw-away contact was deleted again');
    expect(stdout).toContain('look  An update empties the fields that it leaves out');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const after = await place.here('doctor');
    expect(after.stdout).toMatch(/^ok {4}Probed on /m);
    expect(after.stdout).toContain('look  An update empties the fields that it leaves out');
  });

  it('asks first: without a terminal and --yes it makes nothing', async () => {
    const place = await workplace();
    const { code, stderr } = await place.here('doctor', '--probe');
    expect([code, place.sandbox.stats().writes]).toEqual([2, 0]);
    expect(stderr).toContain('--yes');
  });

  it('says that it did not, where no import could begin', async () => {
    const place = await workplace({ bots: ['bot_a', 'bot_b'] });
    const { code, stdout } = await place.here('doctor', '--probe', '--yes');
    expect([code, place.sandbox.stats().contacts]).toEqual([2, 0]);
    expect(stdout).toContain('?     Not probed: what is bad above is to be put right first');
    expect(stdout).not.toContain('doctor --probe');
    const { readOnlyKey } = place.sandbox;
    const mayNot = await place.hereWith(
      { env: { CLARKY_KEY: readOnlyKey } },
      'doctor',
      '--probe',
      '--yes',
      '--bot',
      'bot_a',
    );
    expect(mayNot).toMatchObject({ code: 4, stdout: expect.stringContaining('Not probed: what is bad') as string });
  });

  it('keeps the limit', async () => {
    const place = await workplace({ writes: { limit: 4, windowMs: 1000 } });
    const { code, stdout } = await place.here('doctor', '--probe', '--yes', '--json', '--rate', '4/1');
    expect([code, (JSON.parse(stdout) as Shown).probe?.['leftOut']]).toEqual([0, 'kept']);
    expect(place.sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('deletes what it made after %s', async (signal) => {
    const place = await workplace({ latency: { minMs: 30, maxMs: 30 } });
    const { child, ended } = place.start(['doctor', '--probe', '--yes', '--rate', 'off']);
    await until(() => place.sandbox.contacts().length > 0);
    child.kill(signal);
    const { code, stdout } = await ended;
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(stdout).toContain('The throw-away contact was deleted again');
    expect(place.sandbox.contacts()).toEqual([]);
  });

  it('killed, is cleaned up after by the next', async () => {
    const place = await workplace({ latency: { minMs: 30, maxMs: 30 } });
    const { child, ended } = place.start(['doctor', '--probe', '--yes', '--rate', 'off']);
    await until(() => place.sandbox.contacts().length > 0);
    child.kill('SIGKILL');
    await ended;
    expect(place.sandbox.contacts()).toHaveLength(1);
    const told = await place.here('doctor');
    expect(told.stdout).toMatch(/^look {2}The throw-away contact clarky-probe-/m);
    expect((await probed(place)).exit).toBe(0);
    expect(place.sandbox.contacts()).toEqual([]);
  });

  it('keeps no e-mail of anybody, nor the key', async () => {
    const place = await workplace();
    await probed(place);
    const folder = place.path('state/clarky-contacts');
    const [name = ''] = (await readdir(folder)).filter((file) => file.startsWith('probe-'));
    const text = await readFile(`${folder}/${name}`, 'utf8');
    expect(text).not.toMatch(/@|ck_live/);
  });
});

describe.runIf(hasTerminal)('at a terminal', () => {
  it('says what it would make, and makes nothing where that is declined', async () => {
    const place = await workplace();
    const terminal = atTerminal(place, ['doctor', '--probe']);
    await terminal.shows('Probe with it?');
    terminal.type('n\r');
    const { code, shown } = await terminal.ended;
    expect(shown).toMatch(/clarky-probe-\w{16}@example\.com/);
    expect(shown).toContain('Not probed: nothing was made');
    expect([code, place.sandbox.contacts()]).toEqual([0, []]);
  });

  it('says at a second Ctrl-C what is left', async () => {
    // The window is spent before all is done, and so is that of the deleting.
    const place = await workplace({ writes: { limit: 4, windowMs: 600_000 } });
    const terminal = atTerminal(place, ['doctor', '--probe', '--yes', '--rate', '4/600']);
    await terminal.shows('next writes in');
    terminal.type(CTRL_C);
    await terminal.shows('Deleting');
    terminal.type(CTRL_C);
    const { code, shown } = await terminal.ended;
    expect(code).toBe(130);
    expect(shown.replaceAll(/\s+/g, ' ')).toMatch(/clarky-probe-\w{16}@example\.com may still be in Clarky/);
    expect(place.sandbox.contacts()).toHaveLength(1);
  });

  it('ends at Ctrl-C in the question', async () => {
    const place = await workplace();
    const terminal = atTerminal(place, ['doctor', '--probe']);
    await terminal.shows('Probe with it?');
    terminal.type(CTRL_C);
    expect((await terminal.ended).code).toBe(130);
    expect(place.sandbox.contacts()).toEqual([]);
  });
});
