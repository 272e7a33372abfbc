import { listenerWarning, warnOfListener } from '../listening.js';
import type { ImportListener } from '../run/events.js';
import { Listeners } from '../run/outputs/listeners.js';

/** Tells of another listener of a call that failed. */
export function tell(onEvent: ImportListener | undefined): (error: unknown) => void {
  if (onEvent === undefined) return warnOfListener;
  const { emit } = new Listeners(onEvent);
  return (error) => {
    emit({ type: 'warning', ...listenerWarning(error, 'the call goes on') });
  };
}
