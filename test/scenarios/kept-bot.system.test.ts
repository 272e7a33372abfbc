import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

/** A text of several lines in one. */
const plain = (text: string): string => text.replace(/\s+/g, ' ');

const PEOPLE = 'Email,Phone\nann@example.com,020 7946 0001\n';

interface Told {
  readonly bot: string;
  readonly kept?: readonly string[];
  readonly warnings?: readonly { readonly code: string }[];
}

const told = (stdout: string): Told => JSON.parse(stdout) as Told;

describe('the bot of an import before', () => {
  it('is told where it is taken over, and where another is named, of a key that sees several', async () => {
    const place = await workplace({ bots: 2 });
    const [one = '', two = ''] = place.sandbox.botIds;
    await place.write('c.csv', PEOPLE);
    const night = ['import', 'c.csv', '--json', ...UNLIMITED];
    const first = await place.here(...night, '--bot', two, '--country', 'GB');
    expect(first.code).toBe(0);
    expect(told(first.stdout)).not.toHaveProperty('kept');
    expect(first.stderr).not.toContain('import before');

    const taken = `As in the import before: --country GB, --bot ${two} (--forget-settings does without).`;
    const later = await place.here(...night);
    expect(plain(later.stderr)).toContain(taken);
    expect(told(later.stdout)).toMatchObject({ bot: two, kept: ['--country GB', `--bot ${two}`] });
    expect(told(later.stdout)).not.toHaveProperty('warnings');
    expect(await readFile(place.path('c.csv.log.jsonl'), 'utf8')).toContain(`--bot ${two} (--forget-settings`);
    for (const command of [['plan'], ['plan', '--live'], ['verify']]) {
      const { code, stdout, stderr } = await place.here(...command, 'c.csv');
      expect(code, command.join(' ')).toBe(0);
      expect(plain(stdout + stderr), command.join(' ')).toContain(taken);
    }

    const differs = `--bot ${one} is used; the import before had ${two}.`;
    const check = await place.here('verify', 'c.csv', '--bot', one);
    expect(plain(check.stderr)).toContain(differs);
    const live = await place.here('plan', 'c.csv', '--live', '--bot', one);
    expect(plain(live.stdout)).toContain(differs);
    // Without Clarky being asked, what was named is told with where the list went.
    expect(plain((await place.here('plan', 'c.csv', '--bot', one)).stdout)).toContain(
      `The list went to ${two} before.`,
    );
    const other = await place.here(...night, '--bot', one);
    expect(plain(other.stderr)).toContain(differs);
    expect(told(other.stdout)).toMatchObject({
      bot: one,
      kept: ['--country GB'],
      warnings: [{ code: 'settings_differ', message: expect.stringContaining('the import before had') as unknown }],
    });
    expect(plain((await place.here('plan', 'c.csv', '--bot', two)).stdout)).toContain(
      `--bot ${two} is used; the import before had ${one}.`,
    );
    // By a variable it is named as well.
    const named = await place.hereWith({ env: { CLARKY_BOT_ID: one } }, ...night);
    expect(plain(named.stderr)).not.toContain('--bot');
  });

  it('is told to nobody whose key sees that one alone', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Email\nann@example.com\n');
    const night = ['import', 'c.csv', '--json', ...UNLIMITED];
    for (const more of [['--bot', place.sandbox.botId], []]) {
      const { code, stdout, stderr } = await place.here(...night, ...more);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toMatch(/"kept"|--bot|import before/);
    }
    for (const command of [['plan'], ['plan', '--live'], ['verify']]) {
      const { stdout, stderr } = await place.here(...command, 'c.csv');
      expect(stdout + stderr, command.join(' ')).not.toMatch(/--bot|import before/);
    }
  });
});
