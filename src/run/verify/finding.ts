import type { Contact } from '../../contact/contact.js';
import type { Problem } from '../../problem.js';
import type { Difference } from '../../workspace/compare.js';

/** What was found out about one contact, or one record that is none. */
export type Finding = { readonly lines: readonly number[] } & (
  | { readonly kind: 'same'; readonly contactId: string; readonly isNormalised: boolean }
  | {
      readonly kind: 'different';
      readonly contactId: string;
      readonly contact: Contact;
      readonly differences: readonly Difference[];
      /** An undo has set it back. */
      readonly isSetBack?: boolean;
    }
  /** It would be rejected as it stands, or is missing, and is in Clarky as somebody corrected it in a rejects file. */
  | {
      readonly kind: 'corrected';
      readonly contactId: string;
      readonly contact: Contact;
      readonly path: string;
      /** It is part of a contact that other rows are as well. */
      readonly isMerged?: boolean;
    }
  | {
      readonly kind: 'missing';
      readonly contact: Contact;
      readonly isNotSent?: boolean;
      readonly isTakenBack?: boolean;
    }
  /** It has only a phone, and a lookup did not find it: a whole listing would. */
  | { readonly kind: 'unknown'; readonly contact: Contact }
  /** An import would reject it. */
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] }
);
