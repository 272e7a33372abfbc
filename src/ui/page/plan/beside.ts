/** What is said beside the button that sends: what becomes of those that are sent, and of all others. Pure. */
import { FROM_ANOTHER_FILE } from '../../../wording/choices.js';
import { counted, formatCount } from '../../../wording/durations.js';
import type { PlanView } from '../../wire.js';

type Told = Pick<PlanView, 'isFirst'> & { readonly plan: Pick<PlanView['plan'], 'live' | 'requests' | Other> };
type Other = 'updated' | 'unchanged' | 'merged' | 'rejected';

/** Of those that are sent: who is there already, so far as that is known before Clarky is asked. */
export function updatedInWords({ isFirst, plan: { live, updated, requests } }: Told): string {
  if (updated === 0) return '';
  const wereSent = isFirst && !live;
  const known = wereSent ? FROM_ANOTHER_FILE : 'there with other values';
  const one = `${wereSent ? 'was' : 'is'} ${known}.`;
  if (requests === 1) return `It ${one}`;
  const areAll = updated >= requests;
  if (updated === 1 && !areAll) return `1 of them ${one}`;
  return `${areAll ? 'All' : formatCount(updated)} of them ${wereSent ? 'were' : 'are'} ${known}.`;
}

/** Of the other rows: why they are not sent, and that nothing happens to them. */
export function othersInWords({ plan: { unchanged, merged, rejected } }: Told): string[] {
  return [
    ...(unchanged > 0
      ? [`${counted(unchanged, 'contact')} ${unchanged === 1 ? 'stays as it is' : 'stay as they are'}.`]
      : []),
    ...(merged > 0
      ? [`${counted(merged, 'row')} ${merged === 1 ? 'goes' : 'go'} with another row of the same contact.`]
      : []),
    ...(rejected > 0 ? [`${counted(rejected, 'row')} would stay behind.`] : []),
  ];
}
