/** Where the API key comes from: a file or several, or the environment. It is never an argument, and in no message. */
import { stat } from 'node:fs/promises';
import { canonicalApiUrl, DEFAULT_API_URL, parseApiUrl } from '../endpoint.js';
import { ImporterError } from '../errors.js';
import { hasErrno, reasonOf } from '../storage/failures.js';
import { MOST_KEY_BYTES, readKeyFile } from '../run/connection/key-file.js';
import type { ApiOptions } from '../run/settings.js';
import type { Settings } from '../settings/settings.js';
import { printable } from '../wording/printable.js';
import { looksLikeKey } from '../wording/secrets.js';
import { say } from './output.js';
import { DEFAULT_PROFILE, hasProfile, readProfile, type Profile } from './profiles.js';

type Env = NodeJS.ProcessEnv;

/**
 * The settings with the key or keys that they lead to: files before a named profile, that before the environment, and that
 * before the profile `default`.
 * @param signal ends the wait for a pipe that is to give a key
 * @throws ImporterError `no_key` where there is none; the signal's reason
 */
export async function withKey(
  settings: Settings,
  signal?: AbortSignal,
  env: Env = process.env,
): Promise<Settings & ApiOptions> {
  const { keyFile: paths } = settings;
  if (settings.quiet !== true) await warnOfReaders(paths ?? []);
  const name = paths === undefined ? await profileName(settings, env) : undefined;
  const profile = name === undefined ? undefined : await readProfile(name, env);
  const read = async (): Promise<readonly string[]> => {
    if (paths !== undefined) return readAll(paths, signal);
    return name === undefined ? keysOf(env) : [(await readProfile(name, env)).key];
  };
  if (name !== undefined && profile !== undefined) refuseOtherAddress(name, profile, settings, env);
  const [key, ...moreKeys] = profile === undefined ? await read() : [profile.key];
  if (key === undefined) {
    throw new ImporterError('no_key', 'There is no API key.', {
      next: 'Put it into CLARKY_KEY, name a file with --key-file, or keep it with clarky-contacts login.',
    });
  }
  const ofEnvironment = env.CLARKY_BOT_ID?.trim();
  const { apiUrl = profile?.apiUrl, bot = profile?.bot ?? (ofEnvironment === '' ? undefined : ofEnvironment) } =
    settings;
  return { ...settings, apiUrl, bot, key, moreKeys, rereadKeys: read, attended: process.stderr.isTTY === true };
}

/**
 * A profile's key is for its own address: one that the environment names beside it would be sent that key, or the contacts would go where
 * nobody meant them to. Flags are meant: `--profile` goes to its own address, `--api-url` where it says.
 */
function refuseOtherAddress(name: string, profile: Profile, { apiUrl }: Settings, env: Env): void {
  if (apiUrl === undefined || apiUrl !== env.CLARKY_API_URL) return;
  const own = profile.apiUrl ?? DEFAULT_API_URL;
  if (parseApiUrl(apiUrl).base === canonicalApiUrl(own)) return;
  throw new ImporterError('usage', `The profile ${name} is for ${own}, and CLARKY_API_URL names another address.`, {
    next: `Unset CLARKY_API_URL, or type which is meant: --profile ${name} for its own address, --api-url URL for another.`,
  });
}

/** A profile of the environment is there for those who set no key, and so is the default one. */
async function profileName({ profile }: Settings, env: Env): Promise<string | undefined> {
  const hasKeys = keysOf(env).length > 0;
  if (profile === undefined) return !hasKeys && (await hasProfile(DEFAULT_PROFILE, env)) ? DEFAULT_PROFILE : undefined;
  return hasKeys && profile === env.CLARKY_PROFILE ? undefined : profile;
}

/** The keys of the environment. */
export function keysOf(env: Env): string[] {
  const several = (env.CLARKY_KEYS ?? '').split(',').map((key) => key.trim());
  const keys = several.some((key) => key !== '') ? several : [env.CLARKY_KEY?.trim() ?? ''];
  return [...new Set(keys)].filter((key) => key !== '');
}

async function readAll(paths: readonly string[], signal: AbortSignal | undefined): Promise<string[]> {
  return [...new Set(await Promise.all(paths.map((path) => readKey(path, signal))))];
}

async function readKey(path: string, signal: AbortSignal | undefined): Promise<string> {
  let text: string;
  try {
    text = await readKeyFile(path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (looksLikeKey(path)) {
      throw new ImporterError('no_key', 'What --key-file names is no file, and looks like the key itself.', {
        next: 'Put the key into a file of yours (chmod 600), or into the environment variable CLARKY_KEY.',
      });
    }
    const why = hasErrno(error, 'ENOENT') ? "doesn't exist" : `can't be read: ${reasonOf(error)}`;
    throw new ImporterError('no_key', `The key file ${path} ${why}.`, {
      next: 'Check what --key-file names.',
      cause: error,
    });
  }
  if (text.trim() === '') throw new ImporterError('no_key', `The key file ${path} is empty.`);
  if (text.length > MOST_KEY_BYTES) {
    throw new ImporterError('no_key', `The key file ${path} holds far more than a key.`, {
      next: 'Check what --key-file names.',
    });
  }
  return text.trim();
}

async function warnOfReaders(paths: readonly string[]): Promise<void> {
  if (process.platform === 'win32') return;
  for (const path of paths) {
    // What can't be looked at can't be read either, which is said then.
    const mode = await stat(path).then(
      (entry) => (entry.isFile() ? entry.mode : 0),
      () => 0,
    );
    if ((mode & 0o077) === 0) continue;
    const shown = printable(path);
    say(`clarky-contacts: others can read the key file ${shown}: chmod 600 ${shown}\n`);
  }
}
