/**
 * What is sent for a contact, in view of what Clarky has: read before with `--live`, else looked up where that matters. The
 * first update shows whether this server clears what an upsert leaves out; if so, all that it has is sent along.
 */
import type { Contact } from '../../contact/contact.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { Problem } from '../../problem.js';
import type { WireContact } from '../../api/wire.js';
import type { FieldName } from '../../workspace/compare.js';
import type { Comparison } from '../../workspace/live.js';
import type { StoredContact } from '../../workspace/stored.js';
import type { UnderWay } from '../../checkpoint/unanswered.js';
import type { SendOptions } from './flight/send-options.js';
import type { Place, Whereabouts } from './flight/whereabouts.js';
import { OtherFieldsWatch, type OtherFieldsParts } from './flight/other-fields-watch.js';
import { unseenInClarky } from './not-sent.js';
import { contactToSend, hidesWhatWasLeftOut, leftOut, withBlanks, type JoinRules } from '../../workspace/to-send.js';

/** A contact that is about to be sent. */
export interface Prepared {
  readonly planned: PlannedContact;
  /** What is sent. */
  readonly contact: Contact;
  /** What Clarky has, where it is known. */
  readonly stored: StoredContact | undefined;
  /** Phones that Clarky has with it, and that the file gives to somebody else. */
  readonly passedOn?: readonly string[] | undefined;
  /** Those of them that no list keeps. */
  readonly givenAway?: readonly string[] | undefined;
  /** With `--live`: whether others there have an e-mail or phone that Clarky has of it; undefined where that is not known. */
  readonly isShared?: boolean | undefined;
  /** With `--keep-existing`: whether what Clarky has was kept against what the row says. */
  readonly keepsBack?: boolean | undefined;
  /** The id under which alone it may be changed: what else would find it is not known, and can't be looked up. */
  readonly unseenId?: string | undefined;
  /** The id of one that is not shown, and may be there all the same: it is changed before anybody is made. */
  readonly doubtedId?: string | undefined;
  /** Why it must not be sent, as Clarky is now. */
  readonly problem?: Problem | undefined;
  /** True where others wait for what its answer shows. */
  readonly isProof: boolean;
  /** True where its answer is to show whether bots share their contacts. */
  readonly showsBots?: boolean;
  /** True where it is sent for what an earlier write has emptied, whatever else it changes. */
  readonly givesBack?: boolean;
}

/** What an update lost. */
export interface Loss {
  readonly lost: ReadonlyMap<FieldName, unknown>;
  /** What gives it back. */
  readonly again: Prepared;
  /** Those of the fields that no upsert can give back: the importer does not know them. */
  readonly others: readonly string[];
}

/** What notes, on disk, what it takes to undo each write. */
export interface WriteNotes {
  /**
   * Takes a contact that was read again, and is as the file says: it needs no write. Gives whether it is.
   * @param isForGood false where something else may still arrive: the next import looks again
   */
  takeIfUnchanged(prepared: Prepared, isForGood: boolean): Promise<boolean>;
  beforeSend(prepared: Prepared): Promise<void>;
  afterAccept(prepared: Prepared, contact: WireContact, created: boolean | undefined): Promise<void>;
  lost(planned: PlannedContact, loss: Loss): Promise<void>;
}

/** As it was before `emptied` was. */
type Stored = Partial<Pick<Comparison, 'stored' | 'passedOn' | 'givenAway' | 'isShared' | 'keepsBack'>> &
  Pick<Prepared, 'problem'> & { readonly emptied?: readonly string[] | undefined };

export interface PreparerParts extends Omit<JoinRules, 'fillsAll' | 'givenAway'> {
  /** What Clarky has for a contact, as the workspace was read, or as it is now; undefined without `--live`. */
  readonly known:
    | ((planned: PlannedContact, underWay: UnderWay | undefined) => Promise<Stored | undefined>)
    | undefined;
  /** The id under which Clarky has a contact, so far as was answered; for those that were sent before. */
  readonly idOf: (planned: PlannedContact) => string | undefined;
  /** Where Clarky has it by now, without `--live`. */
  readonly whereabouts: Pick<Whereabouts, 'of'>;
  /** Reads a contact that has just been written; undefined where the key may not, or it is not there. */
  readonly readBack: (id: string) => Promise<WireContact | undefined>;
  /** The same contact as a list shows it; undefined where none does. */
  readonly listed: OtherFieldsParts['listed'];
  readonly emptiedBefore: OtherFieldsParts['emptiedBefore'];
  readonly onEmptied: OtherFieldsParts['onEmptied'];
  /** True where it is known that the server clears what is left out. */
  readonly clears: boolean;
  /** Told once, where an answer shows that it does; resolves when that is noted. */
  readonly onClearing: (fields: readonly string[]) => Promise<void>;
}

/** After so many updates that show nothing of it, nothing will: Clarky has no more than the file, or does not answer it. */
const MOST_PROOFS = 5;

export class Preparer {
  readonly #parts: PreparerParts;
  /** What updates have shown: whether fields that are left out stay, and custom fields. */
  readonly #kept = { fields: false, custom: false };
  readonly #others: OtherFieldsWatch;
  #clears: boolean;
  #proofs = 0;
  /** The update that is to show it; the others wait for its answer. */
  #proving: Promise<void> | undefined;
  #proved: (() => void) | undefined;

  constructor(parts: PreparerParts) {
    this.#parts = parts;
    this.#clears = parts.clears;
    this.#others = new OtherFieldsWatch(parts);
  }

  /**
   * @param wasSent true where an import of this file has sent the contact
   * @param mustLookUp true where it is to be asked for in any case
   * @param underWay what may have changed it since the workspace was read
   */
  async prepare(
    planned: PlannedContact,
    wasSent: boolean,
    how: Pick<SendOptions, 'mustLookUp' | 'contactId' | 'isOfAnotherFile' | 'underWay'>,
  ): Promise<Prepared> {
    const { mustLookUp = false, contactId, isOfAnotherFile, underWay } = how;
    const isKnown = wasSent || contactId !== undefined;
    while (isKnown && this.#isOpen(planned) && this.#proving !== undefined) await this.#proving;
    const isProof = isKnown && this.#isOpen(planned);
    if (isProof) this.#beginProof();
    const prepared: Prepared = { planned, contact: planned.contact, stored: undefined, isProof };
    try {
      const { known, idOf } = this.#parts;
      const mayEmpty = (isKnown && this.#clears) || this.#parts.emptiedBefore.length > 0;
      const isAskedFor = mustLookUp || isProof || mayEmpty;
      const ownId = wasSent && !known ? idOf(planned) : undefined;
      const by = { contactId: contactId ?? ownId, isOfAnotherFile, underWay };
      const found = await known?.(planned, underWay);
      const place: Place = known
        ? { stored: found?.stored, problem: found?.problem }
        : await this.#parts.whereabouts.of(planned, by, isAskedFor);
      const { stored, problem, seen = stored } = place;
      const { emptied, passedOn, givenAway, isShared, keepsBack } = found ?? {};
      if (stored !== undefined && emptied !== undefined) await this.#noteClearing(emptied);
      if (seen !== undefined) this.#others.check(seen);
      if (stored === undefined && place.isUnseen === true && mustLookUp && problem === undefined)
        return unseen(prepared, isOfAnotherFile === true ? undefined : by.contactId);
      if (stored === undefined) return { ...prepared, problem, doubtedId: place.doubtedId };
      const isToShow = isProof || (await this.#mustShowOthers(stored));
      const there = { stored, passedOn, givenAway, isShared, keepsBack, problem, givesBack: emptied !== undefined };
      return this.#toSend({ ...prepared, ...there, isProof: isToShow }, stored, this.#clears);
    } catch (error) {
      this.settled(prepared);
      throw error;
    }
  }

  #beginProof(): void {
    this.#proofs++;
    this.#proving = new Promise((resolve) => (this.#proved = resolve));
  }

  /** Waits for what another update shows; gives whether this one is the next to show what becomes of fields that are not known here. */
  async #mustShowOthers(stored: StoredContact): Promise<boolean> {
    while (this.#others.isOpen(stored) && this.#proving !== undefined) await this.#proving;
    if (!this.#others.isOpen(stored) || this.#proofs >= MOST_PROOFS) return false;
    this.#beginProof();
    return true;
  }

  /** Whatever became of it, others need not wait for it any more. */
  settled({ isProof }: Prepared): void {
    if (!isProof) return;
    this.#proved?.();
    this.#proving = undefined;
    this.#proved = undefined;
  }

  /**
   * Looks at what an update was answered.
   * @param wasUpsert false for a change of the very contact, which shows nothing of what an upsert leaves out
   * @returns what it lost, and what is to be sent again so that it has it back; undefined where nothing was lost
   */
  async check(prepared: Prepared, answer: WireContact, wasUpsert = true): Promise<Loss | undefined> {
    const { stored, contact, planned } = prepared;
    if (stored?.id !== answer.id) return undefined;
    const isHidden = wasUpsert && this.#isUnproven(planned) && hidesWhatWasLeftOut(stored, contact, answer);
    const { lost, kept } = leftOut(stored, contact, isHidden ? await this.#readBack(stored, answer) : answer);
    const others = wasUpsert ? await this.#others.emptied(stored, answer) : [];
    if (lost.size === 0) {
      for (const field of wasUpsert ? kept : [])
        this.#kept[field.startsWith('custom_fields.') ? 'custom' : 'fields'] = true;
      if (others.length === 0) return undefined;
    } else await this.#noteClearing([...lost.keys()]);
    for (const field of others) lost.set(field as FieldName, stored.others?.[field]);
    return { lost, others, again: this.#toSend(prepared, stored, true) };
  }

  /** Whether what an update has emptied is so still, though it was sent along. @param again the answer to that */
  async isEmptyStill({ stored, contact }: Prepared, again: WireContact): Promise<boolean> {
    if (stored === undefined) return false;
    const isEmptyIn = (shown: Readonly<Record<string, unknown>>): boolean =>
      leftOut(stored, contact, shown).lost.size > 0;
    return isEmptyIn(again) && isEmptyIn(await this.#readBack(stored, again));
  }

  /** True where lists keep what Clarky has. */
  get joinsLists(): boolean {
    return this.#parts.lists === 'join';
  }

  /** True where the server is known to clear what an upsert leaves out. */
  get clears(): boolean {
    return this.#clears;
  }

  async #noteClearing(fields: readonly string[]): Promise<void> {
    if (this.#clears) return;
    this.#clears = true;
    await this.#parts.onClearing(fields);
  }

  async #readBack(stored: StoredContact, answer: WireContact): Promise<Readonly<Record<string, unknown>>> {
    const read = await this.#parts.readBack(stored.id);
    return read === undefined ? answer : withBlanks(stored, read);
  }

  /** Whether it is yet to be shown what becomes of what this contact leaves out. */
  #isOpen({ contact }: PlannedContact): boolean {
    return this.#proofs < MOST_PROOFS && this.#isUnproven({ contact });
  }

  #isUnproven({ contact }: Pick<PlannedContact, 'contact'>): boolean {
    if (this.#clears) return false;
    return !this.#kept.fields || (contact.custom_fields !== undefined && !this.#kept.custom);
  }

  #toSend(prepared: Prepared, stored: StoredContact, fillsAll: boolean): Prepared {
    const { lists, keepExisting } = this.#parts;
    const { planned, givenAway } = prepared;
    const contact = contactToSend(planned.contact, stored, { lists, keepExisting, fillsAll, givenAway });
    return { ...prepared, contact };
  }
}

/** Clarky may not find it by the row. */
function unseen(prepared: Prepared, id: string | undefined): Prepared {
  return id === undefined ? { ...prepared, problem: unseenInClarky(undefined) } : { ...prepared, unseenId: id };
}
