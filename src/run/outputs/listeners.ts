/** Those who are told what happens in a run: the outputs, and whoever called it. */
import type { ImportEvent, ImportListener } from '../events.js';

export class Listeners {
  readonly #own: ImportListener[] = [];
  readonly #callers: ImportListener | undefined;
  #hasFailed = false;

  /** @param callers what the caller of a run listens with: if it throws, that is told once, and ends nothing */
  constructor(callers: ImportListener | undefined) {
    this.#callers = callers;
  }

  add(listener: ImportListener): void {
    this.#own.push(listener);
  }

  readonly emit = (event: ImportEvent): void => {
    for (const listener of this.#own) listener(event);
    try {
      // An async function is one of those that the types admit: it fails later.
      const heard: unknown = this.#callers?.(event);
      if (heard instanceof Promise) heard.catch((error: unknown) => this.#failed(error));
    } catch (error) {
      this.#failed(error);
    }
  };

  #failed(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const message = `A listener to the events threw ${error instanceof Error ? error.name : typeof error}: the run goes on.`;
    this.emit({ type: 'warning', code: 'listener_failed', message });
  }
}
