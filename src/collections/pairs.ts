/** Pairs of numbers, densely: there may be as many as rows. */
import { GrowingUint32 } from './growing.js';

export class Pairs implements Iterable<readonly [number, number]> {
  readonly #numbers = new GrowingUint32();

  get length(): number {
    return this.#numbers.length / 2;
  }

  add(one: number, other: number): void {
    this.#numbers.push(one);
    this.#numbers.push(other);
  }

  *[Symbol.iterator](): Generator<readonly [number, number]> {
    for (let at = 0; at < this.#numbers.length; at += 2) yield [this.#numbers.get(at), this.#numbers.get(at + 1)];
  }
}
