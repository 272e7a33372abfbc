import type { Contact } from '../../contact/contact.js';
import type { Problem } from '../../problem.js';
import type { Difference } from '../../workspace/compare.js';

/** What was found out about one contact, or one record that is none. */
export type Finding = {
  /** The lines of the file that it is of. */
  readonly lines: readonly number[];
  /** Of several files: which each of these lines is of. */
  readonly files?: readonly string[];
} & (
  | {
      readonly kind: 'same';
      /** Its id in Clarky. */
      readonly contactId: string;
      /** Clarky holds it in another form. */
      readonly isNormalised: boolean;
    }
  | {
      readonly kind: 'different';
      /** Its id in Clarky. */
      readonly contactId: string;
      /** As the file has it. */
      readonly contact: Contact;
      /** The fields that are not the same. */
      readonly differences: readonly Difference[];
      /** An undo has set it back. */
      readonly isSetBack?: boolean;
    }
  /** It would be rejected as it stands, or is missing, and is in Clarky as somebody corrected it in a rejects file. */
  | {
      readonly kind: 'corrected';
      /** Its id in Clarky. */
      readonly contactId: string;
      /** As it was corrected; as Clarky has it where the rejects file is there no more. */
      readonly contact: Contact;
      /** The rejects file, where it is there still. */
      readonly path?: string;
      /** It is part of a contact that other rows are as well. */
      readonly isMerged?: boolean;
    }
  | {
      readonly kind: 'missing';
      /** As the file has it. */
      readonly contact: Contact;
      /** No import of the checkpoint has sent it. */
      readonly isNotSent?: boolean;
      /** An undo has taken it back. */
      readonly isTakenBack?: boolean;
    }
  /** It has only a phone, and a lookup did not find it: a whole listing would. */
  | {
      readonly kind: 'unknown';
      /** As the file has it. */
      readonly contact: Contact;
    }
  /** An import would reject it. */
  | {
      readonly kind: 'rejected';
      /** Why. */
      readonly problems: readonly Problem[];
      /** What can be read of it. */
      readonly contact: Contact;
    }
);
