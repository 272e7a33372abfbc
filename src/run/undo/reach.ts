/** How far undo reaches: whom the journals of a file can take back, and whom of it they can't. */
import { isSameScope, type Scope } from '../../checkpoint/format.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import { bytesOf } from '../../checkpoint/points.js';
import { forEachLine } from '../../storage/lines.js';
import { openForReading } from '../../storage/private-file.js';
import { undoBeginsAnewInWords } from '../../wording/left-as-is.js';
import type { ImportListener } from '../events.js';
import type { Warned } from '../tally.js';
import { UNDO_BEGINS } from '../outputs/telling/told.js';
import { formatUndoFact } from '../../workspace/undo/undo-lines.js';
import { journalPathFor, knownJournals, type ImportOf, type KnownJournal } from '../../workspace/undo/journals.js';

/** A contact that was sent, accepted, or taken back, as the journal's lines begin: of one that Clarky rejected there is nothing to take back. */
const OF_A_CONTACT = /^\{"k":"([\w-]+)","(line|accepted|undone)":/;
const ENDED = formatUndoFact({ kind: 'ended' });

/** The newest import to one place, of a workbook that of a sheet. */
type Newest = Scope & Pick<ImportOf, 'sheet'> & { readonly checkpoint: string };

/** How many contacts undo can take back of the import that has just ended; undefined where it is not known. @throws ImporterError `bad_checkpoint`, `not_writable` */
export async function countToUndo({ checkpoint, api, bot, sheet }: Newest): Promise<number | undefined> {
  return (await readReach(await journalPathFor(checkpoint, { scope: { api, bot }, sheet }))).left.size || undefined;
}

/** Says, before an import begins a journal of its own, whom of the one before no undo takes back from then on. */
export async function tellWhatUndoLoses(of: Newest, emit: ImportListener | undefined): Promise<void> {
  const before = await countToUndo(of);
  if (before !== undefined) emit?.({ type: 'warning', ...undoBegins(before) });
}

/** The same, before it is known whether an import is begun at all; none where it would go on with the journal that there is. */
export async function whatUndoWouldLose(of: Newest): Promise<Warned[]> {
  const reach = (await reachOf(of.checkpoint, of)).find(({ sheet }) => sheet === of.sheet);
  const count = endsWithNext(reach);
  return count === 0 ? [] : [undoBegins(count)];
}

/** How many contacts an import that begins a journal of its own takes from undo; 0 where it goes on with this one. */
export function endsWithNext(reach: Reach | undefined): number {
  return reach?.hasEnded === true ? reach.left.size : 0;
}

function undoBegins(count: number): Warned {
  return { code: UNDO_BEGINS, message: undoBeginsAnewInWords(count) };
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

/** A journal, the identities that it can still take back, and whether its import came to its end. */
export type Reach = KnownJournal & { readonly left: ReadonlySet<string>; readonly hasEnded: boolean };

/** The journals of what went to one place. @throws ImporterError `bad_checkpoint`, `not_writable` */
export async function reachOf(checkpointPath: string, here: Scope): Promise<Reach[]> {
  const journals = (await knownJournals(checkpointPath)).filter(({ scope }) => isSameScope(scope, here));
  return Promise.all(journals.map(async (journal) => ({ ...journal, ...(await readReach(journal.path)) })));
}

/** Whom a journal can take back still, without changing it: another import may be writing to it. */
async function readReach(path: string): Promise<Pick<Reach, 'left' | 'hasEnded'>> {
  const left = new Set<string>();
  let hasEnded = false;
  const file = await openForReading(path);
  if (file === undefined) return { left, hasEnded };
  try {
    await forEachLine(file, path, ({ text }) => {
      if (text === ENDED) hasEnded = true;
      const [, identity, what] = OF_A_CONTACT.exec(text) ?? [];
      if (identity === undefined) return;
      if (what === 'line') hasEnded = false;
      else if (what === 'accepted') left.add(identity);
      else left.delete(identity);
    });
    return { left, hasEnded };
  } finally {
    await file.close();
  }
}
