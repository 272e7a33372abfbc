/** What is said of corrections that no import has sent, to whoever has rejected rows before them. */
import { resolve } from 'node:path';
import { given } from '../../../../given.js';
import type { OpenedFile } from '../../../reading/reading.js';
import type { Summary } from '../../../tally.js';
import type { PlaceOfList, SourceOfRejects } from '../places.js';
import { unsentAnywhere } from '../rejects-left.js';

/** A file that may be of rejects, as it was opened. */
type OpenedRejects = Pick<OpenedFile, 'isRejectsFile' | 'foundList'>;

/** The other rejects files of the list that this one is of: a row that is rejected here may be corrected there. */
export async function unsentOfList(
  { isRejectsFile, foundList }: OpenedRejects,
  { file, workDir, stateDir }: SourceOfRejects,
  to: PlaceOfList,
): Promise<string[]> {
  const list = isRejectsFile ? foundList?.list : undefined;
  if (list?.file === undefined) return [];
  const unsent = await unsentAnywhere({ file: list.file, ...given({ workDir, stateDir }) }, list.checkpoint, to);
  return unsent.filter((path) => resolve(path) !== resolve(file));
}

/** What a plan and a check say of the rejects beside their counts. @param to where an import would send to */
export async function rejectsTold(
  opened: OpenedRejects,
  { rejected }: { readonly rejected: number },
  options: SourceOfRejects,
  { checkpoint, ...to }: PlaceOfList & { readonly checkpoint: string },
): Promise<Pick<Summary, 'isRejectsFile' | 'unsentRejects'>> {
  const { isRejectsFile } = opened;
  const unsent =
    rejected > 0
      ? [...(await unsentAnywhere(options, checkpoint, to)), ...(await unsentOfList(opened, options, to))]
      : [];
  return { ...(isRejectsFile && { isRejectsFile }), ...(unsent.length > 0 && { unsentRejects: unsent }) };
}
