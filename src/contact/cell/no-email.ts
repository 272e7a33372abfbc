/** What keeps a text from being an e-mail address, as the end of a sentence; undefined where that is not plain to see. Pure. */
export function whyNoEmail(text: string): string | undefined {
  return FAULTS.find(([pattern]) => pattern.test(text))?.[1];
}

/** The first that fits; each but the first is of a cell that holds one address. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^[^@]*$/, 'it has no @'],
  [/^[^\s@,;]+@[^\s@,;]+,[a-z]{2,}$/i, 'it has a comma in place of a dot'],
  [/^@[^\s@,;]*$/, 'nothing stands before its @'],
  [/^[^\s@,;]*@$/, 'nothing stands behind its @'],
  [/^[^\s@,;]*@[^\s,;]*@[^\s,;]*$/, 'it has more than one @'],
  [/^[^\s,;]*\.\.[^\s,;]*$/, 'it has two dots side by side'],
  [/^[^\s@,;<>]+\s[^\s@,;<>]+@[^\s@,;<>]+$|^[^\s@,;<>]+@[^\s@,;<>]+\s[^\s@,;<>]+$/, 'it has a blank in it'],
];
