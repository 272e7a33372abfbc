import type { RateEvent } from '../rate/pacing.js';
import type { ImportListener } from './events.js';

const WHY_EVEN = {
  asked: 'an earlier run found that the server counts differently',
  refused: 'a refusal that neither our own writes nor another program explain',
  shared: 'another import on this key found that the server counts differently',
} as const;

/** What the write budget tells, as events of a run. */
export function rateListener(
  emit: ImportListener,
  rate: { readonly seconds: number } | undefined,
  wallNow: () => number = Date.now,
): (event: RateEvent) => void {
  const windowMs = (rate?.seconds ?? 60) * 1000;
  return (event) => {
    switch (event.type) {
      case 'throttled':
        emit({ type: 'throttled', waitMs: event.waitMs });
        break;
      case 'paced':
        emit({ type: 'pace', even: true, reason: WHY_EVEN[event.reason] });
        break;
      case 'foreign':
        emit({ type: 'other_program', writes: event.writes });
        break;
      case 'limit':
        emit({ type: 'limit', writes: event.to, windowMs });
        break;
      case 'unshared':
        emit({
          type: 'warning',
          code: 'budget_not_shared',
          message: `Other imports with this key on this machine are not counted: ${event.reason}`,
        });
        break;
      case 'waiting':
        emit({ type: 'waiting', untilMs: wallNow() + event.waitMs });
        break;
    }
  };
}
