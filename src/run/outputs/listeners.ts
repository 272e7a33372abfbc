/** Those who are told what happens in a run: the outputs, and whoever called it. */
import { given } from '../../given.js';
import { guarded, listenerWarning, warnOfListener } from '../../listening.js';
import type { ImportEvent, ImportListener } from '../events.js';
import type { Summary } from '../tally.js';
import { Told } from './telling/told.js';

/** A sentence as it is said to whoever has called: to code it speaks of options. */
export type Wording = (sentence: string) => string;

/** The event in such words. */
export function worded(event: ImportEvent, wording: Wording): ImportEvent {
  if (event.type === 'stopping') return { ...event, message: wording(event.message) };
  if (event.type !== 'warning') return event;
  const { message, withoutData, columns } = event;
  return {
    ...event,
    message: wording(message),
    ...given({
      withoutData: withoutData && wording(withoutData),
      columns: columns?.map(({ column, reason }) => ({ column, reason: wording(reason) })),
    }),
  };
}

export class Listeners {
  readonly #own: ImportListener[] = [];
  readonly #tellCaller: ImportListener;
  readonly #told = new Told();

  readonly #wording: Wording;

  /**
   * @param callers what the caller of a run listens with: if it throws, that is told once, and ends nothing
   * @param wording what becomes of a sentence for whoever called, for the log and the summary as well
   */
  constructor(callers: ImportListener | undefined, wording: Wording = (sentence) => sentence) {
    this.#wording = wording;
    this.#tellCaller = guarded(callers ?? (() => undefined), (error) => this.#failed(error));
  }

  /** It hears of what was warned of before it was there, too. */
  add(listener: ImportListener): void {
    for (const warning of this.#told.events) listener(warning);
    this.#own.push(listener);
  }

  /** What was warned of, as a summary says it. */
  told(): Pick<Summary, 'kept' | 'warnings'> {
    return this.#told.facts();
  }

  readonly emit = (said: ImportEvent): void => {
    const event = worded(said, this.#wording);
    this.#told.listener(event);
    for (const listener of this.#own) listener(event);
    this.#tellCaller(event);
  };

  #failed(error: unknown): void {
    // One that fails at everything can't be told of it, and without a log nobody else would be.
    if (this.#own.length === 0) warnOfListener(error);
    this.emit({ type: 'warning', ...listenerWarning(error, 'the run goes on') });
  }
}
