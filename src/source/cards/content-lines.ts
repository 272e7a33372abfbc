/** vCards as content lines (RFC 6350, RFC 2426, vCard 2.1): unfolded, decoded, pictures skipped; in constant memory. */
import { decodeWhole } from '../encoding/codec.js';
import { ENCODING_SYNONYMS } from '../encoding/alphabets.js';
import { MAX_RECORD_BYTES } from '../text/follow.js';

export interface ContentLine {
  /** The physical line on which it starts. */
  readonly line: number;
  /** What binds lines together: `item1` in `item1.TEL`. */
  readonly group: string;
  /** In capitals. */
  readonly name: string;
  /** Parameters by name in capitals; a bare `CELL` of vCard 2.1 is a `TYPE`. Values in capitals, `CHARSET`'s too. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
}

/** Hold pictures, sounds and keys: never read, however long. */
const SKIPPED = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-WAB-[\w-]*|X-MS-CARDPICTURE|X-ABCROP-[\w-]*)[;:]/i;

/** Characters of one line that are kept: a line that goes on is a picture, or no card at all. */
const MAX_LINE_CHARACTERS = 4 * MAX_RECORD_BYTES;

/** Lines of text as they stand in the file. */
async function* physicalLines(blocks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const block of blocks) {
    let text = block.toString('utf8');
    // A CR at the end of a block may be half of a CRLF.
    if (rest.endsWith('\r')) {
      rest = rest.slice(0, -1);
      text = `\r${text}`;
    }
    const [first = '', ...lines] = text.split(/\r\n|\n|\r(?!$)/);
    if (rest.length < MAX_LINE_CHARACTERS) rest += first;
    const last = lines.pop();
    if (last === undefined) continue;
    yield rest;
    yield* lines;
    rest = last;
  }
  yield rest.replace(/\r$/, '');
}

interface Logical {
  readonly line: number;
  text: string;
  readonly isSkipped: boolean;
}

const isQuotedPrintable = (text: string): boolean => /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(text.slice(0, 300));

/** Whole lines: folded ones put together, soft line breaks of quoted-printable too. */
async function* logicalLines(blocks: AsyncIterable<Buffer>): AsyncGenerator<Logical> {
  let current: Logical | undefined;
  let number = 0;
  let softBreak = false;
  for await (const physical of physicalLines(blocks)) {
    number += 1;
    const isFolded = /^[ \t]/.test(physical) && current !== undefined;
    if (current !== undefined && (softBreak || isFolded)) {
      if (!current.isSkipped && current.text.length < MAX_RECORD_BYTES) {
        current.text = softBreak ? current.text.slice(0, -1) + physical : current.text + physical.slice(1);
      }
    } else {
      if (current !== undefined) yield current;
      current = { line: number, text: physical, isSkipped: SKIPPED.test(physical.slice(0, 300)) };
    }
    softBreak = !current.isSkipped && physical.endsWith('=') && isQuotedPrintable(current.text);
  }
  if (current !== undefined) yield current;
}

function decodeQuotedPrintable(text: string, charset: string | undefined): string {
  const bytes = Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    // Letters beyond Latin-1 stand as they are where somebody wrote them so.
    /[^\0-\u00ff]/.test(text) ? 'utf8' : 'latin1',
  );
  const name = (charset ?? 'utf-8').toLowerCase();
  const codec = ENCODING_SYNONYMS.get(name.replace(/[^a-z0-9]/g, '')) ?? name;
  try {
    return decodeWhole(bytes, codec);
  } catch {
    return bytes.toString('utf8');
  }
}

/** The place of the colon that ends the parameters; colons in quotes don't count. */
function colonOf(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === ':' && !quoted) return at;
  }
  return text.indexOf(':');
}

function parametersOf(parts: readonly string[]): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const bare = part.trim().toUpperCase();
    const name =
      equals < 0
        ? /^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT|B)$/.test(bare)
          ? 'ENCODING'
          : 'TYPE'
        : part.slice(0, equals).trim().toUpperCase();
    const values = (equals < 0 ? bare : part.slice(equals + 1))
      .replaceAll('"', '')
      .split(',')
      .map((value) => value.trim().toUpperCase())
      .filter((value) => value !== '');
    const held = parameters.get(name) ?? [];
    for (const value of values) held.push(value);
    parameters.set(name, held);
  }
  return parameters;
}

function parse({ line, text }: Logical): ContentLine | undefined {
  const colon = colonOf(text);
  if (colon <= 0) return undefined;
  const [head = '', ...parts] = text.slice(0, colon).split(';');
  const dot = head.lastIndexOf('.');
  const parameters = parametersOf(parts);
  const raw = text.slice(colon + 1);
  const isEncoded = parameters.get('ENCODING')?.includes('QUOTED-PRINTABLE') === true;
  return {
    line,
    group: dot < 0 ? '' : head.slice(0, dot).toLowerCase(),
    name: head
      .slice(dot + 1)
      .trim()
      .toUpperCase(),
    parameters,
    value: isEncoded ? decodeQuotedPrintable(raw, parameters.get('CHARSET')?.[0]) : raw,
  };
}

/** The content lines of a text, in order; lines that are none are left out. */
export async function* contentLines(blocks: AsyncIterable<Buffer>): AsyncGenerator<ContentLine> {
  for await (const logical of logicalLines(blocks)) {
    if (logical.isSkipped) continue;
    const parsed = parse(logical);
    if (parsed !== undefined) yield parsed;
  }
}
