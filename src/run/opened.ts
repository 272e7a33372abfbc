/** What a run has opened, and closes at its end however it ends. */

interface Closable {
  close(): Promise<void> | void;
}

export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  /** Waits for something that is being opened, and closes it with the rest. */
  async add<T extends Closable>(opening: Promise<T>): Promise<T> {
    const opened = await opening;
    this.onClose(() => opened.close());
    return opened;
  }

  onClose(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  /** Closes everything, what was opened last first: it may use what was there before it. @throws what failed first */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
