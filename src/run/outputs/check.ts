/** Where a command is to write, looked at before it does anything. */
import { IN_MEMORY } from '../known/nowhere.js';
import { requireWorkDir } from '../known/state-of-source.js';
import { resolve } from 'node:path';
import { isAddress } from '../../address.js';
import { notWritable } from '../../storage/failures.js';
import { checkOutputs, type Output } from '../../storage/outputs.js';
import { makeFolder } from '../../storage/state-folder.js';
import type { StateOptions } from '../settings.js';
import { checkpointOutputs, logOutputs, outputOf } from './forms/forms.js';

/** Makes the folder of `--work-dir`. @throws ImporterError `usage` where it is no folder, `not_writable` */
export function makeWorkDir({ workDir }: StateOptions): void {
  requireWorkDir({ workDir });
  if (workDir === undefined) return;
  try {
    makeFolder(resolve(workDir));
  } catch (error) {
    throw notWritable(workDir, error);
  }
}

/** The paths of a run; `-`, '' and false are none. */
export interface RunPaths {
  readonly checkpoint?: string | undefined;
  readonly rejects?: string | undefined;
  readonly log?: string | false | undefined;
  readonly report?: string | false | undefined;
  readonly differences?: string | false | undefined;
  /** What the command line writes at the end. */
  readonly latest?: string | undefined;
  readonly mapping?: string | undefined;
  /** Where a mapping file and corrections are looked for: whatever else were written there, the next run would take it for them. */
  readonly mappingRead?: string | undefined;
  readonly correctionsRead?: string | undefined;
}

/**
 * @param files what is imported
 * @throws ImporterError `usage`, `not_writable` where something that is not ours would be written over
 */
export async function checkRunPaths(files: readonly string[], paths: RunPaths): Promise<void> {
  const { checkpoint, log, mappingRead = '', correctionsRead = '' } = paths;
  const inputs = [
    ...(isPath(mappingRead) ? [{ path: mappingRead, what: 'where its mapping file is looked for' }] : []),
    ...(isPath(correctionsRead) ? [{ path: correctionsRead, what: 'where its corrections are looked for' }] : []),
    ...files.filter(isPath).map((path) => ({ path, what: 'the file that is read' })),
  ];
  const outputs: Output[] = [
    ...(isPath(checkpoint) && checkpoint !== IN_MEMORY ? checkpointOutputs(checkpoint) : []),
    ...(isPath(log) ? logOutputs(log) : []),
  ];
  for (const kind of ['rejects', 'report', 'differences', 'latest', 'mapping'] as const) {
    const path = paths[kind];
    if (isPath(path)) outputs.push(outputOf(kind, path));
  }
  await checkOutputs(inputs, outputs);
}

function isPath(path: string | false | undefined): path is string {
  return typeof path === 'string' && path !== '' && path !== '-' && !isAddress(path);
}
