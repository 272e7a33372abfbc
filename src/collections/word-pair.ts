import { wordAt } from './digest-index.js';
import { GrowingUint32 } from './growing.js';

/** The first eight bytes of digests, by number: two of different payloads of one contact are equal once in 10^19. */
export class WordPair {
  readonly #words = new GrowingUint32();

  push(): void {
    this.#words.growTo(this.#words.length + 2);
  }

  set(number: number, digest: Uint8Array): void {
    this.#words.growTo(number * 2 + 2);
    this.#words.set(number * 2, wordAt(digest, 0));
    this.#words.set(number * 2 + 1, wordAt(digest, 1));
  }

  /** The eight bytes of a digest that was set. */
  bytesOf(number: number): Uint8Array {
    const words = [this.#words.get(number * 2), this.#words.get(number * 2 + 1)];
    return Uint8Array.from(words.flatMap((word) => [word, word >>> 8, word >>> 16, word >>> 24]));
  }

  equals(number: number, digest: Uint8Array): boolean {
    return this.#words.get(number * 2) === wordAt(digest, 0) && this.#words.get(number * 2 + 1) === wordAt(digest, 1);
  }
}
