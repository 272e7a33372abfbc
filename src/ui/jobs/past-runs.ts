/** The runs that a log tells of, the newest first. */
import { open } from 'node:fs/promises';

const TAIL_BYTES = 1024 * 1024;
const MOST = 20;

export interface PastRun {
  readonly at: string;
  readonly exit: number | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly pending: number;
}

/** Reads the end of a log; none where there is no log. */
export async function readPastRuns(path: string): Promise<PastRun[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const runs = buffer.toString('utf8').split('\n').flatMap(runOf);
    return runs.slice(-MOST).reverse();
  } finally {
    await file.close();
  }
}

function runOf(line: string): PastRun[] {
  if (!line.includes('"event":"ended"')) return [];
  try {
    const said = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const count = (name: string): number => (typeof said[name] === 'number' ? said[name] : 0);
    return [
      {
        at: typeof said.time === 'string' ? said.time : '',
        exit: typeof said.exit === 'number' ? said.exit : null,
        created: count('created'),
        updated: count('updated'),
        unchanged: count('unchanged'),
        rejected: count('rejected'),
        pending: count('pending'),
      },
    ];
  } catch {
    // The first line of the tail may be half of one.
    return [];
  }
}
