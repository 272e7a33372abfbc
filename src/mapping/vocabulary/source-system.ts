/** What is known of a program that writes contact files. */

export interface SourceSystem {
  readonly id: string;
  readonly name: string;
  /** All of these columns are there (parted by `;`). The first system that fits is taken: the special before the general. */
  readonly signature: string;
  /** Names that mean something else than usual: word by name; `=name` is spelt exactly so, `name#2` is the second of that name. */
  readonly rules?: Readonly<Record<string, string>>;
}
