/**
 * What is noted of rejects files in the state folder: by what the rows of a list's are known (as digests), where those lie that
 * were imported, and which rows were sent. So a rejects file finds its list, and the list what was corrected, where the file was moved,
 * saved under another name or thrown away.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAddress } from '../../../address.js';
import { nameOfCheckpoint } from '../../../checkpoint/others/places.js';
import { parseObject } from '../../../storage/json-lines.js';
import { entryAt, readOurText, realOf, targetOf } from '../../../storage/private-file.js';
import { replaceFile } from '../../../storage/replacement.js';
import { makeFolder, sharedFolder } from '../../../storage/state-folder.js';
import { jsonLine } from '../../../wording/printable.js';
import { IN_MEMORY } from '../nowhere.js';
import type { ListOfRejects } from '../../settings.js';
import { membersIn, notedMembers, united, type Member } from './members.js';
import { printsOf } from './prints.js';
import type { RowPrint } from './sent/row-print.js';

type StateDir = string | false | undefined;

/** A list, and by what its columns and its rejected rows are known. */
export interface WrittenRejects extends ListOfRejects {
  readonly columns: readonly string[];
  /** Those of the newest import first. */
  readonly rows: readonly string[];
  /** The files that it is made of. */
  readonly members: readonly Member[];
}

/** A rejected row: by what the rejects tell it, and how it stood in the list. */
export interface RejectedPrint {
  readonly row: string;
  readonly print: RowPrint;
}

/** A rejects file that was imported, and under which checkpoint. */
export interface ImportedRejects {
  readonly file: string;
  readonly checkpoint: string;
}

/** How the names of what is noted end, behind that of the list's checkpoint. */
const [WRITTEN, IMPORTED] = ['.written.json', '.imported.json'];
export const CORRECTED = '.corrected.json';
const ENDINGS = [WRITTEN, IMPORTED, CORRECTED];
export const FORMAT_NAME = 'clarky-contacts rejects';
const FORMAT = { format: FORMAT_NAME, version: 1 };
/** Of a list so many rows are known. */
export const MOST_ROWS = 20_000;

/** An import has written rejects: what is known of those of earlier ones stays known, as people may have them still. */
export async function noteWritten(
  list: Omit<WrittenRejects, 'rows'> & { readonly rows: readonly RejectedPrint[] },
  stateDir: StateDir,
): Promise<void> {
  const folder = folderOf(stateDir);
  // That several files are one list is found nowhere else.
  const isOfSeveral = list.members.some(({ called }) => called !== undefined);
  if (folder === undefined || list.checkpoint === IN_MEMORY || (list.rows.length === 0 && !isOfSeveral)) return;
  await forgetGone(folder);
  const name = (await nameOf(list.checkpoint)) + WRITTEN;
  const content = await contentOf(join(folder, name));
  const all = new Map<string, readonly string[]>();
  for (const { row, print } of [...list.rows, ...printsOfRejected(content)]) {
    const entry = [row, print.name, print.cells];
    const id = entry.join(' ');
    if (!all.has(id) && all.size < MOST_ROWS) all.set(id, entry);
  }
  // Those of which earlier versions noted no more are known as well.
  const known = [...all.values()].flatMap(([row]) => row ?? []);
  const rows = [...new Set([...known, ...(listIn(content)?.rows ?? [])])].slice(0, MOST_ROWS).join('');
  const isFile = list.file !== undefined && list.file !== '-' && !isAddress(list.file);
  const file = isFile ? await realOf(list.file) : undefined;
  const checkpoint = await realOf(list.checkpoint);
  const members = notedMembers(united(list.members, membersIn(content)));
  const columns = list.columns.join('');
  await note(folder, name, { file, checkpoint, members, columns, rows, prints: [...all.values()] });
}

/** How the rows stood in a list that it has rejected, those of the newest import first. @param checkpoint of the list */
export async function printsRejectedBy(checkpoint: string, stateDir: StateDir): Promise<RejectedPrint[]> {
  const folder = folderOf(stateDir);
  if (folder === undefined || checkpoint === IN_MEMORY) return [];
  return printsOfRejected(await contentOf(join(folder, (await nameOf(checkpoint)) + WRITTEN)));
}

/** The files that a list is made of, so far as is noted. @param checkpoint of the list */
export async function membersNoted(checkpoint: string, stateDir: StateDir): Promise<Member[]> {
  const folder = folderOf(stateDir);
  return folder === undefined ? [] : membersIn(await contentOf(join(folder, (await nameOf(checkpoint)) + WRITTEN)));
}

/** Other lists of which corrected rows were sent, and that have one of these files. @param checkpoint of the list that has them */
export async function listsSharing(
  { checkpoint, members }: { readonly checkpoint: string; readonly members: readonly Member[] },
  stateDir: StateDir,
): Promise<{ readonly checkpoint: string; readonly members: readonly Member[] }[]> {
  const folder = folderOf(stateDir);
  const files = new Set(members.map(({ file }) => file));
  if (folder === undefined || files.size === 0) return [];
  const corrected = await pathsIn(folder, (name) => name.endsWith(CORRECTED));
  const names = new Set(corrected.map((path) => basename(path).split('-')[0] ?? ''));
  names.delete(await nameOf(checkpoint));
  const contents = await Promise.all([...names].map((name) => contentOf(join(folder, name + WRITTEN))));
  return contents.flatMap((content) => {
    const all = membersIn(content);
    const there = content['checkpoint'];
    return typeof there === 'string' && all.some(({ file }) => files.has(file))
      ? [{ checkpoint: there, members: all }]
      : [];
  });
}

/** A rejects file was imported that is of this list, which its name does not tell. */
export async function noteImported(rejects: ImportedRejects, list: ListOfRejects, stateDir: StateDir): Promise<void> {
  const folder = folderOf(stateDir);
  if (folder === undefined || rejects.file === '-' || rejects.checkpoint === IN_MEMORY) return;
  const [file, checkpoint] = await Promise.all([realOf(rejects.file), realOf(rejects.checkpoint)]);
  await note(folder, `${await nameOf(list.checkpoint)}-${await nameOf(file)}${IMPORTED}`, { file, checkpoint });
}

/** The lists of which rejects are known, the newest at the end, whose checkpoint is there still. */
export async function listsOfRejects(stateDir: StateDir): Promise<WrittenRejects[]> {
  const lists: { readonly list: WrittenRejects; readonly at: number }[] = [];
  for (const path of await pathsIn(folderOf(stateDir), (name) => name.endsWith(WRITTEN))) {
    const list = listIn(await contentOf(path));
    if (list !== undefined && (await isThere(list.checkpoint)))
      lists.push({ list, at: (await entryAt(path))?.mtimeMs ?? 0 });
  }
  return lists.sort((one, other) => one.at - other.at).map(({ list }) => list);
}

/** The rejects files of a list that were imported elsewhere, or under another name, and are there still. @param checkpoint of the list */
export async function importedElsewhere(checkpoint: string, stateDir: StateDir): Promise<ImportedRejects[]> {
  const own = await nameOf(checkpoint);
  const found: ImportedRejects[] = [];
  for (const path of await pathsIn(folderOf(stateDir), isOf(own, IMPORTED))) {
    const content = await contentOf(path);
    if (typeof content['file'] !== 'string' || typeof content['checkpoint'] !== 'string') continue;
    const rejects = { file: content['file'], checkpoint: content['checkpoint'] };
    if (await isThere(rejects.file)) found.push(rejects);
  }
  return found;
}

/** The files in which that is noted of a list, or of a rejects file that was imported under this checkpoint. */
export async function notesOfRejects(checkpoint: string, stateDir: StateDir): Promise<string[]> {
  const own = await nameOf(checkpoint);
  const isOfOwn = (name: string): boolean =>
    name === own + WRITTEN || [IMPORTED, CORRECTED].some((of) => isOf(own, of)(name));
  const found = await pathsIn(folderOf(stateDir), isOfOwn);
  const real = await realOf(checkpoint);
  for (const [ending, under] of [
    [IMPORTED, 'checkpoint'],
    [CORRECTED, 'imported'],
  ] as const)
    for (const path of await pathsIn(folderOf(stateDir), (name) => name.endsWith(ending) && !isOfOwn(name)))
      if ((await contentOf(path))[under] === real) found.push(path);
  return found;
}

export function folderOf(stateDir: StateDir): string | undefined {
  const shared = sharedFolder(stateDir);
  return shared && join(shared, 'rejects');
}

export function isOf(list: string, ending: string): (name: string) => boolean {
  return (name) => name.startsWith(`${list}-`) && name.endsWith(ending);
}

export async function nameOf(path: string): Promise<string> {
  return (await nameOfCheckpoint(path)).replace(/\.jsonl$/, '');
}

async function isThere(path: string): Promise<boolean> {
  const entry = await entryAt(await targetOf(path).catch(() => path)).catch(() => undefined);
  return entry?.isFile() === true;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

export async function note(folder: string, name: string, content: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    makeFolder(folder);
    await replaceFile(join(folder, name), jsonLine({ ...FORMAT, ...content }));
  } catch {
    // That nothing can be noted there is said where it is noted whom an import has sent.
  }
}

/** What is noted of a list, or of a file, that is no more is of no use; whose folder is not there is on a drive that may come back. */
async function forgetGone(folder: string): Promise<void> {
  for (const path of await pathsIn(folder, (name) => ENDINGS.some((of) => name.endsWith(of)))) {
    const { checkpoint } = await contentOf(path);
    if (typeof checkpoint !== 'string' || (!(await isThere(checkpoint)) && (await isFolder(dirname(checkpoint)))))
      await rm(path, { force: true }).catch(() => undefined);
  }
}

export async function pathsIn(folder: string | undefined, isWanted: (name: string) => boolean): Promise<string[]> {
  if (folder === undefined) return [];
  const names = await readdir(folder).catch(() => []);
  return names.filter(isWanted).map((name) => join(folder, name));
}

/** Empty where nothing can be read there, or it is another user's. */
export async function contentOf(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return parseObject((await readOurText(path)) ?? '') ?? {};
  } catch {
    return {};
  }
}

function listIn(content: Readonly<Record<string, unknown>>): WrittenRejects | undefined {
  const { file, checkpoint, columns, rows } = content;
  if (typeof checkpoint !== 'string' || typeof columns !== 'string' || typeof rows !== 'string') return undefined;
  return {
    file: typeof file === 'string' ? file : undefined,
    checkpoint,
    columns: printsOf(columns),
    rows: printsOf(rows),
    members: membersIn(content),
  };
}

function printsOfRejected({ prints }: Readonly<Record<string, unknown>>): RejectedPrint[] {
  if (!Array.isArray(prints)) return [];
  return prints.flatMap((entry: unknown) => {
    const [row, name, cells] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const isWhole = typeof row === 'string' && typeof name === 'string' && typeof cells === 'string';
    return isWhole ? [{ row, print: { name, cells } }] : [];
  });
}
