/** Where the API key comes from: a file or several, or the environment. It is never an argument, and in no message. */
import { access, constants, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { canonicalApiUrl, checkKey, DEFAULT_API_URL, parseApiUrl } from '../endpoint.js';
import { ImporterError, KEY_PLACES } from '../errors.js';
import { shellWord } from '../wording/shell.js';
import { hasErrno, reasonOf } from '../storage/failures.js';
import { MOST_KEY_BYTES, readKeyFile } from '../run/connection/key-file.js';
import type { ApiOptions } from '../run/settings.js';
import type { Settings } from '../settings/settings.js';
import { looksLikeKey, severalIn } from '../wording/secrets.js';
import { DEFAULT_PROFILE, hasProfile, readProfile, type Profile } from './profiles.js';
import { areLinesJson, reportTrouble } from './report-error.js';

type Env = NodeJS.ProcessEnv;

const SET_KEY = process.platform === 'win32' ? "$env:CLARKY_KEY = '…'" : "export CLARKY_KEY='…'";
const HOW_TO_GIVE = `One is made in Clarky's settings. Then: ${SET_KEY}, or name its file with --key-file, or keep it with: clarky-contacts login`;

/**
 * The settings with the key or keys that they lead to: files before a typed profile, that before the environment, and that
 * before the profile of the environment and the one called `default`. Whichever gives the key, a profile that was named gives the address
 * and the bot where no others are: it was named to say where the contacts go.
 * @param signal ends the wait for a pipe that is to give a key
 * @throws ImporterError `no_key` where there is none; the signal's reason
 */
export async function withKey(
  settings: Settings,
  signal?: AbortSignal,
  env: Env = process.env,
): Promise<Settings & ApiOptions> {
  const { keyFile: paths } = settings;
  if (settings.quiet !== true) await warnOfReaders(paths ?? [], areLinesJson(settings), env);
  const ofEnvironment = keysOf(env).length > 0;
  const name = settings.profile ?? (paths === undefined && !ofEnvironment ? await defaultProfile(env) : undefined);
  const profile = name === undefined ? undefined : await readProfile(name, env);
  const isKeyOfProfile = paths === undefined && !(ofEnvironment && name === env.CLARKY_PROFILE);
  const read = async (): Promise<readonly string[]> => {
    if (paths !== undefined) return readAll(paths, signal);
    return name !== undefined && isKeyOfProfile ? [(await readProfile(name, env)).key] : keysOf(env);
  };
  if (name !== undefined && profile !== undefined && isKeyOfProfile) refuseOtherAddress(name, profile, settings, env);
  const [key, ...moreKeys] = profile !== undefined && isKeyOfProfile ? [profile.key] : await read();
  if (key === undefined) {
    throw new ImporterError('no_key', 'There is no API key.', {
      next: HOW_TO_GIVE,
    });
  }
  const otherBot = env.CLARKY_BOT_ID?.trim();
  const { apiUrl = profile?.apiUrl, bot = profile?.bot ?? (otherBot === '' ? undefined : otherBot) } = settings;
  return {
    ...settings,
    told: settings,
    apiUrl,
    bot,
    key,
    moreKeys,
    rereadKeys: read,
    attended: process.stderr.isTTY === true,
  };
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

/** Advice on a key that Clarky does not take, with what gave it. */
export function namingKey(next: string | undefined, settings: Settings): string | undefined {
  return next?.replace(`Check ${KEY_PLACES}:`, () => `Check ${whatGaveTheKey(settings, process.env)}:`);
}

function whatGaveTheKey({ keyFile, profile }: Settings, env: Env): string {
  if (keyFile !== undefined) return `--key-file ${keyFile.map(shellWord).join(' and ')}`;
  const hasOwn = keysOf(env).length > 0;
  if (profile !== undefined && !(hasOwn && profile === env.CLARKY_PROFILE)) return `the profile ${profile}`;
  if (!hasOwn) return `the profile ${DEFAULT_PROFILE}`;
  return severalIn(env.CLARKY_KEYS ?? '').length > 0 ? 'CLARKY_KEYS' : 'CLARKY_KEY';
}

/** There for those who name nothing. */
async function defaultProfile(env: Env): Promise<string | undefined> {
  return (await hasProfile(DEFAULT_PROFILE, env)) ? DEFAULT_PROFILE : undefined;
}

/** The keys of the environment. */
export function keysOf(env: Env): string[] {
  const several = severalIn(env.CLARKY_KEYS ?? '');
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
    if (path === '-') {
      throw new ImporterError('no_key', '--key-file needs a path, and - is none.', {
        next: 'For standard input it is /dev/stdin.',
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
  if (/^\s*(?:export\s+)?[A-Z_][A-Z0-9_]*\s*=/i.test(text)) {
    throw new ImporterError('no_key', `The key file ${path} sets a variable, and does not hold the key alone.`, {
      next: `Leave the key alone in it, or let your shell read it: set -a; . ${shellWord(path.includes('/') ? path : `./${path}`)}`,
    });
  }
  const key = text.trim();
  const lines = key.split(/\r\n|\r|\n/).length;
  if (lines > 1) {
    throw new ImporterError('no_key', `The key file ${path} holds ${lines} lines, and a key is one.`, { next: ALONE });
  }
  try {
    return checkKey(key);
  } catch (error) {
    const said = error instanceof ImporterError ? error.message.replace(/^The key/, `The key file ${path}`) : '';
    throw new ImporterError('no_key', said, { next: ALONE, cause: error });
  }
}

const ALONE =
  'Leave the key alone in it, without a comment or quotes: it looks like ck_live_ followed by letters and digits.';

async function warnOfReaders(paths: readonly string[], asJson: boolean, env: Env): Promise<void> {
  if (process.platform === 'win32') return;
  for (const path of paths) {
    if (!(await isForOthers(path, env))) continue;
    reportTrouble('key_file_readable', `others can read the key file ${path}: chmod 600 ${path}`, asJson);
  }
}

/**
 * Whether others can read it, and its user can change that. Who runs services gives a key that is another's by its group, as Kubernetes
 * does and an ACL of systemd looks, in a folder of credentials or on what can only be read: nothing is wrong with it.
 */
async function isForOthers(path: string, env: Env): Promise<boolean> {
  // What can't be looked at can't be read either, which is said then.
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isFile() !== true || (entry.mode & OTHERS) === 0) return false;
  if (entry.uid !== process.getuid?.() && (entry.mode & OTHERS) === READ_BY_GROUP) return false;
  const credentials = env.CREDENTIALS_DIRECTORY ?? '';
  if (credentials !== '' && resolve(path).startsWith(`${resolve(credentials)}${sep}`)) return false;
  return access(path, constants.W_OK).then(
    () => true,
    (error: unknown) => !hasErrno(error, 'EROFS'),
  );
}

const OTHERS = 0o077;
const READ_BY_GROUP = 0o040;
