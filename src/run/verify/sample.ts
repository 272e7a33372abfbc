/** Which contacts of a file are checked. */
import type { Planned } from '../../plan/planned.js';
import { DEFAULT_CONCURRENCY } from '../connection/connection.js';

/**
 * Chooses `size` of the numbers 0 to `total - 1`, each with the same chance; the same seed chooses the same ones
 * (selection sampling: one number after the other is taken with the chance of what is still wanted among what is left).
 */
export function chooseSample(total: number, size: number, seed: number): ReadonlySet<number> {
  const random = seededRandom(seed);
  const chosen = new Set<number>();
  for (let number = 0; number < total && chosen.size < size; number++) {
    if (random() * (total - number) < size - chosen.size) chosen.add(number);
  }
  return chosen;
}

/** Numbers from 0 to below 1 (an xorshift generator, 32 bits): good enough to choose by, useless for secrets. */
function seededRandom(seed: number): () => number {
  let state = (seed | 0) ^ 0x9e3779b9 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // Near seeds begin with near numbers.
  for (let n = 0; n < 16; n++) next();
  return next;
}

/** As many at once as may be asked for at once; of the contacts only those chosen. */
export async function* chunks(
  batches: AsyncIterable<readonly Planned[]>,
  chosen: ReadonlySet<number> | undefined,
): AsyncGenerator<Planned[]> {
  let ordinal = 0;
  let chunk: Planned[] = [];
  for await (const batch of batches) {
    for (const planned of batch) {
      if (planned.kind === 'contact' && chosen?.has(ordinal++) === false) continue;
      chunk.push(planned);
      if (chunk.length < DEFAULT_CONCURRENCY) continue;
      yield chunk;
      chunk = [];
    }
  }
  yield chunk;
}
