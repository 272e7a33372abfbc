/** Of which files a list is made, and by what its rejects tell their rows: one file may be in several lists, and be one by itself. */
import { isAddress } from '../../../address.js';
import type { Members } from '../../../source/opening/source.js';
import { originOf, partsOfOrigin } from '../../../source/several/origin.js';
import { realOf } from '../../../storage/private-file.js';

export interface Member {
  /** Where it really is. */
  readonly file: string;
  /** What its rows call it; undefined where it is the whole list, and its rows are told by their lines alone. */
  readonly called: string | undefined;
}

/** As files come and go in a folder, so many are known. */
const MOST_MEMBERS = 2000;

/** Those that are files. @param members of several files that are read as one list */
export async function membersOf(
  { file, files }: { readonly file: string | undefined; readonly files?: readonly string[] | undefined },
  members: Pick<Members, 'called'> | undefined,
): Promise<Member[]> {
  const all: Member[] = [];
  for (const [at, path] of (files ?? [file]).entries()) {
    if (path === undefined || path === '-' || isAddress(path)) continue;
    all.push({ file: await realOf(path), called: files && members?.called[at] });
  }
  return all;
}

/** All of them, each once. */
export function united(...lists: readonly (readonly Member[])[]): Member[] {
  const all = new Map(lists.flat().map((member) => [JSON.stringify([member.file, member.called]), member]));
  return [...all.values()].slice(0, MOST_MEMBERS);
}

/** As they are noted. */
export function notedMembers(members: readonly Member[]): string[][] {
  return members.map(({ file, called }) => [file, ...(called === undefined ? [] : [called])]);
}

/** Those that are noted of a list; earlier versions noted the file alone. */
export function membersIn({ members, file }: Readonly<Record<string, unknown>>): Member[] {
  const entries: readonly unknown[] = Array.isArray(members) ? members : [[file]];
  return entries.flatMap((entry) => {
    const [path, called] = Array.isArray(entry) ? (entry as unknown[]) : [];
    return typeof path === 'string' ? [{ file: path, called: typeof called === 'string' ? called : undefined }] : [];
  });
}

/** By what a list tells a row that another one tells by this; undefined where it is of a file that the list does not have. */
export function keyIn(key: string, there: readonly Member[], here: readonly Member[]): string | undefined {
  const parts = partsOfOrigin(key);
  const files = there.filter(({ called }) => called === parts?.called).map(({ file }) => file);
  const own = here.find(({ file }) => files.includes(file));
  if (own === undefined) return undefined;
  const line = parts?.line ?? key;
  return own.called === undefined ? line : originOf(own.called, line);
}
