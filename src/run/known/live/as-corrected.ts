/**
 * What Clarky has, with `--live`, of rows that were sent as somebody corrected them in a rejects file: what was noted of that
 * tells nothing of who was deleted or changed there since.
 */
import type { CheckpointState } from '../../../checkpoint/state.js';
import { digestText } from '../../../contact/identity.js';
import type { DecideOptions } from '../../../plan/decide.js';
import type { PlannedContact } from '../../../plan/planned.js';
import { DELETED_IN_CLARKY, type Problem } from '../../../problem.js';
import type { SourceRecord } from '../../../source/record.js';
import type { Comparison, LiveWorkspace } from '../../../workspace/live.js';
import { idOf } from '../acquaintance.js';
import { NOT_SHOWN_YET } from '../../import/not-sent.js';

/** Whom a row was sent as. */
export interface SentAs {
  readonly identity: Uint8Array;
  /** What the checkpoint of that import knows; undefined where it was thrown away. */
  readonly state: CheckpointState | undefined;
  /** As it was corrected; undefined where the rejects file was thrown away. */
  readonly planned?: PlannedContact | undefined;
}

/** What becomes of rows that were sent as they were corrected. */
export type Became =
  /** Nothing is left to do. */
  | { readonly kind: 'corrected'; readonly sent: readonly SentAs[] }
  | { readonly kind: 'rejected'; readonly problem: Problem }
  /** They are sent once more, as they were corrected. */
  | { readonly kind: 'sent again'; readonly planned: PlannedContact; readonly comparison: Comparison | undefined };

type Live = Pick<LiveWorkspace, 'numberOf' | 'isUnshown' | 'compare' | 'lookUp'>;

function deleted(hint: string): Extract<Became, { kind: 'rejected' }> {
  const message = 'This row was imported as it was corrected, and somebody has deleted the contact in Clarky since.';
  return { kind: 'rejected', problem: { code: DELETED_IN_CLARKY, message, hint } };
}

const DELETED = deleted('Leave the row out, or use --restore-deleted to send it again as it was corrected.');
/** What it was corrected to went with its rejects file. */
const DELETED_AND_UNKNOWN = deleted('Leave the row out, or import it from a file of its own.');

export class AsCorrected {
  readonly #live: Live;
  readonly #own: CheckpointState | undefined;
  readonly #options: Pick<DecideOptions, 'resend' | 'restoreDeleted'>;
  /** Of several rows that were corrected to one contact, the one with which it is sent. */
  readonly #sentWith = new Map<string, SourceRecord>();

  /** @param own what is known of the list itself: it may have sent some of them again */
  constructor(live: Live, own: CheckpointState | undefined, options: Pick<DecideOptions, 'resend' | 'restoreDeleted'>) {
    this.#live = live;
    this.#own = own;
    this.#options = options;
  }

  /** @param sent whom each of the records was sent as */
  async become(records: readonly SourceRecord[], sent: readonly SentAs[]): Promise<Became> {
    const corrected: Became = { kind: 'corrected', sent };
    let again: Extract<Became, { kind: 'sent again' }> | undefined;
    for (const one of sent) {
      const became = await this.#becomeOne(one);
      if (became.kind === 'rejected') return became;
      if (became.kind === 'corrected') continue;
      // One row is not to be two contacts.
      if (again !== undefined && !isSameContact(again.planned, became.planned)) return DELETED;
      again = became;
    }
    const [first] = records;
    if (again === undefined || first === undefined) return corrected;
    const key = digestText(again.planned.identity);
    const sentWith = this.#sentWith.get(key) ?? first;
    this.#sentWith.set(key, sentWith);
    return isOneRow(sentWith, first) ? { ...again, planned: { ...again.planned, records } } : corrected;
  }

  /**
   * Why somebody who would be sent as new is not, since an import of this list's rejects has sent them, and they were deleted since;
   * undefined where that is not so, or they are to be sent all the same.
   * @param states what the checkpoints of those imports know
   */
  async whyNotNew(
    { contact }: Pick<PlannedContact, 'contact'>,
    states: readonly CheckpointState[],
  ): Promise<Problem | undefined> {
    const ids = states.flatMap((state) =>
      state
        .ownersOf({ contact })
        .filter((number) => state.isThere(number) && !state.isSomebodyElse(number, contact))
        .flatMap((number) => idOf(number, contact, state) ?? []),
    );
    if (ids.length === 0 || (await this.#live.numberOf(ids, contact)) !== undefined) return undefined;
    if (await this.#live.isUnshown(ids)) return NOT_SHOWN_YET;
    return this.#options.restoreDeleted === true ? undefined : DELETED.problem;
  }

  async #becomeOne(sent: SentAs): Promise<Became> {
    const { identity, state } = sent;
    const planned = sent.planned && { ...sent.planned, remarks: [], external: undefined };
    const corrected: Became = { kind: 'corrected', sent: [sent] };
    const ids = [this.#own, state].flatMap((known) => known?.names.idOf(identity) ?? []);
    // Of what nobody has noted an id of, nothing else is known.
    if (ids.length === 0) return corrected;
    const { resend = false, restoreDeleted = false } = this.#options;
    const external = await this.#live.numberOf(ids, planned?.contact ?? {});
    if (external !== undefined) {
      // What is there stays as it is, whatever somebody made of it, unless it is to be sent again.
      if (planned === undefined || !resend) return corrected;
      const comparison = await this.#live.compare({ ...planned, external });
      const isAsSent = comparison === undefined || comparison.differences.length === 0;
      return isAsSent ? corrected : { kind: 'sent again', planned: { ...planned, external }, comparison };
    }
    if (await this.#live.isUnshown(ids)) return { kind: 'rejected', problem: NOT_SHOWN_YET };
    if (planned === undefined) return DELETED_AND_UNKNOWN;
    // Somebody has made it anew there, or one of two.
    if ((await this.#live.lookUp(planned.contact)) !== undefined) return corrected;
    return resend || restoreDeleted ? { kind: 'sent again', planned, comparison: undefined } : DELETED;
  }
}

/** By their digests. */
export function isSameContact(one: Pick<PlannedContact, 'identity'>, other: Pick<PlannedContact, 'identity'>): boolean {
  return digestText(one.identity) === digestText(other.identity);
}

/** The file is read more than once. */
function isOneRow(one: SourceRecord, other: SourceRecord): boolean {
  return one.line === other.line && one.file === other.file;
}
