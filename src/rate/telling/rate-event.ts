/** What the write budget did that a log should tell. No personal data, no key. */
export type RateEvent =
  /** Clarky answered 429: all writes of this key pause for `waitMs`. */
  | {
      readonly type: 'throttled';
      /** How long they pause. */
      readonly waitMs: number;
      /** What the answer asked for. */
      readonly retryAfterMs: number | undefined;
    }
  /** From here on writes are spaced evenly. */
  | {
      readonly type: 'paced';
      /** Why. */
      readonly reason: PacedReason;
      /** How far apart they are. */
      readonly spacingMs: number;
    }
  /** Even spacing went well for so long that bursts are tried again, in this run and the next. */
  | { readonly type: 'unpaced' }
  /** Other programs use the same key: so many writes of theirs in the window, so many tokens left to them. */
  | {
      readonly type: 'foreign';
      /** Writes of theirs in the window. */
      readonly writes: number;
      /** Tokens that are left to them. */
      readonly heldBack: number;
    }
  /** The limit in force changed to what the server announced, or a step towards it; `total` is that of all keys. */
  | {
      readonly type: 'limit';
      /** The limit of one key before. */
      readonly from: number;
      /** And now. */
      readonly to: number;
      /** That of all keys together. */
      readonly total: number;
    }
  /** Writes wait, for the window to move on or for a pause to end; told once a wait, from a second on. */
  | {
      readonly type: 'waiting';
      /** Writes that are out and not answered yet. */
      readonly underWay: number;
      /** For how long. */
      readonly waitMs: number;
    }
  /** The shared account can't be used; this process keeps its own. */
  | {
      readonly type: 'unshared';
      /** Why, as a part of a sentence. */
      readonly reason: string;
    }
  /** Others of this machine write past Redis while others write by it: neither counts what the other writes. */
  | { readonly type: 'split' }
  /** The shared account doesn't answer yet; it is tried on. */
  | {
      readonly type: 'account_silent';
      /** Why, as a sentence. */
      readonly reason: string;
    };

/**
 * Why writes are spaced evenly: `asked` at the start, `refused` by a 429 that neither our account nor another program
 * explains, `shared` by another process on the same account that found it out.
 */
export type PacedReason = 'asked' | 'refused' | 'shared';
