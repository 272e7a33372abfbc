/** How far undo reaches: whom the journals of a file can take back, and whom of it they can't. */
import type { Scope } from '../../checkpoint/format.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { bytesOf } from '../../checkpoint/points.js';
import { forEachLine } from '../../storage/lines.js';
import { openForReading } from '../../storage/private-file.js';
import { undoBeginsAnewInWords } from '../../wording/left-as-is.js';
import type { ImportListener } from '../events.js';
import { UNDO_BEGINS } from '../outputs/telling/told.js';
import { journalPathFor, knownJournals, type ImportOf, type KnownJournal } from '../../workspace/undo/journals.js';

/** A contact that was accepted, or taken back, as the journal's lines begin: of one that Clarky rejected there is nothing to take back. */
const OF_A_CONTACT = /^\{"k":"([\w-]+)","(accepted|undone)":/;

/** How many contacts undo can take back of the import that has just ended; undefined where it is not known. @throws ImporterError `bad_checkpoint`, `not_writable` */
export async function countToUndo({
  checkpoint,
  api,
  bot,
  sheet,
}: Scope & Pick<ImportOf, 'sheet'> & { readonly checkpoint: string }): Promise<number | undefined> {
  return (await leftIn(await journalPathFor(checkpoint, { scope: { api, bot }, sheet }))).size || undefined;
}

/** Says, before an import begins a journal of its own, whom of the one before no undo takes back from then on. */
export async function tellWhatUndoLoses(
  of: Parameters<typeof countToUndo>[0],
  emit: ImportListener | undefined,
): Promise<void> {
  const before = await countToUndo(of);
  if (before !== undefined) emit?.({ type: 'warning', code: UNDO_BEGINS, message: undoBeginsAnewInWords(before) });
}

/**
 * How many contacts of a file are in Clarky and in no journal: they came by imports before the newest, without `--live`, or were
 * there as the file has them. No undo takes them back.
 * @throws ImporterError `bad_checkpoint`, `not_writable`
 */
export async function countBeyondUndo(checkpointPath: string, state: CheckpointState): Promise<number> {
  return beyond(state, await reachOf(checkpointPath, state.scope));
}

/** As `countBeyondUndo`, by what is left in the journals. */
export function beyond(state: CheckpointState, reach: readonly Reach[]): number {
  const identities = new Set(reach.flatMap(({ left }) => [...left]));
  const numbers = [...identities].map((identity) => state.numberOf({ identity: bytesOf(identity) }));
  return state.acceptedCount - new Set(numbers.filter(state.isAccepted)).size;
}

/** A journal, and the identities of whom it can take back still. */
export type Reach = KnownJournal & { readonly left: ReadonlySet<string> };

/** The journals of what went to one place. @throws ImporterError `bad_checkpoint`, `not_writable` */
export async function reachOf(checkpointPath: string, { api, bot }: Scope): Promise<Reach[]> {
  const here = (await knownJournals(checkpointPath)).filter(({ scope }) => scope.api === api && scope.bot === bot);
  return Promise.all(here.map(async (journal) => ({ ...journal, left: await leftIn(journal.path) })));
}

/** Whom a journal can take back still, without changing it: another import may be writing to it. */
async function leftIn(path: string): Promise<ReadonlySet<string>> {
  const identities = new Set<string>();
  const file = await openForReading(path);
  if (file === undefined) return identities;
  try {
    await forEachLine(file, path, ({ text }) => {
      const [, identity, what] = OF_A_CONTACT.exec(text) ?? [];
      if (identity === undefined) return;
      if (what === 'accepted') identities.add(identity);
      else identities.delete(identity);
    });
    return identities;
  } finally {
    await file.close();
  }
}
