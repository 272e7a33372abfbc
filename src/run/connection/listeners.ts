import type { ClientEvent } from '../../api/client-event.js';
import type { RateEvent } from '../../rate/telling/rate-event.js';
import { rateOf } from '../../rate/rate.js';
import { otherStateFolder } from '../../storage/state-folder.js';
import { readsSpentInWords } from '../../wording/waits.js';
import type { ImportListener } from '../events.js';
import type { ApiOptions } from '../settings.js';

const WHY_EVEN = {
  asked: 'an earlier run found that the server counts differently',
  refused: 'a refusal that neither our own writes nor another program explain',
  shared: 'another import on this key found that the server counts differently',
} as const;

const NOT_BY_ALL =
  'An import of this machine writes with this key without --redis: the other machines do not count its writes, nor does it ' +
  'theirs. Start it with --redis too.';

function isAsItShould({ status, isUnread }: Extract<ClientEvent, { type: 'attempt' }>): boolean {
  return status !== undefined && status < 500 && status !== 429 && isUnread !== true;
}

/** What the client tells, as events of a run. */
export function callListener(emit: ImportListener, wallNow: () => number = Date.now): (event: ClientEvent) => void {
  /** What passes at the second try is not worth a word where there was an answer before. */
  let trouble: { readonly again: boolean } | undefined;
  // A long reading is made of waits: the first is told in words.
  let hasWaited = false;
  return (event) => {
    switch (event.type) {
      case 'attempt':
        emit({ ...event, type: 'request' });
        if (trouble === undefined || !isAsItShould(event)) break;
        emit({ type: 'answering', ...trouble });
        trouble = undefined;
        break;
      case 'retry': {
        const { endsInMs, ...told } = event;
        if (told.neverAnswered || told.attempt > 1) trouble ??= { again: !told.neverAnswered };
        emit({ ...told, type: 'retrying', endsMs: wallNow() + endsInMs });
        break;
      }
      case 'reads_spent':
        emit({ type: 'reads_waiting', untilMs: wallNow() + event.waitMs });
        if (hasWaited) break;
        hasWaited = true;
        emit({
          type: 'warning',
          code: 'reads_spent',
          message: readsSpentInWords(event.limit),
        });
        break;
      case 'key':
        emit({
          type: 'warning',
          code: `key_${event.change}`,
          message: keyInWords(event, `key ${event.number} of ${event.of}`),
        });
        break;
    }
  };
}

/** @param key such as `key 2 of 3` */
function keyInWords({ change, because }: Extract<ClientEvent, { type: 'key' }>, key: string): string {
  if (change === 'renewed') return `Clarky no longer takes ${key}: going on with the new one in its place.`;
  if (because === 'not_taken') return `Clarky does not take ${key}: going on with the others.`;
  return `Clarky does not let ${key} ${because === 'may_not_read' ? 'read' : 'write'}: going on with the others.`;
}

/** What the write budget tells, as events of a run. */
export function rateListener(
  emit: ImportListener,
  rate: ApiOptions['rate'],
  wallNow: () => number = Date.now,
): (event: RateEvent) => void {
  const seconds = rateOf(rate).windowMs / 1000;
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
        emit({ type: 'limit', writes: event.total, seconds });
        break;
      case 'unshared':
        emit({
          type: 'warning',
          code: 'budget_not_shared',
          message: `Other imports with this key on this machine are not counted: ${event.reason}. ${otherStateFolder()}`,
        });
        break;
      case 'split':
        emit({ type: 'warning', code: 'redis_not_by_all', message: NOT_BY_ALL });
        break;
      case 'account_silent':
        emit({ type: 'warning', code: 'redis_silent', message: `${event.reason} Trying on.` });
        break;
      case 'waiting':
        emit({ type: 'waiting', untilMs: wallNow() + event.waitMs, underWay: event.underWay });
        break;
    }
  };
}

/** Whose end is waited for, as an event of a run. */
export function lockListener(emit: ImportListener): (message: string, atMostMs: number) => void {
  return (message, atMostMs) => emit({ type: 'locked', message, untilMs: Date.now() + atMostMs });
}
