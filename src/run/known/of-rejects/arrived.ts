/** Whether anything is left to send of corrections that lie in a rejects file: they may have come to Clarky another way. */
import type { CheckpointState } from '../../../checkpoint/state.js';
import { ImporterError } from '../../../errors.js';
import { messageInWords, rejectColumnsOf } from '../../outputs/rejects.js';
import { OpenedFile } from '../../reading/reading.js';
import type { SourceOfRejects } from './places.js';
import { heldAgainstList, type List } from './uncorrected.js';

/** What is known of the list that a rejects file is of. */
export interface KnownOfList {
  readonly options: SourceOfRejects;
  readonly checkpoint: string;
  /** Of the list, and of the imports of its rejects. */
  readonly states: readonly CheckpointState[];
  /** The list itself, or how it is opened. */
  readonly list: List;
}

/**
 * True where each row is either in Clarky with just this, or nobody has corrected that one: it stands so in the list, or is rejected still for
 * what stands beside it.
 * @returns false as well where that can't be told
 */
export async function areAllSent(
  path: string,
  { options, checkpoint, states, list: source }: KnownOfList,
): Promise<boolean> {
  // How the source is written, and where its own state is, is not said of a file that we wrote.
  const form = { encoding: undefined, delimiter: undefined, sheet: undefined, noHeader: undefined };
  const own = { files: undefined, name: undefined, checkpoint: undefined, stdin: undefined, signal: undefined };
  const list = { file: options.file, checkpoint };
  try {
    const opened = await OpenedFile.open({ ...options, ...form, ...own, list, file: path });
    try {
      if (!opened.isRejectsFile) return false;
      const held = await heldAgainstList(path, source);
      const { messageOf } = rejectColumnsOf(opened.dialect.header);
      const reading = await opened.read(states.find(({ stages }) => stages !== undefined)?.stages, undefined);
      for await (const batch of reading.planned(reading.decide(), undefined)) {
        for (const planned of batch) {
          const records = planned.kind === 'rejection' ? [planned.record] : planned.records;
          if (records.every((record) => held?.isAsInList(record))) continue;
          if (planned.kind === 'contact' && !states.some((state) => state.isUnchanged(planned))) return false;
          if (planned.kind !== 'rejection') continue;
          if (messageOf(planned.record) !== messageInWords(planned.problems)) return false;
        }
      }
      return true;
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof ImporterError) return false;
    throw error;
  }
}
