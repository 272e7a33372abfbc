/** Everybody with whom a record has an e-mail or a phone in common that is not one person's, itself included. Pure. */

/**
 * Kept as the lists of those who share each e-mail and phone: put together for every record, they would take time and
 * memory with the square of the records of one e-mail. Of records that share the same ones there is one conflict.
 */
export class Conflict {
  /** Each in ascending order, the longest first. */
  readonly lists: readonly (readonly number[])[];
  readonly #joined = new Map<Conflict, Conflict>();

  constructor(lists: readonly (readonly number[])[]) {
    this.lists = lists.toSorted((a, b) => b.length - a.length);
  }

  /** This conflict and another one of the same record. */
  and(other: Conflict): Conflict {
    const known = this.#joined.get(other);
    if (known) return known;
    const joined = new Conflict([...this.lists, ...other.lists]);
    this.#joined.set(other, joined);
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
