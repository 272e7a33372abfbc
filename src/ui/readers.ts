/** The open pages: each is told the whole state when something changed, as fast as it reads and not faster. */

/** More pages than anybody opens. */
export const MOST_READERS = 100;
/** Often enough for the eye. */
const EVERY_MS = 200;
/** Told though nothing changed: a dead page is noticed by it, and what no watch of the folder told is seen. */
const BEAT_MS = 15_000;
/** While another program is at work: one that is killed changes nothing in the folder. */
const QUICK_BEAT_MS = 1000;

export class Readers {
  readonly #wakers = new Set<() => void>();
  #isClosed = false;
  readonly #onCount: (count: number) => void;
  readonly #isQuick: () => boolean;

  /** @param isQuick whether something may change that no watch of the folder tells */
  constructor(onCount: (count: number) => void = () => undefined, isQuick: () => boolean = () => false) {
    this.#onCount = onCount;
    this.#isQuick = isQuick;
  }

  get count(): number {
    return this.#wakers.size;
  }

  /** Lets all pages go. */
  close(): void {
    this.#isClosed = true;
    this.wake();
  }

  /** Something changed. */
  wake(): void {
    for (const wake of this.#wakers) wake();
  }

  /**
   * Tells one page until it goes.
   * @param tell writes the state; waits for a page that reads slowly
   */
  async serve(signal: AbortSignal, tell: () => Promise<void>): Promise<void> {
    let isDirty = true;
    let wakeUp: () => void = () => undefined;
    const wake = (): void => {
      isDirty = true;
      wakeUp();
    };
    signal.addEventListener('abort', wake, { once: true });
    this.#wakers.add(wake);
    this.#onCount(this.count);
    try {
      while (!signal.aborted && !this.#isClosed) {
        if (isDirty) {
          isDirty = false;
          await tell();
          await pause(EVERY_MS, signal);
          continue;
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(wake, this.#isQuick() ? QUICK_BEAT_MS : BEAT_MS);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    } finally {
      this.#wakers.delete(wake);
      this.#onCount(this.count);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
