/** Who is told that a key is not taken is told where it came from. */
import { expect, it } from 'vitest';
import { peopleCsv, workplace } from '../support/cli.js';

const WRONG = 'ck_live_wrong0001';
const OTHER = 'ck_live_wrong0002';
const NONE = { CLARKY_KEY: undefined };

it.each([
  [{ CLARKY_KEY: WRONG }, [], 'Check CLARKY_KEY:'],
  [{ ...NONE, CLARKY_KEYS: WRONG }, [], 'Check CLARKY_KEYS:'],
  [{ ...NONE, CLARKY_KEYS: `${WRONG},${OTHER}` }, [], 'Check CLARKY_KEYS:'],
  [{ CLARKY_KEYS: WRONG }, [], 'Check CLARKY_KEYS:'],
  [{ CLARKY_KEYS: WRONG }, ['--key-file', 'key'], 'Check --key-file key:'],
  [NONE, ['--key-file', 'key', '--key-file', 'key2'], 'Check --key-file key and key2:'],
])('%j %j: %s', async (env, flags, says) => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(1));
  await place.write('key', WRONG);
  await place.write('key2', OTHER);
  for (const command of [['import', 'c.csv'], ['bots'], ['doctor']]) {
    const { code, stdout, stderr } = await place.hereWith({ env }, ...command, ...flags);
    expect([command, code]).toEqual([command, 4]);
    expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain(says);
  }
});

it('of a profile its name', async () => {
  const place = await workplace();
  const said = await place.here('login', 'acme');
  expect([said.code, said.stdout]).toEqual([0, expect.stringContaining('It is the key of CLARKY_KEY: ') as string]);
  place.sandbox.revokeKey();
  const { stderr } = await place.hereWith({ env: NONE }, 'bots', '--profile', 'acme');
  expect(stderr.replace(/\s+/g, ' ')).toContain('Check the profile acme:');
});
