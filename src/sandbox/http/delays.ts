const MAX_TIMER_MS = 2 ** 31 - 1;

/** Timers that all end with the sandbox: what waits for one that was cleared never goes on. */
export class Delays {
  readonly #timers = new Set<NodeJS.Timeout>();

  run(delayMs: number, action: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        action();
      },
      Math.min(delayMs, MAX_TIMER_MS),
    );
    this.#timers.add(timer);
  }

  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.run(delayMs, resolve);
    });
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
