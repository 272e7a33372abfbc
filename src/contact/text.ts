/** Plain printable ASCII without a space at either end: nothing to clean. Most cells are this. */
const CLEAN_ASCII = /^[!-~](?:[ -~]*[!-~])?$/;

/* The ranges below are the characters that are looked for. */

/** Controls (but tab and line feed), zero-width and bidirectional marks, soft hyphen, byte order mark. */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Zero-width (non-)joiners. They carry meaning after a sign of an Indic script (a virama), between letters of scripts
 * that join, and between the parts of an emoji; anywhere else they are debris of copy and paste.
 */
const STRAY_JOINER =
  /(?<!(?!\p{Script=Inherited})\p{M}|(?=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}])\p{L}(?=[\u200c\u200d]\p{L})|[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f](?=\u200d\p{Extended_Pictographic}))[\u200c\u200d]/gu;

/**
 * A cell's text as it was meant: Unicode NFC, line ends as `\n`, without invisible characters inside and without white
 * space (non-breaking included) at the ends. A blank cell gives `''`. Joiners that Persian, Indic scripts and
 * emoji need are kept. Idempotent.
 */
export function cleanText(raw: string): string {
  if (CLEAN_ASCII.test(raw)) return raw;
  const oneLineEnd = raw.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  const visible = oneLineEnd.replace(INVISIBLE, '').replace(STRAY_JOINER, '').trim();
  // Removing a character can bring two together that compose, so composing comes last.
  return visible.normalize('NFC');
}

/** The straight one, and those that are written for it: curly ones, a grave and an acute accent. */
const APOSTROPHES: ReadonlySet<number> = new Set([0x27, 0x2018, 0x2019, 0x60, 0xb4]);

/**
 * Takes off what Excel and Shopify wrap around text that looks like a number: `="00501"` gives `00501`, and `'+1 555…` or
 * `'08980` lose their apostrophe (`'90s Music` keeps it). Expects cleaned text.
 */
export function unwrapExcelText(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x3d) {
    const formula = /^="((?:[^"]|"")*)"$/.exec(text);
    return formula?.[1] === undefined ? text : formula[1].replaceAll('""', '"').trim();
  }
  if (APOSTROPHES.has(first) && /^.[+\d(][^\p{L}'’]*$/u.test(text)) return text.slice(1);
  return text;
}

const QUOTED_CHARACTERS = 60;

/** A value in quotes for a message: on one line, without control characters, cut after 60 characters. */
export function quoted(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  const characters = Array.from(line.slice(0, QUOTED_CHARACTERS * 2));
  const whole = characters.length <= QUOTED_CHARACTERS && line.length <= QUOTED_CHARACTERS * 2;
  return `"${whole ? line : `${characters.slice(0, QUOTED_CHARACTERS).join('')}…`}"`;
}
