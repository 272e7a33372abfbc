/** What members have in common (a phone, an email, each by its number) to members, as two flat arrays: a Map of arrays would cost ten times the memory. */
export class MembersBy {
  readonly #ends: Uint32Array;
  #members: Uint32Array | undefined;

  /** @param kinds how many different phones, or emails, there are */
  constructor(kinds: number) {
    this.#ends = new Uint32Array(kinds + 1);
  }

  /**
   * All members by what they have.
   * @param valuesOf the numbers of what a member has, none for one that takes no part
   */
  static of(kinds: number, members: number, valuesOf: (member: number) => readonly number[]): MembersBy {
    const table = new MembersBy(kinds);
    for (let member = 0; member < members; member++) for (const value of valuesOf(member)) table.#count(value);
    for (let member = 0; member < members; member++) for (const value of valuesOf(member)) table.#add(value, member);
    return table;
  }

  #count(value: number): void {
    this.#ends[value + 1] = (this.#ends[value + 1] ?? 0) + 1;
  }

  #add(value: number, member: number): void {
    this.#members ??= this.#allocate();
    const at = this.#ends[value] ?? 0;
    this.#members[at] = member;
    this.#ends[value] = at + 1;
  }

  /** Turns counts into where each value's members begin; filling then moves each to where they end. */
  #allocate(): Uint32Array {
    for (let value = 1; value < this.#ends.length; value++) {
      this.#ends[value] = (this.#ends[value] ?? 0) + (this.#ends[value - 1] ?? 0);
    }
    return new Uint32Array(this.#ends[this.#ends.length - 1] ?? 0);
  }

  /** Each value that stands in more than one member, with those members in order. */
  *several(): Generator<[number, number[]]> {
    if (!this.#members) return;
    for (let value = 0; value + 1 < this.#ends.length; value++) {
      const from = value === 0 ? 0 : (this.#ends[value - 1] ?? 0);
      const to = this.#ends[value] ?? 0;
      if (to - from > 1) yield [value, Array.from(this.#members.subarray(from, to))];
    }
  }
}
