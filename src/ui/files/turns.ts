/** Who changes what lies beside a file takes turns: of two decisions made at once both are kept. */
import pLimit, { type LimitFunction } from 'p-limit';

export class Turns {
  readonly #ofFile = new Map<string, LimitFunction>();

  /** Does something with a file once all that was begun before is done. */
  take<T>(file: string, change: () => Promise<T>): Promise<T> {
    const turn = this.#ofFile.get(file) ?? pLimit(1);
    this.#ofFile.set(file, turn);
    return turn(change);
  }
}
