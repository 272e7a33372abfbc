/** What a log tells of imports and of what was taken back, the newest first. */
import { open } from 'node:fs/promises';
import { leftCountsFrom } from '../../wording/left-as-is.js';
import { hostOf } from '../files/sent.js';
import type { PastRun } from '../wire.js';

const TAIL_BYTES = 1024 * 1024;
const MOST = 20;

/**
 * Reads the end of a log; none where there is no log.
 * @param here where Clarky is now
 * @param goesOn what began last has not ended since it is under way
 */
export async function readPastRuns(
  path: string,
  { here, goesOn = false }: { readonly here: string; readonly goesOn?: boolean },
): Promise<PastRun[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const runs = runsOf(buffer.toString('utf8').split('\n'), goesOn).slice(-MOST).reverse();
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

type Said = Readonly<Record<string, unknown>>;

const TOLD = /"event":"(?:started|contact|ended|undo_ended)"/;

/** What has begun and not ended before something else began was cut off: its numbers are those of its contacts. */
function runsOf(lines: readonly string[], goesOn: boolean): Told<PastRun>[] {
  const runs: Told<PastRun>[] = [];
  let begun: CutOff | undefined;
  let isUnbegun = false;
  const endBegun = (): void => {
    if (begun !== undefined) runs.push(begun.told());
    begun = undefined;
  };
  for (const line of lines) {
    const said = TOLD.test(line) ? saidBy(line) : undefined;
    if (said === undefined) continue;
    if (said.event === 'contact') begun?.take(said);
    else if (said.event === 'undo_ended') {
      endBegun();
      runs.push(undoOf(said));
    } else if (said.event === 'started') {
      // One that could not begin, as where another was at work on the file, says nothing of rows.
      isUnbegun = said.rows === undefined;
      if (isUnbegun) continue;
      endBegun();
      begun = new CutOff(said);
    } else if (said.rows !== undefined || countIn(said, 'exit') === 0) {
      begun = undefined;
      runs.push(importOf(said));
    } else if (isUnbegun) isUnbegun = false;
    else endBegun();
  }
  if (!goesOn) endBegun();
  return runs;
}

function saidBy(line: string): Said | undefined {
  try {
    return JSON.parse(line) as Said;
  } catch {
    // The first line of the tail may be half of one.
    return undefined;
  }
}

function countIn(said: Said, name: string): number {
  const count = said[name];
  return typeof count === 'number' ? count : 0;
}

/** Each is known by when it began, wherever it is told of; older logs don't say that of an undo. */
function toldOf(said: Said): { readonly at: string; readonly sheet: string | null; readonly api: string | null } {
  const at = [said.start, said.time].find((time) => typeof time === 'string') ?? '';
  return { at, sheet: textOf(said.sheet), api: textOf(said.api) };
}

function undoOf(said: Said): Told<PastRun> {
  const count = (name: string): number => countIn(said, name);
  const [deleted, setBack, left, pending] = [count('deleted'), count('setBack'), count('left'), count('pending')];
  const leftBecause = leftCountsFrom(said.leftBecause);
  return { kind: 'undo', ...toldOf(said), deleted, setBack, left, leftBecause, pending };
}

function importOf(said: Said): Told<PastRun> {
  const count = (name: string): number => countIn(said, name);
  const [created, updated, unchanged] = [count('created'), count('updated'), count('unchanged')];
  const [merged, rejected, pending] = [count('merged'), count('rejected'), count('pending')];
  const counts = { created, updated, unchanged, merged, rejected, pending };
  return { kind: 'import', ...toldOf(said), ...counts, isCutOff: false };
}

/** An import that no end is told of. */
class CutOff {
  readonly #began: Said;
  readonly #counts = { created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0 };

  constructor(began: Said) {
    this.#began = began;
  }

  take({ outcome, merged }: Said): void {
    const also = Array.isArray(merged) ? merged.length : 0;
    if (outcome === 'rejected') this.#counts.rejected += 1 + also;
    else if (outcome === 'created' || outcome === 'updated' || outcome === 'unchanged') {
      this.#counts[outcome] += 1;
      this.#counts.merged += also;
    }
  }

  told(): Told<PastRun> {
    const done = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    const pending = Math.max(0, countIn(this.#began, 'rows') - done);
    return { kind: 'import', ...toldOf(this.#began), ...this.#counts, pending, isCutOff: true };
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
