/** What the words tell that were written of a rejected row: the counterpart of import/not-sent.ts. Pure. */

/**
 * True for what only Clarky, or what stands in it or went to it, keeps back, from what was written of it then. Anything else
 * the plan of the file says again for as long as it is so.
 */
export function isOfClarky(message: string): boolean {
  return /^Clarky |^This contact was imported before|in the workspace|clearly somebody else/.test(message);
}

/** The field for which Clarky rejected a contact, from what was written of it then; undefined where it named none. */
export function refusedField(message: string): string | undefined {
  return /^Clarky rejected it for ([\w.]+):/.exec(message)?.[1];
}
