/** What a sender is put together from. */
import type { Client } from '../../../api/calls.js';
import type { WireContact } from '../../../api/wire.js';
import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import type { Claims } from '../../../storage/claims/claim.js';
import type { Others } from '../../known/others.js';
import type { StopControl } from '../../stop.js';
import type { Outcomes } from '../outcomes.js';
import type { Preparer, WriteNotes } from '../preparer.js';
import type { PointShape } from '../shape.js';
import type { Landing } from './landing.js';
import type { OtherBots } from '../answers/other-bots.js';
import type { UnchangedNotes } from '../rows/unchanged-notes.js';
import type { SecondContacts } from '../answers/second-contacts.js';

export interface SenderParts {
  /** Where contacts go: the client, or what stands in front of it. */
  readonly target: Pick<Client, 'upsert' | 'patchContact'>;
  readonly checkpoint: Checkpoint;
  /** Takes who needs no write. */
  readonly unchanged: UnchangedNotes;
  readonly outcomes: Outcomes;
  readonly stop: StopControl;
  readonly bot: string;
  readonly shape: PointShape;
  readonly preparer: Preparer;
  readonly otherBots: OtherBots;
  readonly concurrency: number;
  /** Who else may be writing the same contact. */
  readonly claims?: Claims | undefined;
  /** Whom imports of other files have sent; undefined where the workspace tells who is who. */
  readonly others?: Pick<Others, 'meet' | 'idsOf' | 'isSomebodyElses'> | undefined;
  readonly notes?: WriteNotes | undefined;
  readonly landing: Landing;
  /** Gives the contact that an answer names as Clarky has it; where it is left out, answers are believed. */
  readonly confirm?: ((answer: WireContact) => Promise<WireContact>) | undefined;
  /** Told once of the fields that a change has emptied. */
  readonly onChangeEmpties?: ((fields: readonly string[]) => void) | undefined;
  /** Looks whether what was made was there; where it is left out, answers are believed. */
  readonly seconds?: SecondContacts | undefined;
  readonly now?: () => number;
  /** The wall clock, in ms since the epoch. */
  readonly wallClock?: () => number;
}
