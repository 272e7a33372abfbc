/**
 * What the imports of other sheets of a workbook have made, and the one that is taken back has changed: it is given back as they
 * made it, so that they can be taken back as well. Without a note of it, they would take the undo for somebody's change.
 */
import type { WireContact } from '../../api/wire.js';
import { isSameScope } from '../../checkpoint/format.js';
import { isAsAnswered, type UndoStep } from '../../workspace/set-back.js';
import type { Lock } from '../../storage/lock.js';
import { readStored, type StoredContact } from '../../workspace/stored.js';
import { knownJournals, type KnownJournal } from '../../workspace/undo/journals.js';
import { UndoJournal, type UndoEntry } from '../../workspace/undo/undo-journal.js';

interface Made {
  readonly journal: UndoJournal;
  readonly entry: UndoEntry;
}

export class EarlierSheets {
  readonly #journals: readonly UndoJournal[];
  /** What they made, by the id of the contact. */
  readonly #made = new Map<string, Made[]>();

  private constructor(journals: readonly UndoJournal[]) {
    this.#journals = journals;
    for (const journal of journals) {
      for (const entry of journal.entries) {
        if (entry.id === undefined || entry.wasThere || !entry.isAccepted) continue;
        this.#made.set(entry.id, [...(this.#made.get(entry.id) ?? []), { journal, entry }]);
      }
    }
  }

  /** Under the lock of the checkpoint. @throws ImporterError `bad_checkpoint`, `not_writable` */
  static async open(
    lock: Pick<Lock, 'assertHeld'>,
    checkpointPath: string,
    taken: KnownJournal,
  ): Promise<EarlierSheets> {
    const journals: UndoJournal[] = [];
    for (const { path, scope } of await knownJournals(checkpointPath)) {
      if (path !== taken.path && isSameScope(scope, taken.scope))
        journals.push(await UndoJournal.open(path, 'all', lock));
    }
    return new EarlierSheets(journals);
  }

  /**
   * Notes that a contact was set back to what they made of it, where nobody else is known to have written to it.
   * @param was the contact before that
   * @param read the contact as it is now
   */
  async gaveBack(
    entry: UndoEntry,
    step: UndoStep,
    was: StoredContact,
    read: () => Promise<WireContact | undefined>,
  ): Promise<void> {
    if (step.kind !== 'set_back' || step.left.length > 0) return;
    const made = (this.#made.get(was.id) ?? []).filter((one) => isAsAnswered(one.entry, entry.seen));
    if (made.length === 0 || !isAsAnswered(entry, was)) return;
    const now = readStored(await read());
    if (now?.updated_at === undefined) return;
    const { updated_at, company_id } = now;
    for (const { journal, entry: other } of made) {
      const { identity, id = was.id, created, after, others } = other;
      // The fields are compared with those that were made as ever.
      const seen = after && { ...after, updated_at, ...(company_id === undefined ? {} : { company_id }) };
      await journal.append({ kind: 'accepted', identity, id, created, after: seen, others });
    }
  }

  async close(): Promise<void> {
    for (const journal of this.#journals) await journal.close();
  }
}
