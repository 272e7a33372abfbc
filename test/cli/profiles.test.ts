import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profilePath, readProfile } from '../../src/cli/profiles.js';
import { homeFolder } from '../../src/storage/state-folder.js';
import { privateFolder } from '../support/folder.js';

it('a profile that is there and can’t be read is no absent one', async () => {
  const config = await privateFolder();
  const env = { XDG_CONFIG_HOME: config };
  await expect(readProfile('acme', env)).rejects.toMatchObject({ message: 'There is no profile acme.' });
  const path = join(config, 'clarky-contacts', 'profiles', 'acme.json');
  await mkdir(path, { recursive: true });
  await expect(readProfile('acme', env)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(`The profile ${path} can't be read: `) as string,
  });
});

it('profiles are not looked for in the current folder where XDG_CONFIG_HOME is no whole path', () => {
  const [named, without] = ['config', ''].map((config) => profilePath('acme', { XDG_CONFIG_HOME: config }));
  expect(named).toBe(without);
  expect(named?.startsWith(homeFolder())).toBe(true);
});
