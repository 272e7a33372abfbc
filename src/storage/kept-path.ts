/** A file that an import went by, kept among the checkpoint's settings as seen from the folder of the checkpoint: both may be moved. */
import { dirname, join, relative, resolve } from 'node:path';

/** @param setting under which name the checkpoint's settings hold it */
export function pathToKeep(
  setting: string,
  path: string | undefined,
  checkpoint: string,
): Readonly<Record<string, string>> {
  return path === undefined ? {} : { [setting]: relative(dirname(resolve(checkpoint)), resolve(path)) };
}

/** The file of the import before, as seen from here. @param checkpoint where `values` was read from */
export function keptPath(
  setting: string,
  checkpoint: string,
  values: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const kept = values[setting];
  return typeof kept !== 'string' || kept === '' ? undefined : join(dirname(checkpoint), kept);
}
