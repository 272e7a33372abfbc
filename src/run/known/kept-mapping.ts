/** By which mapping file a list was imported: the next command on it goes by that, too. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ReadingOptions } from '../settings.js';
import type { Differing } from '../reading/kept/words.js';
import { mappingCandidates } from '../reading/origins.js';
import { keptPath, pathToKeep } from '../../storage/kept-path.js';

/** Under which name the checkpoint's settings hold it. */
const MAPPING = 'mapping';

/** The mapping file among the settings of a checkpoint. */
export function mappingToKeep(mappingFile: string | undefined, checkpoint: string): Readonly<Record<string, string>> {
  return pathToKeep(MAPPING, mappingFile, checkpoint);
}

/** The mapping file of the import before, as seen from here. @param checkpoint where `values` was read from */
export function mappingOf(checkpoint: string, values?: Readonly<Record<string, unknown>>): string | undefined {
  return keptPath(MAPPING, checkpoint, values);
}

/**
 * The mapping file of the import before, where nothing decided since stands against it: one that is told, or lies beside the
 * file. One of those that is another is said.
 * @param checkpoint where `values` was read from
 */
export async function keptMapping(
  options: ReadingOptions,
  checkpoint: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly taken: string | undefined; readonly differing: readonly Differing[] }> {
  const before = mappingOf(checkpoint, values);
  if (before === undefined || options.columns !== undefined) return { taken: undefined, differing: [] };
  const candidates = mappingCandidates(options);
  const there = await Promise.all(candidates.map((path) => stat(path).catch(() => undefined)));
  const now = candidates.find((_, at) => there[at] !== undefined) ?? options.mapping;
  const isOwn = candidates.some((path) => resolve(path) === resolve(before));
  if (isOwn) return { taken: undefined, differing: [] };
  if (now === undefined) return { taken: before, differing: [] };
  const message = `The mapping file ${now} is used; the import before had ${before}.`;
  return {
    taken: undefined,
    differing: [{ message, withoutData: 'The mapping file is another than in the import before.' }],
  };
}
