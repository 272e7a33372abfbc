/** What a log tells of imports and of what was taken back, the newest first. */
import { open } from 'node:fs/promises';
import { leftCountsFrom } from '../../wording/left-as-is.js';
import { hostOf } from '../files/sent.js';
import type { PastRun } from '../wire.js';

const TAIL_BYTES = 1024 * 1024;
const MOST = 20;

/** Reads the end of a log; none where there is no log. @param here where Clarky is now */
export async function readPastRuns(path: string, here: string): Promise<PastRun[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const runs = buffer.toString('utf8').split('\n').flatMap(runOf).slice(-MOST).reverse();
    const apis = runs.flatMap(({ api }) => api ?? []);
    return runs.map(({ api, ...run }) => ({ ...run, ...placeOf(api, [...apis, here], here) }));
  } finally {
    await file.close();
  }
}

function placeOf(api: string | null, apis: readonly string[], here: string): Pick<PastRun, 'place' | 'isHere'> {
  if (api === null) return { place: null, isHere: true };
  const isAmbiguous = apis.some((other) => other !== api && hostOf(other) === hostOf(api));
  return { place: isAmbiguous ? api : hostOf(api), isHere: api === here };
}

type Told<T> = T extends PastRun ? Omit<T, 'place' | 'isHere'> & { readonly api: string | null } : never;

function runOf(line: string): Told<PastRun>[] {
  const kind = line.includes('"event":"ended"') ? 'import' : line.includes('"event":"undo_ended"') ? 'undo' : undefined;
  if (kind === undefined) return [];
  try {
    const said = JSON.parse(line) as Readonly<Record<string, unknown>>;
    // Each is known by when it began, wherever it is told of; older logs don't say that of an undo.
    const at = [said.start, said.time].find((time) => typeof time === 'string') ?? '';
    const count = (name: string): number => (typeof said[name] === 'number' ? said[name] : 0);
    const pending = count('pending');
    const told = { at, sheet: textOf(said.sheet), api: textOf(said.api) };
    if (kind === 'undo') {
      const [deleted, setBack, left] = [count('deleted'), count('setBack'), count('left')];
      return [{ kind, ...told, deleted, setBack, left, leftBecause: leftCountsFrom(said.leftBecause), pending }];
    }
    // One that did not begin, as where another was at work on the file, is none.
    if (count('exit') !== 0 && said.rows === undefined) return [];
    const [created, updated, unchanged] = [count('created'), count('updated'), count('unchanged')];
    const [merged, rejected] = [count('merged'), count('rejected')];
    return [{ kind, ...told, created, updated, unchanged, merged, rejected, pending }];
  } catch {
    // The first line of the tail may be half of one.
    return [];
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
