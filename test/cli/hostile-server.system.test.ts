/** A server that says anything at all, against every command that listens to it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/sandbox/index.js';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

/** All that a person would not see or a terminal would obey, but for our own line ends. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const PERSON = /bea|lee@|quince/i;

const HEADER = 'First Name,Last Name,Email\n';
const CSV = `${HEADER}Ann,Moss,ann@x.example\nBea,Quince,bea.lee@x.example\n`;

/** Of one row alone, so that one run meets all of them. */
const OF_A_ROW: readonly FaultKind[] = [
  'hostile-message',
  'hostile-id',
  'key-message',
  'key-escaped',
  'key-code',
  'key-id',
  'personal-error',
];

/** What strikes a read goes the same way whatever it says. */
const OF_READS: readonly FaultKind[] = ['hostile-message', 'hostile-id', 'key-escaped', 'key-redirect'];

const WRITING: readonly (readonly string[])[] = [
  ['import', 'c.csv', '--live', ...UNLIMITED],
  ['import', 'c.csv', '--resend', '--json', ...UNLIMITED],
  ['undo', 'c.csv', '--yes'],
];
const READING: readonly (readonly string[])[] = [
  ['import', 'c.csv', ...UNLIMITED],
  ['verify', 'c.csv'],
  ['undo', 'c.csv', '--yes'],
  ['bots'],
  ['doctor'],
  ['login', 'work'],
];

/** What log and checkpoint hold by now. */
async function kept(place: Workplace): Promise<string> {
  const paths = ['log', 'checkpoint']
    .map((name) => place.path(`c.csv.${name}.jsonl`))
    .filter((path) => existsSync(path));
  return (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n');
}

/** What people open, a record a line: without the mark at its start. */
async function lists(place: Workplace): Promise<string[]> {
  const paths = ['rejected', 'differences']
    .map((name) => place.path(`c.csv.${name}.csv`))
    .filter((path) => existsSync(path));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return texts.flatMap((text) => text.replace(/^\ufeff/, '').split('\r\n'));
}

async function expectSilence(place: Workplace, on: string, commands: readonly (readonly string[])[]): Promise<void> {
  const key = place.sandbox.key.toLowerCase();
  for (const args of commands) {
    const { code, stdout, stderr } = await place.hereWith(
      { env: { CLARKY_MAX_OUTAGE: '1' }, input: `${place.sandbox.key}\n` },
      ...args,
    );
    const told = `${on} ${args.join(' ')} -> ${String(code)}: ${JSON.stringify(stdout + stderr)}`;
    expect(HIDDEN.exec(stdout + stderr), told).toBeNull();
    expect((stdout + stderr).toLowerCase(), told).not.toContain(key);
    expect(stdout + stderr, told).not.toContain('internal error');
    expect(code, told).not.toBe(1);
    const text = await kept(place);
    expect(HIDDEN.exec(text), told).toBeNull();
    expect(text.toLowerCase(), told).not.toContain(key);
    expect(text, told).not.toMatch(PERSON);
    for (const line of await lists(place)) expect(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(line), told).toBeNull();
  }
}

describe('whatever a server says, no command passes on what a person does not see, the key, or a person to log and checkpoint', () => {
  it('to a write, of any row', async () => {
    const place = await workplace();
    const emailOf = (kind: FaultKind): string => `bea.lee@${kind}.example`;
    await place.write('c.csv', `${CSV}${OF_A_ROW.map((kind) => `Bea,Quince,${emailOf(kind)}\n`).join('')}`);
    const forEmail = Object.fromEntries(OF_A_ROW.map((kind) => [emailOf(kind), kind]));
    place.sandbox.setFaults({ on: 'writes', forEmail });
    await expectSilence(place, 'writes', WRITING);
    for (const kind of OF_A_ROW) expect([kind, place.sandbox.stats().faults[kind] ?? 0]).not.toEqual([kind, 0]);
  });

  it.each([...OF_A_ROW, 'key-redirect'] as const)('to every write: %s', async (kind) => {
    const place = await workplace();
    await place.write('c.csv', CSV);
    place.sandbox.setFaults({ on: 'writes', probabilities: { [kind]: 1 } });
    await expectSilence(place, 'writes', WRITING.slice(0, 1));
  });

  it('to every write of a list: whom it quotes is not printed where there is no terminal', async () => {
    const place = await workplace();
    await place.write(
      'c.csv',
      `${HEADER}${Array.from({ length: 12 }, (_, n) => `Bea,Quince,bea${n}@x.example\n`).join('')}`,
    );
    place.sandbox.setFaults({ on: 'writes', probabilities: { 'personal-error': 1 } });
    const { code, stdout, stderr } = await place.here('import', 'c.csv', ...UNLIMITED);
    expect([code, stderr]).toEqual([4, expect.stringContaining('all in the same way')]);
    expect(stdout + stderr).not.toMatch(PERSON);
  });

  it.each(OF_READS)('to whatever is asked: %s', async (kind) => {
    const place = await workplace();
    await place.write('c.csv', CSV);
    expect(await place.imported('c.csv', { live: true })).toBe(0);
    place.sandbox.setFaults({ on: 'all', probabilities: { [kind]: 1 } });
    await expectSilence(place, 'all', READING);
  });
});
