/** What a log tells of imports and of what was taken back, the newest first. */
import { open } from 'node:fs/promises';
import { leftCountsFrom } from '../../wording/left-as-is.js';
import type { PastRun } from '../wire.js';

const TAIL_BYTES = 1024 * 1024;
const MOST = 20;

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
  const kind = line.includes('"event":"ended"') ? 'import' : line.includes('"event":"undo_ended"') ? 'undo' : undefined;
  if (kind === undefined) return [];
  try {
    const said = JSON.parse(line) as Readonly<Record<string, unknown>>;
    // Each is known by when it began, wherever it is told of; older logs don't say that of an undo.
    const at = [said.start, said.time].find((time) => typeof time === 'string') ?? '';
    const count = (name: string): number => (typeof said[name] === 'number' ? said[name] : 0);
    const pending = count('pending');
    const sheet = typeof said.sheet === 'string' ? said.sheet : null;
    if (kind === 'undo') {
      const [deleted, setBack, left] = [count('deleted'), count('setBack'), count('left')];
      return [{ kind, at, sheet, deleted, setBack, left, leftBecause: leftCountsFrom(said.leftBecause), pending }];
    }
    const [created, updated, unchanged] = [count('created'), count('updated'), count('unchanged')];
    const [merged, rejected] = [count('merged'), count('rejected')];
    return [{ kind, at, sheet, created, updated, unchanged, merged, rejected, pending }];
  } catch {
    // The first line of the tail may be half of one.
    return [];
  }
}
