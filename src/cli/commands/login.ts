import { given } from '../../given.js';
import type { Command } from 'commander';
import { DEFAULT_API_URL } from '../../endpoint.js';
import { ImporterError } from '../../errors.js';
import type { Settings } from '../../settings/settings.js';
import { follow } from '../follow/follow.js';
import { keysOf, withKey } from '../keys.js';
import { print } from '../output.js';
import { untilSignal } from '../process/signals.js';
import { inItsSigns } from '../views/signs.js';
import { DEFAULT_PROFILE, keepProfile, profilePath } from '../profiles.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerLogin(program: Command): void {
  const command = program
    .command('login')
    .description('Checks a key (scopes, bots, limit) and keeps it as a profile, for --profile NAME.')
    .argument('[name]', 'name of the profile', DEFAULT_PROFILE);
  addSettings(command, 'login').action(async (name: string) => {
    await login(name, settingsOf(command, 'login'));
  });
}

async function login(name: string, settings: Settings): Promise<void> {
  // A name that can't be one is better said before the key is asked for.
  profilePath(name);
  const hasKey = settings.keyFile !== undefined || keysOf(process.env).length > 0;
  // A new profile has nothing of the one that the environment names.
  const isOther = hasKey && settings.profile === process.env.CLARKY_PROFILE;
  const isTyped = !hasKey && settings.profile === undefined;
  const api = isTyped
    ? { ...settings, key: await askForKey(settings), attended: true }
    : await withKey({ ...settings, profile: isOther ? undefined : settings.profile });
  const watched = follow(settings, 'Asking Clarky what the key may do');
  const { findAccess } = await import('../../run/access.js');
  const access = await untilSignal('Nothing was kept.', (signal) =>
    findAccess({ ...api, onEvent: watched.listener }, signal),
  )
    .catch((error: unknown) => {
      throw isTyped ? ofTypedKey(error) : error;
    })
    .finally(watched.close);
  const { accessInWords } = await import('../views/access-words.js');
  const { apiUrl, bot } = api;
  print(accessInWords(access, bot));
  const path = await keepProfile(name, {
    key: api.key,
    ...given({ apiUrl, bot }),
  });
  const use =
    name === DEFAULT_PROFILE
      ? 'It is used wherever no other key is named.'
      : `Use it with --profile ${name}, or CLARKY_PROFILE=${name}.`;
  const whence =
    hasKey && settings.keyFile === undefined
      ? `It is the key of ${process.env.CLARKY_KEYS === undefined ? 'CLARKY_KEY' : 'CLARKY_KEYS'}: to keep another, unset that, or use --key-file.\n`
      : '';
  print(`\nKept for you alone, in\n  ${path}\n${whence}${use}\n`);
}

/** No variable and no file gave it. */
function ofTypedKey(error: unknown): unknown {
  if (!(error instanceof ImporterError) || error.code !== 'unauthorized') return error;
  const next = 'It may be mistyped, cut off, revoked, or for another address. Run the same command again.';
  return new ImporterError(error.code, error.message, { next, said: error.said, cause: error });
}

async function askForKey({ apiUrl = DEFAULT_API_URL }: Settings): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new ImporterError('no_key', 'There is no API key, and no terminal to ask for it at.', {
      next: 'Put it into the environment variable CLARKY_KEY, or into a file named with --key-file.',
    });
  }
  const clack = await import('../prompts.js');
  const key = await clack.password({
    message: `The API key for ${new URL(apiUrl).host} (it is not shown)`,
    validate: (text = '') => (text.trim() === '' ? 'Paste the key. Ctrl-C leaves it.' : undefined),
    output: inItsSigns(process.stderr),
  });
  if (clack.isCancel(key)) {
    throw new ImporterError('interrupted', 'Nothing was kept.');
  }
  return key.trim();
}
