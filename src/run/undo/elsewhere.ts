/** Whom imports of other files have found in Clarky since: taken back, they would be missing there. */
import { OtherPeople } from '../../checkpoint/others/other-people.js';
import { folderOf, nameOfCheckpoint } from '../../checkpoint/others/places.js';
import type { Scope } from '../../checkpoint/format.js';
import type { UndoEntry } from '../../workspace/undo/undo-journal.js';
import { checkpointOfRejects } from '../known/of-rejects/rejects-left.js';
import { correctedRejects } from '../outputs/edited-rejects.js';
import { defaultPaths, type StateOptions } from '../settings.js';

/**
 * The entries. Those that another file's import counts as being in Clarky are marked, also if it has sent nothing for them.
 * @param checkpoint of the import that is taken back; its own rejects are no other file
 */
export async function markedElsewhere(
  entries: readonly UndoEntry[],
  { api, bot }: Scope,
  checkpoint: string,
  options: StateOptions & { readonly file: string; readonly stateDir?: string | false | undefined },
): Promise<UndoEntry[]> {
  const { rejects } = defaultPaths(options.file, options);
  const ofRejects = [rejects, ...(await correctedRejects(rejects))].map((path) => checkpointOfRejects(path, options));
  const own = await Promise.all([checkpoint, ...ofRejects].map(nameOfCheckpoint));
  const folder = folderOf(api, bot, options.stateDir);
  const people = new OtherPeople(folder === undefined ? [] : [{ folder, except: own }]);
  await people.refresh();
  return entries.map((entry) => {
    const isElsewhere = entry.id !== undefined && people.state.ownerOfId(entry.id) >= 0;
    return isElsewhere ? { ...entry, isElsewhere } : entry;
  });
}
