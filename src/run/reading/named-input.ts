/** Which files a user means: one, several, or those of a folder. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { ImporterError } from '../../errors.js';
import type { Dialect } from '../../source/dialect.js';
import { listed } from '../../source/several/file-set.js';
import { beginningOf } from '../../storage/outputs.js';
import { isOneOfOurs } from '../outputs/forms/forms.js';
import { requireThere } from '../../source/opening/source.js';
import { withoutKeys } from '../../wording/secrets.js';

/** Files that the importer writes beside a list. */
const OWN_FILES =
  /\.(?:mapping\.json|checkpoint\.jsonl|rejected(?:\.(?:edited|kept)-[\w-]+)?\.csv|log(?:\.\d+)?\.jsonl(?:\.\d+)?|differences\.csv|report\.html|edits\.json|workspace\.jsonl|undo\.jsonl|tmp|lock)$/;

/** What a table's file is called. In a folder there may be scripts, notes and keys beside the lists, and names are all that is asked of them. */
const TABLE_FILES =
  /\.(?:csv|tsv|tab|xls|xlsx|xlsm|xlsb|ods|fods|numbers|xml|html?|vcf|vcard|json|jsonl|ndjson)(?:\.gz)?$|\.zip$/i;

/** What the user named: one file, or several with the name under which they keep their state together. */
export interface NamedInput {
  readonly file: string;
  readonly files?: readonly string[];
  /** What else is in the folder, and is not read: folders, and files that are not called as a table is. */
  readonly leftAside?: readonly string[];
  /** Which of several files that were named are an import's own, and are not read. */
  readonly ownFiles?: readonly string[];
}

/** As a person counts: `Kunden-2.csv` before `Kunden-10.csv`. Whichever machine it is, the last one wins. */
const { compare } = new Intl.Collator('en', { numeric: true });

function inOrder(one: string, other: string): number {
  return compare(one, other) || (one < other ? -1 : 1);
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
  return { tables: tables.sort(inOrder), others: others.sort(inOrder) };
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

/** A name of a file may have 255 bytes, and what is kept adds its own ending. */
const LONGEST_NAME = 60;
const HASH_CHARACTERS = 8;

/** What several files keep their state under: it depends on which they are, so that two sets in one folder have nothing in common. */
export function nameOfSet(paths: readonly string[]): string {
  const names = paths.map((path) => basename(normalize(path).replace(/[\\/]+$/, ''))).sort();
  const joined = names.join('+');
  if (joined.length <= LONGEST_NAME) return joined;
  const hash = createHash('sha256').update(names.join('\0')).digest('hex').slice(0, HASH_CHARACTERS);
  return `${(names[0] ?? '').slice(0, LONGEST_NAME)}+${names.length - 1}-more-${hash}`;
}

/**
 * What was given, one that is named twice, as a pattern and a name may do, once. A pattern names what the last import wrote as well: beside
 * others that stays out, as it does in a folder. Named by itself it is meant: rejects are corrected and imported.
 */
async function distinct(given: readonly string[]): Promise<{ readonly paths: string[]; readonly own: string[] }> {
  const places = given.map((path) => (path === '-' ? path : resolve(path)));
  const all = given.filter((_, at) => places.indexOf(places[at] ?? '') === at);
  if (all.length < 2) return { paths: all, own: [] };
  const { lists: paths, own } = await apart(all);
  return paths.length === 0 ? { paths: all, own: [] } : { paths, own };
}

/** Lists, and what an import wrote: by its name, or by its form, as `--latest` and others take any name. */
async function apart(paths: readonly string[]): Promise<{ readonly lists: string[]; readonly own: string[] }> {
  const lists: string[] = [];
  const own: string[] = [];
  for (const path of paths) {
    const isOwn = OWN_FILES.test(path) || (path !== '-' && isOneOfOurs((await beginningOf(path)) ?? ''));
    (isOwn ? own : lists).push(path);
  }
  return { lists, own };
}

/** What is said of files that were named and are not read. */
export function ownFilesNote({ ownFiles = [] }: { readonly ownFiles?: readonly string[] | undefined }): string[] {
  if (ownFiles.length === 0) return [];
  const [what, how] = ownFiles.length === 1 ? ['it', 'it by itself'] : ['them', 'them by themselves'];
  return [`Left out, as an import wrote ${what}: ${listed(ownFiles)}. To import ${what} corrected, name ${how}.`];
}

/**
 * The name under which what is meant keeps its state: a file's own; a folder's; of several files one that they make up, in the
 * folder of the first. None of them needs to be there any more.
 * @param name what the state was given as its own name, which leads to it by itself
 * @throws ImporterError `usage` where neither is told
 */
export async function nameOfInput(given: readonly string[], name?: string): Promise<string> {
  const [first = name] = given;
  if (first === undefined) {
    const next = 'Name what was imported, or its state with --name.';
    throw new ImporterError('usage', "missing required argument 'file'.", { next });
  }
  const { paths } = await distinct(given);
  const [own = first] = paths;
  if (paths.length > 1) return join(dirname(own), nameOfSet(paths));
  return (await isFolder(own)) ? nameOfFolder(own) : own;
}

/** Apple writes some documents as folders. */
const IS_PACKAGE = /\.numbers[\\/]?$/i;

/** @throws ImporterError `file_unreadable` */
function refusePackage(path: string): never {
  throw new ImporterError(
    'file_unreadable',
    `${path} is a Numbers document that is kept as a folder: it can't be read.`,
    {
      next: 'Open it in Numbers and export it as CSV (File, Export To, CSV), or change its file type to a single file.',
    },
  );
}

/**
 * Which files are meant. Several keep their state in the folder of the first, under their names; those of a folder beside it,
 * under its name: so that it stays the same as files come and go.
 * @throws ImporterError `file_unreadable` for a folder without files
 */
export async function namedInput(given: readonly string[]): Promise<NamedInput> {
  const [first = ''] = given;
  const { paths, own } = await distinct(given);
  const file = await nameOfInput(given);
  const folders = await Promise.all(paths.map(isFolder));
  if (paths.length === 1 && folders[0] !== true) return { file, ...ownFilesOf(own) };
  const files: string[] = [];
  const leftAside: string[] = [];
  for (const path of paths.filter((one, at) => folders[at] === true && IS_PACKAGE.test(one))) refusePackage(path);
  for (const [at, path] of paths.entries()) {
    if (folders[at] !== true) {
      files.push(path);
      continue;
    }
    const { tables, others } = await listFolder(path);
    const within = await apart(tables);
    files.push(...within.lists);
    own.push(...within.own);
    leftAside.push(...others);
  }
  if (files.length === 0) {
    const instead = leftAside.length === 0 ? 'files' : 'tables: nothing in it is called .csv, .xlsx, .vcf or the like';
    throw new ImporterError('file_unreadable', `${first} is a folder without ${instead}.`, { next: 'Name the files.' });
  }
  return { file, files, ...(leftAside.length === 0 ? {} : { leftAside }), ...ownFilesOf(own) };
}

const ownFilesOf = (own: readonly string[]): Pick<NamedInput, 'ownFiles'> =>
  own.length === 0 ? {} : { ownFiles: own };

/**
 * Looks whether what is meant is there: who has mistyped a name is not to be asked for a key first.
 * @throws ImporterError `file_not_found`
 */
export async function requireNamed({ file, files = [file] }: NamedInput): Promise<void> {
  for (const path of files) await requireThere(path);
}

/** A file with the key, taken for a list, would have it as a column of the report and the rejects. */
export function refuseKeys(displayName: string, { header, sampleRecords }: Dialect): void {
  const text = [...header, ...(sampleRecords[0]?.cells ?? [])].join(' ');
  if (withoutKeys(text) === text) return;
  throw new ImporterError('file_unreadable', `${displayName} holds a key of Clarky where the contacts begin.`, {
    next: 'It is no list: name the list alone, and the file of the key with --key-file.',
  });
}
