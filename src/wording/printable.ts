/** Text from a file or a server, made harmless for a terminal: it must not move the cursor, ring, retitle, or hide. */

/** Scripts that are written with joiners and non-joiners: there they are letters, and hide nothing. */
const JOINED =
  '[\\p{scx=Arab}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}]';

/** The variation selector that makes an emoji of the character before it, what joins two to one, what joins letters. */
const WANTED = [
  '(?<=\\p{Emoji})\\ufe0f',
  '(?<=[\\p{ExtPict}\\p{EMod}\\ufe0f])\\u200d(?=\\p{ExtPict})',
  `(?<=${JOINED})[\\u200c\\u200d](?=${JOINED})`,
].join('|');

/**
 * What a person would not see, or a terminal would obey: control characters, formats (zero-width, bidirectional: Unicode
 * TR 36), line and paragraph separators, half surrogates, and what is drawn as nothing.
 */
const UNPRINTABLE = new RegExp(
  `(?!${WANTED})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]`,
  'gu',
);

/** Shows line breaks and tabs as spaces and other characters that are not to be seen as `\x1b` or `\u200b`. */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(UNPRINTABLE, escaped);
}

/** The same for text that we wrote ourselves, in several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** One line of JSON that says the same value without holding such a character. */
export function jsonLine(value: unknown): string {
  return `${printableJson(JSON.stringify(value))}\n`;
}

/** The same JSON, in one line, without such a character. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (found) =>
    found
      .split('')
      .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
      .join(''),
  );
}

function escaped(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\u{${hex(code, 1)}}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
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
