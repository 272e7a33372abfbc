/**
 * Seconds that `contacts` more take at `writes` in any `windowMs`: the first window's worth goes at once.
 * A lower bound that the run keeps to within a few percent.
 */
export function leastSeconds(contacts: number, writes: number, windowMs: number): number {
  if (contacts <= 0 || !Number.isFinite(writes)) return 0;
  return (Math.floor((contacts - 1) / writes) * windowMs) / 1000;
}
