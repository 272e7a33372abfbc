/** What the write budget did that a log should tell. No personal data, no key. */
export type RateEvent =
  /** Clarky answered 429: all writes pause for `waitMs`. */
  | { readonly type: 'throttled'; readonly waitMs: number; readonly retryAfterMs: number | undefined }
  /** From here on writes are spaced evenly, said once. */
  | { readonly type: 'paced'; readonly reason: PacedReason; readonly spacingMs: number }
  /** Other programs use the same key: so many writes of theirs in the window, so many tokens left to them. */
  | { readonly type: 'foreign'; readonly writes: number; readonly heldBack: number }
  /** The server announced another limit than the one in force. */
  | { readonly type: 'limit'; readonly from: number; readonly to: number }
  /** Writes wait, for the window to move on or for a pause to end; told once a wait, from a second on. */
  | { readonly type: 'waiting'; readonly waitMs: number }
  /** The shared account can't be used; this process keeps its own. */
  | { readonly type: 'unshared'; readonly reason: string };

/**
 * Why writes are spaced evenly: `asked` at the start, `refused` by a 429 that neither our account nor another program
 * explains, `shared` by another process on the same account that found it out.
 */
export type PacedReason = 'asked' | 'refused' | 'shared';
