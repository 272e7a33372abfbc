import { describe, expect, it } from 'vitest';
import { workplace } from '../support/cli.js';

const COMMANDS = 'import plan map verify undo status forget bots ui login doctor sandbox completion help'.split(' ');
const ESCAPE = '\u001b[';

describe('help', () => {
  it('lists every command in a group of its own kind, with examples', async () => {
    const place = await workplace();
    const { code, stdout } = await place.run('--help');
    expect(code).toBe(0);
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    for (const group of ['A file:', 'Clarky:', 'This program:', 'Examples:']) expect(stdout).toContain(`\n${group}\n`);
    expect(stdout).not.toContain('\nCommands:\n');
  });

  it.each(COMMANDS)('of %s has examples and the exit statuses of that very command, in 80 columns', async (name) => {
    const place = await workplace();
    const { code, stdout, stderr } = await place.hereWith({ env: { COLUMNS: '80' } }, name, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`\\nExamples:\\n.*clarky-contacts ${name}`, 's'));
    expect(stdout).toMatch(/\nExit status:\n {2}0 {2}\S/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('colour', () => {
  it('is where FORCE_COLOR wants it, in help and results, and nowhere with NO_COLOR or in JSON', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Email,Name\na@x.com,Ada\n');
    const shown = async (env: Record<string, string>, ...args: string[]): Promise<string> => {
      const { stdout, stderr } = await place.hereWith({ env }, ...args);
      return stdout + stderr;
    };
    for (const args of [
      ['plan', '--help'],
      ['plan', 'c.csv'],
    ]) {
      expect(await shown({ FORCE_COLOR: '1' }, ...args), args.join(' ')).toContain(ESCAPE);
      expect(await shown({ NO_COLOR: '1', FORCE_COLOR: '1' }, ...args), args.join(' ')).not.toContain(ESCAPE);
      expect(await shown({}, ...args), args.join(' ')).not.toContain(ESCAPE);
    }
    expect(await shown({ FORCE_COLOR: '1' }, 'plan', 'c.csv', '--json')).not.toContain(ESCAPE);
  });
});
