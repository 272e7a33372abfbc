/** Text from a file or a server, made harmless for a terminal: it must not move the cursor, ring, or retitle. */

/** Control characters C0, DEL and C1, and what changes the direction of text (Unicode TR 36, "bidirectional text spoofing"). */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Shows line breaks and tabs as spaces and other control characters as `\x1b`. */
export function printable(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(UNPRINTABLE, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Cuts to `width` characters, the last of them an ellipsis where something was cut. */
export function shortened(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** The file of a command as a sentence names it. */
export function fileInWords(file: string): string {
  return file === '-' ? 'standard input' : printable(file);
}
