/** Where an import finds whom imports of other files have sent, and what it says where it can't. */
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { Decisions } from '../../../plan/decisions.js';
import type { Reading } from '../../reading/first-reading.js';
import type { StillHas } from '../still-there.js';
import type { Scope } from '../../../checkpoint/format.js';
import type { Somewhere } from '../../../checkpoint/others/places.js';
import { reasonOf } from '../../../storage/failures.js';
import { otherStateFolder, sharedFolder } from '../../../storage/state-folder.js';
import type { ImportListener } from '../../events.js';
import { checkpointOf, type ImportOptions } from '../../settings.js';
import { IN_MEMORY } from '../nowhere.js';

/** Where an import goes, and where its processes meet. */
export interface OthersPlace extends Somewhere {
  /** Of this import; undefined where it has none on disk. */
  readonly checkpoint: string | undefined;
  /** Told of what can't be read. */
  readonly onUnread?: ((error: unknown) => void) | undefined;
}

/** What is to be sent, and what of it this checkpoint knows. */
export interface OthersParts {
  readonly reading: Reading;
  readonly decisions: Decisions;
  readonly own: CheckpointState | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Undefined where Clarky is not asked: whoever was sent is there then. */
  readonly stillHas?: StillHas | undefined;
}

/** Where an import finds them, and tells that it can't. */
export function othersPlace(
  options: Pick<ImportOptions, 'file' | 'checkpoint' | 'workDir' | 'name' | 'stateDir'>,
  { api, bot, bots }: Scope & Pick<Somewhere, 'bots'>,
  emit: ImportListener,
): OthersPlace & { readonly onAlone: (error: unknown) => void } {
  const { stateDir } = options;
  const checkpoint = checkpointOf(options.file, options);
  const warn = (message: string): void => emit({ type: 'warning', code: 'people_not_shared', message });
  return {
    ...{ api, bot, bots, stateDir },
    checkpoint: checkpoint === IN_MEMORY ? undefined : checkpoint,
    onUnread: (error) => warn(`Not all is known of whom other files have brought in: ${reasonOf(error)}.`),
    onAlone: (error) =>
      warn(
        `Imports of other files are not told whom this one sends: ${sharedFolder(stateDir)} can't be used (${reasonOf(error)}). ${otherStateFolder()}`,
      ),
  };
}
