/** What another machine's process has left in a folder that is shared: whether that process lives can't be told. */
import { stat } from 'node:fs/promises';

/** No import takes longer. */
const LONGEST_MS = 14 * 24 * 3_600_000;

/** Whether nobody has written to it for longer than any import takes. */
export function isLeftLongAgo(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > LONGEST_MS,
    () => false,
  );
}
