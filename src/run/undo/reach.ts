/** How far undo reaches: whom the journals of a file can take back, and whom of it they can't. */
import type { Scope } from '../../checkpoint/format.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { bytesOf } from '../../checkpoint/points.js';
import { forEachLine } from '../../storage/lines.js';
import { openForReading } from '../../storage/private-file.js';
import { journalPathFor, knownJournals, type ImportOf } from '../../workspace/undo/journals.js';

/** A contact that was sent, or taken back, as the journal's lines begin. */
const OF_A_CONTACT = /^\{"k":"([\w-]+)","(line|undone)":/;

/** How many contacts undo can take back of the import that has just ended; undefined where it is not known. @throws ImporterError `bad_checkpoint`, `not_writable` */
export async function countToUndo({
  checkpoint,
  api,
  bot,
  sheet,
}: Scope & Pick<ImportOf, 'sheet'> & { readonly checkpoint: string }): Promise<number | undefined> {
  const identities = new Set<string>();
  await collect(await journalPathFor(checkpoint, { scope: { api, bot }, sheet }), identities);
  return identities.size || undefined;
}

/**
 * How many contacts of a file are in Clarky and in no journal: they came by imports before the newest, without `--live`, or were
 * there as the file has them. No undo takes them back.
 * @throws ImporterError `bad_checkpoint`, `not_writable`
 */
export async function countBeyondUndo(checkpointPath: string, state: CheckpointState): Promise<number> {
  const identities = new Set<string>();
  for (const { path, scope: place } of await knownJournals(checkpointPath)) {
    if (place.api === state.scope.api && place.bot === state.scope.bot) await collect(path, identities);
  }
  const numbers = [...identities].map((identity) => state.numberOf({ identity: bytesOf(identity) }));
  return state.acceptedCount - new Set(numbers.filter(state.isAccepted)).size;
}

/** Without changing the journal: another import may be writing to it. */
async function collect(path: string, identities: Set<string>): Promise<void> {
  const file = await openForReading(path);
  if (file === undefined) return;
  try {
    await forEachLine(file, path, ({ text }) => {
      const [, identity, what] = OF_A_CONTACT.exec(text) ?? [];
      if (identity === undefined) return;
      if (what === 'line') identities.add(identity);
      else identities.delete(identity);
    });
  } finally {
    await file.close();
  }
}
