/** What an undo works with. */
import type { Client } from '../../api/calls.js';
import type { Checkpoint } from '../../checkpoint/checkpoint.js';
import type { ContactPointShape } from '../../contact/payload.js';
import type { Claims } from '../../storage/claims/claim.js';
import type { UndoJournal } from '../../workspace/undo/undo-journal.js';
import type { ImportListener } from '../events.js';
import type { StopControl } from '../stop.js';
import type { ReadingClient } from './as-it-is.js';
import type { EarlierSheets } from './earlier-sheets.js';

export interface UndoerParts {
  readonly client: ReadingClient & Pick<Client, 'patchContact' | 'deleteContact'>;
  readonly journal: UndoJournal;
  /** What other sheets' imports made of it before. */
  readonly earlier: Pick<EarlierSheets, 'gaveBack'>;
  readonly checkpoint: Checkpoint;
  /** Who else may be writing the same contact. */
  readonly claims: Claims;
  readonly contactPoints: ContactPointShape;
  readonly stop: StopControl;
  /** Aborted a little after the stop: what was written is still looked at, so that it counts. */
  readonly afterWrite: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
  /** Between looks at what was written. @throws the reason of a stop */
  readonly sleep: (ms: number) => Promise<void>;
  readonly emit: ImportListener;
}
