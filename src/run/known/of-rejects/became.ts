/** What became of a list's rejected rows since: by imports of the rejects, of what those rejected in turn, and so on. */
import { stat } from 'node:fs/promises';
import { listScopes, readCheckpoint } from '../../../checkpoint/checkpoint.js';
import type { Scope } from '../../../checkpoint/format.js';
import type { RunHistory, RunRecord } from '../../../checkpoint/run-history.js';
import { given } from '../../../given.js';
import { checkpointOfRejects, rejectsWithState, unsentAnywhere } from './rejects-left.js';
import { defaultPaths, type StateOptions } from '../../settings.js';

/** A list, or rejects that were imported as one, and where its state is. */
interface Imported {
  readonly file: string;
  readonly checkpoint: string;
  readonly options: StateOptions;
}

async function importedRejects({ file, checkpoint, options }: Imported): Promise<Imported[]> {
  const { rejects } = defaultPaths(file, options);
  const paths = await rejectsWithState(rejects, checkpoint, options).catch(() => []);
  const own = given({ workDir: options.workDir });
  return paths.map((path) => ({ file: path, checkpoint: checkpointOfRejects(path, own), options: own }));
}

async function runsOf({ checkpoint }: Imported, scope: Scope): Promise<RunHistory | undefined> {
  return (await readCheckpoint(checkpoint, scope).catch(() => undefined))?.runs;
}

/** The newest of those imports that were not taken back, with the counts of all: a row counts as what became of it last. */
export async function importOfRejects(
  of: Imported,
  scope: Scope,
  last: RunRecord | undefined,
): Promise<RunRecord | undefined> {
  if (last === undefined) return undefined;
  let all: RunRecord | undefined;
  for (const rejects of await importedRejects(of)) {
    const runs = await runsOf(rejects, scope);
    // What was taken back again is not there.
    if (runs?.last === undefined || runs.undone !== undefined || runs.last.start <= last.start) continue;
    const later = await importOfRejects(rejects, scope, runs.last);
    all = together(all, runs.last);
    if (later === undefined) continue;
    const { rejected = 0 } = runs.last.counts ?? {};
    const decided = Object.values(later.counts ?? {}).reduce((sum, count) => sum + count, 0);
    const counts = { ...all.counts, rejected: (all.counts?.rejected ?? 0) - Math.min(rejected, decided) };
    all = together({ ...all, counts }, later);
  }
  return all;
}

/** Of rejects that came back as several files: the newest of their imports, with the counts of all. */
function together(before: RunRecord | undefined, run: RunRecord): RunRecord {
  if (before === undefined) return run;
  const counts: Record<string, number> = { ...before.counts };
  for (const [name, count] of Object.entries(run.counts ?? {})) counts[name] = (counts[name] ?? 0) + count;
  return { ...(run.start > before.start ? run : before), counts };
}

/** Rejects with corrections that no import has sent, nor any that was taken back since they were made. */
export async function unsentToTell(of: Imported): Promise<string[]> {
  const { file, checkpoint, options } = of;
  const unsent: string[] = [];
  for (const path of await unsentAnywhere({ ...options, file }, checkpoint))
    if (!(await isTakenBack(path, options))) unsent.push(path);
  for (const rejects of await importedRejects(of))
    if (await hasRejected(rejects)) unsent.push(...(await unsentToTell(rejects)));
  return [...new Set(unsent)];
}

/** What an undo has taken back is not led to be sent again. */
async function isTakenBack(path: string, { workDir }: StateOptions): Promise<boolean> {
  const checkpoint = checkpointOfRejects(path, given({ workDir }));
  const { mtimeMs } = await stat(path);
  for (const { last, undone } of await allRunsOf(checkpoint))
    if (undone !== undefined && last !== undefined && Date.parse(last.start) >= Math.floor(mtimeMs)) return true;
  return false;
}

async function hasRejected({ checkpoint }: Imported): Promise<boolean> {
  const runs = await allRunsOf(checkpoint);
  return runs.some(({ last, undone }) => undone === undefined && (last?.counts?.rejected ?? 0) > 0);
}

async function allRunsOf(checkpoint: string): Promise<RunHistory[]> {
  const scopes = await listScopes(checkpoint).catch((): readonly Scope[] => []);
  const states = await Promise.all(scopes.map((scope) => readCheckpoint(checkpoint, scope).catch(() => undefined)));
  return states.flatMap((state) => state?.runs ?? []);
}
