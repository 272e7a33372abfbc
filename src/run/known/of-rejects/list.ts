/** Which list a rejects file is of: by its name, or, where it was moved away or saved under another one, by what stands beside its rows. */
import { stat } from 'node:fs/promises';
import type { Dialect } from '../../../source/dialect.js';
import { entryAt } from '../../../storage/private-file.js';
import { hasRejectColumns } from '../../outputs/rejects.js';
import { originsOf } from '../../reading/origins.js';
import { defaultPaths, type ListOfRejects, type ReadingOptions } from '../../settings.js';
import { listsOfRejects } from './noted.js';
import { columnPrints, printsIn } from './prints.js';

/** How a file is read, and where it is noted which rejects are whose. */
export type ListOptions = ReadingOptions & { readonly stateDir?: string | false | undefined };

/** A list, and whether the name of the rejects leads to it. */
export interface FoundList {
  readonly list: ListOfRejects;
  readonly isByName: boolean;
}

/** @returns undefined for what is no rejects file, or whose list is not known */
export async function listOf(
  options: ListOptions,
  dialect: Pick<Dialect, 'header' | 'sampleRecords'>,
): Promise<FoundList | undefined> {
  if (!hasRejectColumns(dialect.header)) return undefined;
  const named = await listByName(options);
  if (named !== undefined) return { list: named, isByName: true };
  const list = options.list ?? (await listByContent(options, dialect));
  return list && { list, isByName: false };
}

/** Of rejects of rejects the first one. */
async function listByName(options: ListOptions): Promise<ListOfRejects | undefined> {
  const { workDir } = options;
  for (const file of originsOf(options.file).toReversed()) {
    for (const where of [options, { workDir }, {}]) {
      const { checkpoint } = defaultPaths(file, where);
      if ((await entryAt(checkpoint)) !== undefined) return { file, checkpoint };
    }
  }
  return undefined;
}

/** The one that has rejected most of the rows as they are told there, the newest of several. */
async function listByContent(
  options: ListOptions,
  { header, sampleRecords }: Pick<Dialect, 'header' | 'sampleRecords'>,
): Promise<ListOfRejects | undefined> {
  const prints = printsIn(header, sampleRecords);
  if (prints.length === 0) return undefined;
  const columns = columnPrints(header);
  let best: { readonly list: ListOfRejects; readonly count: number } | undefined;
  for (const { rows, columns: there, ...list } of await listsOfRejects(options.stateDir)) {
    const [known, names] = [new Set(rows), new Set(there)];
    const count = prints.filter((print) => known.has(print)).length;
    const isOfColumns = columns.filter((column) => names.has(column)).length * 2 >= columns.length;
    if (!isOfColumns || count * 2 < prints.length || count < (best?.count ?? 0)) continue;
    // What it rejected itself, before its list was known, is known for its own.
    if (list.file !== undefined && (await isSameFile(list.file, options.file))) continue;
    best = { list, count };
  }
  return best?.list;
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev;
}
