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
