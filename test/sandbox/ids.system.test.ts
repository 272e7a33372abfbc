import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addSandboxFlags, sandboxOptions, type ParsedSandbox } from '../../src/cli/commands/sandbox/sandbox-options.js';
import { startSandbox } from '../../src/sandbox/index.js';

/** The id of the first contact of a sandbox that is started with these flags. */
async function firstId(...argv: string[]): Promise<string | undefined> {
  const command = new Command('sandbox');
  addSandboxFlags(command);
  const options = sandboxOptions(command.parse(argv, { from: 'user' }).opts<ParsedSandbox>());
  const sandbox = await startSandbox({ ...options, port: 0 });
  sandbox.seed([{ emails: ['a@x.example'] }]);
  const [contact] = sandbox.contacts();
  await sandbox.close();
  return contact?.id;
}

it('a sandbox that is started again gives other ids, and with --seed the same', async () => {
  const [one, other] = [await firstId(), await firstId()];
  expect(one).toMatch(/^con_[0-9a-f]{6}00000001$/);
  expect(other).not.toBe(one);
  expect([await firstId('--seed', '1'), await firstId('--seed', '1')]).toEqual(['con_00000001', 'con_00000001']);
});
