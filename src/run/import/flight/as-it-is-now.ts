/** What Clarky has for a contact right before it is changed: hours may lie between the reading of a workspace and that. */
import type { WireContact } from '../../../api/wire.js';
import { nameOf } from '../../../contact/names/full-name.js';
import { areOfDifferentPeople } from '../../../contact/names/one-person.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { Problem } from '../../../problem.js';
import type { Comparison, LiveWorkspace } from '../../../workspace/live.js';
import { readStored } from '../../../workspace/stored.js';
import { MADE_ANOTHER } from '../not-sent.js';

/** A comparison with what is there now, and why that must not be written to. */
export type ComparisonNow = Comparison & { readonly problem?: Problem | undefined };

/**
 * Makes what reads a contact of the workspace once more.
 * @param mostLooks so many are read, since reads are counted as well; the others are taken as they were
 */
export function lookerAgain(
  workspace: Pick<LiveWorkspace, 'compare'>,
  readBack: (id: string) => Promise<WireContact | undefined>,
  mostLooks: number,
): (planned: PlannedContact, known: Comparison) => Promise<ComparisonNow> {
  let looks = 0;
  return async (planned, known) => {
    looks += 1;
    const now = looks > mostLooks ? undefined : readStored(await readBack(known.stored.id));
    if (now?.id !== known.stored.id) return known;
    const compared = await workspace.compare(planned, now);
    if (compared === undefined) return known;
    const isOfAnother =
      areOfDifferentPeople([nameOf(known.stored), nameOf(now)]) &&
      areOfDifferentPeople([nameOf(planned.contact), nameOf(now)]);
    return { ...compared, problem: isOfAnother ? MADE_ANOTHER : undefined };
  };
}
