import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

describe('an import with --live that has nothing to write', () => {
  it('is not told as one that undo takes back, unless one before it is left to take back', async () => {
    const place = await workplace();
    place.sandbox.seed([{ emails: ['ann@example.com'], first_name: 'Ann' }]);
    await place.write('c.csv', 'Email,First name\nann@example.com,Ann\n');
    const told = async (command: 'plan' | 'import'): Promise<unknown> => {
      const { code, stdout } = await place.here(command, 'c.csv', '--live', '--json', ...UNLIMITED);
      expect(code).toBe(0);
      return (JSON.parse(stdout) as { undoable: unknown }).undoable;
    };
    const undoable = async (): Promise<unknown> => {
      const planned = await told('plan');
      expect(await told('import')).toBe(planned);
      return planned;
    };
    expect(await undoable()).toBe(false);
    expect((await place.here('undo', 'c.csv', '--yes')).code).toBe(2);
    const { stdout } = await place.here('import', 'c.csv', '--live', ...UNLIMITED);
    expect(stdout).toContain('in Clarky as the file says, or as last sent: nothing to do');

    await place.write('c.csv', 'Email,First name\nann@example.com,Ann\nben@example.com,Ben\n');
    expect(await undoable()).toBe(true);
    expect(await undoable()).toBe(true);
    expect((await place.here('undo', 'c.csv', '--yes', ...UNLIMITED)).code).toBe(0);
  });
});
