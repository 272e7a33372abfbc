/** How far words are from each other, and which of some a mistyped one may have meant. Pure. */

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment); anything
 * above `limit` may come out as `limit + 1`.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** More than these are no help. */
const MOST = 3;

/** Of two words of one length every other letter may be another one, as of `nope` and `name`: that is no slip. */
function isSlip(distance: number, name: string, wanted: string): boolean {
  return name.length !== wanted.length || distance * 2 < name.length;
}

/** The names out of `known` that a mistyped `word` may have meant, the nearest first; at most three. */
export function nearestNames(word: string, known: readonly string[]): string[] {
  const wanted = word.trim().toLowerCase();
  return known
    .map((name) => ({ name, distance: editDistance(name.toLowerCase(), wanted) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(name.length / 3)) && distance < name.length)
    .filter(({ name, distance }) => isSlip(distance, name, wanted))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** The question that stands for the nearest of them, where one is near; else what is said without. */
export function didYouMean(word: string, known: readonly string[], without: string): string {
  const [nearest] = nearestNames(word, known);
  return nearest === undefined ? without : `Did you mean ${nearest}?`;
}
