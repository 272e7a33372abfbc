/** What `--live` adds to an import: contacts that are in Clarky as the file says cost no write; the rest can be undone. */
import type { WireContact } from '../../api/wire.js';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { AcceptedContact } from '../../checkpoint/facts/contact-facts.js';
import { digestText } from '../../contact/identity.js';
import type { DecidedRows } from '../../plan/decided-rows.js';
import type { PlannedContact } from '../../plan/planned.js';
import { haveSameLead, storedPoints, type FieldName } from '../../workspace/compare.js';
import { otherFieldsOf } from '../../workspace/other-fields.js';
import { isAsWritten } from '../../workspace/set-back.js';
import { readStored } from '../../workspace/stored.js';
import { countToUndo, tellWhatUndoLoses } from '../undo/reach.js';
import { emptiedFields, withFields } from '../../workspace/undo/emptied.js';
import { changesAnswered, changesOfWrite, sendingOf } from '../../workspace/undo/sending-fact.js';
import { UndoJournal, type UndoEntry } from '../../workspace/undo/undo-journal.js';
import { LiveWorkspace, type Comparison } from '../../workspace/live.js';
import { keptBeside } from '../known/nowhere.js';
import type { Opened } from '../opened.js';
import { liveOptions, mayBeSent, wentOutBy, type LiveParts } from '../known/live-options.js';
import { isMoreOfAnother, journalOf } from '../known/of-rejects/more-of-another.js';
import type { Reading } from '../reading/first-reading.js';
import { asRecorded } from './flight/recorded.js';
import type { Loss, Prepared, WriteNotes } from './preparer.js';

/** Each alone would cost a sync of the disk. */
const RECORDED_AT_ONCE = 500;

export interface LiveImportOptions extends Omit<LiveParts, 'checkpoint'> {
  readonly checkpoint: Checkpoint;
  /** What is closed when the run ends. */
  readonly opened: Opened;
  readonly reading: Reading;
  /** Called once it is on disk that a contact is in Clarky as the file says. */
  readonly onUnchanged: (planned: PlannedContact) => void;
  /** When the import began: it is known by that. */
  readonly startedAt: string;
  /** Contacts are sent whatever Clarky has. */
  readonly resend?: boolean | undefined;
  /** Where it is given, all is to be known before the first write. */
  readonly failOverPercent?: number | undefined;
}

interface LiveImportParts extends Omit<LiveImportOptions, 'opened' | 'resend'> {
  readonly workspace: LiveWorkspace;
  readonly journal: UndoJournal;
  /** Beside which path what is read and changed of the workspace is kept. */
  readonly beside: string;
}

export class LiveImport {
  readonly #parts: LiveImportParts;
  #unchanged: (AcceptedContact & { readonly contact: PlannedContact })[] = [];
  #begun: Promise<void> | undefined;

  private constructor(parts: LiveImportParts) {
    this.#parts = parts;
  }

  /**
   * Reads the workspace and adds who is in it to the reading, before anything is decided.
   * @throws ImporterError what stops a run
   */
  static async open(options: LiveImportOptions): Promise<LiveImport> {
    const { checkpoint, opened, reading, emit } = options;
    emit?.({ type: 'asking', what: 'contacts' });
    const { country, keepExisting = false, lists } = reading.file.settings;
    const beside = await keptBeside(checkpoint.path, opened);
    const live = liveOptions({ ...options, checkpoint: beside, mayBeSent: (row) => mayBeSent(row, options) });
    const wentOutWith = wentOutBy(checkpoint.state);
    const settings = { country, keepExisting, lists, bot: checkpoint.state.scope.bot, wentOutWith };
    const workspace = await LiveWorkspace[options.failOverPercent === undefined ? 'begin' : 'open'](
      ...([live, reading, settings] as const),
    );
    try {
      const path = await journalOf(reading, beside, checkpoint.state.scope);
      const journal = await UndoJournal.open(path, 'unanswered', checkpoint);
      return new LiveImport({ ...options, beside, workspace, journal });
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /** Whether the import can be taken back: one that keeps nothing can't. */
  get isUndoable(): boolean {
    return this.#parts.beside === this.#parts.checkpoint.path;
  }

  /** When the import began. */
  get startedAt(): string {
    return this.#parts.startedAt;
  }

  get workspace(): LiveWorkspace {
    return this.#parts.workspace;
  }

  /**
   * Decides what happens to each row, and notes who in the workspace keeps rows back, for imports that do not read it.
   * @throws ImporterError what stops a run
   */
  async *decided(): AsyncGenerator<DecidedRows, void, undefined> {
    const { checkpoint, workspace } = this.#parts;
    for await (const rows of workspace.decided()) {
      const ids = checkpoint.state.neighbours.ids();
      await checkpoint.sawNeighbours(await workspace.neighbours(rows.decisions, ids));
      yield rows;
    }
  }

  /** What a sender notes. */
  get notes(): WriteNotes {
    return {
      takeIfUnchanged: (prepared, isForGood) => this.#takeIfUnchanged(prepared, isForGood),
      beforeSend: (prepared) => this.#beforeSend(prepared),
      afterAccept: (prepared, contact, created) => this.#afterAccept(prepared, contact, created),
      lost: (planned, loss) => this.#lost(planned, loss),
    };
  }

  /** How many contacts an undo takes back now; undefined where it is not known. */
  async countToUndo(): Promise<number | undefined> {
    const { checkpoint, reading, beside } = this.#parts;
    const of = { ...checkpoint.state.scope, checkpoint: beside, sheet: reading.sheet?.name };
    return countToUndo(of).catch(() => undefined);
  }

  /** Whether an undo finds anything: what this import wrote, or else what is left of the one before. */
  async hasToUndo({ created, updated }: { readonly created: number; readonly updated: number }): Promise<boolean> {
    return this.isUndoable && (created + updated > 0 || (await this.countToUndo()) !== undefined);
  }

  async close(): Promise<void> {
    await this.#parts.journal.close();
    await this.#parts.workspace.close();
  }

  /** Takes a contact that the workspace holds as the file says: it is recorded, with some others, and counted then. */
  async takeUnchanged(planned: PlannedContact, comparison: Comparison | undefined): Promise<void> {
    if (comparison !== undefined) await this.#adoptUnanswered(planned, comparison);
    const { stored, keepsBack } = comparison ?? {};
    const ledElsewhere = stored !== undefined && !haveSameLead(planned.contact, stored);
    const found = { id: stored?.id, ledElsewhere, stored: stored && storedPoints(stored) };
    this.#unchanged.push({ contact: asRecorded({ planned, keepsBack }), ...found });
    if (this.#unchanged.length >= RECORDED_AT_ONCE) await this.recordUnchanged();
  }

  /** Records and counts what was taken and not yet recorded. @throws ImporterError `storage_failed` */
  async recordUnchanged(): Promise<void> {
    const all = this.#unchanged.splice(0);
    if (all.length === 0) return;
    await this.#parts.checkpoint.accepted(...all);
    for (const { contact } of all) this.#parts.onUnchanged(contact);
  }

  /** With what a write that an earlier run was cut off from has emptied, as its answer would have shown: it is given back. */
  asBefore<Of extends Pick<Comparison, 'stored'>>(planned: PlannedContact, found: Of): Of & { emptied?: FieldName[] } {
    const emptied = emptiedFields(this.#unanswered(planned), found.stored);
    if (emptied.size === 0) return found;
    return { ...found, stored: withFields(found.stored, emptied), emptied: [...emptied.keys()] };
  }

  async #takeIfUnchanged({ planned, stored, givesBack }: Prepared, isForGood: boolean): Promise<boolean> {
    const comparison = stored && (await this.workspace.compare(planned, stored));
    if (givesBack === true || comparison === undefined || comparison.differences.length > 0) return false;
    if (isForGood) await this.takeUnchanged(planned, comparison);
    else this.#parts.onUnchanged(planned);
    return true;
  }

  /** Puts on disk what undoing this contact takes. */
  async #beforeSend({ planned, contact, stored, isProof }: Prepared): Promise<void> {
    const { journal, checkpoint } = this.#parts;
    await (this.#begun ??= this.#begin());
    const { bot } = checkpoint.state.scope;
    const restores = stored === undefined && checkpoint.state.isKnown(planned);
    await journal.append({
      ...sendingOf(planned),
      id: stored?.id,
      ...changesOfWrite({ contact, stored, bot, isProof }),
      restores: restores || undefined,
    });
  }

  /** What the answer showed lost is taken back as well, should it not be given back now. */
  async #lost(planned: PlannedContact, { lost, again }: Loss): Promise<void> {
    await this.#parts.journal.append({
      ...sendingOf(planned),
      id: again.stored?.id,
      before: Object.fromEntries(lost),
      wrote: Object.fromEntries([...lost.keys()].map((field) => [field, null])),
    });
  }

  async #afterAccept(prepared: Prepared, contact: WireContact, created: boolean | undefined): Promise<void> {
    const { journal, checkpoint } = this.#parts;
    const { planned } = prepared;
    const answered = changesAnswered({ ...prepared, bot: checkpoint.state.scope.bot }, contact);
    if (answered !== undefined) await journal.append({ ...sendingOf(planned), id: contact.id, ...answered });
    await journal.append({
      kind: 'accepted',
      identity: digestText(planned.identity),
      id: contact.id,
      created,
      after: readStored(contact),
      others: otherFieldsOf(contact),
    });
  }

  /** The import came to its end, and is not to be gone on with. */
  async end(): Promise<void> {
    const { journal, checkpoint } = this.#parts;
    if (journal.isOf(checkpoint.state.scope)) await journal.end();
  }

  /** The journal of an import that was stopped is gone on with; any other is replaced at the first contact sent. */
  async #begin(): Promise<void> {
    const { journal, checkpoint, reading, startedAt, beside, emit } = this.#parts;
    const { scope } = checkpoint.state;
    const goesOn = journal.isOpenFor(scope) || (journal.isOf(scope) && isMoreOfAnother(reading.file, checkpoint.path));
    if (goesOn) return journal.goOn(startedAt);
    const sheet = reading.sheet?.name;
    await tellWhatUndoLoses({ ...scope, checkpoint: beside, sheet }, emit);
    await journal.begin(scope, startedAt, sheet);
  }

  /** A run that was killed may have sent a contact and not heard the answer: it did arrive, and can be undone. */
  async #adoptUnanswered(planned: PlannedContact, { stored: after }: Comparison): Promise<void> {
    const entry = this.#unanswered(planned);
    if (entry === undefined) return;
    // Who holds more than was sent may have been made by somebody else meanwhile.
    const wasThere = entry.wasThere && entry.id === after.id;
    const created = !wasThere && (isAsWritten(entry, after) || undefined);
    await this.#parts.journal.append({ kind: 'accepted', identity: entry.identity, id: after.id, created, after });
  }

  /** What a run that was cut off has sent for it, and has not heard of. */
  #unanswered(planned: PlannedContact): UndoEntry | undefined {
    const { journal, checkpoint } = this.#parts;
    if (!journal.isOpenFor(checkpoint.state.scope)) return undefined;
    const entry = journal.entryOf(digestText(planned.identity));
    return entry?.isAccepted === true ? undefined : entry;
  }
}
