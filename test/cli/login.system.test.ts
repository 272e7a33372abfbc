import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace, type Workplace } from '../support/cli.js';
import { atTerminal, CTRL_C, ENTER, hasTerminal } from '../support/terminal.js';

const pathOf = (place: Workplace, name: string): string => place.path(`.config/clarky-contacts/profiles/${name}.json`);

describe.skipIf(!hasTerminal)('login, at a terminal without a key', () => {
  const login = (place: Workplace, ...args: string[]): ReturnType<typeof atTerminal> =>
    atTerminal(place, ['login', ...args], 80, { CLARKY_KEY: '' });
  const question = ({ sandbox }: Workplace): string => `The API key for ${new URL(sandbox.url).host} (it is not shown)`;

  it('asks for it, shows none of it, and keeps it with its address', async () => {
    const place = await workplace();
    const asked = login(place, 'acme');
    await asked.shows(question(place));
    asked.type(ENTER);
    await asked.shows('Paste the key. Ctrl-C leaves it.');
    asked.type(`  ${place.sandbox.key} ${ENTER}`);
    const { code, shown } = await asked.ended;
    expect([code, shown]).toEqual([0, expect.stringContaining('Use it with --profile acme') as string]);
    expect(shown).not.toContain(place.sandbox.key);
    const kept: unknown = JSON.parse(await readFile(pathOf(place, 'acme'), 'utf8'));
    expect(kept).toEqual({ key: place.sandbox.key, apiUrl: place.sandbox.url });
  });

  it('keeps nothing on Ctrl-C, nor a key that Clarky does not take, and says what may be wrong with it', async () => {
    const place = await workplace();
    const left = login(place);
    await left.shows(question(place));
    left.type(CTRL_C);
    expect(await left.ended).toMatchObject({
      code: 130,
      shown: expect.stringContaining('Nothing was kept.') as string,
    });
    const wrong = login(place);
    await wrong.shows(question(place));
    wrong.type(`ck_live_wrong${ENTER}`);
    const { code, shown } = await wrong.ended;
    expect([code, shown.replace(/\s+/g, ' ')]).toEqual([
      4,
      expect.stringContaining('It may be mistyped, cut off, revoked, or for another address.') as string,
    ]);
    expect(existsSync(pathOf(place, 'default'))).toBe(false);
  });

  it('tries an address where nothing answers for no longer than somebody waits for it', async () => {
    const place = await workplace();
    const { url } = place.sandbox;
    const asked = login(place);
    await asked.shows(question(place));
    await place.sandbox.close();
    asked.type(`${place.sandbox.key}${ENTER}`);
    await asked.shows(`${new URL(url).host} takes no connection (ECONNREFUSED). Trying for 15 s more.`);
    asked.type(CTRL_C);
    expect((await asked.ended).code).toBe(130);
  });

  it('asks for none where the name can be none', async () => {
    const place = await workplace();
    const { code, shown } = await login(place, 'a/b').ended;
    expect([code, shown]).toEqual([2, expect.not.stringContaining('(it is not shown)') as string]);
  });
});

describe('a profile', () => {
  it('that is mistyped is told with the one that was meant', async () => {
    const place = await workplace();
    expect((await place.here('login', 'acme')).code).toBe(0);
    const near = await place.here('bots', '--profile', 'amce');
    expect([near.code, near.stderr.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('There is no profile amce. Did you mean acme?') as string,
    ]);
    const far = await place.here('bots', '--profile', 'nobody');
    expect(far.stderr.replace(/\s+/g, ' ')).toContain('Make it with: clarky-contacts login nobody');
  });

  it.each([
    [{ apiURL: 'https://clarky.example/api/v1' }, 'has no setting "apiURL". Did you mean apiUrl?'],
    [{ colour: 'red' }, 'has no setting "colour". Its settings are key, apiUrl and bot.'],
    [{ apiUrl: 7 }, 'The setting "apiUrl" of the profile'],
    [{ bot: '' }, 'The setting "bot" of the profile'],
  ])('with a setting that is none, %j, sends nothing anywhere', async (more, says) => {
    const place = await workplace();
    const path = pathOf(place, 'acme');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ key: place.sandbox.key, ...more }));
    const { code, stderr } = await place.here('bots', '--profile', 'acme');
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(says) as string]);
    expect(stderr).not.toContain(place.sandbox.key);
    expect(place.sandbox.requests).toEqual([]);
  });
});
