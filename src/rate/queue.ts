import Bottleneck from 'bottleneck';

/** Decides which waiting write is let out next. It lets out as many as it was granted. */
export interface StartQueue {
  /** `letOut` is called once a grant reaches it; the lowest `priority` (0-9) first, then the oldest. */
  add(letOut: () => void, priority: number): void;
  grant(): void;
}

/** Bottleneck tops out at about 400 starts a second and costs a write 2.5 ms to queue; above this rate it is in the way. */
export const BOTTLENECK_MAX_PER_SECOND = 200;

/**
 * A queue on Bottleneck's reservoir, which starts empty and is filled by `grant` alone: `incrementReservoir` is exact under
 * load, where its own refresh and `updateSettings` are not (issues 100, 153, 185).
 * @param onError what Bottleneck failed at, which leaves the queue unusable
 */
export function bottleneckQueue(onError: (error: unknown) => void): StartQueue {
  const limiter = new Bottleneck({ reservoir: 0 });
  return {
    add(letOut, priority) {
      limiter.schedule({ priority }, async () => letOut()).catch(onError);
    },
    grant() {
      limiter.incrementReservoir(1).catch(onError);
    },
  };
}

/** A plain first-in-first-out queue, for rates that are beyond Bottleneck. */
export function plainQueue(): StartQueue {
  const waiting: (() => void)[] = [];
  let first = 0;
  return {
    add(letOut) {
      waiting.push(letOut);
    },
    grant() {
      const letOut = waiting[first];
      if (letOut === undefined) return;
      first += 1;
      // Shifting one by one would copy the rest each time.
      if (first > 1000) {
        waiting.splice(0, first);
        first = 0;
      }
      letOut();
    },
  };
}

const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Does a step whenever it is woken, never two at once, and again after as long as the step says. One timer, there only while
 * something is waited for, so that it keeps the process alive exactly as long as it must.
 */
export class Pump {
  readonly #step: () => Promise<number>;
  readonly #onError: (error: unknown) => void;
  #isRunning = false;
  #isWanted = false;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param step gives in how many ms it is due again; Infinity where it will be woken */
  constructor(step: () => Promise<number>, onError: (error: unknown) => void) {
    this.#step = step;
    this.#onError = onError;
  }

  wake(): void {
    if (this.#hasEnded) return;
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.rest();
    this.#run().catch(this.#onError);
  }

  /** Nothing is waited for any more. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  end(): void {
    this.#hasEnded = true;
    this.rest();
  }

  async #run(): Promise<void> {
    let waitMs = Infinity;
    while (this.#isWanted) {
      this.#isWanted = false;
      waitMs = await this.#step();
    }
    this.#isRunning = false;
    if (waitMs === Infinity || this.#hasEnded) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(MAX_TIMER_MS, Math.max(1, Math.ceil(waitMs))));
  }
}
