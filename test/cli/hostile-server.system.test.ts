/** A server that says anything at all, against every command that listens to it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/sandbox/index.js';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

/** All that a person would not see or a terminal would obey, but for our own line ends. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const PERSON = /bea|lee@|quince/i;

const CSV = 'First Name,Last Name,Email\nAnn,Moss,ann@x.example\nBea,Quince,bea.lee@x.example\n';

/** Each with whether reads are answered so as well: what strikes there goes the same way whatever it says. */
const KINDS: readonly (readonly [FaultKind, boolean])[] = [
  ['hostile-message', true],
  ['hostile-id', true],
  ['key-message', false],
  ['key-escaped', true],
  ['key-code', false],
  ['key-id', false],
  ['key-redirect', true],
  ['personal-error', false],
];

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

describe('whatever a server says, no command passes on what a person does not see, the key, or a person to log and checkpoint', () => {
  it.each(KINDS)('%s', async (kind, strikesReads) => {
    const place = await workplace();
    await place.write('c.csv', CSV);
    const key = place.sandbox.key.toLowerCase();
    for (const on of strikesReads ? (['writes', 'all'] as const) : (['writes'] as const)) {
      place.sandbox.setFaults({ on, probabilities: { [kind]: 1 } });
      for (const args of on === 'writes' ? WRITING : READING) {
        const { code, stdout, stderr } = await place.runWith(
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
      }
    }
  });
});
