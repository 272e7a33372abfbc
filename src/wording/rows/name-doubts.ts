/** Rows that are sent as one contact though their names may be those of two people: in the words of terminal and page. Pure. */

/** What they are, by kind. */
export const DOUBT_TITLES = {
  named: 'One e-mail, different names: sent as one contact',
  nameless: 'One phone, and an e-mail without a name: taken for one person',
  unclear: "One e-mail, and in Clarky a name in another script, which can't be compared: sent as one contact",
} as const;

/** Both names of a pair, each as the caller makes it fit. */
export function bothNames([one, other]: readonly [string, string], fitted: (name: string) => string): string {
  return `${fitted(one)} and ${other === '' ? 'no name' : fitted(other)}`;
}
