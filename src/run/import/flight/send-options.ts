/** What is known of a contact that is about to be sent. */
import type { UnderWay } from '../../../checkpoint/unanswered.js';
import type { FoundBy } from '../../known/acquaintance.js';

export interface SendOptions {
  /** True where Clarky has it under an e-mail or phone that the row does not have. */
  readonly mustLookUp?: boolean | undefined;
  /** The id under which Clarky has it, where it must be looked up and that is known, or where others alone know it. */
  readonly contactId?: string | undefined;
  /** True where imports of other files alone tell that id: they may have gone to another bot. */
  readonly isOfAnotherFile?: boolean | undefined;
  readonly foundBy?: FoundBy | undefined;
  /** What a run sent for it that did not hear the answer. */
  readonly underWay?: UnderWay | undefined;
}
