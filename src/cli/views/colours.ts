/** Colour where it helps to find one's way: headings, which are short. */

/** As https://no-color.org and Node have it: NO_COLOR wins, FORCE_COLOR comes next, then whether somebody looks at it. */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '' } = process.env;
  if (NO_COLOR !== '' || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return false;
  return FORCE_COLOR !== '' || (stream.isTTY === true && stream.hasColors());
}

/** A heading begins its line with a capital letter, and what stands below it is indented. */
const HEADING = /^(\p{Lu}.*)(?=\n {2})/gmu;

export function withHeadings(text: string): string {
  return text.replace(HEADING, bold);
}

export function bold(text: string): string {
  return `\u001b[1m${text}\u001b[22m`;
}

export function cyan(text: string): string {
  return `\u001b[36m${text}\u001b[39m`;
}
