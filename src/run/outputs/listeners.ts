/** Those who are told what happens in a run: the outputs, and whoever called it. */
import { guarded, listenerFailed, warnOfListener } from '../../listening.js';
import type { ImportEvent, ImportListener } from '../events.js';

export class Listeners {
  readonly #own: ImportListener[] = [];
  readonly #tellCaller: ImportListener;

  /** @param callers what the caller of a run listens with: if it throws, that is told once, and ends nothing */
  constructor(callers: ImportListener | undefined) {
    this.#tellCaller = guarded(callers ?? (() => undefined), (error) => this.#failed(error));
  }

  add(listener: ImportListener): void {
    this.#own.push(listener);
  }

  readonly emit = (event: ImportEvent): void => {
    for (const listener of this.#own) listener(event);
    this.#tellCaller(event);
  };

  #failed(error: unknown): void {
    // One that fails at everything can't be told of it, and without a log nobody else would be.
    if (this.#own.length === 0) warnOfListener(error);
    const { message, cause } = listenerFailed(error, 'the run goes on');
    this.emit({ type: 'warning', code: 'listener_failed', message, cause, isPersonal: true });
  }
}
