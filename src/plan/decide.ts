/**
 * What becomes of a planned contact: decided once, here, for the dry run, the guard and the import. Pure, and from what
 * was known before the run: what the run itself learns decides nothing anew.
 */

import { DELETED_IN_CLARKY } from '../problem.js';

/** What a contact shares with somebody who is clearly another person, and who that is. */
export interface Claim {
  readonly by: 'email' | 'phone';
  /** Of `another file` by its own imports, of `the workspace` by what the last import that read it saw there. */
  readonly of: 'an earlier import' | 'another file' | 'the workspace';
  /** The e-mail or phone itself. */
  readonly value?: string | undefined;
  /** Under which id Clarky has that one, where it was answered. */
  readonly contactId?: string | undefined;
  /** Of `another file`: which, where that can be told. */
  readonly file?: string | undefined;
}

/** What is known of a contact before the run. */
export interface Before {
  /** True where some payload was accepted for its identity. */
  readonly isKnown: boolean;
  /** True where it went out under another e-mail or phone, or from another file: Clarky has it by all that is known. */
  readonly isKnownOtherwise?: boolean | undefined;
  /** True where undo has taken it back and Clarky has it still, as it was before. */
  readonly isSetBack?: boolean | undefined;
  /** True where this very payload is the one last accepted, and nothing was sent since. */
  readonly isAccepted: boolean;
  /**
   * The error code with which this very payload was rejected in an earlier run, if it was; `deleted_in_clarky` where the last
   * run that read the workspace did not find the contact.
   */
  readonly refusal: string | undefined;
  /** What it has in common with clearly somebody else, if anything. */
  readonly claims: Claim | undefined;
  /**
   * The workspace, where it was read: it does not hold the contact, does not show whom it answered an import with moments
   * ago, holds what the file says, or holds the contact and may say otherwise.
   */
  readonly stored: 'not read' | 'missing' | 'not shown' | 'same' | 'there';
}

export interface DecideOptions {
  /** Sends what was accepted before as well. */
  readonly resend?: boolean | undefined;
  /** Sends what Clarky rejected before, after everything else. */
  readonly retryRejected?: boolean | undefined;
  /** Sends again what was deleted in Clarky. */
  readonly restoreDeleted?: boolean | undefined;
}

export type Decision =
  | { readonly kind: 'unchanged'; /** False where it is yet to be recorded. */ readonly isRecorded: boolean }
  | { readonly kind: 'rejected earlier'; readonly code: string }
  /** An e-mail or phone of it is clearly somebody else's: Clarky would turn that one into it. */
  | ({ readonly kind: 'held' } & Claim)
  /** It was rejected earlier, and is sent once all else was. */
  | { readonly kind: 'put off'; readonly isNew: boolean }
  /** It was imported, and somebody deleted it in Clarky. */
  | {
      readonly kind: 'deleted';
      /** True where it may merely not be shown yet: nobody is to go by that later. */
      readonly isDoubted?: true;
    }
  /** What it holds in Clarky is not known: what is sent would take the place of that. */
  | { readonly kind: 'not shown' }
  /** `isNew` so far as is known before Clarky answers. */
  | { readonly kind: 'send'; readonly isNew: boolean };

/** Decides one contact. */
export function decide(before: Before, options: DecideOptions): Decision {
  const { isKnown, isKnownOtherwise = false, isSetBack = false, isAccepted, refusal, claims, stored } = before;
  if (stored === 'same') return { kind: 'unchanged', isRecorded: isAccepted && refusal !== DELETED_IN_CLARKY };
  const wasGone = refusal === DELETED_IN_CLARKY;
  const isUnshown = stored === 'not shown' && isKnown && !wasGone;
  if (isUnshown && (!isAccepted || options.resend === true)) return { kind: 'not shown' };
  const isMissing = stored === 'missing' || stored === 'not shown';
  const isGone = isMissing || (stored === 'not read' && wasGone);
  if (isGone && isKnown && options.resend !== true && options.restoreDeleted !== true)
    return { kind: 'deleted', ...(isUnshown && { isDoubted: true }) };
  const isThere = isKnown || isKnownOtherwise || isSetBack;
  const isNew = stored === 'not read' ? !isThere || wasGone : isMissing;
  if (isAccepted && options.resend !== true && !isGone) return { kind: 'unchanged', isRecorded: !wasGone };
  if (claims !== undefined) return { kind: 'held', ...claims };
  if (refusal === undefined || wasGone) return { kind: 'send', isNew };
  return options.retryRejected === true ? { kind: 'put off', isNew } : { kind: 'rejected earlier', code: refusal };
}
