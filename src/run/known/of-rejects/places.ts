/** Where the rejects of a list are: where they were told to be, now or before, and where they lie by themselves. */
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { defaultPaths, type ReadingOptions } from '../../settings.js';
import { keptPath, pathToKeep } from '../../../storage/kept-path.js';

/** Where an import sends to; of several bots the list's last, where none is known. */
export interface PlaceOfList {
  readonly api: string;
  readonly bot: string | undefined;
}

/** A file, and where its rejects were put, if that is told. */
export type SourceOfRejects = ReadingOptions & {
  readonly rejects?: string | false | undefined;
  readonly stateDir?: string | false | undefined;
};

/** Where the rejects of a file are written. */
export function rejectsOf(options: SourceOfRejects): string {
  const { rejects } = options;
  return rejects === undefined || rejects === false ? defaultPaths(options.file, options).rejects : rejects;
}

/** Under which name the checkpoint's settings hold it. */
const REJECTS = 'rejects';

/** The rejects as seen from the folder of the checkpoint, where they are not told to be elsewhere: as before. */
export function rejectsToKeep(
  { rejects }: Pick<SourceOfRejects, 'rejects'>,
  checkpoint: string,
  before: string | undefined,
): Readonly<Record<string, string>> {
  const path = typeof rejects === 'string' && rejects !== devNull ? rejects : before;
  return pathToKeep(REJECTS, path, checkpoint);
}

/** Where an earlier import was told to put them, as seen from here. @param checkpoint where `values` was read from */
export function keptRejects(checkpoint: string, values?: Readonly<Record<string, unknown>>): string | undefined {
  return keptPath(REJECTS, checkpoint, values);
}

/** All places where they may be, each once. */
export function placesOfRejects(options: SourceOfRejects, before: string | undefined): string[] {
  const places = [rejectsOf(options), before ?? [], defaultPaths(options.file, options).rejects].flat();
  return places.filter((path, at) => places.findIndex((one) => resolve(one) === resolve(path)) === at);
}
