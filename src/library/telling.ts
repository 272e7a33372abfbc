import { given } from '../given.js';
import { listenerWarning, warnOfListener } from '../listening.js';
import type { ImportEvent, ImportListener } from '../run/events.js';
import { Listeners } from '../run/outputs/listeners.js';
import type { Summary } from '../run/tally.js';
import { wordsInCode } from './in-code.js';

/** Tells of another listener of a call that failed. */
export function tell(onEvent: ImportListener | undefined): (error: unknown) => void {
  if (onEvent === undefined) return warnOfListener;
  const { emit } = new Listeners(onEvent);
  return (error) => {
    emit({ type: 'warning', ...listenerWarning(error, 'the call goes on') });
  };
}

/** The options of a call whose listener hears what is said to code. */
export function heardInCode<Options extends { readonly onEvent?: ImportListener | undefined }>(
  options: Options,
): Options {
  const { onEvent } = options;
  if (typeof onEvent !== 'function') return options;
  return { ...options, onEvent: (event: ImportEvent) => onEvent(eventInCode(event)) };
}

function eventInCode(event: ImportEvent): ImportEvent {
  switch (event.type) {
    case 'warning': {
      const { message, withoutData } = event;
      return {
        ...event,
        message: wordsInCode(message),
        ...given({ withoutData: withoutData && wordsInCode(withoutData) }),
      };
    }
    case 'stopping':
      return { ...event, message: wordsInCode(event.message) };
    case 'contact':
      return event.problems.length === 0 ? event : { ...event, problems: event.problems.map(hintInCode) };
    case 'ended':
      return { ...event, summary: summaryInCode(event.summary) };
    default:
      return event;
  }
}

/** The same of what there is to do about a row, and of what a run has warned of. */
export function hintInCode<Told extends { readonly hint?: string | undefined }>(told: Told): Told {
  return told.hint === undefined ? told : { ...told, hint: wordsInCode(told.hint) };
}

export function summaryInCode(summary: Summary): Summary {
  const { warnings } = summary;
  return warnings === undefined
    ? summary
    : { ...summary, warnings: warnings.map((one) => ({ ...one, message: wordsInCode(one.message) })) };
}
