/** The checkpoint that an import goes by and writes to. */
import { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import type { ImportListener } from '../events.js';
import { importPathsOf } from '../outputs/import-outputs.js';
import type { ImportOptions } from '../settings.js';
import { othersPlace } from './others.js';

/** @throws ImporterError what keeps it from being used; the signal's reason */
export function openOwnCheckpoint(
  options: ImportOptions,
  scope: Scope,
  { signal, emit }: { readonly signal: AbortSignal; readonly emit: ImportListener },
): Promise<Checkpoint> {
  const { checkpoint } = importPathsOf(options);
  if (checkpoint === 'memory') return Promise.resolve(Checkpoint.inMemory(scope));
  const { waitMs, stateDir } = options;
  const { onAlone } = othersPlace(options, scope, emit);
  return Checkpoint.open(checkpoint, scope, { waitMs, signal, stateDir, onAlone });
}
