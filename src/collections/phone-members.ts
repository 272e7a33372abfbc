/** Phone to members, as two flat arrays: a Map of arrays would cost ten times the memory. */
export class PhoneMembers {
  readonly #ends: Uint32Array;
  #members: Uint32Array | undefined;

  constructor(phones: number) {
    this.#ends = new Uint32Array(phones + 1);
  }

  count(phone: number): void {
    this.#ends[phone + 1] = (this.#ends[phone + 1] ?? 0) + 1;
  }

  add(phone: number, member: number): void {
    this.#members ??= this.#allocate();
    const at = this.#ends[phone] ?? 0;
    this.#members[at] = member;
    this.#ends[phone] = at + 1;
  }

  /** Turns counts into where each phone's members begin; filling then moves each to where they end. */
  #allocate(): Uint32Array {
    for (let phone = 1; phone < this.#ends.length; phone++) {
      this.#ends[phone] = (this.#ends[phone] ?? 0) + (this.#ends[phone - 1] ?? 0);
    }
    return new Uint32Array(this.#ends[this.#ends.length - 1] ?? 0);
  }

  /** Each phone that stands in more than one member, with those members in order. */
  *several(): Generator<[number, number[]]> {
    if (!this.#members) return;
    for (let phone = 0; phone + 1 < this.#ends.length; phone++) {
      const from = phone === 0 ? 0 : (this.#ends[phone - 1] ?? 0);
      const to = this.#ends[phone] ?? 0;
      if (to - from > 1) yield [phone, Array.from(this.#members.subarray(from, to))];
    }
  }
}
