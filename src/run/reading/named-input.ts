/** Which files a user means: one, several, or those of a folder. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ImporterError } from '../../errors.js';

/** Files that the importer writes beside a list. */
const OWN_FILES =
  /\.(?:mapping\.json|checkpoint\.jsonl|rejected(?:\.edited-[\w-]+)?\.csv|log(?:\.\d+)?\.jsonl(?:\.\d+)?|differences\.csv|report\.html|edits\.json|workspace\.jsonl|undo\.jsonl|tmp|lock)$/;

/** What the user named: one file, or several with the name under which they keep their state together. */
export interface NamedInput {
  readonly file: string;
  readonly files?: readonly string[];
}

async function filesOfFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() && !entry.name.startsWith('.') && !entry.name.startsWith('~$') && !OWN_FILES.test(entry.name),
    )
    .map(({ name }) => join(folder, name))
    .sort();
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/**
 * Which files are meant. Several keep their state in the folder of the first, as `clarky-contacts.checkpoint.jsonl`; those of a
 * folder beside it, under its name: so that it stays the same as files come and go.
 * @throws ImporterError `file_unreadable` for a folder without files
 */
export async function namedInput(paths: readonly string[]): Promise<NamedInput> {
  const [first = ''] = paths;
  const folders = await Promise.all(paths.map(isFolder));
  if (paths.length === 1 && folders[0] !== true) return { file: first };
  const files: string[] = [];
  for (const [at, path] of paths.entries()) files.push(...(folders[at] === true ? await filesOfFolder(path) : [path]));
  if (files.length === 0) {
    throw new ImporterError('file_unreadable', `${first} is a folder without files.`, { next: 'Name the files.' });
  }
  const file = paths.length === 1 ? resolve(first) : join(dirname(files[0] ?? first), 'clarky-contacts');
  return { file, files };
}
