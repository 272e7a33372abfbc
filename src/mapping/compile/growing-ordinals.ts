const FIRST_CAPACITY = 16;

/** Ascending ordinals, four bytes each. */
export class GrowingOrdinals {
  #values = new Uint32Array(FIRST_CAPACITY);
  length = 0;

  push(ordinal: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = ordinal;
    this.length += 1;
  }

  values(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }
}
