import type { RateEvent } from '../rate/pacing.js';
import { rateOf } from '../rate/rate.js';
import type { ImportListener } from './events.js';
import type { ApiOptions } from './settings.js';

const WHY_EVEN = {
  asked: 'an earlier run found that the server counts differently',
  refused: 'a refusal that neither our own writes nor another program explain',
  shared: 'another import on this key found that the server counts differently',
} as const;

/** What the write budget tells, as events of a run. */
export function rateListener(
  emit: ImportListener,
  rate: ApiOptions['rate'],
  wallNow: () => number = Date.now,
): (event: RateEvent) => void {
  const { windowMs } = rateOf(rate);
  return (event) => {
    switch (event.type) {
      case 'throttled':
        emit({ type: 'throttled', waitMs: event.waitMs });
        break;
      case 'paced':
        emit({ type: 'pace', even: true, reason: WHY_EVEN[event.reason] });
        break;
      case 'unpaced':
        emit({ type: 'pace', even: false, reason: 'nothing was refused for long' });
        break;
      case 'foreign':
        emit({ type: 'other_program', writes: event.writes });
        break;
      case 'limit':
        emit({ type: 'limit', writes: event.total, windowMs });
        break;
      case 'unshared':
        emit({
          type: 'warning',
          code: 'budget_not_shared',
          message: `Other imports with this key on this machine are not counted: ${event.reason}`,
        });
        break;
      case 'account_silent':
        emit({ type: 'warning', code: 'redis_silent', message: `${event.reason} Trying on.` });
        break;
      case 'waiting':
        emit({ type: 'waiting', untilMs: wallNow() + event.waitMs });
        break;
    }
  };
}
