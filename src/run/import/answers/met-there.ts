/**
 * Whether an upsert has met a contact of Clarky that no import of the file had sent. Without `--live` nothing is known of such
 * a one before it is written to; in a first import all that are updated are so.
 */
import type { UpsertResult } from '../../../api/calls.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { SendOptions } from '../flight/send-options.js';

export class MetThere {
  readonly #isAsked: boolean;
  readonly #takenBack: CheckpointState['takenBack'];

  constructor({ acceptedCount, takenBack }: Pick<CheckpointState, 'acceptedCount' | 'takenBack'>, isLive: boolean) {
    this.#isAsked = !isLive && acceptedCount > 0;
    this.#takenBack = takenBack;
  }

  /**
   * Looks at an answer, before it is recorded.
   * @param how what was known of it, and whether an import had sent it
   */
  has(
    { created, attempts }: Pick<Extract<UpsertResult, { outcome: 'accepted' }>, 'created' | 'attempts'>,
    how: SendOptions & { readonly planned: PlannedContact; readonly isKnown: boolean },
  ): boolean {
    // Whom undo has set back the file had sent as well.
    const isSetBack = this.#takenBack(how.planned) === 'there';
    const isOurs = isSetBack || how.isKnown || how.contactId !== undefined || how.underWay !== undefined;
    // What was sent more than once may have met what it has made itself.
    return this.#isAsked && created === false && attempts === 1 && !isOurs;
  }
}
