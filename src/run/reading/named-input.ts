/** Which files a user means: one, several, or those of a folder. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { ImporterError } from '../../errors.js';

/** Files that the importer writes beside a list. */
const OWN_FILES =
  /\.(?:mapping\.json|checkpoint\.jsonl|rejected(?:\.edited-[\w-]+)?\.csv|log(?:\.\d+)?\.jsonl(?:\.\d+)?|differences\.csv|report\.html|edits\.json|workspace\.jsonl|undo\.jsonl|tmp|lock)$/;

/** What a table's file is called. In a folder there may be scripts, notes and keys beside the lists, and names are all that is asked of them. */
const TABLE_FILES =
  /\.(?:csv|tsv|tab|xls|xlsx|xlsm|xlsb|ods|fods|numbers|xml|html?|vcf|vcard|json|jsonl|ndjson)(?:\.gz)?$|\.zip$/i;

/** What the user named: one file, or several with the name under which they keep their state together. */
export interface NamedInput {
  readonly file: string;
  readonly files?: readonly string[];
  /** What else is in the folder, and is not read: folders, and files that are not called as a table is. */
  readonly leftAside?: readonly string[];
}

async function listFolder(folder: string): Promise<{ readonly tables: string[]; readonly others: string[] }> {
  const tables: string[] = [];
  const others: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    if (name.startsWith('.') || name.startsWith('~$') || OWN_FILES.test(name)) continue;
    const isTable = TABLE_FILES.test(name) && (await stat(join(folder, name)).catch(() => entry)).isFile();
    if (isTable) tables.push(join(folder, name));
    else others.push(entry.isDirectory() ? `${name}/` : name);
  }
  return { tables: tables.sort(), others: others.sort() };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** As it was typed, where that ends with its name. */
function nameOfFolder(folder: string): string {
  const name = normalize(folder).replace(/[\\/]+$/, '');
  return ['', '.', '..'].includes(basename(name)) ? resolve(folder) : name;
}

/** The name under which several files keep their state. */
export const SEVERAL = 'clarky-contacts';

/**
 * Which files are meant. Several keep their state in the folder of the first, as `clarky-contacts.checkpoint.jsonl`; those of a
 * folder beside it, under its name: so that it stays the same as files come and go.
 * @throws ImporterError `file_unreadable` for a folder without files
 */
export async function namedInput(given: readonly string[]): Promise<NamedInput> {
  const [first = ''] = given;
  // One that is named twice, as a pattern and a name may do, is one.
  const paths = [...new Map(given.map((path) => [path === '-' ? path : resolve(path), path])).values()];
  const folders = await Promise.all(paths.map(isFolder));
  if (paths.length === 1 && folders[0] !== true) return { file: first };
  const files: string[] = [];
  const leftAside: string[] = [];
  for (const [at, path] of paths.entries()) {
    const { tables, others } = folders[at] === true ? await listFolder(path) : { tables: [path], others: [] };
    files.push(...tables);
    leftAside.push(...others);
  }
  if (files.length === 0) {
    const instead = leftAside.length === 0 ? 'files' : 'tables: nothing in it is called .csv, .xlsx, .vcf or the like';
    throw new ImporterError('file_unreadable', `${first} is a folder without ${instead}.`, { next: 'Name the files.' });
  }
  const file = paths.length === 1 ? nameOfFolder(first) : join(dirname(files[0] ?? first), SEVERAL);
  return { file, files, ...(leftAside.length === 0 ? {} : { leftAside }) };
}
