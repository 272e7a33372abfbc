/** Whom a plan takes for one person, by their names not for certain, as the page tells it. */
import { kindOf, type PlanResult } from '../../run/plan/plan-result.js';
import { bothNames, DOUBT_TITLES } from '../../wording/rows/name-doubts.js';
import { printable, shortened } from '../../wording/printable.js';
import { lineAtStart, placesOf } from '../../wording/rows/lines.js';
import type { DoubtView } from '../wire.js';

const FEW = 5;
const LONGEST_NAME = 60;

const fitted = (name: string): string => shortened(printable(name), LONGEST_NAME);

/** Each kind that there is, with the first of it. */
export function doubtsOf({
  nameDoubts,
  nameDoubtCounts,
  unclearNames,
}: Pick<PlanResult, 'nameDoubts' | 'nameDoubtCounts' | 'unclearNames'>): DoubtView[] {
  const kinds = (['named', 'nameless'] as const).map((kind) => ({
    title: DOUBT_TITLES[kind],
    count: nameDoubtCounts[kind],
    examples: nameDoubts
      .filter((doubt) => kindOf(doubt) === kind)
      .slice(0, FEW)
      .map(({ names, ...where }) => `${lineAtStart(placesOf(where))}: ${bothNames(names, fitted)}`),
  }));
  const unclear = {
    title: DOUBT_TITLES.unclear,
    count: unclearNames?.contacts ?? 0,
    examples: (unclearNames?.examples ?? [])
      .slice(0, FEW)
      .map(({ name, ...place }) => `${lineAtStart([place])}: ${fitted(name)}`),
  };
  return [...kinds, unclear].filter(({ count }) => count > 0);
}
