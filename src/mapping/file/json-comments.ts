/** Comments of a mapping file in JSON, as editors and people write them: its parser knows those with # alone. Pure. */

/**
 * A string, a comment with #, or one with slashes; whatever else a sign of them belongs to stays. What is never closed goes on to the
 * end, so that nothing is looked at twice.
 */
const STRING_OR_COMMENT =
  /"(?:[^"\\]|\\[^])*"?|(?<=[{[,:]\s*)'[^']*'?|(?<=^|\s)#[^\n]*|(?<=^|[\s{}[\],"'])(?:\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?)/gm;

/** The same text with blanks in their place, so that lines and columns stay; of YAML, whose words need no quotes, as it is. */
export function withoutSlashComments(text: string): string {
  const blank = text.replace(STRING_OR_COMMENT, (found) => (/^\/[/*]/.test(found) ? found.replace(/\S/g, ' ') : found));
  return blank.trimStart().startsWith('{') ? blank : text;
}
