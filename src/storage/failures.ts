/** What the operating system says when a file can't be written, as one sentence each. */
import { basename } from 'node:path';
import { ImporterError, toGoOn } from '../errors.js';

/** True for an error of the operating system with that code, e.g. `ENOENT`. */
export function hasErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Turns an error of the operating system while writing `path` into one sentence for the user. */
export function notWritable(path: string, cause: unknown): ImporterError {
  if (hasErrno(cause, 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO')) return storageFailed(path, cause);
  return new ImporterError('not_writable', `${path} can't be written: ${reasonOf(cause)}.`, {
    next: nextStepFor(cause),
    cause,
  });
}

/**
 * The same in the middle of a run, when contacts may have been sent already.
 * @param what the file, as the beginning of a sentence
 */
export function storageFailed(what: string, cause: unknown): ImporterError {
  return new ImporterError('storage_failed', `${what} can't be written: ${reasonOf(cause)}.`, {
    ...toGoOn('Make room, then'),
    cause,
  });
}

/** What is to be said where a file or connection can't be opened since too many are, found before anything was sent. */
export function tooManyFiles(cause: unknown): ImporterError | undefined {
  if (cause instanceof ImporterError || !hasErrno(cause, 'EMFILE', 'ENFILE')) return undefined;
  return new ImporterError('not_writable', 'Too many files are open.', { next: nextStepFor(cause), cause });
}

/** What is to be said where the folder that names are looked up in is there no more. */
export function folderGone(cause: unknown): ImporterError | undefined {
  if (!hasErrno(cause, 'ENOENT') || cause.syscall !== 'uv_cwd') return undefined;
  return new ImporterError('file_not_found', 'The folder in which this was started is not there any more.', {
    next: 'Change to one that is there (cd), then run the same command again.',
    cause,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'it may not grow any more',
  EIO: 'the disk fails',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'its folder is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else stands there',
  ENXIO: 'it is a pipe that nobody reads, or a socket',
  ENAMETOOLONG: 'its name is too long for the file system',
  ELOOP: 'it is a link that leads nowhere, or was made in this moment',
  EMFILE: 'too many files are open (see ulimit -n)',
  ENFILE: 'too many files are open on this machine',
};

/** Why it can't be written, without a full stop. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof ImporterError && cause.cause !== undefined) return reasonOf(cause.cause);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
}

/** What to do where a folder that an environment variable names can't be used: a full one is there already. */
export function nextForFolderOf(variable: string, cause: unknown): string {
  const here = hasErrno(cause, 'ENOSPC', 'EDQUOT')
    ? 'Make room there, or name another folder'
    : 'Make it, or name another';
  return `${here} in the environment variable ${variable}.`;
}

/** NAME_MAX of the usual file systems. */
const LONGEST_NAME_BYTES = 255;

function nextStepFor(cause: unknown): string {
  if (hasErrno(cause, 'ENAMETOOLONG')) return shorterName(cause);
  if (hasErrno(cause, 'EROFS', 'EACCES', 'EPERM')) {
    return 'Change permissions, or keep what belongs to a run elsewhere with --work-dir DIR.';
  }
  if (hasErrno(cause, 'EMFILE', 'ENFILE'))
    return 'Allow more open files: ulimit -n 256, then run the same command again.';
  // What a shell hands over as <(…) stands where nobody can make anything.
  if (hasErrno(cause, 'ENOENT') && /^\/(?:dev|proc)\//.test(cause.path ?? ''))
    return 'Pipe the list in, and name it: import - --name NAME.';
  if (hasErrno(cause, 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST')) return 'Make the folder, or name another path.';
  return 'Free space or change permissions, or name another path.';
}

/** What may be too long is one name, or the whole path to it; a place elsewhere helps with the path alone. */
function shorterName(cause: NodeJS.ErrnoException): string {
  const isName = Buffer.byteLength(basename(cause.path ?? '')) > LONGEST_NAME_BYTES;
  if (isName) return 'Give the file a shorter name: what belongs to its runs is called after it.';
  return 'Give shorter names, or keep what belongs to a run elsewhere with --work-dir DIR.';
}
