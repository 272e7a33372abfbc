/**
 * What Clarky has for a contact just before it is written, with `--live`: the workspace was read once, perhaps hours ago, and
 * what others have done in it since is theirs.
 */
import type { WireContact } from '../../../api/wire.js';
import type { UnderWay } from '../../../checkpoint/unanswered.js';
import type { Contact } from '../../../contact/contact.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { Problem } from '../../../problem.js';
import type { Comparison, LiveWorkspace } from '../../../workspace/live.js';
import type { Meanwhile } from '../../../workspace/meanwhile.js';
import { readStored, type StoredContact } from '../../../workspace/stored.js';
import { foundFormerly } from '../../known/former-phones.js';
import type { Others } from '../../known/others.js';
import { NOT_SHOWN_YET, notSent, SHOWN_AS_BEFORE } from '../not-sent.js';
import type { FindArrived } from './arrived.js';
import type { Reads } from './reads.js';
import type { Place, Whereabouts } from './whereabouts.js';

export interface AsNowParts {
  readonly workspace: Pick<LiveWorkspace, 'compare' | 'numberOf'>;
  /** Whom imports of other files have sent, perhaps since the workspace was read. */
  readonly others: Pick<Others, 'idsByNow' | 'claimByNow'> | undefined;
  readonly whereabouts: Pick<Whereabouts, 'read' | 'asNow' | 'ofNew' | 'ofLanded'>;
  readonly reads: Pick<Reads, 'isOlder' | 'isProvedOld' | 'isUnshown'>;
  readonly meanwhile: Pick<Meanwhile, 'find' | 'newestOf'>;
  readonly lookUp: (contact: Contact) => Promise<StoredContact | undefined>;
  readonly arrived: FindArrived;
  readonly read: (id: string) => Promise<WireContact | undefined>;
  /** Whether a contact may cost a read now; else it is taken as the last look showed it. */
  readonly mayRead: () => boolean;
  /** Why one that was there and is gone by now is not sent; undefined where it is. */
  readonly ifGone: (planned: PlannedContact) => Problem | undefined;
}

/** What there is, and why it must not be written to. */
export type Now = Partial<Comparison> & Pick<Place, 'problem'>;

/** Makes what gives what Clarky has. @returns undefined where it has nothing */
export function asNow(
  parts: AsNowParts,
): (planned: PlannedContact, underWay: UnderWay | undefined) => Promise<Now | undefined> {
  const { workspace, others, whereabouts, meanwhile, lookUp, arrived, read, mayRead, ifGone } = parts;
  const { isOlder, isProvedOld, isUnshown } = parts.reads;
  const compared = async (
    planned: PlannedContact,
    now: StoredContact | undefined,
    underWay?: UnderWay,
  ): Promise<Comparison | undefined> => (now === undefined ? undefined : workspace.compare(planned, now, underWay));
  /** Whom another import has made since, if it is shown. */
  const madeBeside = async (planned: PlannedContact): Promise<Pick<Place, 'stored' | 'problem'>> => {
    const ids = (await others?.idsByNow(planned)) ?? [];
    const external = await workspace.numberOf(ids, planned.contact, 'of this bot');
    const there = external === undefined ? undefined : await workspace.compare({ ...planned, external });
    if (there !== undefined) return { stored: there.stored };
    return ids.some(isUnshown) ? { problem: NOT_SHOWN_YET } : {};
  };
  const look = async (planned: PlannedContact, underWay: UnderWay | undefined): Promise<Now | undefined> => {
    const known = await workspace.compare(planned);
    if (underWay !== undefined) {
      const there = known && (await read(known.stored.id));
      const now =
        readStored(there) ??
        (await lookUp(planned.contact)) ??
        (await foundFormerly(planned, lookUp)) ??
        (await arrived(planned, underWay));
      const problem =
        known === undefined && now !== undefined ? whereabouts.ofLanded(planned.contact, now).problem : undefined;
      return problem === undefined ? compared(planned, now, underWay) : { problem };
    }
    if (known === undefined) {
      const found = meanwhile.find(planned.contact) ?? (await foundFormerly(planned, lookUp));
      const beside = found ? { stored: found } : await madeBeside(planned);
      const place = beside.problem === undefined ? whereabouts.ofNew(planned.contact, beside.stored) : beside;
      return place.problem === undefined ? compared(planned, place.stored) : { problem: place.problem };
    }
    const { contact } = planned;
    const { stored, problem } =
      mayRead() || isOlder(known.stored)
        ? await whereabouts.read(contact, known.stored)
        : whereabouts.asNow(contact, known.stored, meanwhile.newestOf(known.stored));
    if (problem !== undefined) return { problem };
    if (stored === known.stored) return known;
    if (stored !== undefined) return compared(planned, stored);
    const { id } = known.stored;
    return { problem: isUnshown(id) ? NOT_SHOWN_YET : ifGone(planned) };
  };
  /** Another reader may have been asked before: what is behind still is nothing to join lists with. */
  const upToNow = async (
    planned: PlannedContact,
    now: Now | undefined,
    underWay?: UnderWay,
  ): Promise<Now | undefined> => {
    if (now?.stored === undefined || !isProvedOld(now.stored)) return now;
    const again = readStored(await read(now.stored.id));
    return again === undefined || isProvedOld(again)
      ? { problem: SHOWN_AS_BEFORE }
      : compared(planned, again, underWay);
  };
  return async (planned, underWay) => {
    const now = await upToNow(planned, await look(planned, underWay), underWay);
    const claim = now?.problem === undefined ? await others?.claimByNow(planned, now?.stored) : undefined;
    return claim === undefined ? now : { problem: notSent({ kind: 'held', ...claim }) };
  };
}
