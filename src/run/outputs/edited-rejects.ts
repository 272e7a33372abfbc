/** A rejects file that is still of use is never written over, but set aside under another name. */
import { createHash } from 'node:crypto';
import { readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasErrno, notWritable } from '../../storage/failures.js';
import { closeToOthers, entryAt, openForReading } from '../../storage/private-file.js';
import { originsOf } from '../reading/origins.js';

/** The digest of a file's content, 22 characters; '' where there is none. @throws ImporterError `not_writable` */
export async function digestOfFile(path: string): Promise<string> {
  const entry = await entryAt(path);
  if (entry?.isFile() !== true) return '';
  const file = await openForReading(path);
  if (file === undefined) return '';
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer);
  return hash.digest('base64url').slice(0, 22);
}

/** Digests that stand one behind the other. */
export function digestsIn(text: string): string[] {
  return text.match(/.{22}/g) ?? [];
}

/**
 * Why a rejects file is set aside: somebody changed it; it has the rows of another sheet, which no later run of this one has; or nothing is
 * noted of it, and it has other rows than the list, or fewer than are rejected.
 */
export type AsideFor = 'edited' | 'kept' | 'differing' | 'lacking';

/**
 * Sets the file at `path` aside: in the place of one that was set aside with the same content, where there is one.
 * @param date for the new name: `2026-11-25`
 * @returns the new path
 * @throws ImporterError `not_writable`
 */
export async function setAside(path: string, because: AsideFor, date: string): Promise<string> {
  const word = because === 'edited' || because === 'differing' ? 'edited' : 'kept';
  const digest = await digestOfFile(path);
  const aside = (await asideWith(digest, path, word)) ?? (await freeName(path, word, date));
  // A spreadsheet that saved it may have left it open to all.
  await closeToOthers(path);
  await rename(path, aside).catch((error: unknown) => {
    throw notWritable(aside, error);
  });
  return aside;
}

/** The files that were set aside from `path`, in the order of their names. @throws ImporterError `not_writable` */
export async function editedRejects(path: string): Promise<string[]> {
  return [...(await setAsideAs(path, NAMES.edited)), ...(await setAsideAs(path, NAMES.kept))];
}

/** Those of them that were set aside with nobody's work in them, so far as their names say. @throws ImporterError `not_writable` */
export function keptFiles(path: string): Promise<string[]> {
  return setAsideAs(path, NAMES.kept);
}

const NAMES = {
  edited: /^\.edited-\d{4}-\d{2}-\d{2}(-\d+)?$/,
  kept: /^\.kept-\d{4}-\d{2}-\d{2}(-\d+)?$/,
};

function setAsideAs(path: string, added: RegExp): Promise<string[]> {
  const [stem, ending] = stemOf(basename(path));
  const isNamed = (name: string): boolean => added.test(name.slice(stem.length, name.length - ending.length));
  return besides(path, (name) => name.startsWith(stem) && name.endsWith(ending) && isNamed(name));
}

async function asideWith(digest: string, path: string, word: keyof typeof NAMES): Promise<string | undefined> {
  for (const aside of await setAsideAs(path, NAMES[word])) if ((await digestOfFile(aside)) === digest) return aside;
  return undefined;
}

/**
 * The rejects at `path`, and before them those that were set aside, or saved by a spreadsheet under another name.
 * @throws ImporterError `not_writable`
 */
export async function correctedRejects(path: string): Promise<string[]> {
  const own = basename(path);
  const [source] = originsOf(own);
  const others =
    source === undefined
      ? await editedRejects(path)
      : await besides(path, (name) => name !== own && originsOf(name)[0] === source);
  const all = [...others, path];
  const areFiles = await Promise.all(all.map(async (each) => (await entryAt(each))?.isFile() === true));
  return all.filter((_, at) => areFiles[at] === true);
}

async function besides(path: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const names = await readdir(dirname(path)).catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT')) return [];
    throw notWritable(path, error);
  });
  return names
    .filter(isWanted)
    .sort()
    .map((name) => join(dirname(path), name));
}

function stemOf(path: string): [stem: string, ending: string] {
  const [, stem = path, ending = ''] = /^(.*?)(\.csv)?$/is.exec(path) ?? [];
  return [stem, ending];
}

async function freeName(path: string, because: keyof typeof NAMES, date: string): Promise<string> {
  const [stem, ending] = stemOf(path);
  for (let n = 1; ; n++) {
    const name = `${stem}.${because}-${date}${n === 1 ? '' : `-${n}`}${ending}`;
    if ((await entryAt(name)) === undefined) return name;
  }
}
