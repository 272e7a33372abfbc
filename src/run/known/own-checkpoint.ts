/** The checkpoint that an import goes by and writes to. */
import { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { Scope } from '../../checkpoint/format.js';
import type { ImportListener } from '../events.js';
import { importPathsOf } from '../outputs/import-outputs.js';
import type { ImportOptions } from '../settings.js';
import { IN_MEMORY } from './nowhere.js';
import { lockListener } from '../connection/listeners.js';
import { othersPlace } from './others/place.js';

interface Lent {
  readonly signal: AbortSignal;
  readonly emit: ImportListener;
  /** As the run has it, given or kept. */
  readonly keepExisting?: boolean | undefined;
}

/** @throws ImporterError what keeps it from being used; the signal's reason */
export async function openOwnCheckpoint(
  options: ImportOptions,
  scope: Scope,
  { signal, emit, keepExisting = false }: Lent,
): Promise<Checkpoint> {
  const { checkpoint } = importPathsOf(options);
  if (checkpoint === IN_MEMORY) return Checkpoint.inMemory(scope);
  const { waitMs, stateDir } = options;
  const { onAlone } = othersPlace(options, scope, emit);
  const onWait = lockListener(emit);
  const own = await Checkpoint.open(checkpoint, scope, { waitMs, signal, stateDir, onAlone, onWait });
  own.state.keepsExisting = keepExisting;
  // What was seen of the server may be otherwise by now: it is tried again.
  if (options.forgetSettings === true && own.state.emptied.length > 0) await own.note({ kind: 'clears', others: [] });
  return own;
}
