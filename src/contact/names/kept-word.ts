/** A word of a name as it was kept: as it is, or as digests of its letters. */
export interface KeptWord {
  /** One sign for each letter; the same for the same letter. */
  readonly letters: string;
  /** True where the letters are the word itself. */
  readonly isWritten: boolean;
  /** True for a known first name. */
  readonly isKnown: boolean;
  /** A word as it would have been kept beside this one: the two can be compared letter by letter. */
  see(word: string): string;
  is(word: string): boolean;
  beginsWith(letter: string): boolean;
  /** Whether it is a form of the same first name as `word`. */
  isFormOf(word: string): boolean;
}
