/** What a call of the library reads: a file, several, or a folder of some, as a command takes them. */
import { ImporterError } from '../errors.js';
import { namedInput, nameOfInput } from '../run/reading/named-input.js';
import { OTHERS } from '../settings/call-options.js';
import { FILE } from '../settings/code-kinds.js';
import { checkValue } from '../settings/resolve.js';

/** The same options with one file, or a folder, or with several that are one list. */
export type OfFiles<Options extends { readonly file: string }> =
  | (Options & {
      /** One file, or a folder, is given in their place. */
      readonly files?: undefined;
    })
  | (Omit<Options, 'file'> & {
      /** Files, and folders of files, that are one list; they keep their state under their names, or under `name`. */
      readonly files: readonly string[];
      /** Several files are given in its place. */
      readonly file?: undefined;
    });

interface Named {
  readonly file?: unknown;
  readonly files?: unknown;
  readonly name?: unknown;
}

/**
 * The options with the files that they mean.
 * @throws ImporterError `usage` where that is not told, or told twice; `file_unreadable` for a folder without files
 */
export async function withFiles<Options extends object>(options: Options): Promise<Options> {
  const paths = pathsOf(options);
  return paths === undefined ? options : { ...options, files: undefined, ...(await namedInput(paths)) };
}

/** The same of a call that takes files alone. */
export async function withGivenFiles<Options extends object>(options: Options): Promise<Options> {
  if (pathsOf(options) === undefined) {
    throw new ImporterError('usage', 'Neither file nor files are there.', {
      next: 'Hand over the path of a file or a folder as `file`, or several as `files`.',
    });
  }
  return withFiles(options);
}

/** The options with the name under which what was imported keeps its state. @throws ImporterError `usage` */
export async function withState<Options extends object>(
  options: Options,
): Promise<Options & { readonly file: string }> {
  const { files: _, ...others } = options as Options & Named;
  const paths = pathsOf(options) ?? [];
  const { name } = options as Named;
  if (paths.length === 0 && name === undefined) {
    throw new ImporterError('usage', 'Neither file, files nor name are there.', {
      next: 'Hand over what was imported as `file` or `files`, or what it kept its state under as `name`.',
    });
  }
  return { ...(others as Options), file: await nameOfInput(paths, typeof name === 'string' ? name : undefined) };
}

/** The same of a call whose first argument it is. @throws ImporterError `usage` */
export async function stateOf(file: string | readonly string[], name?: string): Promise<string> {
  const files = Array.isArray(file)
    ? checkValue(OTHERS.files, file, 'file', Number.NaN)
    : checkValue(FILE, file, 'file', Number.NaN);
  return nameOfInput([files].flat() as string[], name);
}

function pathsOf(options: object): readonly string[] | undefined {
  const { file, files } = options as Named;
  if (file !== undefined && files !== undefined) {
    throw new ImporterError('usage', 'file and files are both there.', {
      next: 'Hand over one of them; `name` is what several files may keep their state under.',
    });
  }
  if (files !== undefined) return checkValue(OTHERS.files, files, 'files', Number.NaN) as readonly string[];
  return file === undefined ? undefined : [checkValue(FILE, file, 'file', Number.NaN) as string];
}
