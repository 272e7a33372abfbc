/** Everybody with whom a record has an e-mail or a phone in common that is not one person's, itself included. Pure. */

/** How many names of those who share an e-mail are given: enough to see whom it is about. */
export const MOST_NAMES = 3;

/**
 * Kept as the lists of those who share each e-mail and phone: put together for every record, they would take time and
 * memory with the square of the records of one e-mail. Of records that share the same ones there is one conflict.
 */
export class Conflict {
  /** Each in ascending order, the longest first. */
  readonly lists: readonly (readonly number[])[];
  /** Of half a million conflicts most are joined to none. */
  #joined: Map<Conflict, Conflict> | undefined;

  constructor(lists: readonly (readonly number[])[]) {
    this.lists = lists.toSorted((a, b) => b.length - a.length);
  }

  /** This conflict and another one of the same record. */
  and(other: Conflict): Conflict {
    const known = this.#joined?.get(other);
    if (known) return known;
    const joined = new Conflict([...this.lists, ...other.lists]);
    (this.#joined ??= new Map()).set(other, joined);
    return joined;
  }

  /**
   * @param limit members with this number and above are counted, but not named
   * @returns the lowest numbers, how many there are below the limit, and how many from it on
   */
  summary(limit: number, most: number): { readonly first: number[]; readonly below: number; readonly above: number } {
    const [longest = [], ...others] = this.lists;
    const beyond = [...new Set(others.flat())].filter((member) => !holds(longest, member)).sort((a, b) => a - b);
    const first = [...longest.slice(0, most), ...beyond.slice(0, most)].sort((a, b) => a - b).slice(0, most);
    const below = placeOf(longest, limit) + placeOf(beyond, limit);
    return { first, below, above: longest.length + beyond.length - below };
  }
}

/** Which members are held, and for what: four bytes for each member there is, where a `Map` takes thirty for each that is held. */
export class Held {
  readonly #members: number;
  #conflicts: Conflict[] = [];
  /** By member: the place of its conflict, plus one. */
  #placeOf: Uint32Array | undefined;
  #size = 0;

  /** @param members how many there are, held or not */
  constructor(members: number) {
    this.#members = members;
  }

  /** One of its own, which this one says nothing of any more. */
  copy(): Held {
    const copy = new Held(this.#members);
    copy.#conflicts = this.#conflicts.slice();
    copy.#placeOf = this.#placeOf?.slice();
    copy.#size = this.#size;
    return copy;
  }

  /** How many are held. */
  get size(): number {
    return this.#size;
  }

  has(member: number): boolean {
    return this.#placeOf !== undefined && (this.#placeOf[member] ?? 0) > 0;
  }

  get(member: number): Conflict | undefined {
    return this.#conflicts[(this.#placeOf?.[member] ?? 0) - 1];
  }

  set(member: number, conflict: Conflict): void {
    this.#placeOf ??= new Uint32Array(this.#members);
    if (!this.has(member)) this.#size++;
    if (this.#conflicts.at(-1) !== conflict) this.#conflicts.push(conflict);
    this.#placeOf[member] = this.#conflicts.length;
  }

  delete(member: number): void {
    if (this.#placeOf === undefined || !this.has(member)) return;
    this.#placeOf[member] = 0;
    this.#size--;
  }

  /** Holds those of a conflict who are to be, for one more of theirs. */
  hold(conflict: Conflict, isHeld: (member: number) => boolean): void {
    for (const list of conflict.lists)
      for (const member of list) if (isHeld(member)) this.set(member, this.get(member)?.and(conflict) ?? conflict);
  }

  /** The members that are held, in ascending order. */
  *keys(): Generator<number> {
    for (let member = 0; this.#size > 0 && member < this.#members; member++) if (this.has(member)) yield member;
  }

  /** Each conflict for which a member is held. */
  conflicts(): ReadonlySet<Conflict> {
    const all = new Set<Conflict>();
    for (const member of this.keys()) {
      const conflict = this.get(member);
      if (conflict !== undefined) all.add(conflict);
    }
    return all;
  }
}

function holds(ascending: readonly number[], member: number): boolean {
  return ascending[placeOf(ascending, member)] === member;
}

/** How many come before `member`, in a list in ascending order. */
function placeOf(ascending: readonly number[], member: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] ?? 0) < member) from = middle + 1;
    else to = middle;
  }
  return from;
}
