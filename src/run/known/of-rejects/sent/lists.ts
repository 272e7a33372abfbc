/** In which lists rows of a rejects file may stand: in its own, and in those that have a file in common with it. */
import { entryAt } from '../../../../storage/private-file.js';
import { defaultPaths, type ListOfRejects, type StateOptions } from '../../../settings.js';
import { keyIn, type Member } from '../members.js';
import { listsOfRejects, membersNoted, nameOf } from '../noted.js';

/** A list that can be opened. */
export interface ListToRead extends ListOfRejects {
  readonly file: string;
  readonly files?: readonly string[];
  /** By what the rejects tell a row that this list tells so; undefined where it is of a file that theirs does not have. */
  readonly keyInRejects: (key: string) => string | undefined;
  /** Whether a row that the rejects tell so is of a file that this list has. */
  readonly isOfIts: (key: string) => boolean;
}

type Known = ListOfRejects & { readonly members: readonly Member[] };

/** @param list that of the rejects */
export async function listsToRead(
  list: ListOfRejects & { readonly file: string },
  { workDir, stateDir }: Pick<StateOptions, 'workDir'> & { readonly stateDir?: string | false | undefined },
): Promise<ListToRead[]> {
  const members = await membersNoted(list.checkpoint, stateDir);
  const files = new Set(members.map(({ file }) => file));
  const alone = [...files].map((file): Known => {
    const { checkpoint } = defaultPaths(file, { workDir });
    return { file, checkpoint, members: [{ file, called: undefined }] };
  });
  const noted = (await listsOfRejects(stateDir)).filter((one) => one.members.some(({ file }) => files.has(file)));
  const found = new Map<string, ListToRead>();
  for (const one of [{ ...list, members }, ...noted, ...alone]) {
    const name = await nameOf(one.checkpoint);
    if (found.has(name) || (await entryAt(one.checkpoint)) === undefined) continue;
    const isOwn = found.size === 0;
    const [file = one.members[0]?.file, several] = [one.file, await filesOf(one.members)];
    if (file === undefined) continue;
    found.set(name, {
      ...{ file, checkpoint: one.checkpoint, ...several },
      keyInRejects: (key) => (isOwn ? key : keyIn(key, one.members, members)),
      isOfIts: (key) => isOwn || keyIn(key, members, one.members) !== undefined,
    });
  }
  return [...found.values()];
}

/** Of several files those that are there still. */
async function filesOf(members: readonly Member[]): Promise<{ readonly files?: readonly string[] }> {
  const files: string[] = [];
  for (const { file, called } of members)
    if (called !== undefined && !files.includes(file) && (await entryAt(file)) !== undefined) files.push(file);
  return files.length === 0 ? {} : { files };
}
