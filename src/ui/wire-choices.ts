/** Of what page and server tell each other: what somebody may choose of a file, and what is offered. */

/** The settings that a person changes on the page. */
export interface ReadingChoices {
  readonly encoding?: string | null;
  readonly delimiter?: string | null;
  readonly sheet?: string | null;
  readonly noHeader?: boolean;
  readonly country?: string | null;
}

export interface SendingChoices {
  readonly duplicates?: 'merge' | 'last' | 'first' | 'reject';
  readonly sharedPhone?: 'reject' | 'omit' | 'send';
  readonly sharedEmail?: 'reject' | 'merge' | 'omit';
  readonly onInvalid?: 'reject' | 'omit';
  readonly unmapped?: 'ignore' | 'custom';
  readonly persons?: 'first' | 'each';
  readonly live?: boolean;
  readonly resend?: boolean;
  readonly retryRejected?: boolean;
}

/** Where phones that lack their country most likely are from, and what speaks for it: the file, what was chosen last, or the browser's language. */
export interface LikelyCountryView {
  readonly country: string;
  readonly because: 'file' | 'chosen' | 'language';
}
