/** Profiles: keys that `login` keeps, each in a file of its own that its owner alone can read. */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../edit-distance.js';
import { ImporterError } from '../errors.js';
import { hasErrno, reasonOf } from '../storage/failures.js';
import { editedText } from '../storage/edited-text.js';
import { readRegularFile } from '../storage/private-file.js';
import { homeFolder, makeFolder, wholePath } from '../storage/state-folder.js';
import { printable } from '../wording/printable.js';
import { looksLikeKey } from '../wording/secrets.js';

type Env = NodeJS.ProcessEnv;

export interface Profile {
  readonly key: string;
  readonly apiUrl?: string;
  readonly bot?: string;
}

/** Where the profiles of a user are. */
function profileFolder(env: Env = process.env): string {
  const { XDG_CONFIG_HOME, APPDATA } = env;
  const config =
    wholePath(XDG_CONFIG_HOME) ??
    (process.platform === 'win32' ? wholePath(APPDATA) : undefined) ??
    join(homeFolder(), '.config');
  return join(config, 'clarky-contacts', 'profiles');
}

/** @throws ImporterError `usage` for a name that can't be one */
export function profilePath(name: string, env: Env = process.env): string {
  if (!/^\w[\w.-]{0,63}$/.test(name) || looksLikeKey(name)) {
    throw new ImporterError('usage', 'That is no name of a profile.', {
      next: 'A name has letters, digits, dots and dashes, such as acme. The key itself is asked for.',
    });
  }
  return join(profileFolder(env), `${name}.json`);
}

/** The profile that is used where nothing else names a key. */
export const DEFAULT_PROFILE = 'default';

/** Whether there is a profile of that name. */
export async function hasProfile(name: string, env: Env = process.env): Promise<boolean> {
  return access(profilePath(name, env)).then(
    () => true,
    () => false,
  );
}

/** @throws ImporterError `usage` where there is none of that name, or it can't be read */
export async function readProfile(name: string, env: Env = process.env): Promise<Profile> {
  const path = profilePath(name, env);
  let text: string;
  try {
    text = editedText(await readRegularFile(path));
  } catch (error) {
    const isAbsent = hasErrno(error, 'ENOENT');
    const what = isAbsent ? `There is no profile ${name}.` : `The profile ${path} can't be read: ${reasonOf(error)}.`;
    throw new ImporterError('usage', what, {
      next: isAbsent
        ? didYouMean(name, await namesOfProfiles(env), `Make it with: clarky-contacts login ${name}`)
        : 'Move what is there out of the way, or name another profile.',
      cause: error,
    });
  }
  const profile = objectIn(text);
  if (typeof profile?.['key'] !== 'string') {
    throw new ImporterError('usage', `The profile ${path} can't be read.`, {
      next: `Make it anew with: clarky-contacts login ${name}`,
    });
  }
  checkSettings(profile, path);
  return profile;
}

/** None where the folder is not there, or can't be read. */
async function namesOfProfiles(env: Env): Promise<string[]> {
  const files = await readdir(profileFolder(env)).catch(() => []);
  return files.flatMap((file) => /^(\w[\w.-]*)\.json$/.exec(file)?.[1] ?? []);
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const SETTINGS = ['key', 'apiUrl', 'bot'];

/**
 * One that was mistyped by hand, and not seen, would send contacts to where nobody meant them to go.
 * @throws ImporterError `usage`
 */
function checkSettings(
  profile: Readonly<Record<string, unknown>>,
  path: string,
): asserts profile is Record<string, unknown> & Profile {
  for (const [name, value] of Object.entries(profile)) {
    const shown = JSON.stringify(printable(name.slice(0, 60)));
    if (!SETTINGS.includes(name)) {
      throw new ImporterError('usage', `The profile ${path} has no setting ${shown}.`, {
        next: didYouMean(name, SETTINGS, 'Its settings are key, apiUrl and bot.'),
      });
    }
    if (typeof value === 'string' && value.trim() !== '') continue;
    throw new ImporterError('usage', `The setting ${shown} of the profile ${path} is no text.`, {
      next: 'Write it in quotes, or take it out.',
    });
  }
}

/**
 * @returns where it is kept
 * @throws ImporterError `not_writable`
 */
export async function keepProfile(name: string, profile: Profile, env: Env = process.env): Promise<string> {
  const path = profilePath(name, env);
  const [{ replaceFile }, { notWritable }] = await Promise.all([
    import('../storage/replacement.js'),
    import('../storage/failures.js'),
  ]);
  try {
    makeFolder(profileFolder(env));
    await replaceFile(path, `${JSON.stringify(profile, null, 2)}\n`);
  } catch (error) {
    const { message, code } = error instanceof ImporterError ? error : notWritable(path, error);
    throw new ImporterError(code, message, {
      next: 'Make that folder writable, or name another in the environment variable XDG_CONFIG_HOME, by its whole path.',
      cause: error,
    });
  }
  return path;
}
