import { given } from '../given.js';
import { listenerWarning, warnOfListener } from '../listening.js';
import type { ImportEvent, ImportListener } from '../run/events.js';
import { Listeners, worded, type Wording } from '../run/outputs/listeners.js';
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
  words: Wording = wordsInCode,
): Options {
  const { onEvent } = options;
  if (typeof onEvent !== 'function') return options;
  return { ...options, onEvent: (event: ImportEvent) => onEvent(eventInCode(event, words)) };
}

function eventInCode(event: ImportEvent, words: Wording): ImportEvent {
  switch (event.type) {
    case 'contact':
      return event.problems.length === 0
        ? event
        : { ...event, problems: event.problems.map((problem) => hintInCode(problem, words)) };
    case 'ended':
      return { ...event, summary: summaryInCode(event.summary, words) };
    default:
      return worded(event, words);
  }
}

/** The same of what there is to do about a row, and of what a run has warned of. */
export function hintInCode<Told extends { readonly hint?: string | undefined }>(told: Told, words: Wording): Told {
  return told.hint === undefined ? told : { ...told, hint: words(told.hint) };
}

export function summaryInCode(summary: Summary, words: Wording): Summary {
  const { warnings, message } = summary;
  return {
    ...summary,
    ...given({ message: message && words(message) }),
    ...given({ warnings: warnings?.map((one) => ({ ...one, message: words(one.message) })) }),
  };
}
